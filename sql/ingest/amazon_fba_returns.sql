-- Amazon's FBA customer returns -> returns_new (one row a unit that came back), records and rejects. A unit is known by the
-- licence plate put on it and by its order, because a plate can be sold and come back again; where the plate is missing, by
-- all that is said of it. What the buyer wrote is kept without addresses and phone numbers.

create or replace table typed as
select
    record,
    is_blank,
    trim(order_id) as order_name,
    local_moment(return_date, getvariable('day_first')) as returned_at,
    trim(sku) as sku,
    coalesce(nullif(trim(product_name), ''), nullif(trim(sku), ''), trim(asin)) as title,
    to_number(quantity, getvariable('decimal_comma')) as units,
    nullif(trim(disposition), '') as disposition,
    nullif(left(masked(trim(reason)), 100), '') as reason,
    nullif(trim(status), '') as status,
    nullif(left(masked(trim(comments)), 1000), '') as comment,
    nullif(trim(license_plate_number), '') as plate
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
                'column_name': 'order-id', 'value': s.order_id,
                'is_bad': s.order_id is null or regexp_full_match(t.order_name, '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+'),
                'reason': case
                    when s.order_id is null then 'the order number is missing'
                    else 'a spreadsheet has rounded this order number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'return-date', 'value': s.return_date, 'is_bad': t.returned_at is null,
                'reason': case when s.return_date is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'sku', 'value': s.sku, 'is_bad': t.title is null,
                'reason': 'the row has neither a SKU nor a name'
            },
            {
                'column_name': 'quantity', 'value': s.quantity, 'is_bad': t.units is null or t.units <= 0,
                'reason': case when s.quantity is null then 'the quantity is missing' else 'this is not a quantity' end
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not t.is_blank
)
where bad.is_bad;

-- Units without a plate that are alike in everything are units of their own.
create or replace table keyed as
with good as (
    select
        *,
        concat_ws('|', order_name, sku, returned_at, disposition, reason, status) as said
    from typed
    where not is_blank and record not in (select record from rejects)
)

select
    *,
    case
        when plate is not null then order_name || '|' || plate
        else said || '|' || row_number() over (partition by plate is null, said order by record)
    end as return_key
from good;

create or replace table records as
select
    t.record,
    case
        when t.record in (select record from rejects) then 'rejected'
        when t.is_blank then 'ignored'
        when row_number() over (partition by k.return_key order by k.record desc) > 1 then 'duplicate'
        else 'fact'
    end as state,
    k.return_key
from typed as t
left join keyed as k on t.record = k.record;

create or replace table returns_new as
select
    'amazon_fba_returns' as source,
    k.return_key,
    k.order_name,
    k.sku,
    k.title,
    k.units,
    cast(null as decimal(18, 4)) as amount,
    cast(null as varchar) as currency,
    k.returned_at,
    'return' as kind,
    k.reason,
    k.disposition as condition,
    upper(k.disposition) = 'SELLABLE' as is_restocked,
    k.status as resolution,
    k.comment,
    1 as rows
from keyed as k
inner join records as r on k.record = r.record
where r.state = 'fact';

create or replace table file_notices as
select
    printf('%d units came back without a licence plate; each row counts as a unit of its own.', count(*)) as notice,
    count(*) as value
from keyed as k
inner join records as r on k.record = r.record
where r.state = 'fact' and k.plate is null
having count(*) > 0;
