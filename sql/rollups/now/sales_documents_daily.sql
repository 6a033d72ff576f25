-- What the orders of a day print, one row a slice and day: their totals, by how much these contradict their lines, the tax
-- inside their prices, and what was taken back later, which a printed total does not contain.
create temp view sales_documents_daily_now as
with taken_back as (
    select
        r.order_key,
        sum(r.amount) as amount
    from reversals as r
    where
        r.store_id = :store_id and not r.is_superseded
        and (
            cast(:everything as boolean)
            or r.order_key in (
                select t.order_key
                from orders as t
                where t.store_id = :store_id and t.ordered_on = any(cast(:days as date[]))
            )
        )
    group by r.order_key
)

select
    s.slice_no,
    o.ordered_on as day,
    cast(sum(o.document_total) * 10000 as bigint) as documents_total,
    cast(sum(o.difference) * 10000 as bigint) as difference,
    cast(coalesce(sum(o.tax) filter (where o.prices_include_tax), 0) * 10000 as bigint) as tax_inside,
    cast(coalesce(sum(t.amount) filter (where m.format <> 'order_lines'), 0) * 10000 as bigint) as taken_back_later
from counted_orders as o
inner join slices as s
    on
        o.store_id = s.store_id and s.clock = 'both' and o.currency = s.currency and o.channel = s.channel
        and o.country = s.country
inner join imports as m on o.import_id = m.import_id
left join taken_back as t on o.order_key = t.order_key
where
    o.store_id = :store_id
    and (cast(:everything as boolean) or o.ordered_on = any(cast(:days as date[])))
group by s.slice_no, o.ordered_on
