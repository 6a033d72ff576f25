-- The import's own sayings go; an order that stays is from now on the other import's.
delete from import_images
where store_id = :store_id and kind = 'orders' and import_id = :import_id;
update orders as o
set import_id = w.import_id, as_of = w.as_of
from orders_withdrawn as w
where o.store_id = :store_id and o.order_key = w.order_key and w.state = 'kept' and o.import_id = :import_id;
delete from import_images as i
using orders_withdrawn as w
where
    i.store_id = :store_id and i.kind = 'orders' and i.key = w.order_key and i.import_id = w.import_id
    and (w.state = 'returned' or w.known_import = :import_id);
