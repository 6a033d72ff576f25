insert into channel_locations (store_id, channel, location)
values (:store_id, :channel, :location)
