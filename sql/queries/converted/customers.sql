-- Distinct customers of the orders placed in the scope, one row a currency; orders without a known person are not counted.
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
)

select
    cast(:into as text) as currency,
    count(distinct o.customer_key) as customers
from counted_orders as o
inner join rates as r
    on
        o.currency = r.currency and o.ordered_on >= r.valid_from
        and o.ordered_on < r.valid_to
where
    (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
    and o.kind = 'order'
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
            where i.store_id = o.store_id and i.order_key = o.order_key and p.category = any(cast(:categories as text[]))
        )
    )
having count(*) > 0
