-- The refunds without a date of one store that are worth exactly an amount, of orders placed before a day, newest first.
select
    o.order_name,
    o.ordered_on,
    sum(r.amount) as amount
from reversals as r
inner join orders as o on r.store_id = o.store_id and r.order_key = o.order_key
where
    r.store_id = :store_id
    and r.is_date_assumed
    and not r.is_superseded
    and o.is_counted
    and o.ordered_on < cast(:day as date)
    and (cast(:currency as text) is null or o.currency = :currency)
group by o.order_key, o.order_name, o.ordered_on
having sum(r.amount) = cast(:amount as numeric)
order by o.ordered_on desc, o.order_name
limit 5
