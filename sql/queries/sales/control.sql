-- The platform's own totals per day and metric, for the days of the scope. Totals of a month or of an order carry their
-- grain in the metric's name (`month:net_sales`) and are no totals of a day.
select
    day,
    metric,
    currency,
    sum(amount) as platform
from control_totals
where
    strpos(metric, ':') = 0
    and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    and (cast(:start as date) is null or day >= :start)
    and (cast(:stop as date) is null or day < :stop)
    and (cast(:currency as text) is null or currency = :currency)
group by day, metric, currency
order by day, metric
