-- A bundle with all its components is one fact, replaced whole.
insert into images_stage (kind, key, as_of, rows, image)
select
    'bundles' as kind,
    s.bundle_sku as key,
    cast(:as_of as date) as as_of,
    sum(s.rows) as rows,
    jsonb_agg(to_jsonb(s) - 'store_id' - 'rows' order by s.component_sku) as image
from bundles_stage as s
group by s.bundle_sku
