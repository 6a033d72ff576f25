-- One row a line of a returns file that names the order, by time.
select
    returned_at,
    kind,
    sku,
    title,
    units,
    amount,
    currency,
    reason,
    condition,
    is_restocked,
    resolution,
    source
from returns
where store_id = :store_id and order_name = :name
order by returned_at, return_key
