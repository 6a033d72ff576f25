insert into images_stage (kind, key, as_of, rows, image)
select
    'control' as kind,
    concat_ws('|', cast(:source as text), day, metric, currency) as key,
    cast(:as_of as date) as as_of,
    max(rows) as rows,
    jsonb_build_object(
        'source', cast(:source as text), 'day', day, 'metric', metric, 'currency', currency, 'amount', max(amount)
    ) as image
from totals_stage
group by day, metric, currency
