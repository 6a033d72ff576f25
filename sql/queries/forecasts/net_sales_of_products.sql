-- One row a product, currency and channel: net sales of it in the days, and the pieces sold, both in 1/10,000. What came back is
-- not taken off.
with chosen as (
    select
        slice_no,
        currency,
        channel
    from slices
    where store_id = :store_id and grain = 'day' and clock = 'both'
),

wanted as (
    select
        value_no,
        value
    from sold_values
    where store_id = :store_id and dimension = 'product' and value = any(cast(:products as text[]))
)

select
    w.value as product_key,
    c.currency,
    c.channel,
    whole_sum(d.amount - coalesce(d.discount, 0)) as net_sales,
    whole_sum(d.units) as units
from chosen as c
inner join sales_products_daily as d on c.slice_no = d.slice_no
inner join wanted as w on d.value_no = w.value_no
where d.day >= :start and d.day < :stop
group by w.value, c.currency, c.channel
order by w.value, c.currency, c.channel
