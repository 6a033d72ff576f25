-- What a newer export says again is known as of that day, so that an export from in between overwrites nothing.
update orders as known
set as_of = s.as_of
from orders_stage as s
inner join orders_plan as p on s.order_key = p.order_key
where known.store_id = :store_id and known.order_key = s.order_key and p.state = 'unchanged' and known.as_of < s.as_of
