delete from control_totals as t
using images_changed as c
where
    t.store_id = :store_id and c.kind = 'control'
    and concat_ws('|', t.source, t.day, t.metric, t.currency) = c.key
