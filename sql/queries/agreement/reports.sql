-- One row a day that a platform's report covers: the day on which the report is from, and the newest day of an orders file
-- that holds the day, null if no file does. `formats` are those that bring orders.
with reported as (
    select
        store_id,
        day,
        max(as_of) as report_as_of
    from control_totals
    where
        (cast(:store_id as integer) is null or store_id = :store_id)
        and (cast(:start as date) is null or day >= :start)
        and (cast(:stop as date) is null or day < :stop)
        and (cast(:currency as text) is null or currency = :currency)
    group by store_id, day
),

files as (
    select
        store_id,
        first_day,
        last_day,
        as_of
    from imports
    where undone_at is null and format = any(cast(:formats as text[]))
)

select
    r.store_id,
    r.day,
    r.report_as_of,
    max(f.as_of) as orders_as_of
from reported as r
left join files as f on r.store_id = f.store_id and r.day between f.first_day and f.last_day
group by r.store_id, r.day, r.report_as_of
order by r.store_id, r.day
