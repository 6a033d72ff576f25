-- The orders that this import has just written get the channel that the store's rules say.
update orders as o
set channel = c.channel, platform_channel = c.printed
from order_channels as c
inner join orders_plan as p on c.order_key = p.order_key
where
    exists (select 1 from channel_rules as r where r.store_id = :store_id)
    and o.store_id = :store_id and c.store_id = :store_id and o.order_key = c.order_key
    and p.state in ('loaded', 'updated', 'reread') and c.channel <> c.printed
