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
inner join to_write as w on r.order_key = w.order_key
left join aliases as a on r.sku = a.sku and r.title = a.title and a.vendor = '' and a.category = ''
