-- What becomes of each order that an import spoke of, once it is taken back: another import's saying that is the newest
-- now is kept if it is the same, returned if it differs; without any the order goes.
create temp table orders_withdrawn on commit drop as
with spoken as (
    select order_key as key
    from orders
    where store_id = :store_id and import_id = :import_id
    union distinct
    select key
    from import_images
    where store_id = :store_id and kind = 'orders' and import_id = :import_id
),

sayings as (
    select
        i.key,
        i.import_id,
        i.as_of,
        i.fingerprint,
        i.image
    from import_images as i
    inner join spoken as s on i.key = s.key
    where i.store_id = :store_id and i.kind = 'orders'
    union all
    select
        o.order_key as key,
        o.import_id,
        o.as_of,
        o.fingerprint,
        null as image
    from orders as o
    inner join spoken as s on o.order_key = s.key
    where o.store_id = :store_id
),

newest as (
    select distinct on (key)
        key,
        import_id,
        as_of,
        fingerprint,
        image
    from sayings
    where import_id <> :import_id
    order by key asc, as_of desc, import_id desc
)

select
    o.order_key,
    o.import_id as known_import,
    n.import_id,
    n.as_of,
    n.fingerprint,
    n.image,
    case
        when n.key is null then 'removed'
        when n.fingerprint = o.fingerprint then 'kept'
        else 'returned'
    end as state
from spoken as s
inner join orders as o on o.store_id = :store_id and s.key = o.order_key
left join newest as n on s.key = n.key;
create temp table orders_replaced on commit drop as
select order_key
from orders_withdrawn
where state in ('removed', 'returned');
create temp table orders_demoted on commit drop as
select order_key
from orders_withdrawn
where state = 'returned';
