-- The orders of one store and day that are not counted (tests, voided ones, those cancelled before they were paid, cancelled
-- ones of a store that leaves them out), with
-- what each would add to every amount of a report.
select
    o.order_key,
    o.order_name,
    o.financial_status,
    o.ordered_on,
    o.cancelled_on,
    1 as orders,
    coalesce(sum(i.amount) filter (where i.kind = 'product'), 0) as gross_sales,
    coalesce(sum(i.discount) filter (where i.kind = 'product'), 0) as discounts,
    0 as reversals,
    o.shipping,
    o.tax,
    o.duties,
    0 as fees
from orders as o
left join order_items as i on o.store_id = i.store_id and o.order_key = i.order_key
where
    o.store_id = :store_id
    and not exists (select 1 from counted_orders as c where c.store_id = o.store_id and c.order_key = o.order_key)
    and o.ordered_on = cast(:day as date)
    and (cast(:currency as text) is null or o.currency = :currency)
group by o.store_id, o.order_key
order by o.order_name
