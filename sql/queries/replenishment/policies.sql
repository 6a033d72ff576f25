-- One row a rule of replenishment of a store: of a product, of a class such as AX, or of the whole store (both ''). What a rule
-- leaves to the next wider one is null.
select
    class,
    sku,
    location,
    method,
    service_kind,
    service_level,
    cover_days,
    lead_time_days,
    sibling_sku
from replenishment_policies
where store_id = :store_id
order by sku, class, location
