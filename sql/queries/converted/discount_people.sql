-- One row a discount code (way 'code'), discounts without a code ('automatic'), no discount ('none'); or a day of one code
-- (:code); or, as a whole, a way: the orders of the scope whose day has a rate into the currency :into, and their customers.
-- The same as discounts/people, in all currencies at once: a customer who bought in two of them counts once.
with scoped as (
    select
        o.*,
        codes_of(o.discount_codes) as codes
    from orders as o
    left join exchange_rates as r
        on
            o.currency <> :into and o.currency = r.currency and r.into_currency = :into
            and o.ordered_on >= r.valid_from and o.ordered_on < r.valid_to
    where
        (o.currency = :into or r.rate is not null)
        and o.is_counted
        and o.kind = 'order'
        and (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and (cast(:code as text) is null or codes_of(o.discount_codes) @> array[lower(:code)])
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
),

known as (
    select
        s.*,
        s.customer_key is not null and not exists (
            select 1
            from orders as e
            where
                e.store_id = s.store_id and e.customer_key = s.customer_key and e.is_counted and e.kind = 'order'
                and row(e.ordered_on, coalesce(e.ordered_at, '-infinity'), e.order_key)
                < row(s.ordered_on, coalesce(s.ordered_at, '-infinity'), s.order_key)
        ) as is_first,
        exists(
            select 1
            from order_items as i
            where
                i.store_id = s.store_id and i.order_key = s.order_key
                and (i.kind = 'discount' or (i.kind = 'product' and i.discount <> 0))
        ) as is_reduced
    from scoped as s
),

grouped as (
    select
        case when cardinality(k.codes) > 0 then 'code' when k.is_reduced then 'automatic' else 'none' end as way,
        case :dimension when 'day' then cast(k.ordered_on as text) else c.code end as value,
        k.customer_key,
        k.is_first
    from known as k
    left join lateral unnest(k.codes) as c (code) on :dimension <> 'whole'
    where cast(:code as text) is null or c.code = lower(:code)
)

select
    way,
    value,
    cast(:into as text) as currency,
    count(*) as orders,
    count(distinct customer_key) as known_customers,
    count(distinct customer_key) filter (where is_first) as new_customers
from grouped
group by way, value
order by orders desc, way, value
