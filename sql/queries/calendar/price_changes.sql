-- One row a durable change of a product's price, of the products named. A day's price is the one at which most units of it
-- were sold; days in a row within 1 % of each other are one price; a price is durable that was held for at least 14 days
-- with sales on at least 3 of them. Between two durable prices of one product that are 2 % or more apart lies a change, on
-- the first day of the later one. What lasts shorter is a promotion or a slip, and is stepped over.
with sold as (
    select
        store_id,
        product_key,
        currency,
        ordered_on as day,
        unit_price,
        sum(units) as units
    from ledger
    where
        entry = 'sale' and line_kind = 'product' and units > 0 and unit_price > 0
        and product_key = any(cast(:products as text[]))
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or ordered_on >= cast(:start as date) - 60)
        and (cast(:stop as date) is null or ordered_on < cast(:stop as date) + 30)
        and (cast(:currency as text) is null or currency = :currency)
    group by store_id, product_key, currency, ordered_on, unit_price
),

usual as (
    select distinct on (store_id, product_key, currency, day)
        store_id,
        product_key,
        currency,
        day,
        unit_price
    from sold
    order by store_id, product_key, currency, day, units desc, unit_price
),

stepped as (
    select
        *,
        case
            when abs(unit_price / lag(unit_price) over (partition by store_id, product_key, currency order by day) - 1) <= 0.01
                then 0
            else 1
        end as is_step
    from usual
),

placed as (
    select
        *,
        sum(is_step) over (partition by store_id, product_key, currency order by day) as run
    from stepped
),

held as (
    select
        store_id,
        product_key,
        currency,
        run,
        min(day) as day,
        percentile_disc(0.5) within group (order by unit_price) as price
    from placed
    group by store_id, product_key, currency, run
    having count(*) >= 3 and max(day) - min(day) >= 13
),

followed as (
    select
        *,
        lag(price) over (partition by store_id, product_key, currency order by day) as price_before
    from held
)

select
    f.day,
    f.product_key,
    p.title,
    f.currency,
    f.price_before,
    f.price
from followed as f
inner join products as p on f.store_id = p.store_id and f.product_key = p.product_key
where
    abs(f.price / f.price_before - 1) >= 0.02
    and (cast(:start as date) is null or f.day >= :start)
    and (cast(:stop as date) is null or f.day < :stop)
order by f.day, f.product_key
