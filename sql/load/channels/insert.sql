-- The rules in the order of the lists.
insert into channel_rules (store_id, position, field, value, channel)
select
    :store_id,
    r.position,
    r.field,
    r.value,
    r.channel
from unnest(cast(:fields as text[]), cast(:texts as text[]), cast(:channels as text[]))
with ordinality as r (field, value, channel, position)
