-- An order said again: should the import that brought it be undone, it stands by this one.
insert into import_images (store_id, kind, key, import_id, as_of, fingerprint)
select
    :store_id,
    'orders' as kind,
    order_key,
    :import_id,
    as_of,
    fingerprint
from orders_plan
where state = 'unchanged'
