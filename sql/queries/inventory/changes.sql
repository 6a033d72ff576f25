-- One row a store and product that was counted before the scope's end: when its units on hand (all locations, each at its newest
-- count) last grew by more than customers brought back, from one day of counts to the next, and since when it has been counted
-- without growing. `is_first` says that it already lay there on the first day of counts, so nothing is known of before.
with counted_days as (
    select distinct
        store_id,
        as_of
    from inventory_levels
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:stop as date) is null or as_of < :stop)
),

-- which count of a location holds on which day
holding as (
    select
        d.store_id,
        d.as_of as day,
        l.location,
        max(l.as_of) as as_of
    from counted_days as d
    inner join (select distinct store_id, location, as_of from inventory_levels) as l
        on d.store_id = l.store_id and d.as_of >= l.as_of
    group by d.store_id, d.as_of, l.location
),

numbered_days as (
    select
        store_id,
        as_of as day,
        row_number() over (partition by store_id order by as_of) as day_no,
        lag(as_of) over (partition by store_id order by as_of) as day_before
    from counted_days
),

totals as materialized (
    select
        h.store_id,
        l.product_key,
        n.day_no,
        h.day,
        n.day_before,
        sum(l.on_hand) as on_hand
    from holding as h
    inner join numbered_days as n on h.store_id = n.store_id and h.day = n.day
    inner join inventory_levels as l on h.store_id = l.store_id and h.as_of = l.as_of and h.location = l.location
    where l.on_hand is not null
    group by h.store_id, l.product_key, n.day_no, h.day, n.day_before
),

followed as (
    select
        *,
        lag(day_no) over (partition by store_id, product_key order by day_no) as counted_no,
        lag(on_hand) over (partition by store_id, product_key order by day_no) as on_hand_before
    from totals
),

-- what was not counted the day before was not there
grown as (
    select
        f.store_id,
        f.product_key,
        f.day,
        f.day_before,
        f.on_hand - case when f.counted_no = f.day_no - 1 then f.on_hand_before else 0 end as more
    from followed as f
    where f.day_no > 1 and f.on_hand > case when f.counted_no = f.day_no - 1 then greatest(f.on_hand_before, 0) else 0 end
),

returned_days as materialized (
    select
        s.store_id,
        v.value as product_key,
        d.day,
        sum(d.units) * 0.0001 as units
    from sales_products_daily as d
    inner join slices as s on d.slice_no = s.slice_no
    inner join sold_values as v on d.value_no = v.value_no
    where
        s.clock = 'refund_date' and s.channel is not null and s.country is not null
        and (cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[])))
        and d.units > 0
    group by s.store_id, v.value, d.day
),

restocked as (
    select
        g.store_id,
        g.product_key,
        g.day
    from grown as g
    left join returned_days as r
        on g.store_id = r.store_id and g.product_key = r.product_key and r.day > g.day_before and r.day <= g.day
    group by g.store_id, g.product_key, g.day, g.more
    having g.more > coalesce(sum(r.units), 0)
),

last_grown as (
    select
        store_id,
        product_key,
        max(day) as grown_on
    from restocked
    group by store_id, product_key
)

select
    t.store_id,
    t.product_key,
    g.grown_on,
    min(t.day) as counted_from,
    min(t.day_no) = 1 as is_first
from totals as t
left join last_grown as g on t.store_id = g.store_id and t.product_key = g.product_key
where t.on_hand > 0
group by t.store_id, t.product_key, g.grown_on
order by t.store_id, t.product_key
