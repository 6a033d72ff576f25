-- One row a store and product, or also a location: the newest count of every location (no later than the scope's end), what it
-- costs and sells for. Stock that nobody counts ("not stocked") stays unknown. A cost in another currency counts at the rate of
-- the day of the count; without one it is unknown.
with newest as (
    select
        store_id,
        location,
        max(as_of) as as_of
    from inventory_levels
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:stop as date) is null or as_of < :stop)
    group by store_id, location
),

counted as materialized (
    select
        l.store_id,
        l.product_key,
        max(l.sku) as sku,
        max(l.title) as title,
        string_agg(distinct l.location, ', ' order by l.location) as location,
        max(l.as_of) as as_of,
        sum(l.on_hand) as on_hand,
        sum(l.committed) as committed,
        sum(l.unavailable) as unavailable,
        sum(l.available) as available,
        sum(l.incoming) as incoming,
        count(*) filter (where l.on_hand is null) as not_stocked_at,
        count(*) filter (where l.on_hand < 0) as negative_at
    from inventory_levels as l
    inner join newest as n on l.store_id = n.store_id and l.location = n.location and l.as_of = n.as_of
    group by l.store_id, l.product_key, case when cast(:by_location as boolean) then l.location end
),

priced as (
    select
        c.*,
        coalesce(p.sku, c.sku) as known_sku,
        coalesce(p.title, c.title) as known_title,
        p.category,
        p.vendor,
        p.price,
        coalesce(p.currency, s.currency) as currency,
        cost.unit_cost * case when cost.currency = coalesce(p.currency, s.currency) then 1 else r.rate end as unit_cost
    from counted as c
    inner join stores as s on c.store_id = s.store_id
    left join products as p on c.store_id = p.store_id and c.product_key = p.product_key
    left join product_costs as cost
        on
            c.store_id = cost.store_id and c.product_key = cost.product_key and c.as_of >= cost.covers_from
            and c.as_of < cost.covers_to
    left join exchange_rates as r
        on
            cost.currency = r.currency and r.into_currency = coalesce(p.currency, s.currency) and c.as_of >= r.valid_from
            and c.as_of < r.valid_to
)

select
    store_id,
    product_key,
    known_sku as sku,
    known_title as title,
    category,
    vendor,
    location,
    as_of,
    on_hand,
    committed,
    unavailable,
    available,
    incoming,
    not_stocked_at,
    negative_at,
    currency,
    unit_cost,
    on_hand * unit_cost as cost_value,
    price,
    on_hand * price as retail_value
from priced
where
    (cast(:categories as text[]) is null or category = any(cast(:categories as text[])))
    and (cast(:currency as text) is null or coalesce(currency, :currency) = :currency)
order by cost_value desc nulls last, product_key, location
