-- One row a currency and day: the orders found by words, statuses and amount, and what they come to. `documents` are all of
-- them, `orders` those that count; money is that of what counts, taken_back with its shipping and tax.
with
matched as (
    select
        store_id,
        order_key
    from orders
    where
        order_name = any(cast(:names as text[]))
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    union all
    select
        store_id,
        order_key
    from orders
    where
        order_key = any(cast(:names as text[]))
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    union all
    select
        store_id,
        order_key
    from orders
    where customer_key = :customer and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    union all
    select
        store_id,
        order_key
    from orders
    where
        codes_of(discount_codes) @> array[lower(:search)]
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    union all
    select
        i.store_id,
        i.order_key
    from product_aliases as a
    inner join order_items as i on a.store_id = i.store_id and a.alias_id = i.alias_id
    where
        (lower(a.sku) = any(cast(:skus as text[])) or a.title ilike :title)
        and (cast(:store_ids as integer[]) is null or a.store_id = any(cast(:store_ids as integer[])))
),

found as (
    select o.*
    from orders as o
    where
        (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or o.ordered_on >= :start)
        and (cast(:stop as date) is null or o.ordered_on < :stop)
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or o.currency = :currency)
        and (
            cast(:categories as text[]) is null
            or exists (
                select 1
                from order_items as i
                inner join product_aliases as a on i.store_id = a.store_id and i.alias_id = a.alias_id
                inner join products as p on a.store_id = p.store_id and a.product_key = p.product_key
                where
                    i.store_id = o.store_id and i.order_key = o.order_key and i.kind = 'product' and i.units > 0
                    and p.category = any(cast(:categories as text[]))
            )
        )
        and (
            cast(:customer as text) is null
            or exists (select 1 from matched as m where m.store_id = o.store_id and m.order_key = o.order_key)
        )
        and (cast(:code as text) is null or codes_of(o.discount_codes) @> array[lower(:code)])
        and (
            cast(:payments as text[]) is null or coalesce(o.financial_status, 'unknown') = any(cast(:payments as text[]))
        )
        and (cast(:sent as text[]) is null or coalesce(o.fulfillment_status, 'unknown') = any(cast(:sent as text[])))
        and (cast(:least as numeric) is null or o.document_total >= :least)
        and (cast(:most as numeric) is null or o.document_total <= :most)
)
,

taken_back as (
    select
        f.currency,
        f.ordered_on,
        sum(r.amount) as amount
    from found as f
    inner join reversals as r on f.store_id = r.store_id and f.order_key = r.order_key
    where f.is_counted and not r.is_superseded
    group by f.currency, f.ordered_on
),

placed as (
    select
        currency,
        ordered_on,
        count(*) as documents,
        count(*) filter (where is_counted and kind = 'order') as orders,
        coalesce(sum(document_total) filter (where is_counted), 0) as total
    from found
    group by currency, ordered_on
)

select
    p.ordered_on as day,
    p.currency,
    p.documents,
    p.orders,
    p.total,
    coalesce(t.amount, 0) as taken_back
from placed as p
left join taken_back as t on p.currency = t.currency and p.ordered_on = t.ordered_on
order by p.currency, p.ordered_on
