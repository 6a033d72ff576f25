-- What these orders held is kept under every import that said it: the channel as it was printed, whatever rules made of it.
create temp table order_images on commit drop as
select
    o.order_key,
    o.import_id,
    o.as_of,
    o.fingerprint,
    jsonb_build_object(
        'order',
        to_jsonb(o) - 'store_id' - 'import_id' - 'as_of' - 'fingerprint' - 'platform_channel' || jsonb_build_object(
            'channel', coalesce(o.platform_channel, o.channel)
        ),
        'items', coalesce(items.image, '[]'),
        'reversals', coalesce(reversals.image, '[]')
    ) as image
from orders_demoted as d
inner join orders as o on o.store_id = :store_id and d.order_key = o.order_key
left join lateral (
    select
        jsonb_agg(
            to_jsonb(i) - 'store_id' - 'order_key' - 'alias_id' || jsonb_build_object(
                'sku', a.sku, 'title', a.title, 'vendor', a.vendor, 'category', a.category
            ) order by i.line_no
        ) as image
    from order_items as i
    inner join product_aliases as a on i.store_id = a.store_id and i.alias_id = a.alias_id
    where i.store_id = o.store_id and i.order_key = o.order_key
) as items on true
left join lateral (
    select
        jsonb_agg(
            to_jsonb(r) - 'store_id' - 'order_key' - 'alias_id' || jsonb_build_object(
                'sku', a.sku, 'title', a.title, 'vendor', a.vendor, 'category', a.category
            ) order by r.part_no
        ) as image
    from reversals as r
    left join product_aliases as a on r.store_id = a.store_id and r.alias_id = a.alias_id
    where r.store_id = o.store_id and r.order_key = o.order_key and r.source = 'order'
) as reversals on true;
update import_images as i
set image = o.image
from order_images as o
where i.store_id = :store_id and i.kind = 'orders' and i.key = o.order_key and i.fingerprint = o.fingerprint and i.image is null;
insert into import_images (store_id, kind, key, import_id, as_of, fingerprint, image)
select
    :store_id,
    'orders' as kind,
    order_key,
    import_id,
    as_of,
    fingerprint,
    image
from order_images
where import_id <> cast(:undone_id as bigint);
