-- By how many the orders of months differ from what they were before, one row a slice, month and set of categories or brands.
create temp view orders_change as
with orders as (
    select slice_no, day, categories_no, vendors_no, 1 as sign
    from sales_orders
    where
        slice_no in (select s.slice_no from slices_above as s)
        and (cast(:everything as boolean) or day = any(cast(:days as date[])))
    union all
    select slice_no, day, categories_no, vendors_no, -1 as sign
    from orders_before
)

select
    o.slice_no,
    cast(date_trunc('month', cast(o.day as timestamp)) as date) as month,
    s.set_no,
    sum(o.sign) as orders
from orders as o
cross join lateral (values (o.categories_no), (o.vendors_no)) as s (set_no)
where s.set_no is not null
group by o.slice_no, month, s.set_no
