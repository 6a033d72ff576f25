-- The weekday on which a store's weeks start, 1 for Monday; of several stores the earliest made decides.
select week_start
from stores
where cast(:store_id as integer) is null or store_id = :store_id
order by store_id
limit 1
