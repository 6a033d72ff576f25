-- The ledger's entries of the touched days of one store, or of all its days, in the summaries' numbers: one row an entry and
-- clock, with the day on which it counts there. A reversal stands under both clocks, everything else under 'both'.
create temp table dated_ledger on commit drop as
select
    s.slice_no,
    l.ordered_on as day,
    l.entry, l.kind, l.line_kind, l.order_key, l.customer_key,
    n.value_no as product_no, n.category_no, n.vendor_no,
    cast(l.units * 10000 as bigint) as units,
    cast(l.amount * 10000 as bigint) as amount,
    cast(l.discount * 10000 as bigint) as discount,
    cast(l.cost * 10000 as bigint) as cost,
    l.ordered_on = l.placed_on as is_placed
from ledger as l
inner join slices as s
    on
        s.store_id = :store_id and s.clock = 'both' and l.currency = s.currency and l.channel = s.channel
        and l.country = s.country
inner join sold_values as n
    on n.store_id = :store_id and n.dimension = 'product' and coalesce(l.product_key, '') = n.value
where
    l.store_id = :store_id and l.entry = 'sale'
    and (cast(:everything as boolean) or l.ordered_on = any(cast(:days as date[])))
union all
select
    s.slice_no,
    l.ordered_on as day,
    l.entry, l.kind, l.line_kind, l.order_key, l.customer_key,
    null as product_no, null as category_no, null as vendor_no,
    cast(l.units * 10000 as bigint) as units,
    cast(l.amount * 10000 as bigint) as amount,
    cast(l.discount * 10000 as bigint) as discount,
    cast(l.cost * 10000 as bigint) as cost,
    l.ordered_on = l.placed_on as is_placed
from ledger as l
inner join slices as s
    on
        s.store_id = :store_id and s.clock = 'both' and l.currency = s.currency and l.channel = s.channel
        and l.country = s.country
where
    l.store_id = :store_id and l.entry = 'charge'
    and (cast(:everything as boolean) or l.ordered_on = any(cast(:days as date[])))
union all
select
    s.slice_no,
    l.ordered_on as day,
    l.entry, l.kind, l.line_kind, l.order_key, l.customer_key,
    n.value_no as product_no, n.category_no, n.vendor_no,
    cast(l.units * 10000 as bigint) as units,
    cast(l.amount * 10000 as bigint) as amount,
    cast(l.discount * 10000 as bigint) as discount,
    cast(l.cost * 10000 as bigint) as cost,
    l.ordered_on = l.placed_on as is_placed
from ledger as l
inner join slices as s
    on
        s.store_id = :store_id and s.clock = 'order_date' and l.currency = s.currency and l.channel = s.channel
        and l.country = s.country
inner join sold_values as n
    on n.store_id = :store_id and n.dimension = 'product' and coalesce(l.product_key, '') = n.value
where
    l.store_id = :store_id and l.entry = 'reversal'
    and (cast(:everything as boolean) or l.ordered_on = any(cast(:days as date[])))
union all
select
    s.slice_no,
    l.booked_on as day,
    l.entry, l.kind, l.line_kind, l.order_key, l.customer_key,
    n.value_no as product_no, n.category_no, n.vendor_no,
    cast(l.units * 10000 as bigint) as units,
    cast(l.amount * 10000 as bigint) as amount,
    cast(l.discount * 10000 as bigint) as discount,
    cast(l.cost * 10000 as bigint) as cost,
    l.ordered_on = l.placed_on as is_placed
from ledger as l
inner join slices as s
    on
        s.store_id = :store_id and s.clock = 'refund_date' and l.currency = s.currency and l.channel = s.channel
        and l.country = s.country
inner join sold_values as n
    on n.store_id = :store_id and n.dimension = 'product' and coalesce(l.product_key, '') = n.value
where
    l.store_id = :store_id and l.entry = 'reversal'
    and (cast(:everything as boolean) or l.booked_on = any(cast(:days as date[])));
analyze dated_ledger;
