-- One row a store and product: what was asked for from `start` up to `stop`, and the sum of the squares of daily units. A
-- bundle's sales are demand of what it is made of, down to the last parts.
with recursive parts_of_bundles as (
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

demand_days as (
    select
        s.store_id,
        coalesce(c.product_key, v.value) as product_key,
        d.day,
        sum(d.units * coalesce(c.units, 1)) * 0.0001 as units
    from sales_products_daily as d
    inner join slices as s on d.slice_no = s.slice_no and s.clock = 'both' and s.channel is not null and s.country is not null
    inner join sold_values as v on d.value_no = v.value_no and v.value <> ''
    left join components as c on s.store_id = c.store_id and v.value = c.bundle_key
    where
        d.day >= :start and d.day < :stop
        and (cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or s.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or s.country = any(cast(:countries as text[])))
    group by s.store_id, coalesce(c.product_key, v.value), d.day
    having sum(d.units) <> 0
)

select
    store_id,
    product_key,
    trim_scale(sum(units)) as units,
    sum(units * units) as squares
from demand_days
group by store_id, product_key
order by store_id, product_key
