with days as (
    select
        s.day,
        max(s.rows) as rows,
        bool_and(t.day is null) as is_new,
        bool_or(t.amount is distinct from s.amount) as is_changed,
        bool_or(t.as_of > :as_of) as is_older
    from totals_stage as s
    left join control_totals as t
        on
            t.store_id = :store_id and t.source = :source and s.day = t.day and s.metric = t.metric
            and s.currency = t.currency
    group by s.day
)

select
    case when is_new then 'loaded' when not is_changed then 'unchanged' when is_older then 'older' else 'updated' end as state,
    sum(rows) as rows,
    count(*) as days
from days
group by state
