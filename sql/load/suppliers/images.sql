insert into images_stage (kind, key, as_of, rows, image)
select
    'suppliers' as kind,
    s.supplier_key as key,
    cast(:as_of as date) as as_of,
    s.rows,
    to_jsonb(s) - 'store_id' - 'rows' as image
from suppliers_stage as s
