-- One row a mark of the stores: days of a product, or of the whole shop (product_key is null), that are not to be learnt from.
select
    m.store_id,
    m.mark_id,
    m.product_key,
    p.sku,
    p.title,
    m.first_day,
    m.last_day,
    m.reason,
    m.marked_by,
    m.marked_at,
    m.withdrawn_at
from demand_marks as m
left join products as p on m.store_id = p.store_id and m.product_key = p.product_key
where
    (cast(:store_ids as integer[]) is null or m.store_id = any(cast(:store_ids as integer[])))
    and (cast(:start as date) is null or m.last_day >= :start)
    and (cast(:stop as date) is null or m.first_day < :stop)
order by m.first_day desc, m.mark_id desc
