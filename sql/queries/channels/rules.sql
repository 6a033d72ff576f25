-- The rules of a store in the order in which they are tried.
select
    position,
    field,
    value,
    channel
from channel_rules
where cast(:store_id as integer) is null or store_id = :store_id
order by store_id, position
