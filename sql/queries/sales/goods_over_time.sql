-- One row a currency, category or vendor of the list ('' for none) and day: net sales of goods.
with chosen as (
    select slice_no, currency, case clock when 'both' then 1 else -1 end as sign
    from slices
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and grain = 'day' and clock in ('both', :basis)
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

wanted as (
    select value_no, value
    from sold_values
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and dimension = :dimension and value = any(cast(:values as text[]))
),

days as (
    select
        w.value,
        c.currency,
        d.day,
        c.sign * d.amount - d.discount as net_sales
    from wanted as w
    inner join sales_categories_daily as d on w.value_no = d.value_no
    inner join chosen as c on d.slice_no = c.slice_no
    where
        :dimension = 'category'
        and (cast(:categories as text[]) is null or w.value = any(cast(:categories as text[])))
        and (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
    union all
    select
        w.value,
        c.currency,
        d.day,
        c.sign * d.amount - coalesce(d.discount, 0) as net_sales
    from chosen as c
    inner join sales_products_daily as d on c.slice_no = d.slice_no
    inner join sold_values as p on d.value_no = p.value_no
    inner join wanted as w on p.vendor_no = w.value_no
    inner join sold_values as g on p.category_no = g.value_no
    where
        :dimension = 'vendor'
        and (cast(:categories as text[]) is null or g.value = any(cast(:categories as text[])))
        and (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
)

select
    value,
    currency,
    day,
    sum(net_sales) * 0.0001 as net_sales
from days
group by value, currency, day
order by currency, value, day
