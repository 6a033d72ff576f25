-- One row an order that counts, with the day of the same customer's order before it; of several on one day the one in the
-- lower slice comes first. The slice of all a currency's channels by month stands for the currency.
create temp view sales_orders_now as
with placed as (
    select
        d.slice_no,
        s.month_no,
        d.day,
        c.value_no as categories_no,
        b.value_no as vendors_no,
        d.customer
    from dated_ledger as d
    inner join slices_above as s on d.slice_no = s.slice_no
    left join order_sets as o on d.slice_no = o.slice_no and d.day = o.day and d.order_no = o.order_no
    left join sold_values as c on c.store_id = :store_id and c.dimension = 'categories' and o.categories = c.value
    left join sold_values as b on b.store_id = :store_id and b.dimension = 'vendors' and o.vendors = b.value
    where d.line_kind in ('order', 'zero_order')
)

select
    slice_no,
    day,
    case
        when customer is not null
            then lag(day) over (partition by customer, month_no order by day, slice_no, categories_no, vendors_no)
    end as previous_day,
    categories_no,
    vendors_no,
    customer
from placed
