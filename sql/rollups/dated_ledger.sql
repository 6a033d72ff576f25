-- The ledger's entries of the touched days of one store, or of all its days: one row an entry and clock, with the day on
-- which it counts there. A reversal stands under both clocks, everything else under 'both'. `is_first…`: whether an order's
-- lines of the same product, category or brand begin on this day, so that the order counts there and on no later day.
create temp table dated_ledger on commit drop as
select
    'both' as clock,
    l.ordered_on as day,
    l.currency, l.channel, l.country, l.entry, l.kind, l.line_kind, l.order_key, l.product_key, l.category, l.vendor,
    l.customer_key, l.units, l.amount, l.discount, l.cost, l.happened_at, l.line_no,
    l.ordered_on = l.placed_on or not exists (
        select 1
        from ledger as e
        where
            e.store_id = :store_id and e.entry = 'sale' and e.order_key = l.order_key and e.ordered_on < l.ordered_on
            and e.line_kind = 'product' and e.product_key = l.product_key
    ) as is_first,
    l.ordered_on = l.placed_on or not exists (
        select 1
        from ledger as e
        where
            e.store_id = :store_id and e.entry = 'sale' and e.order_key = l.order_key and e.ordered_on < l.ordered_on
            and e.line_kind = 'product' and e.category is not distinct from l.category
    ) as is_first_of_category,
    l.ordered_on = l.placed_on or not exists (
        select 1
        from ledger as e
        where
            e.store_id = :store_id and e.entry = 'sale' and e.order_key = l.order_key and e.ordered_on < l.ordered_on
            and e.line_kind = 'product' and e.vendor is not distinct from l.vendor
    ) as is_first_of_vendor
from ledger as l
where
    l.store_id = :store_id and l.entry = 'sale'
    and (cast(:everything as boolean) or l.ordered_on = any(cast(:days as date[])))
union all
select
    'both' as clock,
    ordered_on as day,
    currency, channel, country, entry, kind, line_kind, order_key, product_key, category, vendor, customer_key, units, amount,
    discount, cost, happened_at, line_no, false as is_first, false as is_first_of_category, false as is_first_of_vendor
from ledger
where
    store_id = :store_id and entry = 'charge'
    and (cast(:everything as boolean) or ordered_on = any(cast(:days as date[])))
union all
select
    'order_date' as clock,
    ordered_on as day,
    currency, channel, country, entry, kind, line_kind, order_key, product_key, category, vendor, customer_key, units, amount,
    discount, cost, happened_at, line_no, false as is_first, false as is_first_of_category, false as is_first_of_vendor
from ledger
where
    store_id = :store_id and entry = 'reversal'
    and (cast(:everything as boolean) or ordered_on = any(cast(:days as date[])))
union all
select
    'refund_date' as clock,
    booked_on as day,
    currency, channel, country, entry, kind, line_kind, order_key, product_key, category, vendor, customer_key, units, amount,
    discount, cost, happened_at, line_no, false as is_first, false as is_first_of_category, false as is_first_of_vendor
from ledger
where
    store_id = :store_id and entry = 'reversal'
    and (cast(:everything as boolean) or booked_on = any(cast(:days as date[])));
analyze dated_ledger;
