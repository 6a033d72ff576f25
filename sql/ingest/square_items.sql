-- Square's items detail -> orders_new, items_new, reversals_new, records and rejects. A row is an item of a transaction,
-- printed in the till's own time. A refund is a transaction of its own with negative amounts that does not name its sale: it
-- stands on its own day on both clocks, unless the file has exactly one earlier sale it can undo.

create or replace table typed as
select
    record,
    is_blank,
    trim("transaction") as order_key,
    to_moment(
        case when time is null then trim(date) else trim(date) || ' ' || trim(time) end, getvariable('day_first')
    ) as sold_at,
    coalesce(trim(regexp_replace(sku, '^''', '')), '') as sku,
    -- the only variation of an item is called Regular; an amount typed in has no name
    coalesce(trim(title), case when kind ilike 'custom%amount' then 'Custom amount' end)
    || case when variation is null or lower(trim(variation)) = 'regular' then '' else ' - ' || trim(variation) end as title,
    case when lower(trim(category)) not in ('none', 'uncategorized') then trim(category) end as category,
    to_number(quantity, getvariable('decimal_comma')) as quantity,
    to_number(gross, getvariable('decimal_comma')) as gross,
    coalesce(to_number(discounts, getvariable('decimal_comma')), 0) as discounts,
    to_number(net, getvariable('decimal_comma')) as net,
    coalesce(to_number(tax, getvariable('decimal_comma')), 0) as tax,
    lower(trim(event)) = 'refund' or coalesce(to_number(quantity, getvariable('decimal_comma')) < 0, false) as is_refund,
    trim(location) as location,
    trim(modifiers) as modifiers,
    nullif(trim(customer), '') as customer,
    case when replace(coalesce(kind, ''), '_', ' ') ilike '%gift card%' then 'gift_card' else 'product' end as line_kind
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
                'column_name': 'Transaction ID', 'value': s."transaction",
                'is_bad': t.order_key is null or regexp_full_match(t.order_key, '[0-9]+([.,][0-9]+)?[eE]\+[0-9]+'),
                'reason': case
                    when t.order_key is null then 'the transaction number is missing'
                    else 'a spreadsheet has rounded this number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'Date', 'value': s.date, 'is_bad': t.sold_at is null,
                'reason': case when s.date is null then 'the date is missing' else 'this is not a date with this time' end
            },
            {
                'column_name': 'Item', 'value': cast(null as varchar), 'is_bad': t.title is null and t.sku = '',
                'reason': 'the line has neither an item nor a SKU'
            },
            {
                'column_name': 'Qty', 'value': s.quantity, 'is_bad': t.quantity is null or abs(t.quantity) >= 10000000000,
                'reason': case when s.quantity is null then 'the quantity is missing' else 'this is not a quantity' end
            },
            {
                'column_name': 'Gross Sales', 'value': s.gross, 'is_bad': t.gross is null or abs(t.gross) >= 10000000000000,
                'reason': case when s.gross is null then 'the amount is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'Discounts', 'value': s.discounts,
                'is_bad': s.discounts is not null and to_number(s.discounts, getvariable('decimal_comma')) is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Net Sales', 'value': s.net, 'is_bad': s.net is not null and t.net is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Tax', 'value': s.tax,
                'is_bad': s.tax is not null and to_number(s.tax, getvariable('decimal_comma')) is null,
                'reason': 'this is not an amount'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not s.is_blank
)
where bad.is_bad;

create or replace table records as
select
    record,
    case
        when is_blank then 'ignored'
        when record in (select record from rejects) then 'rejected'
        else 'fact'
    end as state,
    order_key
from typed;

create or replace table lines as
select
    t.* exclude (title),
    coalesce(t.title, t.sku) as title,
    row_number() over (partition by t.order_key order by t.record) as line_no,
    case when t.quantity = 0 then abs(t.gross) else t.gross / t.quantity end as unit_price,
    min(t.sold_at) over (partition by t.order_key) as ordered_at
from typed as t
inner join records as r on t.record = r.record
where r.state = 'fact';

create or replace table items_new as
select
    order_key,
    line_no,
    sku,
    title,
    cast(null as varchar) as vendor,
    category,
    line_kind as kind,
    sold_at,
    quantity as units,
    cast(unit_price as decimal(18, 6)) as unit_price,
    cast(gross as decimal(18, 4)) as amount,
    cast(-discounts as decimal(18, 4)) as discount
from lines
where not is_refund;

