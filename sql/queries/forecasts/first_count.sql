-- The first day on which anything of a store's stock was counted.
select min(as_of) as day
from inventory_levels
where store_id = :store_id
having min(as_of) is not null
