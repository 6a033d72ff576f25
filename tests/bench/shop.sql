-- A made-up shop in DuckDB, the same for the same number of lines: three lines an order, 20,000 products, 1,000 days,
-- 3 channels, 12 countries, a fifth of the orders in a second store, one line in twenty taken back up to 30 days later.
set variable orders = cast(ceil(getvariable('lines') * 0.33) as bigint);
set variable customers = cast(ceil(getvariable('lines') * 0.1) as bigint);
set variable skus = least(20000, cast(ceil(getvariable('lines') * 0.02) as bigint));

create table drawn_orders as
with numbers as (
    select
        range as n,
        hash(range, 1) / 18446744073709551616.0 as by_channel,
        hash(range, 2) / 18446744073709551616.0 as by_country,
        hash(range, 3) / 18446744073709551616.0 as by_customer,
        hash(range, 4) % 86400 as second,
        hash(range, 5) % 10 as by_shipping
    from range(getvariable('orders'))
)

select
    n,
    case when n % 5 = 4 then 2 else 1 end as store_id,
    cast(5000000000000 + n as varchar) as order_key,
    '#' || (1001 + n) as order_name,
    date '2023-01-01' + cast(floor(n * 1000.0 / getvariable('orders')) as integer) as ordered_on,
    second,
    case when by_channel < 0.7 then 'Online store' when by_channel < 0.9 then 'Point of sale' else 'Wholesale' end as channel,
    case
        when by_country < 0.40 then 'US' when by_country < 0.55 then 'GB' when by_country < 0.65 then 'DE'
        when by_country < 0.73 then 'FR' when by_country < 0.80 then 'CA' when by_country < 0.85 then 'AU'
        when by_country < 0.89 then 'NL' when by_country < 0.92 then 'ES' when by_country < 0.95 then 'IT'
        when by_country < 0.97 then 'SE' when by_country < 0.99 then 'AT' else 'CH'
    end as country,
    'h:' || md5(cast(cast(floor(getvariable('customers') * power(by_customer, 1.5)) as bigint) as varchar)) as customer_key,
    case when by_shipping < 6 then 5.00 else 0.00 end as shipping
from numbers;

create table drawn_products as
select
    range + 1 as n,
    'SKU-' || lpad(cast(range + 1 as varchar), 5, '0') as sku,
    'Product ' || (range + 1) as title,
    'Category ' || (1 + hash(range, 6) % 40) as category,
    'Brand ' || (1 + hash(range, 7) % 40) as vendor,
    cast(5 + (hash(range, 8) % 9500) / 100.0 as decimal(18, 2)) as price,
    hash(range, 9) % 5 > 0 as has_cost
from range(getvariable('skus'));

create table drawn_lines as
with numbers as (
    select
        range as n,
        cast(floor(range * getvariable('orders') / getvariable('lines')) as bigint) as order_n,
        1 + cast(floor(getvariable('skus') * power(hash(range, 11) / 18446744073709551616.0, 2)) as bigint) as product_n,
        1 + hash(range, 12) % 3 as units,
        hash(range, 13) % 10 = 0 as is_reduced,
        hash(range, 14) % 20 = 0 as comes_back,
        3 + hash(range, 15) % 28 as days
    from range(getvariable('lines'))
)

select
    l.n,
    o.store_id,
    o.order_key,
    o.ordered_on,
    o.second,
    row_number() over (partition by l.order_n order by l.n) as line_no,
    l.product_n,
    l.units,
    p.price,
    cast(p.price * l.units as decimal(18, 2)) as amount,
    case when l.is_reduced then round(cast(p.price * l.units * 0.1 as decimal(18, 4)), 2) else 0 end as discount,
    l.comes_back,
    o.ordered_on + cast(l.days as integer) as booked_on
from numbers as l
inner join drawn_orders as o on l.order_n = o.n
inner join drawn_products as p on l.product_n = p.n;

create view out_products as
select
    stores.range as store_id, sku as product_key, sku, title, category, vendor, price, 'USD' as currency, true as is_listed
from drawn_products
cross join range(1, 3) as stores;

create view out_aliases as
select stores.range as store_id, (stores.range - 1) * 100000 + n as alias_id, sku, title, sku as product_key
from drawn_products
cross join range(1, 3) as stores;

create view out_costs as
select
    stores.range as store_id, sku as code, sku as product_key, date '2023-01-01' as valid_from, 'USD' as currency,
    cast(price * 0.4 as decimal(18, 4)) as unit_cost
from drawn_products
cross join range(1, 3) as stores
where has_cost;

