-- What the orders themselves print, one row a currency: their totals, tax inside their prices, and what is said to have
-- been taken back later, which a platform's order total does not contain.
with scoped as (
    select *
    from orders
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and is_counted
        and (cast(:start as date) is null or ordered_on >= :start)
        and (cast(:stop as date) is null or ordered_on < :stop)
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

taken_back as (
    select
        o.currency,
        sum(r.amount) as amount
    from reversals as r
    inner join scoped as o on r.store_id = o.store_id and r.order_key = o.order_key
    inner join imports as m on o.import_id = m.import_id
    where m.format <> 'order_lines'
    group by o.currency
)

select
    o.currency,
    sum(o.document_total) as documents_total,
    sum(o.difference) as difference,
    coalesce(sum(o.tax) filter (where o.prices_include_tax), 0) as tax_inside,
    coalesce(max(t.amount), 0) as taken_back_later
from scoped as o
left join taken_back as t on o.currency = t.currency
group by o.currency
