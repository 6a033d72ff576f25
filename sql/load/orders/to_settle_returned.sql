-- Of the orders that an undo took back or brought back those that other files speak of: what came back, and what a refund that
-- stands as a document of its own belongs to, with that document itself.
insert into orders_touched (order_key)
select order_key
from orders_withdrawn
where state = 'returned'
union
select split_part(order_key, ' refund ', 1)
from orders_withdrawn
where strpos(order_key, ' refund ') > 0
union
select d.order_key
from orders as d
inner join orders_withdrawn as w on split_part(d.order_key, ' refund ', 1) = w.order_key
where d.store_id = :store_id and strpos(d.order_key, ' refund ') > 0
on conflict do nothing
