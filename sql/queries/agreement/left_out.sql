-- The orders of one store and day that are not counted, with what each would add to every amount of a report: tests, voided ones
-- and those cancelled before they were paid, on the day they were placed; and cancelled ones of a store that leaves them out
-- (is_cancelled_out), on the day they were sold and on that of their reversal.
with amounts as (
    select
        o.store_id,
        o.order_key,
        false as is_cancelled_out,
        1 as orders,
        coalesce(sum(i.amount) filter (where i.kind = 'product'), 0) as gross_sales,
        coalesce(sum(i.discount) filter (where i.kind = 'product'), 0) as discounts,
        0 as reversals,
        o.shipping,
        o.tax,
        o.duties,
        0 as fees
    from orders as o
    left join order_items as i on o.store_id = i.store_id and o.order_key = i.order_key
    where o.store_id = :store_id and not o.is_counted and o.ordered_on = cast(:day as date)
    group by o.store_id, o.order_key
    union all
    select
        e.store_id,
        e.order_key,
        true as is_cancelled_out,
        count(*) filter (where e.entry = 'charge' and e.line_kind in ('order', 'zero_order')) as orders,
        coalesce(sum(e.amount) filter (where e.entry = 'sale' and e.line_kind = 'product'), 0) as gross_sales,
        coalesce(sum(e.discount) filter (where e.entry = 'sale' and e.line_kind = 'product'), 0)
        - coalesce(sum(e.net) filter (where e.line_kind = 'discount'), 0) as discounts,
        coalesce(sum(e.amount) filter (where e.entry = 'reversal' and e.line_kind = 'product'), 0) as reversals,
        coalesce(sum(e.net) filter (where e.line_kind = 'shipping'), 0) as shipping,
        coalesce(sum(e.net) filter (where e.line_kind = 'tax'), 0) as tax,
        coalesce(sum(e.net) filter (where e.line_kind = 'duties'), 0) as duties,
        coalesce(sum(e.net) filter (where e.line_kind = 'fee'), 0) as fees
    from (
        select
            l.*,
            case l.entry when 'reversal' then -l.amount else l.amount - l.discount end as net
        from orders as o
        inner join stores as s on o.store_id = s.store_id
        -- the offset keeps the view inside, where each of its parts is reached by its key
        cross join lateral (
            select *
            from entries as v
            where v.store_id = o.store_id and v.order_key = o.order_key
            order by v.entry
            offset 0
        ) as l
        where
            o.store_id = :store_id and s.leaves_cancelled_out and o.is_counted and o.cancelled_on is not null
            and l.booked_on = cast(:day as date)
    ) as e
    group by e.store_id, e.order_key
)

select
    o.order_key,
    o.order_name,
    o.financial_status,
    o.ordered_on,
    o.cancelled_on,
    a.is_cancelled_out,
    a.orders,
    a.gross_sales,
    a.discounts,
    a.reversals,
    a.shipping,
    a.tax,
    a.duties,
    a.fees
from amounts as a
inner join orders as o on a.store_id = o.store_id and a.order_key = o.order_key
where cast(:currency as text) is null or o.currency = :currency
order by o.order_name
