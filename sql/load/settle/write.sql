-- What was settled takes the place of what the orders themselves say. A row without a kind only silences: one part of a
-- document, or all of it (part 0).
update reversals as r
set is_superseded = true
from settled_stage as s
where r.store_id = :store_id and r.order_key = s.order_key and r.source = 'order'
    and (s.kind is not null or s.part_no in (0, r.part_no));
insert into reversals (
    store_id, order_key, source, part_no, alias_id, kind, line_kind, booked_at, ordered_on, original_order_key, units, unit_price,
    amount, is_restocked, inferred_from, is_date_assumed, reason, condition
)
select
    :store_id, order_key, 'settled', part_no, alias_id, kind, line_kind, booked_at, ordered_on, original_order_key, units,
    unit_price, amount, is_restocked, inferred_from, is_date_assumed, reason, condition
from settled_stage
where kind is not null;
insert into touched (day)
select distinct d.day
from order_days as d
inner join orders_touched as t on d.order_key = t.order_key
where d.store_id = :store_id
on conflict do nothing;
