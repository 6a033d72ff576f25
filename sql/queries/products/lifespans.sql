-- One row a product: the first and the last day on which it was sold before the end of the scope, whenever the scope begins.
with chosen as (
    select slice_no
    from slices
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and grain = 'day' and clock = 'both'
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

wanted as (
    select v.value_no
    from sold_values as v
    inner join sold_values as c on v.category_no = c.value_no
    where v.dimension = 'product' and c.value = any(cast(:categories as text[]))
),

-- the slices are named beforehand: the planner would join them from the wrong end
spans as (
    select
        value_no,
        min(day) as first_day,
        max(day) as last_day
    from sales_products_daily
    where
        slice_no = any(array(select c.slice_no from chosen as c))
        and (cast(:stop as date) is null or day < :stop)
        and units > 0
        and (cast(:categories as text[]) is null or value_no in (select w.value_no from wanted as w))
    group by value_no
)

select
    v.value as product_key,
    min(s.first_day) as first_day,
    max(s.last_day) as last_day
from spans as s
inner join sold_values as v on s.value_no = v.value_no
group by v.value
order by v.value
