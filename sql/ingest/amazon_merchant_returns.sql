-- Amazon's merchant-fulfilled returns -> returns_new (one row a returned line), records and rejects. Its day is the day of
-- the request, by which Amazon cuts this report. A request that was denied, cancelled or is still pending, and for which
-- nothing was refunded, brought nothing back: it is left out and counted.

create or replace table typed as
select
    record,
    is_blank,
    trim(order_id) as order_name,
    local_moment(request_date, getvariable('day_first')) as returned_at,
    lower(trim(request_status)) as status,
    trim(rma_id) as rma_id,
    trim(order_item_id) as order_item_id,
    coalesce(upper(trim(currency)), getvariable('currency')) as currency,
    nullif(trim(sku), '') as sku,
    coalesce(nullif(trim(item_name), ''), nullif(trim(sku), ''), trim(asin)) as title,
    to_number(quantity, getvariable('decimal_comma')) as units,
    nullif(left(masked(trim(reason)), 100), '') as reason,
    nullif(left(masked(trim(comments)), 1000), '') as comment,
    nullif(trim(resolution), '') as resolution,
    to_number(refunded, getvariable('decimal_comma')) as refunded
from source;

create or replace table rejects as
select
    record,
    bad.column_name,
    bad.value,
    bad.reason
from (
    select
        t.record,
        unnest([
            {
                'column_name': 'Order ID', 'value': s.order_id,
                'is_bad': s.order_id is null or regexp_full_match(t.order_name, '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+'),
                'reason': case
                    when s.order_id is null then 'the order number is missing'
                    else 'a spreadsheet has rounded this order number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'Return request date', 'value': s.request_date, 'is_bad': t.returned_at is null,
                'reason': case when s.request_date is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'Merchant SKU', 'value': s.sku, 'is_bad': t.title is null,
                'reason': 'the row has neither a SKU nor a name'
            },
            {
                'column_name': 'Return quantity', 'value': s.quantity, 'is_bad': t.units is null or t.units <= 0,
                'reason': case when s.quantity is null then 'the quantity is missing' else 'this is not a quantity' end
            },
            {
                'column_name': 'Refunded Amount', 'value': s.refunded, 'is_bad': s.refunded is not null and t.refunded is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Currency code', 'value': s.currency, 'is_bad': not regexp_full_match(t.currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not t.is_blank
)
where bad.is_bad;

create or replace table keyed as
select
    *,
    concat_ws('|', order_name, coalesce(rma_id, ''), coalesce(order_item_id, ''), coalesce(sku, title)) as return_key,
    status in ('pending', 'denied', 'declined', 'rejected', 'cancelled', 'canceled') and coalesce(refunded, 0) = 0 as is_no_return
from typed
where not is_blank and record not in (select record from rejects);

create or replace table records as
select
    t.record,
    case
        when t.record in (select record from rejects) then 'rejected'
        when t.is_blank then 'ignored'
        when row_number() over (partition by k.return_key order by k.record desc) > 1 then 'duplicate'
        when k.is_no_return then 'ignored'
        else 'fact'
    end as state,
    k.return_key
from typed as t
left join keyed as k on t.record = k.record;

create or replace table returns_new as
select
    'amazon_merchant_returns' as source,
    k.return_key,
    k.order_name,
    k.sku,
    k.title,
    k.units,
    cast(abs(k.refunded) as decimal(18, 4)) as amount,
    k.currency,
    k.returned_at,
    case when regexp_matches(lower(k.resolution), 'exchange|replacement') then 'exchange' else 'return' end as kind,
    k.reason,
    cast(null as varchar) as condition,
    cast(null as boolean) as is_restocked,
    k.resolution,
    k.comment,
    1 as rows
from keyed as k
inner join records as r on k.record = r.record
where r.state = 'fact';

create or replace table file_notices as
select
    printf('%d requests were denied, cancelled or are still pending, with nothing refunded: they are no returns.', count(*))
        as notice,
    count(*) as value
from keyed as k
inner join records as r on k.record = r.record
where r.state = 'ignored'
having count(*) > 0;
