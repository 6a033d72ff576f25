-- A rule that was taken away is kept as an empty image, so that it stays away until a newer file says it again.
insert into images_stage (kind, key, as_of, rows, image)
select
    'policies' as kind,
    concat_ws('|', s.class, s.sku, s.location) as key,
    cast(:as_of as date) as as_of,
    s.rows,
    case
        when s.is_removed then '[]'::jsonb
        else jsonb_build_array(to_jsonb(s) - array['store_id', 'rows', 'is_removed'])
    end as image
from policies_stage as s
