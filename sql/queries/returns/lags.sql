-- One row a number of days: of how many order lines of the scope something came back for the first time so many days after the
-- order. What has no day of its own (is_date_assumed) tells nothing.
with first_back as (
    select greatest(min(l.booked_on - l.ordered_on), 0) as days
    from ledger as l
    inner join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
    inner join reversals as r on l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no
    where
        l.entry = 'reversal' and l.line_kind = 'product' and l.kind = 'return' and l.product_key is not null
        and o.kind = 'order' and not r.is_date_assumed
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or l.ordered_on >= :start)
        and (cast(:stop as date) is null or l.ordered_on < :stop)
    group by l.store_id, l.sold_in, l.product_key
)

select
    days,
    count(*) as lines
from first_back
group by days
order by days
