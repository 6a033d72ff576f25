-- The weekday on which a store's weeks start, 1 for Monday; of several stores that of the first decides.
select week_start
from stores
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
order by store_id
limit 1
