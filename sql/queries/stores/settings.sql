-- One row a store: how its calendar runs.
select
    store_id,
    week_start,
    fiscal_year_start,
    countries
from stores
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
order by store_id
