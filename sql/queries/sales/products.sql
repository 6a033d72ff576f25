-- One row a currency and product, category or vendor: what goods sold and what was taken back of them, from whole months
-- and the days beside them. A reversal that belongs to no line (more was refunded than was paid) stands under the value null,
-- and a discount printed as a line of its own under its own name, so that the rows add up. Months hold all countries.
with slices_of_days as (
    select slice_no, clock, currency
    from slices
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and clock in ('both', :basis)
        and channel is not null and country is not null
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

slices_of_months as (
    select slice_no, clock, currency
    from slices
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and clock in ('both', :basis)
        and cast(:countries as text[]) is null and country is null
        and case
            when cast(:channels as text[]) is null then channel is null
            else channel = any(cast(:channels as text[]))
        end
        and (cast(:currency as text) is null or currency = :currency)
),

rows as (
    select
        s.clock,
        s.currency,
        m.value_no,
        m.orders,
        m.units,
        m.amount,
        m.discount,
        m.covered,
        m.cost
    from sales_products_monthly as m
    inner join slices_of_months as s on m.slice_no = s.slice_no
    where m.month >= :month_start and m.month < :month_stop
    union all
    select
        s.clock,
        s.currency,
        d.value_no,
        d.orders,
        d.units,
        d.amount,
        d.discount,
        case when d.cost is not null then d.amount - d.discount else 0 end as covered,
        coalesce(d.cost, 0) as cost
    from sales_products_daily as d
    inner join slices_of_days as s on d.slice_no = s.slice_no
    where
        (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
        and d.day < :month_start
    union all
    select
        s.clock,
        s.currency,
        d.value_no,
        d.orders,
        d.units,
        d.amount,
        d.discount,
        case when d.cost is not null then d.amount - d.discount else 0 end as covered,
        coalesce(d.cost, 0) as cost
    from sales_products_daily as d
    inner join slices_of_days as s on d.slice_no = s.slice_no
    where
        (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
        and d.day >= :month_stop
),

by_product as (
    select
        value_no,
        currency,
        sum(orders) as orders,
        sum(amount) filter (where clock = 'both') as gross_sales,
        sum(discount) as discounts,
        sum(amount) filter (where clock <> 'both') as reversals,
        sum(units) filter (where clock = 'both') as units,
        sum(units) filter (where clock <> 'both') as units_returned,
        sum(case clock when 'both' then covered else -covered end) as covered_net_sales,
        sum(case clock when 'both' then cost else -cost end) as cost_of_goods_sold
    from rows
    group by value_no, currency
),

named as (
    select
        b.*,
        p.sku,
        p.title,
        p.category,
        p.vendor,
        case :dimension
            when 'category' then p.category when 'vendor' then p.vendor else nullif(v.value, '')
        end as value
    from by_product as b
    inner join sold_values as v on b.value_no = v.value_no
    left join products as p on v.store_id = p.store_id and v.value = p.product_key
    where cast(:categories as text[]) is null or p.category = any(cast(:categories as text[]))
),

numbered_orders as (
    select
        s.currency,
        case :dimension when 'category' then o.categories_no else o.vendors_no end as set_no,
        count(*) as orders
    from sales_orders as o
    inner join slices_of_days as s on o.slice_no = s.slice_no
    where
        :dimension in ('category', 'vendor')
        and (cast(:start as date) is null or o.day >= :start)
        and (cast(:stop as date) is null or o.day < :stop)
    group by s.currency, set_no
),

orders_of_groups as (
    select
        n.currency,
        nullif(m.value, '') as value,
        sum(n.orders) as orders
    from numbered_orders as n
    inner join sold_values as v on n.set_no = v.value_no
    cross join lateral unnest(cast(string_to_array(v.value, ',') as integer[])) as member (value_no)
    inner join sold_values as m on member.value_no = m.value_no
    group by n.currency, nullif(m.value, '')
),

summed as (
    select
        value,
        currency,
        max(sku) as sku,
        max(title) as title,
        max(category) as category,
        max(vendor) as vendor,
        sum(orders) as orders,
        coalesce(sum(gross_sales), 0) * 0.0001 as gross_sales,
        coalesce(sum(discounts), 0) * 0.0001 as discounts,
        coalesce(sum(reversals), 0) * 0.0001 as reversals,
        trim_scale(coalesce(sum(units), 0) * 0.0001) as units,
        trim_scale(coalesce(sum(units_returned), 0) * 0.0001) as units_returned,
        coalesce(sum(covered_net_sales), 0) * 0.0001 as covered_net_sales,
        coalesce(sum(cost_of_goods_sold), 0) * 0.0001 as cost_of_goods_sold
    from named
    group by value, currency
)

select
    s.value,
    s.currency,
    case when :dimension = 'product' then s.sku end as sku,
    case when :dimension = 'product' then s.title else s.value end as title,
    case when :dimension = 'product' then s.category end as category,
    case when :dimension = 'product' then s.vendor end as vendor,
    s.gross_sales,
    s.discounts,
    s.reversals,
    s.gross_sales - s.discounts - s.reversals as net_sales,
    -- of the orders of a brand nothing says which of them hold a category of it, too
    case
        when :dimension = 'product' then s.orders
        when :dimension = 'category' or cast(:categories as text[]) is null then coalesce(o.orders, 0)
    end as orders,
    s.units,
    s.units_returned,
    s.covered_net_sales,
    s.cost_of_goods_sold
from summed as s
left join orders_of_groups as o on s.currency = o.currency and s.value is not distinct from o.value
order by net_sales desc, value
