-- What a report by order says of each order on one day of one store, one row an order and metric.
select
    split_part(metric, ':', 2) as metric,
    substr(metric, length('order:') + length(split_part(metric, ':', 2)) + 2) as order_name,
    sum(amount) as amount
from control_totals
where
    store_id = :store_id
    and day = cast(:day as date)
    and metric like 'order:%'
    and (cast(:currency as text) is null or currency = :currency)
group by metric
order by order_name, metric
