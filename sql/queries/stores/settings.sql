-- One row a store: how its calendar runs.
select
    store_id,
    week_start,
    fiscal_year_start,
    countries
from stores
where cast(:store_id as integer) is null or store_id = :store_id
order by store_id
