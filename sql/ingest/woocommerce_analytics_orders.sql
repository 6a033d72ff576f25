-- WooCommerce's analytics report of orders -> orders_new, items_new, reversals_new, records and rejects. It has no prices:
-- an order is one line of its net revenue (without tax, shipping and coupons). A refund is a row of its own under the number
-- of its order, negative and on its own day; it becomes a document of its own, so that a report that holds only the refund
-- does not replace the order.

create or replace table typed as
select
    record,
    is_blank,
    nullif(regexp_replace(trim(number), '^#', ''), '') as number,
    to_moment(date, getvariable('day_first')) as sold_at,
    to_instant(date) as sold_instant,
    woocommerce_status(status) as status,
    to_number(net, getvariable('decimal_comma')) as net,
    coalesce(to_number(items_sold, getvariable('decimal_comma')), case when items_sold is null then 0 end) as units,
    -- printed as the shop prints money, so its marks may differ from the plain number beside it: the larger reading counts
    greatest(to_number(total, false), to_number(total, true)) as total,
    trim(products) as products,
    coupons,
    to_number(regexp_extract(trim(products), '^(-?[0-9]+(\.[0-9]+)?) ?[×x] ', 1), false) as first_units
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
                'column_name': 'Order #', 'value': s.number,
                'is_bad': t.number is null or regexp_full_match(t.number, '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+'),
                'reason': case
                    when t.number is null then 'the order number is missing'
                    else 'a spreadsheet has rounded this order number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'Date', 'value': s.date, 'is_bad': t.sold_at is null,
                'reason': case when s.date is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'N. Revenue', 'value': s.net, 'is_bad': t.net is null,
                'reason': case when s.net is null then 'the amount is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'Items sold', 'value': s.items_sold, 'is_bad': t.units is null,
                'reason': 'this is not a quantity'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not s.is_blank
)
where bad.is_bad;

-- An order is the last row of its number that is not negative. A refund that took back neither goods nor units has nothing
-- that this file could tell.
create or replace table told as
with good as (
    select
        *,
        net < 0 or units < 0 as is_refund,
        net = 0 and units = 0 and count(*) filter (where net <> 0 or units <> 0) over (partition by number) > 0 as is_empty
    from typed
    where not is_blank and record not in (select record from rejects)
),

placed as (
    select
        *,
        row_number() over (partition by number, is_refund, is_empty order by record desc) as from_last,
        row_number() over (partition by number, is_refund, sold_at, net, units order by record) as same_refund,
        row_number() over (partition by number, is_refund, sold_at order by net, units, record) as refund_no
    from good
)

select
    *,
    case
        when is_empty then 'ignored'
        when is_refund and same_refund > 1 then 'duplicate'
        when not is_refund and from_last > 1 then 'duplicate'
        else 'fact'
    end as state,
    case
        when is_refund
            then number || ' refund ' || strftime(sold_at, '%Y-%m-%d %H:%M:%S') || case when refund_no > 1 then ' ' || refund_no else '' end
        else number
    end as order_key,
    -- all its units are of the first product: there is no second, whatever commas the name has
    case
        when first_units = units and units <> 0 then regexp_extract(products, '^-?[0-9]+(\.[0-9]+)? ?[×x] (.*)$', 2, 's')
        else 'Products not told apart'
    end as title
from placed;

create or replace table records as
select
    t.record,
    case
        when t.is_blank then 'ignored'
        when k.record is null then 'rejected'
        else k.state
    end as state,
    k.order_key
from typed as t
left join told as k on t.record = k.record;

create or replace table items_new as
select
    order_key,
    1 as line_no,
    '' as sku,
    title,
    cast(null as varchar) as vendor,
    cast(null as varchar) as category,
    'product' as kind,
    sold_at,
    units,
    cast(case when units = 0 then net else net / units end as decimal(18, 6)) as unit_price,
    cast(net as decimal(18, 4)) as amount,
    cast(0 as decimal(18, 4)) as discount
from told
where state = 'fact' and not is_refund;

create or replace table reversals_new as
select
    r.order_key,
    1 as part_no,
    '' as sku,
    r.title,
    case when r.units < 0 then 'return' else 'unknown' end as kind,
    'product' as line_kind,
    r.sold_at as booked_at,
    cast(coalesce(o.sold_at, r.sold_at) as date) as ordered_on,
    o.order_key as original_order_key,
    case when r.units < 0 then -r.units end as units,
    cast(case when r.units < 0 then r.net / r.units end as decimal(18, 6)) as unit_price,
    cast(-r.net as decimal(18, 4)) as amount,
    cast(null as boolean) as is_restocked,
    cast(null as varchar) as inferred_from,
    false as is_date_assumed
from told as r
left join told as o on r.number = o.number and o.state = 'fact' and not o.is_refund
where r.state = 'fact' and r.is_refund;

create or replace table orders_new as
select
    t.order_key,
    t.number as order_name,
    case when t.is_refund then 'cancellation' else 'order' end as kind,
    -- a refund of an order that does not count does not count either
    woocommerce_counts(t.status) and coalesce(woocommerce_counts(o.status), true) as is_counted,
    t.sold_instant as ordered_at,
    cast(t.sold_at as date) as ordered_on,
    getvariable('currency') as currency,
    'Online store' as channel,
    'unknown' as country,
    cast(null as varchar) as region,
    cast(null as varchar) as customer_key,
    t.status as financial_status,
    cast(null as varchar) as fulfillment_status,
    cast(null as date) as cancelled_on,
    t.coupons as discount_codes,
    cast(null as varchar) as tags,
    false as prices_include_tax,
    cast(0 as decimal(18, 4)) as shipping,
    cast(0 as decimal(18, 4)) as tax,
    cast(0 as decimal(18, 4)) as duties,
    -- a refund prints the total of its order, which is not its own
    cast(
        case when t.is_refund then 0 when t.total < t.net then t.total else t.net end as decimal(18, 4)
    ) as document_total,
    cast(case when t.is_refund then -t.net else 0 end as decimal(18, 4)) as refunded,
    cast(case when not t.is_refund and t.total < t.net then t.total - t.net else 0 end as decimal(18, 4)) as difference,
    case when not t.is_refund and t.total < t.net then 'The order total is below its net revenue' end as unreconciled,
    cast(
        md5_number_lower(concat_ws('|', t.sold_at, t.status, t.net, t.units, t.total, t.products, t.coupons)) as varchar
    ) as fingerprint,
    1 as rows
from told as t
left join told as o on t.is_refund and t.number = o.number and o.state = 'fact' and not o.is_refund
where t.state = 'fact';

create or replace table file_notices as
select
    '' as notice,
    0 as value
where false;
