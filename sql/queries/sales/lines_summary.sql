-- One row a currency: the lines of the files as they stand, sold and taken back, before anything is made of them.
with lines as (
    select
        i.store_id,
        i.order_key,
        i.alias_id,
        i.units,
        i.unit_price,
        i.sold_at as at,
        i.amount - i.discount as amount,
        false as is_taken_back
    from order_items as i
    where i.kind <> 'tax'
    union all
    select
        r.store_id,
        r.order_key,
        r.alias_id,
        -coalesce(r.units, 0) as units,
        r.unit_price,
        r.booked_at as at,
        -r.amount as amount,
        true as is_taken_back
    from reversals as r
    where r.line_kind <> 'tax'
),

scoped as (
    select
        l.*,
        o.currency,
        o.customer_key,
        o.kind,
        a.sku,
        a.title
    from lines as l
    inner join orders as o on l.store_id = o.store_id and l.order_key = o.order_key
    left join product_aliases as a on l.store_id = a.store_id and l.alias_id = a.alias_id
    where
        (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or l.at >= :start)
        and (cast(:stop as date) is null or l.at < :stop)
        and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and (cast(:currency as text) is null or o.currency = :currency)
        and (not cast(:identified as boolean) or o.customer_key is not null)
        and (not cast(:priced as boolean) or (l.units > 0 and l.unit_price > 0 and not l.is_taken_back))
)

select
    currency,
    count(*) as rows,
    count(distinct row(store_id, order_key)) as documents,
    count(distinct row(store_id, order_key)) filter (where kind <> 'cancellation') as documents_not_cancelled,
    count(distinct customer_key) as customers,
    count(distinct coalesce(nullif(sku, ''), title)) as skus,
    sum(amount) as amount,
    coalesce(sum(amount) filter (where is_taken_back), 0) as taken_back_amount,
    coalesce(sum(amount) filter (where amount < 0), 0) as negative_amount,
    count(distinct row(store_id, order_key)) filter (where kind = 'cancellation') as cancelled_documents,
    count(*) filter (where kind = 'cancellation') as cancelled_rows,
    coalesce(sum(amount) filter (where kind = 'cancellation'), 0) as cancelled_amount,
    count(*) - count(distinct row(store_id, order_key, alias_id, units, unit_price, amount, at)) as exact_duplicate_rows,
    count(*) filter (where customer_key is null) as rows_without_customer
from scoped
group by currency
order by currency
