-- One row a product: its newest snapshot at every location (no later than the scope's end), what it costs and sells for,
-- and its daily demand over the window before the snapshot. Stock that nobody counts ("not stocked") stays unknown.
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
        sum(l.incoming) as incoming
    from inventory_levels as l
    inner join newest as n on l.store_id = n.store_id and l.location = n.location and l.as_of = n.as_of
    group by l.store_id, l.product_key
),

sale_days as (
    select
        l.store_id,
        l.product_key,
        l.ordered_on as day,
        sum(l.units) as units
    from ledger as l
    inner join (select store_id, max(as_of) as as_of from newest group by store_id) as n on l.store_id = n.store_id
    where
        l.entry = 'sale' and l.line_kind = 'product'
        and l.ordered_on > n.as_of - cast(:window as integer) and l.ordered_on <= n.as_of
    group by l.store_id, l.product_key, l.ordered_on
),

known_days as materialized (
    select
        n.store_id,
        least(cast(:window as integer), max(n.as_of) - min(d.day) + 1) as days
    from newest as n
    inner join sales_daily as d on n.store_id = d.store_id and d.clock = 'both' and d.day <= n.as_of
    group by n.store_id
),

-- each once: the planner would otherwise compute the demand anew for every product
demand as materialized (
    select
        s.store_id,
        s.product_key,
        sum(s.units) / max(k.days) as velocity,
        sqrt(greatest(sum(s.units * s.units) / max(k.days) - power(sum(s.units) / max(k.days), 2), 0)) as deviation
    from sale_days as s
    inner join known_days as k on s.store_id = k.store_id
    group by s.store_id, s.product_key
)

select
    c.product_key,
    coalesce(p.sku, c.sku) as sku,
    coalesce(p.title, c.title) as title,
    p.category,
    p.vendor,
    c.location,
    c.as_of,
    c.on_hand,
    c.committed,
    c.unavailable,
    c.available,
    c.incoming,
    coalesce(p.currency, s.currency) as currency,
    cost.unit_cost,
    c.on_hand * cost.unit_cost as cost_value,
    p.price,
    c.on_hand * p.price as retail_value,
    k.days as window_days,
    case when k.days is not null then coalesce(d.velocity, 0) end as velocity,
    case when k.days is not null then coalesce(d.deviation, 0) end as deviation
from counted as c
inner join stores as s on c.store_id = s.store_id
left join products as p on c.store_id = p.store_id and c.product_key = p.product_key
left join product_costs as cost
    on
        c.store_id = cost.store_id and c.product_key = cost.product_key and c.as_of >= cost.covers_from
        and c.as_of < cost.covers_to
left join known_days as k on c.store_id = k.store_id
left join demand as d on c.store_id = d.store_id and c.product_key = d.product_key
where
    (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
    and (cast(:currency as text) is null or coalesce(p.currency, s.currency, :currency) = :currency)
order by cost_value desc nulls last, c.product_key
