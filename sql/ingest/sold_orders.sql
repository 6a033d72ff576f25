-- Orders of a platform that prints prices without tax: heads (one row an order, its own amounts) and lines (one row a line)
-- -> items_new and orders_new. A discount of the whole order that no line carries is spread over its goods by value; what
-- the order prints as its total is compared with what its parts add up to.

-- Refunds find an order's lines by its number, as they do in a Shopify export.
create or replace table numbered as
select
    *,
    row_number() over () as head
from (
    select * from heads
    union all by name
    select
        cast(null as date) as paid_on,
        cast(null as date) as completed_on,
        cast(null as varchar) as payment_method
    where false
);

create or replace table head_cells as
select cast(null as varchar) as id
where false;

create or replace table to_spread as
with sums as (
    select
        order_key,
        sum(listed) filter (where kind = 'product') as listed,
        sum(line_discount) filter (where kind = 'product') as line_discounts
    from lines
    group by order_key
)

select
    l.order_key as id,
    l.line_no as part,
    l.listed - l.line_discount as weight,
    least(h.off_goods, s.listed) - s.line_discounts as total,
    minor_unit(h.currency) as unit
from lines as l
inner join sums as s on l.order_key = s.order_key
inner join heads as h on l.order_key = h.order_key
where l.kind = 'product' and least(h.off_goods, s.listed) <> s.line_discounts;

create or replace table items_new as
select
    h.head,
    l.order_key,
    l.line_no,
    l.sku,
    l.title,
    l.vendor,
    l.category,
    l.kind,
    h.sold_at,
    l.units,
    cast(l.unit_price as decimal(18, 6)) as unit_price,
    cast(l.listed as decimal(18, 4)) as amount,
    cast(l.line_discount + coalesce(p.share, 0) as decimal(18, 4)) as discount
from lines as l
inner join numbered as h on l.order_key = h.order_key
left join spread('to_spread') as p on l.order_key = p.id and l.line_no = p.part;

-- Prices come without tax: there is none to take out of them.
create or replace table inside_tax as
select
    cast(0 as bigint) as id,
    cast(0 as bigint) as part,
    cast(0 as decimal(18, 4)) as share
where false;

create or replace table orders_new as
with sums as (
    select
        order_key,
        sum(amount - discount) as lines_net,
        fingerprint(concat_ws('|', sku, title, kind, units, unit_price, amount, discount, category)) as line_print
    from items_new
    group by order_key
),

compared as (
    select
        h.*,
        s.line_print,
        coalesce(s.lines_net, 0) + h.shipping + h.tax + h.duties as added_up
    from numbered as h
    left join sums as s on h.order_key = s.order_key
)

select
    head,
    order_key,
    order_name,
    'order' as kind,
    is_counted,
    sold_instant as ordered_at,
    cast(sold_at as date) as ordered_on,
    currency,
    channel,
    coalesce(country, 'unknown') as country,
    region,
    customer_key,
    financial_status,
    fulfillment_status,
    cast(null as date) as cancelled_on,
    paid_on,
    completed_on,
    payment_method,
    discount_codes,
    tags,
    false as prices_include_tax,
    cast(shipping as decimal(18, 4)) as shipping,
    cast(tax as decimal(18, 4)) as tax,
    cast(duties as decimal(18, 4)) as duties,
    cast(coalesce(printed_total, added_up) as decimal(18, 4)) as document_total,
    cast(refunded as decimal(18, 4)) as refunded,
    cast(coalesce(printed_total - added_up, 0) as decimal(18, 4)) as difference,
    coalesce(
        case when printed_total <> added_up then identity end,
        problem,
        case when refunded > coalesce(printed_total, added_up) then 'More was refunded than the order was worth' end
    ) as unreconciled,
    cast(
        md5_number_lower(
            concat_ws(
                '|', line_print, sold_at, financial_status, fulfillment_status, currency, country, region, customer_key,
                discount_codes, tags, shipping, tax, duties, printed_total, refunded, fine_print, paid_on, completed_on,
                payment_method
            )
        ) as varchar
    ) as fingerprint,
    rows,
    -- a later change beats the day of the file
    updated_on as as_of
from compared;
