-- What the file says is kept for good; the newest export's saying is the current one.
update import_images as i
set is_current = false
from images_plan as p
where i.store_id = :store_id and i.kind = p.kind and i.key = p.key and i.is_current and p.is_current;
insert into import_images (store_id, kind, key, import_id, as_of, fingerprint, is_current, image)
select
    :store_id, kind, key, :import_id, as_of, fingerprint, is_current, image
from images_plan;
insert into images_changed (kind, key)
select
    kind,
    key
from images_plan
where state in ('loaded', 'updated');
