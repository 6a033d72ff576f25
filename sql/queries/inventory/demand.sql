-- One row a store and product that was ever sold: how much of it was asked for in the window before the end of the scope (or of
-- the data, if they end earlier). A bundle's sales are demand of what it is made of, of the parts' parts where those are
-- bundles themselves; a part that would lead back to where it came from is a plain product.
with recursive ends as (
    select
        store_id,
        least(max(day) + 1, coalesce(cast(:stop as date), max(day) + 1)) as stop,
        min(day) as data_from
    from sales_daily
    where
        clock = 'both'
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    group by store_id
),

parts_of_bundles as (
    select
        store_id,
        bundle_sku,
        component_sku,
        units,
        array[bundle_sku, component_sku] as path
    from bundles
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
    union all
    select
        made.store_id,
        made.bundle_sku,
        b.component_sku,
        made.units * b.units as units,
        made.path || b.component_sku as path
    from parts_of_bundles as made
    inner join bundles as b on made.store_id = b.store_id and made.component_sku = b.bundle_sku
    where b.component_sku <> all(made.path)
),

components as (
    select
        made.store_id,
        bundle.product_key as bundle_key,
        coalesce(part.product_key, made.component_sku) as product_key,
        sum(made.units) as units
    from parts_of_bundles as made
    inner join products as bundle on made.store_id = bundle.store_id and made.bundle_sku = bundle.sku
    left join lateral (
        select p.product_key
        from products as p
        where p.store_id = made.store_id and p.sku = made.component_sku
        order by p.is_listed desc, p.product_key
        limit 1
    ) as part on true
    where
        not exists (
            select b.component_sku
            from bundles as b
            where
                b.store_id = made.store_id and b.bundle_sku = made.component_sku and b.component_sku <> all(made.path)
        )
    group by made.store_id, bundle.product_key, coalesce(part.product_key, made.component_sku)
),

sold_days as (
    select
        s.store_id,
        d.value_no,
        d.day,
        sum(d.units) * 0.0001 as units
    from sales_products_daily as d
    inner join slices as s on d.slice_no = s.slice_no and s.clock = 'both' and s.channel is not null and s.country is not null
    inner join ends as e on s.store_id = e.store_id
    where
        d.day < e.stop
        and (cast(:channels as text[]) is null or s.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or s.country = any(cast(:countries as text[])))
    group by s.store_id, d.value_no, d.day
    having sum(d.units) <> 0
),

demand_days as (
    select
        d.store_id,
        coalesce(c.product_key, v.value) as product_key,
        d.day,
        sum(d.units * coalesce(c.units, 1)) as units
    from sold_days as d
    inner join sold_values as v on d.value_no = v.value_no and v.value <> ''
    left join components as c on d.store_id = c.store_id and v.value = c.bundle_key
    group by d.store_id, coalesce(c.product_key, v.value), d.day
),

by_product as (
    select
        d.store_id,
        d.product_key,
        greatest(
            max(e.stop) - cast(:window as integer),
            max(e.data_from),
            least(min(d.day), max(e.stop) - cast(:youngest as integer))
        ) as known_from,
        max(e.stop) as stop,
        sum(d.units) filter (where d.day >= e.stop - cast(:window as integer)) as units,
        sum(d.units * d.units) filter (where d.day >= e.stop - cast(:window as integer)) as squares,
        min(d.day) as first_sold_on,
        max(d.day) as last_sold_on
    from demand_days as d
    inner join ends as e on d.store_id = e.store_id
    group by d.store_id, d.product_key
)

select
    b.store_id,
    b.product_key,
    p.sku,
    p.category,
    trim_scale(coalesce(b.units, 0)) as units,
    coalesce(b.squares, 0) as squares,
    b.stop - b.known_from as window_days,
    b.first_sold_on,
    b.last_sold_on
from by_product as b
left join products as p on b.store_id = p.store_id and b.product_key = p.product_key
where cast(:categories as text[]) is null or p.category = any(cast(:categories as text[]))
order by b.store_id, b.product_key
