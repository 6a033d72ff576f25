-- One row a channel of a store that is served from a location of its own.
select
    channel,
    location
from channel_locations
where store_id = :store_id
order by location, channel
