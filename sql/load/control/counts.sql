-- The file's rows are days: one is new, changed or older as soon as one of its totals is.
with days as (
    select
        image ->> 'day' as day,
        max(rows) as rows,
        bool_and(state = 'loaded') as is_new,
        bool_or(state in ('loaded', 'updated')) as is_changed,
        bool_or(state = 'older') as is_older
    from images_plan
    where kind = 'control'
    group by day
)

select
    case when is_new then 'loaded' when is_changed then 'updated' when is_older then 'older' else 'unchanged' end as state,
    sum(rows) as rows,
    count(*) as days
from days
group by state
