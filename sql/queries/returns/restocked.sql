-- One row a store and product: how many of the pieces that came back of the orders of the scope files say to be back on the shelf
-- or not (`told`), and how many of them are (`restocked`).
select
    l.store_id,
    l.product_key,
    sum(l.units) as told,
    coalesce(sum(l.units) filter (where r.is_restocked), 0) as restocked
from ledger as l
inner join reversals as r
    on l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no and not r.is_superseded
where
    l.entry = 'reversal' and l.line_kind = 'product' and l.kind = 'return' and l.product_key is not null
    and l.happened_at = r.booked_at and l.kind = r.kind and r.is_restocked is not null and l.units > 0
    and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
    and (cast(:start as date) is null or l.ordered_on >= :start)
    and (cast(:stop as date) is null or l.ordered_on < :stop)
group by l.store_id, l.product_key
order by l.store_id, l.product_key
