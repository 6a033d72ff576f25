-- The orders found by words, statuses and amount: with :by_day one row a currency and day (`documents` are all of them,
-- `orders` those that count; money is that of what counts); else one row an order, a page of them in the order asked for
-- (:first left out, at most :most_rows). taken_back is with shipping and tax. Words are an order's number as a whole, and
-- where no order has it as a whole, a part of it; SKUs, a part of a title, a code, a customer.
with wanted as (
    select p.part
    from unnest(cast(:parts as text[])) as p (part)
    where
        not exists (
            select 1
            from orders as o
            where
                (o.order_name = p.part or o.order_name = '#' || p.part or o.order_key = p.part)
                and (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        )
),

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
        o.store_id,
        o.order_key
    from wanted as w
    inner join orders as o on strpos(o.order_name, w.part) > 0 or strpos(o.order_name, upper(w.part)) > 0
    where
        (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or o.ordered_on >= :start)
        and (cast(:stop as date) is null or o.ordered_on < :stop)
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
    select
        o.*,
        case :sort when 'total' then o.document_total when 'difference' then abs(o.difference) end
        * case when :is_down then -1 else 1 end as by_amount,
        case when :sort = 'order' and :is_down then o.order_name end as by_name_down,
        case when :sort = 'order' and not :is_down then o.order_name end as by_name_up,
        (o.ordered_on - date '2000-01-01') * case when :is_down then -1 else 1 end as by_date,
        extract(epoch from o.ordered_at) * case when :is_down then -1 else 1 end as by_moment
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
),

paged as (
    select *
    from found
    where not :by_day
    order by by_amount nulls last, by_name_down desc nulls last, by_name_up, by_date, by_moment nulls last, order_name, order_key
    limit :most_rows
    offset :first
),

placed as (
    select
        *,
        row_number() over (
            order by
                by_amount nulls last, by_name_down desc nulls last, by_name_up, by_date, by_moment nulls last, order_name,
                order_key
        ) as place
    from paged
),

taken_back as (
    select
        f.currency,
        f.ordered_on,
        sum(r.amount) as amount
    from found as f
    inner join reversals as r on f.store_id = r.store_id and f.order_key = r.order_key
    where f.is_counted and not r.is_superseded and :by_day
    group by f.currency, f.ordered_on
),

by_days as (
    select
        currency,
        ordered_on,
        count(*) as documents,
        count(*) filter (where is_counted and kind = 'order') as orders,
        coalesce(sum(document_total) filter (where is_counted), 0) as total
    from found
    where :by_day
    group by currency, ordered_on
)

select
    d.ordered_on as day,
    d.currency,
    d.documents,
    d.orders,
    d.total,
    coalesce(t.amount, 0) as taken_back,
    null as store,
    null as store_id,
    null as order_key,
    null as order_name,
    null as ordered_on,
    null as units,
    null as discounts,
    null as financial_status,
    null as fulfillment_status,
    null as discount_codes,
    null as channel,
    null as country,
    null as customer_key,
    null as is_counted,
    null as cancelled_on,
    null as difference,
    null as unreconciled,
    null as place
from by_days as d
left join taken_back as t on d.currency = t.currency and d.ordered_on = t.ordered_on
union all
select
    g.ordered_on as day,
    g.currency,
    1 as documents,
    null as orders,
    g.document_total as total,
    back.amount as taken_back,
    s.name as store,
    g.store_id,
    g.order_key,
    g.order_name,
    g.ordered_on,
    lines.units,
    lines.discounts,
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
    g.place
from placed as g
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
order by place, currency, day
