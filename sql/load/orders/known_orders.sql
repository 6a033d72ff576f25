-- Orders known by their name alone, or all of them where the file has no ids: so that one order keeps one key.
copy (
    select
        o.order_key,
        o.order_name
    from orders as o
    inner join stores as s on o.store_id = s.store_id
    where s.name = :store and (o.order_key = o.order_name or not cast(:has_ids as boolean))
) to stdout (format csv, encoding 'utf8')
