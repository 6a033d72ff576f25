-- A bundle with all its components is one fact, replaced whole; one that was taken away is kept as an empty image.
insert into images_stage (kind, key, as_of, rows, image)
select
    'bundles' as kind,
    s.bundle_sku as key,
    cast(:as_of as date) as as_of,
    sum(s.rows) as rows,
    coalesce(
        jsonb_agg(to_jsonb(s) - array['store_id', 'rows', 'is_removed'] order by s.component_sku) filter (where not s.is_removed),
        '[]'
    ) as image
from bundles_stage as s
group by s.bundle_sku
