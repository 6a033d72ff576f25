-- The locations of a store that were ever counted.
select distinct location
from inventory_levels
where store_id = :store_id and location <> ''
order by location
