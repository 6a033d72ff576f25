-- One row an order whose printed amounts contradict each other, the largest difference first.
select
    order_name,
    ordered_on,
    currency,
    unreconciled as reason,
    difference,
    document_total
from orders
where
    (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    and unreconciled is not null
    and (cast(:start as date) is null or ordered_on >= :start)
    and (cast(:stop as date) is null or ordered_on < :stop)
    and (cast(:currency as text) is null or currency = :currency)
order by abs(difference) desc, ordered_on, order_name
