-- One row a currency and age: what new customers left before ads, up to that age, each age from the customers who are old
-- enough. Age 0 is the day of the first order, 1 the month after it, and so on. A new customer's first order ever lies from
-- :start to before :stop; orders count up to before :horizon. What is left is told of products with a known cost.
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

firsts as (
    select
        customer_key,
        min(ordered_on) as first_on
    from counted_orders
    where
        kind = 'order'
        and customer_key is not null
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    group by customer_key
),

placed as (
    select
        o.store_id,
        o.order_key,
        o.ordered_on,
        o.customer_key,
        f.first_on,
        coalesce(cast(:into as text), o.currency) as currency,
        coalesce(r.rate, 1) as rate,
        case
            when o.ordered_on = f.first_on then 0
            else
                12 * cast(extract(year from age(o.ordered_on, f.first_on)) as integer)
                + cast(extract(month from age(o.ordered_on, f.first_on)) as integer) + 1
        end as age
    from counted_orders as o
    inner join firsts as f on o.customer_key = f.customer_key
    left join rates as r
        on
            cast(:into as text) is not null and o.currency = r.currency and o.ordered_on >= r.valid_from
            and o.ordered_on < r.valid_to
    where
        o.kind = 'order'
        and f.first_on >= :start
        and f.first_on < :stop
        and o.ordered_on < :horizon
        and (cast(:into as text) is null or r.rate is not null)
        and (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and (cast(:currency as text) is null or o.currency = :currency)
),

people as (
    select
        currency,
        customer_key,
        first_on
    from placed
    where ordered_on = first_on
    group by currency, customer_key, first_on
),

ages as (
    select generate_series(0, 24) as age
),

complete as (
    select
        p.currency,
        p.customer_key,
        a.age,
        p.first_on
    from people as p
    cross join ages as a
    -- on the last day of all it may still be ordered
    where p.first_on + make_interval(months => a.age) + interval '1 day' <= :horizon
),

counted as (
    select
        currency,
        age,
        count(*) as customers
    from complete
    group by currency, age
),

left_over as (
    select
        p.currency,
        p.customer_key,
        p.age,
        sum(case l.entry when 'reversal' then -l.amount else l.amount - l.discount end * p.rate) as net_sales,
        sum(case l.entry when 'reversal' then -l.amount else l.amount - l.discount end * p.rate)
            filter (where l.cost is not null) as covered,
        sum(case l.entry when 'reversal' then -l.cost else l.cost end * p.rate) as cost
    from placed as p
    inner join ledger as l on p.store_id = l.store_id and p.order_key = l.order_key
    where l.line_kind = 'product'
    group by p.currency, p.customer_key, p.age
),

summed as (
    select
        c.currency,
        c.age,
        sum(g.net_sales) as net_sales,
        sum(g.covered) as covered,
        sum(g.cost) as cost
    from complete as c
    inner join left_over as g on c.currency = g.currency and c.customer_key = g.customer_key and c.age = g.age
    group by c.currency, c.age
)

select
    c.currency,
    c.age,
    c.customers,
    coalesce(s.net_sales, 0) as net_sales,
    coalesce(s.covered, 0) as covered,
    coalesce(s.cost, 0) as cost
from counted as c
left join summed as s on c.currency = s.currency and c.age = s.age
order by c.currency, c.age
