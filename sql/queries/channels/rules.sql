-- The rules of a store in the order in which they are tried.
select
    position,
    field,
    value,
    channel
from channel_rules
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
order by store_id, position
