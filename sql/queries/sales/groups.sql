-- One row a currency and category or vendor: what goods sold and what was taken back of them, in 1/10,000, from months and the
-- days beside them: what is too much of the months nearest to the range is taken off again. An order counts once for each of
-- the categories or vendors of which it holds something. Goods of none stand under the value null, and what sold only on days
-- that were taken off again has a row of zeros.
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
        case s.clock when 'both' then p.sign else 0 end as sold,
        case s.clock when 'both' then 0 else p.sign end as back,
        case s.clock when 'both' then p.sign else -p.sign end as net
    from slices as s
    inner join pieces as p on s.grain = p.grain
    where
        (cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[])))
        and s.clock in ('both', :basis)
        and (cast(:channels as text[]) is null or s.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or s.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or s.currency = :currency)
),

months as (
    select
        c.currency,
        d.value_no,
        whole_sum(c.sign * d.orders) as orders,
        whole_sum(c.sold * d.amount) as gross_sales,
        whole_sum(c.sign * d.discount) as discounts,
        whole_sum(c.back * d.amount) as reversals,
        whole_sum(c.sold * d.units) as units,
        whole_sum(c.back * d.units) as units_returned,
        whole_sum(c.net * (d.amount - coalesce(d.discount, 0) - coalesce(d.uncovered, 0))) as covered_net_sales,
        whole_sum(c.net * d.cost) as cost_of_goods_sold
    from chosen as c
    inner join sales_goods_periods as d on c.slice_no = d.slice_no and d.period >= c.start and d.period < c.stop
    where c.is_summed
    group by c.currency, d.value_no
),

-- what products sold on the days beside the months
days as (
    select
        c.currency,
        d.value_no,
        whole_sum(c.sold * d.amount) as gross_sales,
        whole_sum(c.sign * d.discount) as discounts,
        whole_sum(c.back * d.amount) as reversals,
        whole_sum(c.sold * d.units) as units,
        whole_sum(c.back * d.units) as units_returned,
        whole_sum(case when d.cost is not null then c.net * (d.amount - coalesce(d.discount, 0)) end) as covered_net_sales,
        whole_sum(c.net * d.cost) as cost_of_goods_sold
    from chosen as c
    inner join sales_products_daily as d on c.slice_no = d.slice_no and d.day >= c.start and d.day < c.stop
    where not c.is_summed
    group by c.currency, d.value_no
),

sets as (
    select
        c.currency,
        case :dimension when 'category' then o.categories_no else o.vendors_no end as set_no,
        whole_sum(c.sign) as orders
    from chosen as c
    inner join sales_orders as o on c.slice_no = o.slice_no and o.day >= c.start and o.day < c.stop
    where not c.is_summed and c.is_sold
    group by c.currency, set_no
),

together as (
    select *
    from months
    union all
    select
        d.currency,
        case :dimension when 'category' then p.category_no else p.vendor_no end as value_no,
        null as orders,
        d.gross_sales,
        d.discounts,
        d.reversals,
        d.units,
        d.units_returned,
        d.covered_net_sales,
        d.cost_of_goods_sold
    from days as d
    inner join sold_values as p
        on
            d.value_no = p.value_no and p.dimension = 'product'
            and (cast(:store_ids as integer[]) is null or p.store_id = any(cast(:store_ids as integer[])))
    union all
    select
        s.currency, member.value_no, s.orders, null, null, null, null, null, null, null
    from sets as s
    inner join sold_values as v on s.set_no = v.value_no
    -- by case, because every other value is no list of numbers, and may be looked at before the join leaves it out
    cross join lateral unnest(
        cast(string_to_array(case when v.dimension in ('categories', 'vendors') then v.value end, ',') as integer[])
    ) as member (value_no)
)

select
    nullif(v.value, '') as value,
    t.currency,
    null as sku,
    nullif(v.value, '') as title,
    null as category,
    null as vendor,
    coalesce(whole_sum(t.gross_sales), 0) as gross_sales,
    coalesce(whole_sum(t.discounts), 0) as discounts,
    coalesce(whole_sum(t.reversals), 0) as reversals,
    coalesce(whole_sum(t.gross_sales), 0) - coalesce(whole_sum(t.discounts), 0) - coalesce(whole_sum(t.reversals), 0)
        as net_sales,
    coalesce(whole_sum(t.orders), 0) as orders,
    coalesce(whole_sum(t.units), 0) as units,
    coalesce(whole_sum(t.units_returned), 0) as units_returned,
    coalesce(whole_sum(t.covered_net_sales), 0) as covered_net_sales,
    coalesce(whole_sum(t.cost_of_goods_sold), 0) as cost_of_goods_sold
from together as t
inner join sold_values as v on t.value_no = v.value_no
where
    v.dimension = :dimension
    and (cast(:categories as text[]) is null or v.value = any(cast(:categories as text[])))
group by v.value, t.currency
order by net_sales desc, value
