-- One row a store, with the days its orders cover.
select
    s.store_id,
    s.name,
    s.currency,
    s.time_zone,
    s.data_version,
    s.leaves_cancelled_out,
    min(d.day) as first_day,
    max(d.day) as last_day
from stores as s
left join sales_daily as d on s.store_id = d.store_id and d.clock = 'both'
group by s.store_id
order by s.name
