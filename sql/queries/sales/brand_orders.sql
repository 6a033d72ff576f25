-- One row a currency and brand: the orders in which goods of the brand were sold that are of one of the categories, on the
-- order's own day (an exchange brings a line, not an order). From the facts: summaries know an order's brands and its
-- categories, but not which brand had which category.
with placed as (
    select
        o.currency,
        p.vendor as value,
        o.store_id,
        o.order_key
    from products as p
    inner join product_aliases as a on p.store_id = a.store_id and p.product_key = a.product_key
    inner join order_items as i on a.store_id = i.store_id and a.alias_id = i.alias_id
    inner join counted_orders as o on i.store_id = o.store_id and i.order_key = o.order_key
    where
        p.category = any(cast(:categories as text[]))
        and not p.is_gift_card
        and i.kind = 'product'
        and i.units > 0
        and cast(i.sold_at as date) = o.ordered_on
        and (cast(:store_ids as integer[]) is null or i.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or cast(i.sold_at as date) >= :start)
        and (cast(:stop as date) is null or cast(i.sold_at as date) < :stop)
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or o.currency = :currency)
    group by o.currency, p.vendor, o.store_id, o.order_key
)

select
    value,
    currency,
    count(*) as orders
from placed
group by value, currency
order by currency, value
