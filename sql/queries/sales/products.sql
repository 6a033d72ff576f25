-- One row a currency and product, category or vendor: what goods sold and what was taken back of them, in 1/10,000, added up
-- from pieces of the range. A reversal that belongs to no line (more was refunded than was paid) stands under the value null,
-- and a discount printed as a line of its own under its own name, so that the rows add up. What sold only on days that were
-- taken off again has a row of zeros. Categories and brands are summed up
-- by themselves (:is_grouped); brands of some categories are added up from products, and nothing says of their orders.
with pieces as (
    select grain, start, stop, sign, is_summed
    from
        unnest(
            cast(:grains as text[]), cast(:starts as date[]), cast(:stops as date[]), cast(:signs as bigint[]),
            cast(:summed as boolean[])
        ) as p (grain, start, stop, sign, is_summed)
),

chosen as (
    select
        s.slice_no,
        s.currency,
        s.clock = 'both' as is_sold,
        p.start,
        p.stop,
        p.sign,
        p.is_summed,
        case s.clock when 'both' then p.sign else -p.sign end as net_sign
    from slices as s
    inner join pieces as p on s.grain = p.grain
    where
        (cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[])))
        and s.clock in ('both', :basis)
        and case
            when cast(:channels as text[]) is null then s.grain = 'day' or s.channel is null
            else s.channel = any(cast(:channels as text[]))
        end
        and (cast(:countries as text[]) is null or s.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or s.currency = :currency)
),

keys as (
    select
        v.value_no,
        case
            when v.dimension <> 'product' or :dimension = 'product' then v.value_no
            when :dimension = 'category' then v.category_no
            else v.vendor_no
        end as key_no
    from sold_values as v
    where
        (cast(:store_ids as integer[]) is null or v.store_id = any(cast(:store_ids as integer[])))
        and case
            when v.dimension = 'product'
                then
                    cast(:categories as text[]) is null
                    or v.category_no in (
                        select c.value_no
                        from sold_values as c
                        where c.dimension = 'category' and c.value = any(cast(:categories as text[]))
                    )
            else
                cast(:is_grouped as boolean) and v.dimension = :dimension
                and (cast(:categories as text[]) is null or v.value = any(cast(:categories as text[])))
        end
),

orders_of_sets as (
    select
        c.currency,
        c.sign,
        case :dimension when 'category' then o.categories_no else o.vendors_no end as set_no,
        count(*) as orders
    from chosen as c
    inner join sales_orders as o on c.slice_no = o.slice_no and o.day >= c.start and o.day < c.stop
    where cast(:is_grouped as boolean) and not c.is_summed and c.is_sold
    group by c.currency, c.sign, set_no
),

rows as (
    select
        c.currency,
        c.is_sold,
        c.sign,
        c.net_sign,
        d.value_no,
        case when not cast(:is_grouped as boolean) then d.orders end as orders,
        d.units,
        d.amount,
        d.discount,
        case when d.cost is not null then d.amount - coalesce(d.discount, 0) end as covered,
        d.cost
    from chosen as c
    inner join sales_products_daily as d on c.slice_no = d.slice_no and d.day >= c.start and d.day < c.stop
    where not c.is_summed
    union all
    select
        c.currency,
        c.is_sold,
        c.sign,
        c.net_sign,
        d.value_no,
        d.orders,
        d.units,
        d.amount,
        d.discount,
        d.amount - coalesce(d.discount, 0) - coalesce(d.uncovered, 0) as covered,
        d.cost
    from chosen as c
    inner join sales_goods_periods as d on c.slice_no = d.slice_no and d.period >= c.start and d.period < c.stop
    where c.is_summed
    union all
    select
        o.currency,
        true as is_sold,
        o.sign,
        o.sign as net_sign,
        member.value_no,
        o.orders,
        null as units,
        null as amount,
        null as discount,
        null as covered,
        null as cost
    from orders_of_sets as o
    inner join sold_values as v on o.set_no = v.value_no
    cross join lateral unnest(cast(string_to_array(v.value, ',') as integer[])) as member (value_no)
),

summed as (
    select
        k.key_no,
        r.currency,
        cast(sum(r.sign * r.orders) as bigint) as orders,
        cast(coalesce(sum(r.sign * r.amount) filter (where r.is_sold), 0) as bigint) as gross_sales,
        cast(coalesce(sum(r.sign * r.discount), 0) as bigint) as discounts,
        cast(coalesce(sum(r.sign * r.amount) filter (where not r.is_sold), 0) as bigint) as reversals,
        cast(coalesce(sum(r.sign * r.units) filter (where r.is_sold), 0) as bigint) as units,
        cast(coalesce(sum(r.sign * r.units) filter (where not r.is_sold), 0) as bigint) as units_returned,
        cast(coalesce(sum(r.net_sign * r.covered), 0) as bigint) as covered_net_sales,
        cast(coalesce(sum(r.net_sign * r.cost), 0) as bigint) as cost_of_goods_sold
    from rows as r
    inner join keys as k on r.value_no = k.value_no
    group by k.key_no, r.currency
),

named as (
    select
        nullif(v.value, '') as value,
        s.currency,
        p.sku,
        coalesce(p.title, case when :dimension <> 'product' then nullif(v.value, '') end) as title,
        p.category,
        p.vendor,
        s.gross_sales,
        s.discounts,
        s.reversals,
        s.gross_sales - s.discounts - s.reversals as net_sales,
        case when :dimension = 'product' or cast(:is_grouped as boolean) then coalesce(s.orders, 0) end as orders,
        s.units,
        s.units_returned,
        s.covered_net_sales,
        s.cost_of_goods_sold
    from summed as s
    inner join sold_values as v on s.key_no = v.value_no
    left join products as p on v.dimension = 'product' and v.store_id = p.store_id and v.value = p.product_key
)

-- what several stores sell under one name is one row
select *
from named
where cardinality(cast(:store_ids as integer[])) = 1
union all
select
    value,
    currency,
    max(sku) as sku,
    max(title) as title,
    max(category) as category,
    max(vendor) as vendor,
    cast(sum(gross_sales) as bigint) as gross_sales,
    cast(sum(discounts) as bigint) as discounts,
    cast(sum(reversals) as bigint) as reversals,
    cast(sum(net_sales) as bigint) as net_sales,
    cast(sum(orders) as bigint) as orders,
    cast(sum(units) as bigint) as units,
    cast(sum(units_returned) as bigint) as units_returned,
    cast(sum(covered_net_sales) as bigint) as covered_net_sales,
    cast(sum(cost_of_goods_sold) as bigint) as cost_of_goods_sold
from named
where cardinality(cast(:store_ids as integer[])) is distinct from 1
group by value, currency
order by net_sales desc, value
