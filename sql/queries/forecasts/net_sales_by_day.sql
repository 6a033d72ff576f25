-- One row a day, currency and category or channel: net sales of goods on the day of their order, in 1/10,000. A reversal counts
-- on the day of the order that it takes back. What belongs to no category, and to no product, stands under ''.
with chosen as (
    select
        slice_no,
        currency,
        channel,
        clock = 'both' as is_sold
    from slices
    where store_id = :store_id and grain = 'day' and clock in ('both', 'order_date')
),

named as (
    select
        value_no,
        value
    from sold_values
    where store_id = :store_id and dimension = 'category'
)

select
    d.day,
    c.currency,
    case :dimension when 'channel' then c.channel else v.value end as series_key,
    whole_sum(case when c.is_sold then d.amount else -d.amount end - coalesce(d.discount, 0)) as net_sales
from chosen as c
inner join sales_categories_daily as d on c.slice_no = d.slice_no
inner join named as v on d.value_no = v.value_no
where d.day >= :start and d.day < :stop
group by d.day, c.currency, case :dimension when 'channel' then c.channel else v.value end
order by d.day, c.currency, series_key
