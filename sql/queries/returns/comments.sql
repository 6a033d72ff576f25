-- One row a row of a returns file with a comment, the newest first: of the orders of these days, or (refund_date) of what came
-- back in them. Addresses and phone numbers were blotted out when it was imported.
select
    b.store_id,
    b.returned_at,
    b.order_name,
    b.sku,
    b.title,
    b.reason,
    b.condition,
    b.resolution,
    b.comment
from returns as b
inner join lateral (
    select
        o.ordered_on,
        o.channel,
        o.country,
        o.currency
    from orders as o
    where o.store_id = b.store_id and o.order_name = b.order_name and o.is_counted and o.kind = 'order'
    order by o.order_key
    limit 1
) as o on true
left join lateral (
    select p.category
    from product_aliases as a
    inner join products as p on a.store_id = p.store_id and a.product_key = p.product_key
    where a.store_id = b.store_id and a.sku = b.sku
    order by a.alias_id
    limit 1
) as p on true
where
    b.comment is not null
    and (cast(:store_ids as integer[]) is null or b.store_id = any(cast(:store_ids as integer[])))
    and (
        cast(:start as date) is null
        or case when :basis = 'refund_date' then cast(b.returned_at as date) else o.ordered_on end >= :start
    )
    and (
        cast(:stop as date) is null
        or case when :basis = 'refund_date' then cast(b.returned_at as date) else o.ordered_on end < :stop
    )
    and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
    and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
    and (cast(:categories as text[]) is null or coalesce(p.category, '') = any(cast(:categories as text[])))
    and (cast(:currency as text) is null or o.currency = :currency)
order by b.returned_at desc, b.return_key
limit :most
