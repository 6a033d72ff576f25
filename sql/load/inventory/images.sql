-- The counts of a location on a day are one fact, replaced whole. Moves that a count does not tell leave no trace in it, so that
-- it is the same fact as before there were any.
insert into images_stage (kind, key, as_of, rows, image)
select
    'inventory' as kind,
    concat_ws('|', s.as_of, s.location) as key,
    s.as_of,
    sum(s.rows) as rows,
    jsonb_agg(
        to_jsonb(s) - array[
            'rows',
            case when s.received is null then 'received' end,
            case when s.returned is null then 'returned' end,
            case when s.adjusted is null then 'adjusted' end
        ] order by s.level_key
    ) as image
from levels_stage as s
group by s.as_of, s.location
