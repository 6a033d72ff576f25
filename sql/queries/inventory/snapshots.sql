-- One row a day of counts and currency: what lay at all locations, each at its newest count by then, at the cost valid on that
-- day and at today's catalogue prices. `locations` were counted on the day itself, of `locations_known` that had been by then.
with counts as (
    select distinct
        store_id,
        location,
        as_of
    from inventory_levels
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:stop as date) is null or as_of < :stop)
),

days as (
    select distinct
        store_id,
        as_of as day
    from counts
    where cast(:start as date) is null or as_of >= :start
),

holding as (
    select
        d.store_id,
        d.day,
        c.location,
        max(c.as_of) as as_of
    from days as d
    inner join counts as c on d.store_id = c.store_id and d.day >= c.as_of
    group by d.store_id, d.day, c.location
),

valued as (
    select
        h.store_id,
        h.day,
        l.product_key,
        coalesce(p.currency, s.currency) as currency,
        l.on_hand,
        l.on_hand * p.price as retail_value,
        l.on_hand * cost.unit_cost * case when cost.currency = coalesce(p.currency, s.currency) then 1 else r.rate end
            as cost_value
    from holding as h
    inner join stores as s on h.store_id = s.store_id
    inner join inventory_levels as l on h.store_id = l.store_id and h.as_of = l.as_of and h.location = l.location
    left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
    left join product_costs as cost
        on
            l.store_id = cost.store_id and l.product_key = cost.product_key and h.day >= cost.covers_from
            and h.day < cost.covers_to
    left join exchange_rates as r
        on
            cost.currency = r.currency and r.into_currency = coalesce(p.currency, s.currency) and h.day >= r.valid_from
            and h.day < r.valid_to
    where
        l.on_hand is not null
        and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or coalesce(p.currency, s.currency, :currency) = :currency)
),

-- what is below zero at one location is taken from what is there at another
by_product as (
    select
        day,
        store_id,
        product_key,
        currency,
        sum(on_hand) as on_hand,
        sum(cost_value) as cost_value,
        sum(retail_value) as retail_value
    from valued
    group by day, store_id, product_key, currency
),

places as (
    select
        day,
        count(*) filter (where as_of = day) as locations,
        count(*) as locations_known
    from holding
    group by day
)

select
    v.day,
    v.currency,
    count(*) filter (where v.on_hand > 0) as products,
    sum(v.on_hand) as on_hand,
    sum(v.cost_value) as value_at_cost,
    sum(v.retail_value) as value_at_retail,
    sum(v.on_hand) filter (where v.on_hand > 0) as units,
    coalesce(sum(v.on_hand) filter (where v.on_hand > 0 and v.cost_value is not null), 0) as units_covered,
    max(p.locations) as locations,
    max(p.locations_known) as locations_known
from by_product as v
inner join places as p on v.day = p.day
group by v.day, v.currency
order by v.day, v.currency
