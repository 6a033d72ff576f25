-- Facts that contradict an identity that must hold; no row is expected.
select
    'an import does not account for all of its rows' as problem,
    cast(import_id as text) as which
from imports
where rows <> loaded + updated + unchanged + duplicate + rejected + ignored or finished_at is null
union all
select
    'an order does not add up to its own total and is not named as unreconciled' as problem,
    o.order_name as which
from orders as o
left join lateral (
    select sum(i.amount - i.discount) as net
    from order_items as i
    where i.store_id = o.store_id and i.order_key = o.order_key
) as lines on true
inner join imports as m on o.import_id = m.import_id
where
    m.format <> 'order_lines' and o.unreconciled is null
    and o.document_total <> coalesce(lines.net, 0) + o.shipping + o.tax + o.duties
union all
select
    'a line belongs to no order' as problem,
    i.order_key as which
from order_items as i
where not exists (select 1 from orders as o where o.store_id = i.store_id and o.order_key = i.order_key)
