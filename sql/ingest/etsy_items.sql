-- Etsy's order items -> heads, lines, records and rejects, from which sold_orders makes the facts. A row is a line, known by
-- its Transaction ID; Item Total is quantity × price before the discount, which stands on the order's first line only, while
-- shipping and sales tax belong to the order. Who bought is not taken, nor what a buyer had written on the goods.

-- The month comes first, unless a spreadsheet has turned the whole column.
create or replace table day_order as
select
    count(*) filter (where try_cast(regexp_extract(date, '^\s*([0-9]{1,2})/', 1) as integer) > 12)
    > count(*) filter (where try_cast(regexp_extract(date, '^\s*[0-9]{1,2}/([0-9]{1,2})/', 1) as integer) > 12) as is_day_first
from source;

create or replace table typed as
select
    s.record,
    s.is_blank,
    nullif(regexp_replace(trim(s."order"), '^#|\.0+$', '', 'g'), '') as "order",
    nullif(regexp_replace(trim(s."transaction"), '\.0+$', ''), '') as "transaction",
    to_moment(s.date, d.is_day_first) as sold_at,
    trim(s.title) as title,
    coalesce(trim(regexp_replace(s.sku, '^''', '')), '') as sku,
    to_number(s.quantity, getvariable('decimal_comma')) as quantity,
    to_number(s.price, getvariable('decimal_comma')) as price,
    to_number(s.item_total, getvariable('decimal_comma')) as item_total,
    coalesce(to_number(s.discount, getvariable('decimal_comma')), 0)
    + coalesce(to_number(s.in_person_discount, getvariable('decimal_comma')), 0) as discount,
    coalesce(to_number(s.shipping_discount, getvariable('decimal_comma')), 0) as shipping_discount,
    coalesce(to_number(s.shipping, getvariable('decimal_comma')), 0) as shipping,
    coalesce(to_number(s.tax, getvariable('decimal_comma')), 0) as tax,
    upper(trim(s.currency)) as currency,
    s.coupon,
    s.country,
    s.state,
    trim(s.payment_method) as payment_method,
    s.shipped is not null as is_shipped,
    coalesce(s.order_type, '') ilike '%person%' as is_in_person
from source as s
cross join day_order as d;

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
                'column_name': 'Order ID', 'value': s."order",
                'is_bad': t."order" is null or regexp_full_match(t."order", '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+'),
                'reason': case
                    when t."order" is null then 'the order number is missing'
                    else 'a spreadsheet has rounded this order number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'Transaction ID', 'value': s."transaction",
                'is_bad': t."transaction" is null or regexp_full_match(t."transaction", '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+'),
                'reason': case
                    when t."transaction" is null then 'the transaction number is missing'
                    else 'a spreadsheet has rounded this number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'Sale Date', 'value': s.date, 'is_bad': t.sold_at is null,
                'reason': case when s.date is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'Item Name', 'value': cast(null as varchar), 'is_bad': t.title is null and t.sku = '',
                'reason': 'the line has neither a name nor a SKU'
            },
            {
                'column_name': 'Quantity', 'value': s.quantity,
                'is_bad': t.quantity is null or t.quantity < 0
                or abs(cast(t.quantity as decimal(20, 6)) * t.price) >= 10000000000000,
                'reason': case
                    when s.quantity is null then 'the quantity is missing'
                    when t.quantity is null or t.quantity < 0 then 'this is not a quantity'
                    else 'quantity × price is too large to be an amount'
                end
            },
            {
                'column_name': 'Price', 'value': s.price, 'is_bad': t.price is null,
                'reason': case when s.price is null then 'the price is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'Item Total', 'value': s.item_total, 'is_bad': s.item_total is not null and t.item_total is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Currency', 'value': s.currency, 'is_bad': not coalesce(regexp_full_match(t.currency, '[A-Z]{3}'), false),
                'reason': case when s.currency is null then 'the currency is missing' else 'this is not a three-letter currency' end
            },
            {
                'column_name': 'Discount Amount', 'value': s.discount,
                'is_bad': s.discount is not null and to_number(s.discount, getvariable('decimal_comma')) is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'InPerson Discount', 'value': s.in_person_discount,
                'is_bad': s.in_person_discount is not null
                and to_number(s.in_person_discount, getvariable('decimal_comma')) is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Shipping Discount', 'value': s.shipping_discount,
                'is_bad': s.shipping_discount is not null
                and to_number(s.shipping_discount, getvariable('decimal_comma')) is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Order Shipping', 'value': s.shipping,
                'is_bad': s.shipping is not null and to_number(s.shipping, getvariable('decimal_comma')) is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Order Sales Tax', 'value': s.tax,
                'is_bad': s.tax is not null and to_number(s.tax, getvariable('decimal_comma')) is null,
                'reason': 'this is not an amount'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not s.is_blank
)
where bad.is_bad;

