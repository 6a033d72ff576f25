-- A cost without a day of its own holds from the day the file speaks of. Freight and duty that are not told are no part of it.
insert into images_stage (kind, key, as_of, rows, image)
select
    'costs' as kind,
    concat_ws('|', code, coalesce(valid_from, :as_of)) as key,
    cast(:as_of as date) as as_of,
    rows,
    jsonb_build_object(
        'code', code, 'valid_from', coalesce(valid_from, :as_of), 'currency', currency, 'unit_cost', unit_cost
    ) || jsonb_strip_nulls(jsonb_build_object('freight', freight, 'duty', duty)) as image
from costs_stage
