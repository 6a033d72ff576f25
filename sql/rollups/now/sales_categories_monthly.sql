-- The months of sales_categories_daily.
create temp view sales_categories_monthly_now as
select
    d.slice_no,
    cast(date_trunc('month', d.day) as date) as month,
    d.value_no,
    cast(sum(d.units) as bigint) as units,
    cast(sum(d.amount) as bigint) as amount,
    cast(sum(d.discount) as bigint) as discount,
    cast(sum(d.covered) as bigint) as covered,
    cast(sum(d.cost) as bigint) as cost
from sales_categories_daily as d
inner join slices as s on d.slice_no = s.slice_no
where
    s.store_id = :store_id
    and (
        cast(:everything as boolean)
        or (d.day >= cast(:first_month as date) and d.day < cast(:after_month as date)
            and cast(date_trunc('month', d.day) as date) = any(cast(:months as date[])))
    )
group by d.slice_no, cast(date_trunc('month', d.day) as date), d.value_no
