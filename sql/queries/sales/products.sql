-- One row a currency and product, category or vendor: what goods sold and what was taken back of them, in 1/10,000, added up
-- from pieces of the range. A reversal that belongs to no line (more was refunded than was paid) stands under the value null,
-- and a discount printed as a line of its own under its own name, so that the rows add up. What sold only on days that were
-- taken off again has a row of zeros. Of categories and vendors nothing here says how many orders they had.
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
        p.start,
        p.stop,
        p.sign,
        p.is_summed,
        case s.clock when 'both' then p.sign else 0 end as sold,
        case s.clock when 'both' then 0 else p.sign end as back,
        case s.clock when 'both' then p.sign else -p.sign end as net
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

rows as (
    select
        c.currency, c.sign, c.sold, c.back, c.net, d.value_no, d.orders, d.units, d.amount, d.discount,
        case when d.cost is not null then d.amount - coalesce(d.discount, 0) end as covered,
        d.cost
    from chosen as c
    inner join sales_products_daily as d on c.slice_no = d.slice_no and d.day >= c.start and d.day < c.stop
    where not c.is_summed
    union all
    select
        c.currency, c.sign, c.sold, c.back, c.net, d.value_no, d.orders, d.units, d.amount, d.discount,
        d.amount - coalesce(d.discount, 0) - coalesce(d.uncovered, 0) as covered,
        d.cost
    from chosen as c
    inner join sales_goods_periods as d on c.slice_no = d.slice_no and d.period >= c.start and d.period < c.stop
    where c.is_summed
),

wanted as (
    select v.value_no
    from sold_values as v
    inner join sold_values as c on v.category_no = c.value_no
    where
        v.dimension = 'product' and c.value = any(cast(:categories as text[]))
        and (cast(:store_ids as integer[]) is null or v.store_id = any(cast(:store_ids as integer[])))
),

summed as (
    select
        value_no,
        currency,
        whole_sum(sign * orders) as orders,
        whole_sum(sold * amount) as gross_sales,
        whole_sum(sign * discount) as discounts,
        whole_sum(back * amount) as reversals,
        whole_sum(sold * units) as units,
        whole_sum(back * units) as units_returned,
        whole_sum(net * covered) as covered_net_sales,
        whole_sum(net * cost) as cost_of_goods_sold
    from rows
    where cast(:categories as text[]) is null or value_no in (select w.value_no from wanted as w)
    group by value_no, currency
),

-- under the value that they are asked for by, which several products and stores may share
-- what the products are called, put together before the sums are known, whose number nobody can guess
about as materialized (
    select
        v.value_no,
        k.value,
        p.sku,
        p.title,
        p.category,
        p.vendor
    from sold_values as v
    inner join sold_values as k
        on k.value_no = case :dimension when 'product' then v.value_no when 'category' then v.category_no else v.vendor_no end
    left join products as p on :dimension = 'product' and v.store_id = p.store_id and v.value = p.product_key
    where
        v.dimension = 'product'
        and (cast(:store_ids as integer[]) is null or v.store_id = any(cast(:store_ids as integer[])))
        and (cast(:categories as text[]) is null or v.value_no in (select w.value_no from wanted as w))
),

named as (
    select
        k.value,
        s.currency,
        max(k.sku) as sku,
        max(case :dimension when 'product' then k.title else nullif(k.value, '') end) as title,
        max(case :dimension when 'product' then k.category end) as category,
        max(case :dimension when 'product' then k.vendor end) as vendor,
        whole_sum(s.gross_sales) as gross_sales,
        coalesce(whole_sum(s.discounts), 0) as discounts,
        whole_sum(s.reversals) as reversals,
        case :dimension when 'product' then whole_sum(s.orders) end as orders,
        whole_sum(s.units) as units,
        whole_sum(s.units_returned) as units_returned,
        coalesce(whole_sum(s.covered_net_sales), 0) as covered_net_sales,
        coalesce(whole_sum(s.cost_of_goods_sold), 0) as cost_of_goods_sold
    from summed as s
    inner join about as k on s.value_no = k.value_no
    group by k.value, s.currency
)

select
    nullif(value, '') as value,
    currency,
    sku,
    title,
    category,
    vendor,
    gross_sales,
    discounts,
    reversals,
    gross_sales - discounts - reversals as net_sales,
    orders,
    units,
    units_returned,
    covered_net_sales,
    cost_of_goods_sold
from named
order by net_sales desc, value
