-- One row a number of days: of how many order lines of the scope something came back for the first time so many days after the
-- order. What has no day of its own tells nothing.
with first_back as (
    select greatest(min(d.days), 0) as days
    from slices as s
    inner join sales_returns as d on s.slice_no = d.slice_no
    where
        s.clock = 'order_date' and s.grain = 'day' and d.is_known and d.days is not null
        and (cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
    group by s.store_id, d.order_no, d.value_no
)

select
    days,
    count(*) as lines
from first_back
group by days
order by days