create or replace table kept as
select
    *,
    row_number() over (partition by "transaction" order by record desc) as from_last
from typed
where not is_blank and record not in (select record from rejects);

create or replace table records as
select
    t.record,
    case
        when t.is_blank then 'ignored'
        when k.record is null then 'rejected'
        when k.from_last > 1 then 'duplicate'
        else 'fact'
    end as state,
    k."order" as order_key
from typed as t
left join kept as k on t.record = k.record;

create or replace table lines as
select
    "order" as order_key,
    row_number() over (partition by "order" order by length("transaction"), "transaction") as line_no,
    sku,
    coalesce(title, sku) as title,
    cast(null as varchar) as vendor,
    cast(null as varchar) as category,
    'product' as kind,
    quantity as units,
    price as unit_price,
    cast(cast(quantity as decimal(20, 6)) * price as decimal(18, 4)) as listed,
    cast(0 as decimal(18, 4)) as line_discount
from kept
where from_last = 1;

create or replace table heads as
with sums as (
    select
        "order",
        count(*) as rows,
        min(sold_at) as sold_at,
        arg_min(currency, record) as currency,
        count(distinct currency) as currencies,
        any_value(country) as country,
        any_value(state) as state,
        arg_min(payment_method, record) as payment_method,
        bool_and(is_shipped) as is_shipped,
        bool_or(is_in_person) as is_in_person,
        string_agg(distinct coupon, ', ') as coupons,
        sum(discount) as discount,
        -- on one line of the order or repeated on all
        max(shipping) - max(shipping_discount) as shipping,
        max(tax) as tax,
        sum(cast(quantity as decimal(20, 6)) * price) as listed,
        sum(coalesce(item_total, quantity * price)) as item_totals
    from kept
    where from_last = 1
    group by "order"
)

select
    "order" as order_key,
    "order" as order_name,
    true as is_counted,
    sold_at,
    cast(null as timestamptz) as sold_instant,
    currency,
    case when is_in_person then 'Point of sale' else 'Etsy' end as channel,
    country,
    state as region,
    cast(null as varchar) as customer_key,
    cast(null as varchar) as financial_status,
    -- what is downloaded is never shipped
    case when is_shipped then 'fulfilled' end as fulfillment_status,
    payment_method,
    coupons as discount_codes,
    cast(null as varchar) as tags,
    shipping,
    tax,
    0 as duties,
    discount as off_goods,
    -- Etsy prints no total of the order here, only of each line
    cast(
        case when item_totals <> listed then item_totals - least(discount, listed) + shipping + tax end as decimal(18, 4)
    ) as printed_total,
    0 as refunded,
    'Item Total is not Quantity × Price' as identity,
    case
        when currencies > 1 then 'Lines of one order are in several currencies'
        when discount > listed then 'Discount Amount is above the items'
    end as problem,
    cast(null as varchar) as fine_print,
    cast(null as date) as updated_on,
    rows
from sums;
