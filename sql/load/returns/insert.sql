insert into returns
select f.*
from images_changed as c
inner join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
cross join lateral jsonb_populate_record(null::returns, i.image || jsonb_build_object('store_id', i.store_id)) as f
where c.kind = 'returns'