create view out_orders as
select
    o.store_id, o.order_key, o.order_name, 'order' as kind, true as is_counted,
    cast(o.ordered_on as timestamp) + to_seconds(o.second) as ordered_at, o.ordered_on, 'USD' as currency, o.channel, o.country,
    o.customer_key, 'paid' as financial_status, 'fulfilled' as fulfillment_status, o.shipping, l.total + o.shipping as document_total,
    l.refunded, date '2025-12-31' as as_of, md5(o.order_key) as fingerprint, 1 as import_id
from drawn_orders as o
inner join (
    select order_key, sum(amount - discount) as total, coalesce(sum(amount - discount) filter (where comes_back), 0) as refunded
    from drawn_lines
    group by order_key
) as l on o.order_key = l.order_key
order by o.n;

create view out_items as
select
    store_id, order_key, line_no, (store_id - 1) * 100000 + product_n as alias_id, 'product' as kind,
    cast(ordered_on as timestamp) + to_seconds(second) as sold_at, units, price as unit_price, amount, discount
from drawn_lines
order by n;

create view out_reversals as
select
    store_id, order_key, line_no as part_no, (store_id - 1) * 100000 + product_n as alias_id, 'return' as kind,
    'product' as line_kind, cast(booked_on as timestamp) + interval 12 hour as booked_at, ordered_on, units, price as unit_price,
    amount - discount as amount
from drawn_lines
where comes_back
order by n;

-- Four orders of five are paid by card, and the export of these payments is there.
create view out_transactions as
select
    o.store_id, 'shopify_payments|' || o.order_name as transaction_key, 'shopify_payments' as source, o.order_name, 'sale' as kind,
    'charge' as what, cast(o.ordered_on as timestamp) + to_seconds(o.second) as happened_at, 'USD' as currency,
    l.total + o.shipping as amount, round(cast((l.total + o.shipping) * 0.019 as decimal(18, 4)), 2) + 0.25 as fee
from drawn_orders as o
inner join (
    select order_key, sum(amount - discount) as total
    from drawn_lines
    group by order_key
) as l on o.order_key = l.order_key
where hash(o.n, 16) % 5 > 0
order by o.n;

-- Twenty campaigns on two platforms, every day.
create view out_ad_spend as
select
    stores.range as store_id, concat_ws('|', p.platform, c.range, d.range) as spend_key, 'bench' as source, p.platform,
    'campaign' as level, 'Campaign ' || c.range as campaign, date '2023-01-01' + cast(d.range as integer) as first_day,
    date '2023-01-01' + cast(d.range as integer) as last_day, 'USD' as currency,
    cast(5 + hash(d.range, c.range) % 5000 / 100.0 as decimal(18, 2)) as spend, 1000 as impressions, 50 as clicks,
    cast(hash(c.range, d.range) % 20000 / 100.0 as decimal(18, 2)) as attributed_revenue
from range(1, 3) as stores
cross join (values ('google'), ('meta')) as p (platform)
cross join range(1, 11) as c
cross join range(1000) as d;

-- The same lines in one table, as the ledger has them.
create view as_ledger as
select
    l.store_id, 'sale' as entry, '' as kind, 'product' as line_kind, l.order_key, p.sku as product_key, p.category, p.vendor,
    l.ordered_on, l.ordered_on as booked_on, 'USD' as currency, o.channel, o.country, o.customer_key, l.units, l.amount, l.discount,
    case when p.has_cost then cast(p.price * 0.4 as decimal(18, 4)) * l.units end as cost,
    cast(l.ordered_on as timestamp) + to_seconds(l.second) as happened_at
from drawn_lines as l
inner join drawn_orders as o on l.order_key = o.order_key
inner join drawn_products as p on l.product_n = p.n
union all
select
    l.store_id, 'reversal', 'return', 'product', l.order_key, p.sku, p.category, p.vendor, l.ordered_on, l.booked_on, 'USD',
    o.channel, o.country, o.customer_key, l.units, l.amount - l.discount, 0, null, null
from drawn_lines as l
inner join drawn_orders as o on l.order_key = o.order_key
inner join drawn_products as p on l.product_n = p.n
where l.comes_back
union all
select
    o.store_id, 'charge', '', 'order', o.order_key, null, null, null, o.ordered_on, o.ordered_on, 'USD', o.channel, o.country,
    o.customer_key, null, 0, 0, null, null
from drawn_orders as o
union all
select
    o.store_id, 'charge', '', 'shipping', o.order_key, null, null, null, o.ordered_on, o.ordered_on, 'USD', o.channel, o.country,
    o.customer_key, null, o.shipping, 0, null, null
from drawn_orders as o
where o.shipping > 0;
