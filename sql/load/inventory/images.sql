-- The counts of a location on a day are one fact, replaced whole.
insert into images_stage (kind, key, as_of, rows, image)
select
    'inventory' as kind,
    concat_ws('|', s.as_of, s.location) as key,
    s.as_of,
    sum(s.rows) as rows,
    jsonb_agg(to_jsonb(s) - 'rows' order by s.level_key) as image
from levels_stage as s
group by s.as_of, s.location