-- The sales that a refund can undo: the same item at the same price, not later, at least as many, and where both know
-- their customer or location, the same.
create or replace table undone as
with candidates as (
    select
        t.record,
        s.order_key,
        s.ordered_at,
        count(*) over (partition by t.record) as candidates
    from lines as t
    inner join lines as s
        on
            not s.is_refund and t.sku = s.sku and t.title = s.title
            and round(t.unit_price, 2) = round(s.unit_price, 2)
            and s.sold_at <= t.sold_at and s.quantity >= -t.quantity
            and coalesce(t.customer = s.customer, true) and coalesce(t.location = s.location, true)
    where t.is_refund and t.quantity < 0
)

select
    record,
    order_key,
    ordered_at
from candidates
where candidates = 1;

create or replace table reversals_new as
with taken as (
    select
        t.*,
        o.order_key as own_order,
        o.ordered_at as own_ordered_at,
        u.order_key as sale,
        u.ordered_at as sale_at
    from lines as t
    left join (select distinct order_key, ordered_at from lines where not is_refund) as o on t.order_key = o.order_key
    left join undone as u on t.record = u.record
    where t.is_refund
),

parts as (
    select
        *,
        line_no as part_no,
        line_kind as part_kind,
        -net as amount
    from (select * replace (gross + discounts as net) from taken) as goods
    union all
    -- the tax of what is taken back goes back with it
    select
        *,
        -line_no as part_no,
        'tax' as part_kind,
        -tax as amount
    from taken
    where tax <> 0
)

select
    order_key,
    part_no,
    case when part_kind <> 'tax' then sku end as sku,
    case when part_kind <> 'tax' then title end as title,
    case when quantity < 0 then 'return' else 'unknown' end as kind,
    part_kind as line_kind,
    sold_at as booked_at,
    cast(coalesce(own_ordered_at, sale_at, sold_at) as date) as ordered_on,
    coalesce(own_order, sale) as original_order_key,
    case when part_kind = 'product' and quantity < 0 then -quantity end as units,
    cast(case when part_kind <> 'tax' then unit_price end as decimal(18, 6)) as unit_price,
    cast(amount as decimal(18, 4)) as amount,
    cast(null as boolean) as is_restocked,
    case when own_order is null and sale is not null then 'only_earlier_sale' end as inferred_from,
    false as is_date_assumed
from parts;

create or replace table orders_new as
with sums as (
    select
        order_key,
        count(*) as rows,
        min(sold_at) as sold_at,
        bool_or(not is_refund) as is_order,
        any_value(location) as location,
        any_value(customer) as customer,
        string_agg(distinct modifiers, ', ' order by modifiers) as modifiers,
        coalesce(sum(gross + discounts) filter (where not is_refund), 0) as goods,
        coalesce(sum(coalesce(net, gross + discounts)) filter (where not is_refund), 0) as net,
        coalesce(sum(tax) filter (where not is_refund), 0) as tax,
        -- a refund prints no total of its own sale
        coalesce(sum(gross + discounts + tax) filter (where is_refund), 0) as taken_back,
        bool_or(net <> gross + discounts) as is_contradicted,
        fingerprint(
            concat_ws(
                '|', sold_at, sku, title, category, quantity, gross, discounts, net, tax, is_refund, location, customer, modifiers,
                line_kind
            )
        ) as fingerprint
    from lines
    group by order_key
)

select
    order_key,
    order_key as order_name,
    case when is_order then 'order' else 'cancellation' end as kind,
    true as is_counted,
    -- the till's time zone is a name without an offset; the printed day is the day
    cast(null as timestamptz) as ordered_at,
    cast(sold_at as date) as ordered_on,
    getvariable('currency') as currency,
    'Point of sale' as channel,
    'unknown' as country,
    cast(null as varchar) as region,
    'c:' || customer as customer_key,
    cast(null as varchar) as financial_status,
    cast(null as varchar) as fulfillment_status,
    cast(null as date) as cancelled_on,
    cast(null as varchar) as discount_codes,
    nullif(concat_ws(', ', location, modifiers), '') as tags,
    false as prices_include_tax,
    cast(0 as decimal(18, 4)) as shipping,
    cast(tax as decimal(18, 4)) as tax,
    cast(0 as decimal(18, 4)) as duties,
    cast(net + tax as decimal(18, 4)) as document_total,
    cast(-taken_back as decimal(18, 4)) as refunded,
    cast(net - goods as decimal(18, 4)) as difference,
    case when is_contradicted then 'Net Sales is not Gross Sales + Discounts' end as unreconciled,
    cast(fingerprint as varchar) as fingerprint,
    rows
from sums;

create or replace table file_notices as
select
    '' as notice,
    0 as value
where false;
