-- What an import said is taken back; where it was the current saying, the newest of the others becomes it.
create temp table withdrawn on commit drop as
select
    kind,
    key,
    fingerprint
from import_images
where store_id = :store_id and import_id = :import_id and is_current;
delete from import_images
where store_id = :store_id and import_id = :import_id and kind <> 'orders';
with newest as (
    select distinct on (i.kind, i.key)
        i.kind,
        i.key,
        i.import_id
    from import_images as i
    inner join withdrawn as w on i.kind = w.kind and i.key = w.key
    where i.store_id = :store_id
    order by i.kind asc, i.key asc, i.as_of desc, i.import_id desc
)

update import_images as i
set is_current = true
from newest as n
where i.store_id = :store_id and i.kind = n.kind and i.key = n.key and i.import_id = n.import_id;
insert into images_changed (kind, key)
select
    w.kind,
    w.key
from withdrawn as w
left join import_images as i on i.store_id = :store_id and w.kind = i.kind and w.key = i.key and i.is_current
where i.fingerprint is distinct from w.fingerprint;
