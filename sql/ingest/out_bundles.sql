select
    bundle_sku,
    component_sku,
    units,
    rows
from bundles_new
