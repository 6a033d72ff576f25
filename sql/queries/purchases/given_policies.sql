-- Rules of replenishment as they were imported or edited: for all products first, then by class, then by product.
select
    store_id,
    class as class_name,
    sku,
    location,
    method,
    service_kind,
    service_level,
    cover_days,
    lead_time_days,
    sibling_sku
from replenishment_policies
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
order by sku asc, class asc, location asc
