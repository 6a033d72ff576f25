select
    concat_ws('|', supplier, sku, coalesce(valid_from, getvariable('as_of'))) as supplier_key,
    supplier,
    sku,
    coalesce(valid_from, getvariable('as_of')) as valid_from,
    lead_time_days,
    lead_time_deviation,
    minimum_order,
    pack_size,
    unit_cost,
    freight,
    duty,
    currency,
    is_removed,
    rows
from suppliers_new
