-- The orders that an undo brought back as another import had said them get the channel that the store's rules say.
update orders as o
set channel = c.channel, platform_channel = c.printed
from order_channels as c
inner join orders_withdrawn as w on c.order_key = w.order_key
where
    exists (select 1 from channel_rules as r where r.store_id = :store_id)
    and o.store_id = :store_id and c.store_id = :store_id and o.order_key = c.order_key
    and w.state = 'returned' and c.channel <> c.printed
