-- One row a product: the first and the last day on which it was sold before the end of the scope, whenever the scope begins.
select
    l.product_key,
    min(l.ordered_on) as first_day,
    max(l.ordered_on) as last_day
from ledger as l
left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
where
    l.entry = 'sale'
    and l.line_kind = 'product'
    and l.units > 0
    and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
    and (cast(:stop as date) is null or l.ordered_on < :stop)
    and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
    and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
    and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
    and (cast(:currency as text) is null or l.currency = :currency)
group by l.product_key
order by l.product_key
