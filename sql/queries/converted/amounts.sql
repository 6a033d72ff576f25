-- One row a currency and value of the dimension (day, week, month, channel, country, or '' for all of it): the sums of the
-- scope. From the daily summary; filtered by category from the ledger, where shipping and tax belong to no category.
-- With :into, every row is converted by the rate of its day, unrounded, and rows without a rate are left out.
with summed as (
    select
        day,
        currency,
        channel,
        country,
        entry,
        line_kind,
        rows,
        units,
        amount,
        discount,
        covered,
        cost
    from sales_daily
    where
        cast(:categories as text[]) is null
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and clock in ('both', :basis)
),

placed as (
    select
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        l.*
    from ledger as l
    inner join products as p on l.store_id = p.store_id and l.product_key = p.product_key
    where
        p.category = any(cast(:categories as text[]))
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
),

of_categories as (
    select
        day,
        currency,
        channel,
        country,
        entry,
        line_kind,
        count(*) as rows,
        coalesce(sum(units), 0) as units,
        cast(sum(amount) * 10000 as bigint) as amount,
        cast(sum(discount) * 10000 as bigint) as discount,
        cast(coalesce(sum(amount - discount) filter (where cost is not null and line_kind = 'product'), 0) * 10000 as bigint)
            as covered,
        cast(coalesce(sum(cost) filter (where line_kind = 'product'), 0) * 10000 as bigint) as cost
    from placed
    group by day, currency, channel, country, entry, line_kind
    union all
    select
        min(day) as day,
        currency,
        channel,
        country,
        'charge' as entry,
        'order' as line_kind,
        1 as rows,
        0 as units,
        0 as amount,
        0 as discount,
        0 as covered,
        0 as cost
    from placed
    -- an exchange brings a line, not an order
    where entry = 'sale' and line_kind = 'product' and units > 0 and ordered_on = placed_on
    group by store_id, order_key, currency, channel, country
),

scoped as (
    select
        *,
        case :dimension
            when 'day' then cast(day as text)
            when 'week' then cast(cast(date_trunc('week', day) as date) as text)
            when 'month' then cast(cast(date_trunc('month', day) as date) as text)
            when 'channel' then channel
            when 'country' then country
            else ''
        end as value
    from (
        select * from summed
        union all
        select * from of_categories
    ) as both_sources
    where
        (cast(:start as date) is null or day >= :start)
        and (cast(:stop as date) is null or day < :stop)
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

rates as (
    select
        currency,
        valid_from,
        valid_to,
        rate
    from exchange_rates
    where into_currency = :into
    union all
    select
        cast(:into as text) as currency,
        date '-infinity' as valid_from,
        date 'infinity' as valid_to,
        1 as rate
),

converted as (
    select
        s.value,
        cast(:into as text) as currency,
        s.entry,
        s.line_kind,
        s.rows,
        s.units,
        s.amount * r.rate as amount,
        s.discount * r.rate as discount,
        s.covered * r.rate as covered,
        s.cost * r.rate as cost
    from scoped as s
    inner join rates as r
        on s.currency = r.currency and s.day >= r.valid_from and s.day < r.valid_to
),

signed as (
    select
        *,
        case entry when 'reversal' then -amount else amount - discount end as net
    from converted
),

pivoted as (
    select
        value,
        currency,
        sum(amount) filter (where entry = 'sale' and line_kind = 'product') as gross_sales,
        coalesce(sum(discount) filter (where entry = 'sale' and line_kind = 'product'), 0)
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
    coalesce(units, 0) as units,
    coalesce(units_returned, 0) as units_returned,
    covered_net_sales * 0.0001 as covered_net_sales,
    cost_of_goods_sold * 0.0001 as cost_of_goods_sold
from pivoted
order by currency, value
