select
    bundle_sku,
    component_sku,
    units,
    is_removed,
    rows
from bundles_new
