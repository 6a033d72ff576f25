-- Counts as PostgreSQL takes them; a file that carries its own days gives a snapshot a day.
select
    coalesce(as_of, getvariable('as_of')) as as_of,
    location,
    product_key as level_key,
    handle_key,
    sku,
    title,
    on_hand,
    committed,
    unavailable,
    available,
    incoming,
    received,
    returned,
    adjusted,
    rows
from (
    select * from levels_new
    union all by name
    select
        cast(null as date) as as_of,
        cast(null as varchar) as handle_key,
        cast(null as decimal(18, 4)) as received,
        cast(null as decimal(18, 4)) as returned,
        cast(null as decimal(18, 4)) as adjusted
    where false
)
