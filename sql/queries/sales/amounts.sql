-- One row a currency and value of the dimension (day, week, month, channel, country, or '' for all of it): the sums of the
-- scope, from whole months and the days beside them. Filtered by category from the summary of categories, where only goods
-- are, and an order counts once however many of the categories it has.
with chosen as (
    select slice_no, store_id, clock, currency, channel, country
    from slices
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and clock in ('both', :basis)
        and channel is not null and country is not null
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

categories as (
    select value_no
    from sold_values
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and dimension = 'category' and value = any(cast(:categories as text[]))
),

summed as (
    select
        month as day, currency, channel, country, entry, line_kind, rows, units, amount, discount, covered, cost
    from sales_monthly
    where
        cast(:categories as text[]) is null
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and clock in ('both', :basis)
        and month >= :month_start and month < :month_stop
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
    union all
    select
        day, currency, channel, country, entry, line_kind, rows, units, amount, discount, covered, cost
    from sales_daily
    where
        cast(:categories as text[]) is null
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and clock in ('both', :basis)
        and (cast(:start as date) is null or day >= :start)
        and (cast(:stop as date) is null or day < :stop)
        and day < :month_start
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
    union all
    select
        day, currency, channel, country, entry, line_kind, rows, units, amount, discount, covered, cost
    from sales_daily
    where
        cast(:categories as text[]) is null
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and clock in ('both', :basis)
        and (cast(:start as date) is null or day >= :start)
        and (cast(:stop as date) is null or day < :stop)
        and day >= :month_stop
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

of_categories as (
    select
        m.period as day,
        m.slice_no,
        m.units,
        m.amount,
        coalesce(m.discount, 0) as discount,
        m.amount - coalesce(m.discount, 0) - coalesce(m.uncovered, 0) as covered,
        coalesce(m.cost, 0) as cost
    from sales_goods_periods as m
    where
        cast(:categories as text[]) is not null
        and m.value_no in (select c.value_no from categories as c)
        and m.slice_no in (select c.slice_no from chosen as c)
        and m.period >= :month_start and m.period < :month_stop
    union all
    select
        d.day, d.slice_no, d.units, d.amount, d.discount, d.covered, d.cost
    from sales_categories_daily as d
    where
        cast(:categories as text[]) is not null
        and d.value_no in (select c.value_no from categories as c)
        and d.slice_no in (select c.slice_no from chosen as c)
        and (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
        and d.day < :month_start
    union all
    select
        d.day, d.slice_no, d.units, d.amount, d.discount, d.covered, d.cost
    from sales_categories_daily as d
    where
        cast(:categories as text[]) is not null
        and d.value_no in (select c.value_no from categories as c)
        and d.slice_no in (select c.slice_no from chosen as c)
        and (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
        and d.day >= :month_stop
),

-- an order is a bit at the same place in all categories of its slice and day
bits_of_categories as (
    select
        d.day,
        d.slice_no,
        bit_count(bit_or(d.orders)) as rows
    from sales_categories_daily as d
    where
        cast(:categories as text[]) is not null
        and d.orders is not null
        and d.value_no in (select c.value_no from categories as c)
        and d.slice_no in (select c.slice_no from chosen as c)
        and (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
    group by d.day, d.slice_no
),

entries as (
    select day, currency, channel, country, entry, line_kind, rows, units, amount, discount, covered, cost
    from summed
    union all
    select
        o.day,
        s.currency,
        s.channel,
        s.country,
        case s.clock when 'both' then 'sale' else 'reversal' end as entry,
        'product' as line_kind,
        0 as rows,
        o.units * 0.0001 as units,
        o.amount,
        o.discount,
        o.covered,
        o.cost
    from of_categories as o
    inner join chosen as s on o.slice_no = s.slice_no
    union all
    select
        o.day,
        s.currency,
        s.channel,
        s.country,
        'charge' as entry,
        'order' as line_kind,
        o.rows,
        0 as units,
        0 as amount,
        0 as discount,
        0 as covered,
        0 as cost
    from bits_of_categories as o
    inner join chosen as s on o.slice_no = s.slice_no
),

signed as (
    select
        *,
        case entry when 'reversal' then -amount - discount else amount - discount end as net,
        case :dimension
            when 'day' then cast(day as text)
            when 'week' then cast(cast(date_trunc('week', day) as date) as text)
            when 'month' then cast(cast(date_trunc('month', day) as date) as text)
            when 'channel' then channel
            when 'country' then country
            else ''
        end as value
    from entries
),

pivoted as (
    select
        value,
        currency,
        sum(amount) filter (where entry = 'sale' and line_kind = 'product') as gross_sales,
        coalesce(sum(discount) filter (where line_kind = 'product'), 0)
        - coalesce(sum(net) filter (where line_kind = 'discount'), 0) as discounts,
        sum(amount) filter (where entry = 'reversal' and line_kind = 'product') as reversals,
        sum(net) filter (where entry <> 'reversal' and line_kind = 'shipping') as charged_shipping,
        sum(net) filter (where line_kind = 'shipping') as shipping,
        sum(net) filter (where entry <> 'reversal' and line_kind = 'tax') as charged_tax,
        sum(net) filter (where line_kind = 'tax') as tax,
        sum(net) filter (where line_kind = 'duties') as duties,
        sum(net) filter (where line_kind = 'fee') as fees,
        sum(net) filter (where line_kind = 'tip') as tips,
        sum(net) filter (where line_kind = 'gift_card') as gift_cards,
        sum(net) filter (
            where line_kind in ('manual', 'sample', 'bad_debt', 'bank_charge', 'marketplace_fee', 'commission')
        ) as adjustments,
        sum(net) as collected,
        sum(amount) filter (where entry = 'reversal') as taken_back,
        sum(rows) filter (where entry = 'charge' and line_kind in ('order', 'zero_order')) as orders,
        sum(rows) filter (where entry = 'charge' and line_kind = 'zero_order') as zero_total_orders,
        sum(units) filter (where entry = 'sale' and line_kind = 'product') as units,
        sum(units) filter (where entry = 'reversal' and line_kind = 'product') as units_returned,
        sum(case entry when 'reversal' then -covered else covered end) as covered_net_sales,
        sum(case entry when 'reversal' then -cost else cost end) as cost_of_goods_sold
    from signed
    group by value, currency
)

select
    value,
    currency,
    coalesce(gross_sales, 0) * 0.0001 as gross_sales,
    discounts * 0.0001 as discounts,
    coalesce(reversals, 0) * 0.0001 as reversals,
    coalesce(charged_shipping, 0) * 0.0001 as charged_shipping,
    coalesce(shipping, 0) * 0.0001 as shipping,
    coalesce(charged_tax, 0) * 0.0001 as charged_tax,
    coalesce(tax, 0) * 0.0001 as tax,
    coalesce(duties, 0) * 0.0001 as duties,
    coalesce(fees, 0) * 0.0001 as fees,
    coalesce(tips, 0) * 0.0001 as tips,
    coalesce(gift_cards, 0) * 0.0001 as gift_cards,
    coalesce(adjustments, 0) * 0.0001 as adjustments,
    (collected - coalesce(adjustments, 0)) * 0.0001 as collected,
    coalesce(taken_back, 0) * 0.0001 as taken_back,
    coalesce(orders, 0) as orders,
    coalesce(zero_total_orders, 0) as zero_total_orders,
    trim_scale(coalesce(units, 0)) as units,
    trim_scale(coalesce(units_returned, 0)) as units_returned,
    covered_net_sales * 0.0001 as covered_net_sales,
    cost_of_goods_sold * 0.0001 as cost_of_goods_sold
from pivoted
order by currency, value
