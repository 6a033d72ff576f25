-- The orders whose refunds are settled, each with its lines, its own reversals, refunds that stand as documents of their own,
-- what other documents take back of it where a returns file or a payment tells of it as well, refunds that moved money, and
-- returns. What a returns file says in another currency than the order's is no amount of it.
with documents as materialized (
    select
        split_part(r.order_key, ' refund ', 1) as number,
        r.*
    from reversals as r
    inner join orders_touched as t on r.order_key = t.order_key
    where r.store_id = :store_id and r.source = 'order' and strpos(r.order_key, ' refund ') > 0
),

undone as (
    select
        r.original_order_key as order_key,
        jsonb_agg(
            jsonb_build_object(
                'order_key', r.order_key, 'part_no', r.part_no, 'alias_id', r.alias_id, 'kind', r.kind,
                'line_kind', r.line_kind, 'booked_at', r.booked_at, 'units', r.units, 'unit_price', r.unit_price,
                'amount', r.amount, 'is_restocked', r.is_restocked, 'inferred_from', r.inferred_from,
                'is_date_assumed', r.is_date_assumed, 'sku', a.sku, 'title', a.title
            ) order by r.booked_at, r.order_key, r.part_no
        ) as parts
    from reversals as r
    inner join orders_touched as t on r.original_order_key = t.order_key
    inner join orders as o on r.store_id = o.store_id and r.original_order_key = o.order_key
    inner join orders as d on r.store_id = d.store_id and r.order_key = d.order_key
    left join product_aliases as a on r.store_id = a.store_id and r.alias_id = a.alias_id
    where
        r.store_id = :store_id and r.source = 'order' and r.original_order_key <> r.order_key and d.is_counted
        and d.currency = o.currency and strpos(r.order_key, ' refund ') = 0
        and (
            exists (select 1 from returns as b where b.store_id = o.store_id and b.order_name = o.order_name)
            or exists (
                select 1
                from transactions as m
                where
                    m.store_id = o.store_id and m.order_name in (o.order_name, ltrim(o.order_name, '#'))
                    and m.kind in ('refund', 'chargeback')
            )
        )
    group by r.original_order_key
)

select
    o.order_key,
    o.ordered_on,
    o.cancelled_on,
    o.document_total,
    o.shipping,
    o.tax,
    o.duties,
    o.currency,
    cast((
        select
            jsonb_agg(
                jsonb_build_object(
                    'alias_id', i.alias_id, 'sku', a.sku, 'title', a.title, 'units', i.units, 'unit_price', i.unit_price,
                    'value', i.amount - i.discount
                ) order by i.line_no
            )
        from order_items as i
        inner join product_aliases as a on i.store_id = a.store_id and i.alias_id = a.alias_id
        where i.store_id = o.store_id and i.order_key = o.order_key and i.kind in ('product', 'gift_card')
    ) as text) as lines,
    cast((
        select
            jsonb_agg(
                jsonb_build_object(
                    'part_no', r.part_no, 'alias_id', r.alias_id, 'kind', r.kind, 'line_kind', r.line_kind,
                    'booked_at', r.booked_at, 'ordered_on', r.ordered_on, 'original_order_key', r.original_order_key,
                    'units', r.units, 'unit_price', r.unit_price, 'amount', r.amount, 'is_restocked', r.is_restocked,
                    'inferred_from', r.inferred_from, 'is_date_assumed', r.is_date_assumed, 'sku', a.sku, 'title', a.title
                ) order by r.part_no
            )
        from reversals as r
        left join product_aliases as a on r.store_id = a.store_id and r.alias_id = a.alias_id
        where r.store_id = o.store_id and r.order_key = o.order_key and r.source = 'order'
    ) as text) as own,
    cast((
        select
            jsonb_agg(
                jsonb_build_object(
                    'order_key', d.order_key, 'at', d.booked_at, 'alias_id', d.alias_id, 'kind', d.kind, 'units', d.units,
                    'unit_price', d.unit_price, 'amount', d.amount
                ) order by d.booked_at, d.order_key
            )
        from documents as d
        where d.number = o.order_key
    ) as text) as documents,
    cast((
        select
            jsonb_agg(
                jsonb_build_object('source', m.source, 'at', m.happened_at, 'kind', m.kind, 'amount', -m.amount)
                order by m.happened_at, m.transaction_key
            )
        from transactions as m
        where
            m.store_id = o.store_id and m.order_name in (o.order_name, ltrim(o.order_name, '#'))
            -- a provider may print an order without the # that the shop puts before it, unless that is another order
            and (
                m.order_name = o.order_name
                or not exists (select 1 from orders as e where e.store_id = m.store_id and e.order_name = m.order_name)
            )
            and m.kind in ('refund', 'chargeback') and m.currency = o.currency
    ) as text) as money,
    cast((
        select
            jsonb_agg(
                jsonb_build_object(
                    'source', b.source, 'at', b.returned_at, 'kind', b.kind, 'sku', b.sku, 'title', b.title, 'units', b.units,
                    'amount', case when coalesce(b.currency, o.currency) = o.currency then b.amount end,
                    'reason', b.reason, 'condition', b.condition, 'is_restocked', b.is_restocked
                ) order by b.returned_at, b.return_key
            )
        from returns as b
        where b.store_id = o.store_id and b.order_name = o.order_name
    ) as text) as returned,
    cast(u.parts as text) as undone
from orders as o
inner join orders_touched as t on o.order_key = t.order_key
left join undone as u on o.order_key = u.order_key
where o.store_id = :store_id and o.is_counted and strpos(o.order_key, ' refund ') = 0
