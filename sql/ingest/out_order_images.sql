-- Orders that lose to a newer export, as they would have been written: what an undone import leaves to them.
with o as (
    select columns(*)::varchar
    from (select n.* exclude (rows, as_of) from orders_new as n inner join older_orders as d on n.order_key = d.order_key)
),

i as (
    select columns(*)::varchar
    from (
        select n.* replace (coalesce(n.vendor, '') as vendor, coalesce(n.category, '') as category)
        from items_new as n
        inner join older_orders as d on n.order_key = d.order_key
    )
),

r as (
    select columns(*)::varchar
    from (select n.* from reversals_new as n inner join older_orders as d on n.order_key = d.order_key)
),

items as (
    select
        i.order_key,
        list(i order by cast(i.line_no as bigint)) as image
    from i
    group by i.order_key
),

taken_back as (
    select
        r.order_key,
        list(r order by cast(r.part_no as bigint)) as image
    from r
    group by r.order_key
)

select
    getvariable('store_id') as store_id,
    'orders' as kind,
    o.order_key as key,
    getvariable('import_id') as import_id,
    s.as_of,
    s.fingerprint,
    json_object(
        'order', to_json(o), 'items', coalesce(to_json(items.image), '[]'), 'reversals', coalesce(to_json(taken_back.image), '[]')
    ) as image
from o
inner join older_orders as s on o.order_key = s.order_key
left join items on o.order_key = items.order_key
left join taken_back on o.order_key = taken_back.order_key
