-- Orders known by their name alone, or all of them where the file has no ids: so that one order keeps one key.
select
    order_key,
    order_name
from orders
where store_id = :store_id and (order_key = order_name or not cast(:has_ids as boolean))
