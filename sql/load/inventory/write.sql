insert into inventory_levels (
    store_id, as_of, location, product_key, sku, title, on_hand, committed, unavailable, available, incoming, import_id
)
select
    :store_id, :as_of, location, product_key, sku, title, on_hand, committed, unavailable, available, incoming, :import_id
from levels_stage
