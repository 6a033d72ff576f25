insert into images_stage (kind, key, as_of, rows, image)
select
    'ad_spend' as kind,
    s.spend_key as key,
    cast(:as_of as date) as as_of,
    s.rows,
    to_jsonb(s) - array['store_id', 'rows', 'left_out'] as image
from ad_spend_stage as s
