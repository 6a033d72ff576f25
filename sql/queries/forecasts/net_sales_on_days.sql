-- One row a product, currency, channel and day of those named in pairs: its net sales by the day of the order, in 1/10,000, and
-- the pieces sold and what they brought before anything came back.
with chosen as (
    select
        slice_no,
        currency,
        channel,
        clock = 'both' as is_sold
    from slices
    where store_id = :store_id and grain = 'day' and clock in ('both', 'order_date')
),

wanted as (
    select
        v.value_no,
        v.value,
        p.day
    from unnest(cast(:products as text[]), cast(:days as date[])) as p (product_key, day)
    inner join sold_values as v on v.store_id = :store_id and v.dimension = 'product' and p.product_key = v.value
)

select
    w.value as product_key,
    c.currency,
    c.channel,
    d.day,
    whole_sum(case when c.is_sold then d.amount else -d.amount end - coalesce(d.discount, 0)) as net_sales,
    coalesce(whole_sum(d.amount - coalesce(d.discount, 0)) filter (where c.is_sold), 0) as sold_for,
    coalesce(whole_sum(d.units) filter (where c.is_sold), 0) as units
from wanted as w
inner join sales_products_daily as d on w.value_no = d.value_no and w.day = d.day
inner join chosen as c on d.slice_no = c.slice_no
group by w.value, c.currency, c.channel, d.day
order by w.value, c.currency, c.channel, d.day
