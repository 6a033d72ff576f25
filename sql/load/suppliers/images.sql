-- Terms that were taken away are kept as an empty image, so that they stay away until a newer file says them again.
insert into images_stage (kind, key, as_of, rows, image)
select
    'suppliers' as kind,
    s.supplier_key as key,
    cast(:as_of as date) as as_of,
    s.rows,
    case when s.is_removed then '[]'::jsonb else to_jsonb(s) - array['store_id', 'rows', 'is_removed'] end as image
from suppliers_stage as s
