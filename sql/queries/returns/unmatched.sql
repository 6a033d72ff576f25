-- What was taken back without a purchase that is known: one row a currency, marked is_total, and then at most :most reversals
-- (null: all) by amount. First those of documents whose purchase no file has: they count on their own day. Then rows of
-- returns files and refunds of payments whose order no file has: they count nowhere, and whose channel, country or product
-- is asked for they are left out. `why` is customer (the document names none), never (this customer bought it in no file),
-- later (only afterwards), price (only at another one), fewer (no purchase of as many that is not undone), order (no such order).
with alone as materialized (
    select
        l.store_id,
        l.order_key,
        l.product_key,
        l.alias_id,
        l.customer_key,
        l.happened_at,
        l.booked_on,
        l.kind,
        l.units,
        l.unit_price,
        l.amount,
        l.currency,
        l.import_id
    from ledger as l
    inner join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
    where
        l.entry = 'reversal' and l.line_kind = 'product' and o.kind <> 'order'
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or l.booked_on >= :start)
        and (cast(:stop as date) is null or l.booked_on < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or coalesce(l.category, '') = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
),

bought as (
    select
        o.store_id,
        o.customer_key,
        a.product_key,
        i.unit_price,
        min(i.sold_at) as sold_at
    from orders as o
    inner join order_items as i on o.store_id = i.store_id and o.order_key = i.order_key
    inner join product_aliases as a on i.store_id = a.store_id and i.alias_id = a.alias_id
    where
        o.kind = 'order' and i.units > 0
        and (o.store_id, o.customer_key) in (select n.store_id, n.customer_key from alone as n where n.customer_key is not null)
    group by o.store_id, o.customer_key, a.product_key, i.unit_price
),

-- beside each other rather than joined: nobody knows beforehand how few rows are alone
beside as (
    select
        m.*,
        min(m.sold_at) over (partition by m.store_id, m.customer_key, m.product_key) as first_at,
        min(m.sold_at) over (partition by m.store_id, m.customer_key, m.product_key, m.unit_price) as first_at_price
    from (
        select
            n.*,
            cast(null as timestamp) as sold_at
        from alone as n
        union all
        select
            store_id,
            null as order_key,
            product_key,
            null as alias_id,
            customer_key,
            null as happened_at,
            null as booked_on,
            null as kind,
            null as units,
            unit_price,
            null as amount,
            null as currency,
            null as import_id,
            sold_at
        from bought
    ) as m
),

named as (
    select
        n.store_id,
        d.order_name as document,
        n.booked_on,
        n.kind,
        a.sku,
        a.title,
        n.units,
        n.amount,
        n.currency,
        m.file,
        true as is_counted,
        case
            when n.customer_key is null then 'customer'
            when n.first_at is null then 'never'
            when n.first_at > n.happened_at then 'later'
            when coalesce(n.first_at_price > n.happened_at, true) then 'price'
            else 'fewer'
        end as why
    from beside as n
    inner join orders as d on n.store_id = d.store_id and n.order_key = d.order_key
    inner join imports as m on n.import_id = m.import_id
    left join product_aliases as a on n.store_id = a.store_id and n.alias_id = a.alias_id
    where n.order_key is not null
),

told as (
    select
        b.store_id,
        b.order_name,
        'returns' as what,
        b.return_key as key,
        cast(b.returned_at as date) as booked_on,
        b.kind,
        b.sku,
        b.title,
        b.units,
        b.amount,
        b.currency
    from returns as b
    union all
    select
        t.store_id,
        t.order_name,
        'transactions' as what,
        t.transaction_key as key,
        cast(t.happened_at as date) as booked_on,
        t.kind,
        t.sku,
        t.title,
        t.units,
        -t.amount as amount,
        t.currency
    from transactions as t
    where t.kind in ('refund', 'chargeback')
),

strange as (
    select
        t.store_id,
        t.order_name as document,
        t.booked_on,
        t.kind,
        t.sku,
        t.title,
        t.units,
        t.amount,
        t.currency,
        m.file,
        false as is_counted,
        'order' as why
    from told as t
    inner join import_images as i on t.store_id = i.store_id and t.what = i.kind and t.key = i.key and i.is_current
    inner join imports as m on i.import_id = m.import_id
    left join orders as o on t.store_id = o.store_id and t.order_name = o.order_name
    where
        o.order_key is null and cast(:channels as text[]) is null and cast(:countries as text[]) is null
        and cast(:categories as text[]) is null
        and (cast(:store_ids as integer[]) is null or t.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or t.booked_on >= :start)
        and (cast(:stop as date) is null or t.booked_on < :stop)
        and (cast(:currency as text) is null or t.currency is null or t.currency = :currency)
),

converted as (
    select
        u.*,
        coalesce(cast(:into as text), u.currency, cast(:currency as text)) as shown_in,
        u.amount * coalesce(r.rate, 1) as worth
    from (
        select * from named
        union all
        select * from strange
    ) as u
    left join exchange_rates as r
        on
            u.currency <> :into and u.currency = r.currency and r.into_currency = :into
            and u.booked_on >= r.valid_from and u.booked_on < r.valid_to
    where cast(:into as text) is null or u.currency = :into or u.amount is null or r.rate is not null
),

listed as (
    select *
    from converted
    order by worth desc nulls last, booked_on, document, sku
    limit cast(:most as bigint)
)

select
    true as is_total,
    why,
    count(*) as lines,
    sum(worth) as amount,
    null as store,
    null as document,
    cast(null as date) as booked_on,
    null as kind,
    null as sku,
    null as title,
    null as units,
    is_counted,
    null as file,
    shown_in as currency
from converted
group by shown_in, why, is_counted
union all
select
    false as is_total,
    l.why,
    1 as lines,
    l.worth as amount,
    s.name as store,
    l.document,
    l.booked_on,
    l.kind,
    l.sku,
    l.title,
    l.units,
    l.is_counted,
    l.file,
    l.shown_in as currency
from listed as l
inner join stores as s on l.store_id = s.store_id
order by is_total desc, amount desc nulls last, booked_on, document, sku
