delete from inventory_levels as l
using images_changed as c
where l.store_id = :store_id and c.kind = 'inventory' and concat_ws('|', l.as_of, l.location) = c.key
