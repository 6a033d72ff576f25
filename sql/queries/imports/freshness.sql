-- Through which day each kind of data goes.
select
    'orders' as kind,
    max(ordered_on) as through
from orders
where cast(:store_id as integer) is null or store_id = :store_id
union all
select
    'products' as kind,
    max(as_of) as through
from import_images
where (cast(:store_id as integer) is null or store_id = :store_id) and kind = 'products' and is_current
union all
select
    'inventory' as kind,
    max(as_of) as through
from inventory_levels
where cast(:store_id as integer) is null or store_id = :store_id
union all
select
    'control totals' as kind,
    max(day) as through
from control_totals
where cast(:store_id as integer) is null or store_id = :store_id
