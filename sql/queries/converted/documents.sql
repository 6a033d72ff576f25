-- What the orders themselves print, one row a currency: their totals, tax inside their prices, and what is said to have
-- been taken back later, which a platform's order total does not contain.
with rates as (
    select
        currency,
        valid_from,
        valid_to,
        rate
    from exchange_rates
    where into_currency = :into
    union all
    select
        cast(:into as text) as currency,
        date '-infinity' as valid_from,
        date 'infinity' as valid_to,
        1 as rate
),

scoped as (
    select
        o.store_id,
        o.order_key,
        o.import_id,
        o.prices_include_tax,
        cast(:into as text) as currency,
        r.rate,
        o.document_total * r.rate as document_total,
        o.difference * r.rate as difference,
        o.tax * r.rate as tax
    from counted_orders as o
    inner join rates as r
        on
            o.currency = r.currency and o.ordered_on >= r.valid_from
            and o.ordered_on < r.valid_to
    where
        (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or o.ordered_on >= :start)
        and (cast(:stop as date) is null or o.ordered_on < :stop)
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or o.currency = :currency)
),

taken_back as (
    select
        o.currency,
        sum(r.amount * o.rate) as amount
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
