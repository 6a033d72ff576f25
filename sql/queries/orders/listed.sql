-- One row an order found by words, statuses and amount, in the order asked for, a page of them (:first of them left out, at
-- most :most_rows): its facts, and the sums of its lines and of what was taken back with shipping and tax.
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

paged as (
    select *
    from found
    order by
        case when :sort = 'total' and :is_down then document_total end desc nulls last,
        case when :sort = 'total' and not :is_down then document_total end asc nulls last,
        case when :sort = 'order' and :is_down then order_name end desc nulls last,
        case when :sort = 'order' and not :is_down then order_name end asc nulls last,
        case when :sort = 'difference' and :is_down then abs(difference) end desc nulls last,
        case when :sort = 'difference' and not :is_down then abs(difference) end asc nulls last,
        case when not :is_down then ordered_on end asc nulls last,
        case when :is_down then ordered_on end desc nulls last,
        case when not :is_down then ordered_at end asc nulls last,
        case when :is_down then ordered_at end desc nulls last,
        order_name asc,
        order_key asc
    limit :most_rows
    offset :first
)

select
    s.name as store,
    g.store_id,
    g.order_key,
    g.order_name,
    g.ordered_on,
    g.document_total as total,
    lines.units,
    lines.discounts,
    back.amount as taken_back,
    g.financial_status,
    g.fulfillment_status,
    g.discount_codes,
    g.channel,
    g.country,
    g.customer_key,
    g.is_counted,
    g.cancelled_on,
    g.difference,
    g.unreconciled,
    g.currency
from paged as g
inner join stores as s on g.store_id = s.store_id
left join lateral (
    select
        coalesce(sum(i.units) filter (where i.kind = 'product'), 0) as units,
        coalesce(sum(i.discount) filter (where i.kind = 'product'), 0)
        - coalesce(sum(i.amount - i.discount) filter (where i.kind = 'discount'), 0) as discounts
    from order_items as i
    where i.store_id = g.store_id and i.order_key = g.order_key
) as lines on true
left join lateral (
    select coalesce(sum(r.amount), 0) as amount
    from reversals as r
    where r.store_id = g.store_id and r.order_key = g.order_key and not r.is_superseded
) as back on true
order by
    case when :sort = 'total' and :is_down then g.document_total end desc nulls last,
    case when :sort = 'total' and not :is_down then g.document_total end asc nulls last,
    case when :sort = 'order' and :is_down then g.order_name end desc nulls last,
    case when :sort = 'order' and not :is_down then g.order_name end asc nulls last,
    case when :sort = 'difference' and :is_down then abs(g.difference) end desc nulls last,
    case when :sort = 'difference' and not :is_down then abs(g.difference) end asc nulls last,
    case when not :is_down then g.ordered_on end asc nulls last,
    case when :is_down then g.ordered_on end desc nulls last,
    case when not :is_down then g.ordered_at end asc nulls last,
    case when :is_down then g.ordered_at end desc nulls last,
    g.order_name asc,
    g.order_key asc
