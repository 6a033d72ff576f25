-- One row a part that was taken back of an order, by its own day; what a better source replaced is left out.
select
    cast(r.booked_at as date) as booked_on,
    r.is_date_assumed,
    r.kind,
    r.line_kind,
    a.sku,
    a.title,
    r.units,
    r.amount,
    r.is_restocked,
    r.reason,
    r.condition,
    r.inferred_from,
    r.source
from reversals as r
left join product_aliases as a on r.store_id = a.store_id and r.alias_id = a.alias_id
where r.store_id = :store_id and r.order_key = :order_key and not r.is_superseded
order by r.booked_at, r.source, r.part_no
