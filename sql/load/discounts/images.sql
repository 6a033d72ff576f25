insert into images_stage (kind, key, as_of, rows, image)
select
    'discounts' as kind,
    s.code as key,
    cast(:as_of as date) as as_of,
    s.rows,
    to_jsonb(s) - 'store_id' - 'rows' as image
from discount_codes_stage as s
