-- Suppliers' terms as they stand, each from its first day on.
select
    store_id,
    supplier,
    sku,
    valid_from,
    lead_time_days,
    lead_time_deviation,
    minimum_order,
    pack_size,
    unit_cost,
    freight,
    duty,
    currency
from suppliers
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
order by supplier asc, sku asc, valid_from desc
