-- Every order of the store gets the channel that the rules say now; what the platform printed stays beside it.
update orders as o
set channel = c.channel, platform_channel = nullif(c.printed, c.channel)
from order_channels as c
where
    o.store_id = :store_id and c.store_id = :store_id and o.order_key = c.order_key
    and (o.channel, o.platform_channel) is distinct from (c.channel, nullif(c.printed, c.channel))
