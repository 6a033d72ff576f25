-- Net sales of the vendors of a slice in the months of the touched days, the days counted from the first; under the clocks of
-- what was taken back they are below zero.
create temp view sales_vendors_monthly_now as
with days as (
    select
        d.slice_no,
        cast(date_trunc('month', cast(d.day as timestamp)) as date) as month,
        d.day,
        v.vendor_no,
        whole_sum(case s.clock when 'both' then d.amount else -d.amount end - coalesce(d.discount, 0)) as net
    from sales_products_daily as d
    inner join slices as s on d.slice_no = s.slice_no
    inner join sold_values as v on d.value_no = v.value_no
    where
        s.store_id = :store_id
        and (
            cast(:everything as boolean)
            or (d.day >= cast(:first_month as date) and d.day < cast(:after_month as date)
                and cast(date_trunc('month', cast(d.day as timestamp)) as date) = any(cast(:months as date[])))
        )
    group by d.slice_no, d.day, v.vendor_no
)

select
    slice_no,
    month,
    vendor_no as value_no,
    array_agg(cast(day - month as smallint) order by day) as days,
    array_agg(net order by day) as nets
from days
group by slice_no, month, vendor_no
