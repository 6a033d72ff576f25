-- One row a day that a platform's report covers: the day that the newest report file that holds it is from, and the same of
-- the orders files, null if none holds the day. `reports` and `orders` are the formats that bring them.
with reported as (
    select
        store_id,
        day
    from control_totals
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or day >= :start)
        and (cast(:stop as date) is null or day < :stop)
        and (cast(:currency as text) is null or currency = :currency)
    group by store_id, day
)

select
    r.store_id,
    r.day,
    max(m.as_of) filter (where m.format = any(cast(:reports as text[]))) as report_as_of,
    max(m.as_of) filter (where m.format = any(cast(:orders as text[]))) as orders_as_of
from reported as r
left join imports as m on r.store_id = m.store_id and m.undone_at is null and r.day between m.first_day and m.last_day
group by r.store_id, r.day
order by r.store_id, r.day
