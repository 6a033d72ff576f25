-- What was taken back of the orders to be written.
select
    getvariable('store_id') as store_id,
    r.order_key,
    r.part_no,
    a.alias_id,
    r.kind,
    r.line_kind,
    r.booked_at,
    r.ordered_on,
    r.original_order_key,
    r.units,
    r.unit_price,
    r.amount,
    r.is_restocked,
    r.inferred_from,
    r.is_date_assumed
from reversals_new as r
left join aliases as a on r.sku = a.sku and r.title = a.title and a.vendor = '' and a.category = ''
where getvariable('writes_all') or r.order_key in (select order_key from to_write)
