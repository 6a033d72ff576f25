-- One row a store and product: its value at cost added up over the month ends from `start` up to `stop` of which the store has a
-- count within that month, and how many such month ends the store has. What was not counted then was not there.
with months as (
    select
        cast(month as date) as month,
        cast(month + interval '1 month' as date) as next_month
    from generate_series(cast(:start as timestamp), cast(:stop as timestamp) - interval '1 month', interval '1 month') as month
),

counts as (
    select distinct
        store_id,
        location,
        as_of
    from inventory_levels
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and as_of < :stop
),

holding as (
    select
        c.store_id,
        m.month,
        m.next_month,
        c.location,
        max(c.as_of) as as_of
    from months as m
    inner join counts as c on c.as_of < m.next_month
    group by c.store_id, m.month, m.next_month, c.location
),

known as (
    select
        store_id,
        month
    from holding
    group by store_id, month
    having max(as_of) >= month
),

month_ends as (
    select
        store_id,
        count(*) as month_ends
    from known
    group by store_id
)

select
    l.store_id,
    l.product_key,
    coalesce(p.currency, s.currency) as currency,
    max(e.month_ends) as month_ends,
    sum(l.on_hand * cost.unit_cost * case when cost.currency = coalesce(p.currency, s.currency) then 1 else r.rate end)
        as cost_value
from holding as h
inner join known as k on h.store_id = k.store_id and h.month = k.month
inner join month_ends as e on h.store_id = e.store_id
inner join stores as s on h.store_id = s.store_id
inner join inventory_levels as l on h.store_id = l.store_id and h.as_of = l.as_of and h.location = l.location
left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
left join product_costs as cost
    on
        l.store_id = cost.store_id and l.product_key = cost.product_key and h.next_month - 1 >= cost.covers_from
        and h.next_month - 1 < cost.covers_to
left join exchange_rates as r
    on
        cost.currency = r.currency and r.into_currency = coalesce(p.currency, s.currency) and h.next_month - 1 >= r.valid_from
        and h.next_month - 1 < r.valid_to
where
    (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
    and (cast(:currency as text) is null or coalesce(p.currency, s.currency, :currency) = :currency)
group by l.store_id, l.product_key, coalesce(p.currency, s.currency)
order by l.store_id, l.product_key
