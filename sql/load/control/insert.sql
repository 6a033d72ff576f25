insert into control_totals (store_id, source, day, metric, currency, amount)
select
    i.store_id, f.source, f.day, f.metric, f.currency, f.amount
from images_changed as c
inner join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
cross join lateral jsonb_populate_record(null::control_totals, i.image) as f
where c.kind = 'control'
