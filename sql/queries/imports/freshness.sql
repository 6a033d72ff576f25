-- One row a store and format: the last day of what its imports brought, or, of what has no days, the day it is from.
select
    s.name as store,
    m.format,
    max(coalesce(m.last_day, m.as_of)) as through
from imports as m
inner join stores as s on m.store_id = s.store_id
where
    (cast(:store_ids as integer[]) is null or m.store_id = any(cast(:store_ids as integer[])))
    and m.undone_at is null
    and m.loaded + m.updated + m.unchanged > 0
group by s.name, m.format
order by s.name, m.format
