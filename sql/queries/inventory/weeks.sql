-- One row a product: its weekly demand from `start` up to `stop`, in weeks of seven days counted back from `stop`. Only weeks
-- that begin after the product's first sale ever count, those without a sale among them. A bundle's pieces count for its
-- parts, down to the last.
-- `units` and `squares` are the sums over these weeks of weekly units, in 1/10,000, and of their squares:
-- whole numbers, which floating point holds exactly and adds up three times faster.
with stores_asked as (
    select store_id
    from stores
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
),

targets as (
    select
        v.value_no,
        coalesce(m.product_key, v.value) as product_key,
        coalesce(m.units::float8, 1) as pieces
    from sold_values as v
    inner join stores_asked as s on v.store_id = s.store_id
    left join bundle_parts as m on v.store_id = m.store_id and v.value = m.bundle_key
    where v.dimension = 'product' and v.value <> ''
),

-- numbers are compared faster than keys
wanted as materialized (
    select
        value_no,
        product_key,
        pieces,
        dense_rank() over (order by product_key) as product_no
    from targets
),

slices_of_days as materialized (
    select s.slice_no
    from slices as s
    inner join stores_asked as a on s.store_id = a.store_id
    where s.clock = 'both' and s.channel is not null and s.country is not null
),

slices_of_months as materialized (
    select s.slice_no
    from slices as s
    inner join stores_asked as a on s.store_id = a.store_id
    where s.clock = 'both' and s.grain = 'month' and s.channel is null and s.country is null
),

-- before the window whole months tell that a product was sold, and the days between them and its start
sold_before as (
    select m.value_no
    from sales_goods_periods as m
    inner join slices_of_months as s on m.slice_no = s.slice_no
    where m.units > 0 and m.period < date_trunc('month', cast(:start as date))
    union
    select d.value_no
    from sales_products_daily as d
    inner join slices_of_days as s on d.slice_no = s.slice_no
    where d.units > 0 and d.day >= date_trunc('month', cast(:start as date)) and d.day < :start
),

by_week as materialized (
    select
        w.product_no,
        (cast(:stop as date) - 1 - d.day) / 7 as week,
        min(d.day) as first_day,
        sum(d.units * w.pieces) as units
    from sales_products_daily as d
    inner join slices_of_days as s on d.slice_no = s.slice_no
    inner join wanted as w on d.value_no = w.value_no
    where d.units > 0 and d.day >= :start and d.day < :stop
    group by w.product_no, (cast(:stop as date) - 1 - d.day) / 7
),

first_days as (
    select
        product_no,
        min(day) as day
    from (
        select
            w.product_no,
            cast(:start as date) as day
        from sold_before as b
        inner join wanted as w on b.value_no = w.value_no
        union all
        select
            product_no,
            first_day as day
        from by_week
    ) as known
    group by product_no
),

summed as (
    select
        f.product_no,
        (cast(:stop as date) - max(f.day)) / 7 as weeks,
        coalesce(sum(b.units), 0) as units,
        coalesce(sum(b.units * b.units), 0) as squares
    from first_days as f
    left join by_week as b on f.product_no = b.product_no and b.week < (cast(:stop as date) - f.day) / 7
    group by f.product_no
)

select
    w.product_key,
    s.weeks,
    s.units,
    s.squares
from summed as s
inner join (select distinct product_no, product_key from wanted) as w on s.product_no = w.product_no
order by w.product_key
