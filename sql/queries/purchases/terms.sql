-- One row a product with the terms in force on `day`: of its suppliers the one last ordered from, else one with terms for the
-- product itself, else the cheapest. What the terms for a product do not say, those for all of the supplier's products do, but
-- for the minimum, which there is one of the whole order. The first terms known also hold for the days before. A product whose
-- brand is a supplier's name is that supplier's.
-- What only orders name, without a SKU, cannot be ordered: a tip is such a one.
with current_terms as (
    select distinct on (store_id, supplier, sku) *
    from suppliers
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
    order by
        store_id asc, supplier asc, sku asc, valid_from <= cast(:day as date) desc,
        case when valid_from <= cast(:day as date) then valid_from end desc nulls last, valid_from asc
),

known as (
    select distinct on (store_id, sku)
        store_id,
        sku,
        product_key
    from products
    where sku is not null and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    order by store_id asc, sku asc, is_listed desc, product_key asc
),

ordered as (
    select
        o.store_id,
        o.supplier,
        i.sku,
        max(o.ordered_on) as last_ordered_on
    from purchase_orders as o
    inner join purchase_order_items as i on o.store_id = i.store_id and o.order_no = i.order_no
    where
        (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and o.status in ('sent', 'closed') and o.ordered_on <= cast(:day as date)
    group by o.store_id, o.supplier, i.sku
),

named as (
    select
        store_id,
        sku,
        supplier
    from current_terms
    where sku <> ''
    union
    select
        store_id,
        sku,
        supplier
    from ordered
),

offers as (
    select
        n.store_id,
        coalesce(k.product_key, n.sku) as product_key,
        n.sku,
        n.supplier
    from named as n
    left join known as k on n.store_id = k.store_id and n.sku = k.sku
    union
    select
        p.store_id,
        p.product_key,
        coalesce(p.sku, '') as sku,
        t.supplier
    from products as p
    inner join current_terms as t on p.store_id = t.store_id and t.sku = '' and lower(trim(p.vendor)) = lower(t.supplier)
),

told as (
    select
        f.store_id,
        f.product_key,
        f.sku,
        f.supplier,
        o.last_ordered_on,
        s.supplier is not null as is_its_own,
        coalesce(s.lead_time_days, g.lead_time_days) as lead_time_days,
        coalesce(s.lead_time_deviation, g.lead_time_deviation) as lead_time_deviation,
        s.minimum_order,
        g.minimum_order as supplier_minimum,
        coalesce(s.pack_size, g.pack_size) as pack_size,
        coalesce(s.unit_cost, g.unit_cost) as unit_cost,
        coalesce(s.freight, g.freight) as freight,
        coalesce(s.duty, g.duty) as duty,
        coalesce(s.currency, g.currency) as currency,
        coalesce(s.valid_from, g.valid_from) as valid_from
    from offers as f
    left join current_terms as s
        on f.store_id = s.store_id and f.supplier = s.supplier and f.sku = s.sku and s.sku <> ''
    left join current_terms as g on f.store_id = g.store_id and f.supplier = g.supplier and g.sku = ''
    left join ordered as o on f.store_id = o.store_id and f.supplier = o.supplier and f.sku = o.sku
),

chosen as (
    select distinct on (store_id, product_key) *
    from told
    order by
        store_id asc, product_key asc, last_ordered_on desc nulls last, is_its_own desc,
        unit_cost + coalesce(freight, 0) + coalesce(duty, 0) asc nulls last, supplier asc
)

select
    coalesce(p.store_id, c.store_id) as store_id,
    coalesce(p.product_key, c.product_key) as product_key,
    coalesce(p.sku, c.sku) as sku,
    coalesce(p.title, c.sku) as title,
    c.supplier,
    c.lead_time_days,
    c.lead_time_deviation,
    c.minimum_order,
    c.supplier_minimum,
    c.pack_size,
    coalesce(c.unit_cost, cost.unit_cost) as unit_cost,
    case
        when c.unit_cost is not null then 'terms'
        when cost.unit_cost is not null then 'product cost'
        else 'unknown'
    end as cost_basis,
    c.freight,
    c.duty,
    coalesce(
        case when c.unit_cost is not null then c.currency end, cost.currency, c.currency, p.currency, s.currency
    ) as currency,
    c.currency as terms_currency,
    c.valid_from
from (
    select *
    from products
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and not is_gift_card and (is_listed or sku is not null)
) as p
full join chosen as c on p.store_id = c.store_id and p.product_key = c.product_key
inner join stores as s on coalesce(p.store_id, c.store_id) = s.store_id
left join product_costs as cost
    on
        p.store_id = cost.store_id and p.product_key = cost.product_key and cost.covers_from <= cast(:day as date)
        and cost.covers_to > cast(:day as date)
where
    cast(:categories as text[]) is null or p.category = any(cast(:categories as text[]))
order by store_id, product_key
