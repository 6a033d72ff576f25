-- Orders that come back as another import had said them.
insert into orders
select o.*
from orders_withdrawn as w
cross join lateral jsonb_populate_record(
    null::orders,
    (w.image -> 'order') || jsonb_build_object(
        'store_id', cast(:store_id as integer), 'order_key', w.order_key, 'import_id', w.import_id, 'as_of', w.as_of,
        'fingerprint', w.fingerprint
    )
) as o
where w.state = 'returned';
insert into order_items
select i.*
from orders_withdrawn as w
cross join lateral jsonb_array_elements(w.image -> 'items') as line
inner join product_aliases as a
    on
        a.store_id = :store_id and line ->> 'sku' = a.sku and line ->> 'title' = a.title
        and coalesce(line ->> 'vendor', '') = a.vendor and coalesce(line ->> 'category', '') = a.category
cross join lateral jsonb_populate_record(
    null::order_items, line || jsonb_build_object('store_id', a.store_id, 'order_key', w.order_key, 'alias_id', a.alias_id)
) as i
where w.state = 'returned';
insert into reversals
select r.*
from orders_withdrawn as w
cross join lateral jsonb_array_elements(w.image -> 'reversals') as line
left join product_aliases as a
    on
        a.store_id = :store_id and line ->> 'sku' = a.sku and line ->> 'title' = a.title
        and coalesce(line ->> 'vendor', '') = a.vendor and coalesce(line ->> 'category', '') = a.category
cross join lateral jsonb_populate_record(
    null::reversals,
    line || jsonb_build_object(
        'store_id', cast(:store_id as integer), 'order_key', w.order_key, 'alias_id', a.alias_id, 'source', 'order',
        'is_superseded', false
    )
) as r
where w.state = 'returned';
