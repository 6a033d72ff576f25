-- A line that takes back undoes the customer's last earlier purchase of that product at that price of which as many units
-- are left -> undone; of purchases at one moment the smallest that is enough. The earlier lines choose first; those for which
-- nothing was left are offered another purchase when this runs again.
insert into undone
with of_purchase as (
    select
        purchase,
        sum(taken_units) as units
    from undone
    group by purchase
),

offered as (
    select
        t.record,
        t.sold_at,
        t.taken_units,
        arg_max(p.record, (p.sold_at, -p.quantity, p.record)) as purchase
    from taken as t
    inner join purchases as p
        on
            t.customer_key = p.customer_key and t.sku = p.sku and t.unit_price = p.unit_price and t.sold_at >= p.sold_at
    left join of_purchase as u on p.record = u.purchase
    where
        t.record not in (select record from undone) and t.order_name not in (select order_name from sold_orders)
        and p.quantity - coalesce(u.units, 0) >= t.taken_units
    group by t.record, t.sold_at, t.taken_units
),

in_line as (
    select
        *,
        sum(taken_units) over (partition by purchase order by sold_at, record) as to_units
    from offered
)

select
    o.record,
    o.purchase,
    o.taken_units
from in_line as o
inner join purchases as p on o.purchase = p.record
left join of_purchase as u on o.purchase = u.purchase
where o.to_units <= p.quantity - coalesce(u.units, 0);
