-- One row an order that counts, with the day of the same customer's order before it. The customer is a hash of the key.
create temp view sales_orders_now as
with placed as (
    select
        s.slice_no,
        s.currency,
        d.day,
        v.value_no as categories_no,
        cast(md5(d.customer_key) as uuid) as customer
    from dated_ledger as d
    inner join slices as s
        on
            s.store_id = :store_id and s.clock = 'both' and d.currency = s.currency and d.channel = s.channel
            and d.country = s.country
    left join order_categories as c on d.order_key = c.order_key
    left join sold_values as v on v.store_id = :store_id and v.dimension = 'categories' and c.categories = v.value
    where d.line_kind in ('order', 'zero_order')
)

select
    slice_no,
    day,
    case when customer is not null then lag(day) over (partition by currency, customer order by day) end as previous_day,
    categories_no,
    customer
from placed
