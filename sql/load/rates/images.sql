insert into images_stage (kind, key, as_of, rows, image)
select
    'rates' as kind,
    concat_ws('|', currency, into_currency, valid_from) as key,
    cast(:as_of as date) as as_of,
    rows,
    jsonb_build_object(
        'currency', currency, 'into_currency', into_currency, 'valid_from', valid_from, 'rate', trim_scale(rate)
    ) as image
from rates_stage
