-- What a table of order lines takes back -> reversals_new, and its orders -> orders_new. It belongs to the day of the purchase
-- that it undoes: the same order's, else that of the purchase found for it (see order_line_purchases); else to its own day,
-- and it is named as unmatched.
create or replace table reversals_new as
with matched as (
    select
        t.*,
        s.order_name is not null as is_same_order,
        p.order_name as purchase,
        f.ordered_at as purchased_at
    from taken as t
    left join sold_orders as s on t.order_name = s.order_name
    left join undone as u on t.record = u.record
    left join purchases as p on u.purchase = p.record
    left join firsts as f on p.order_name = f.order_name
)

select
    order_name as order_key,
    line_no as part_no,
    sku,
    case when title = '' then sku else title end as title,
    kind,
    line_kind,
    sold_at as booked_at,
    case
        when is_same_order then cast(ordered_at as date)
        when purchase is not null then cast(purchased_at as date)
        else cast(sold_at as date)
    end as ordered_on,
    case when is_same_order then order_name else purchase end as original_order_key,
    case when kind in ('return', 'cancellation') and line_kind = 'product' then taken_units end as units,
    cast(unit_price as decimal(18, 6)) as unit_price,
    cast(case when kind = 'return_fee' then -abs(amount) else discount - amount end as decimal(18, 4)) as amount,
    cast(null as boolean) as is_restocked,
    case when not is_same_order and purchase is not null then 'same_customer_product_price' end as inferred_from,
    false as is_date_assumed
from matched;

-- The tax of what is taken back goes back with it, on its day.
insert into reversals_new
select
    r.* replace (
        -r.part_no as part_no,
        null as sku,
        null as title,
        'tax' as line_kind,
        null as units,
        null as unit_price,
        cast(-l.tax as decimal(18, 4)) as amount
    )
from reversals_new as r
inner join taken as l on r.order_key = l.order_name and r.part_no = l.line_no
where l.tax <> 0;

create or replace table orders_new as
with facts as (
    select
        order_name,
        count(*) as rows,
        min(sold_at) as first_at,
        min(sold_instant) as first_instant,
        min(record) as first_record,
        min(currency) <> max(currency) as has_currencies,
        arg_min(customer_key, record) filter (where customer_key is not null) as customer_key,
        arg_min(region, record) as region,
        bool_or(kind is null and line_kind in ('product', 'gift_card') and quantity > 0) as is_order,
        bool_or(kind is not null) as has_reversals,
        bool_or(has_tax_inside) as has_tax_inside,
        sum(tax) as tax,
        coalesce(sum(tax) filter (where kind is null and cast(sold_at as date) = cast(ordered_at as date)), 0) as first_tax,
        coalesce(sum(amount - discount + tax) filter (where kind is not null), 0) as taken_back,
        sum(amount - discount) as lines_total,
        fingerprint(
            concat_ws(
                '|', sold_at, sku, title, quantity, unit_price, line_total, discount, tax, currency, customer_key, country,
                region, channel, said_kind, payment_method
            )
        ) as fingerprint
    from lines
    group by order_name
)

select
    order_name as order_key,
    order_name,
    case when is_order then 'order' when has_reversals then 'cancellation' else 'adjustment' end as kind,
    true as is_counted,
    first_instant as ordered_at,
    cast(first_at as date) as ordered_on,
    l.currency,
    l.channel,
    l.country,
    region,
    customer_key,
    cast(null as varchar) as financial_status,
    cast(null as varchar) as fulfillment_status,
    cast(null as date) as cancelled_on,
    trim(l.payment_method) as payment_method,
    cast(null as varchar) as discount_codes,
    cast(null as varchar) as tags,
    has_tax_inside as prices_include_tax,
    cast(0 as decimal(18, 4)) as shipping,
    cast(first_tax as decimal(18, 4)) as tax,
    cast(0 as decimal(18, 4)) as duties,
    cast(lines_total + tax as decimal(18, 4)) as document_total,
    cast(-taken_back as decimal(18, 4)) as refunded,
    cast(0 as decimal(18, 4)) as difference,
    case when has_currencies then 'Lines of one order are in several currencies' end as unreconciled,
    cast(fingerprint as varchar) as fingerprint,
    rows
from facts as f
inner join (select record, currency, channel, country, payment_method from typed) as l on f.first_record = l.record;

create or replace table file_notices as
select
    'same_lines' as notice,
    sum(same - 1) as value
from (
    select count(*) as same
    from facts
    group by hash(order_name, sold_at, sku, title, quantity, unit_price, line_total, discount, customer_key, country)
)
having sum(same - 1) > 0;
