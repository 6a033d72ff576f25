-- The orders whose rows are about to give way; what they held is kept.
create temp table orders_replaced on commit drop as
select order_key
from orders_plan
where state in ('updated', 'reread');
create temp table orders_demoted on commit drop as
select order_key
from orders_replaced;
analyze orders_replaced;
