-- The ledger lines that add up to a metric: one row a currency, marked is_total, with how many lines there are and their sum,
-- then the lines with what each adds, the newest first, at most `most` of them (null: all, 0: none). The sum and the list are
-- read apart, so that a long list is counted without being held. Filtered by category an order is a line of its own.
with placed as not materialized (
    select
        l.store_id,
        l.order_key,
        l.line_no,
        l.product_key,
        l.entry,
        l.kind,
        l.line_kind,
        l.ordered_on,
        l.booked_on,
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        l.currency,
        l.channel,
        l.country,
        l.units,
        l.amount,
        l.discount,
        case l.entry when 'reversal' then -l.cost else l.cost end as cost,
        case l.entry when 'reversal' then -l.amount else l.amount - l.discount end as net,
        l.line_kind = 'product' as is_goods,
        l.entry = 'sale' and l.line_kind = 'product' as is_sold,
        l.entry = 'reversal' and l.line_kind = 'product' as is_back,
        l.line_kind in ('manual', 'sample', 'bad_debt', 'bank_charge', 'marketplace_fee', 'commission') as is_adjustment
    from ledger as l
    left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
    where
        (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
    union all
    select
        l.store_id,
        l.order_key,
        null as line_no,
        null as product_key,
        'charge' as entry,
        '' as kind,
        'order' as line_kind,
        min(l.ordered_on) as ordered_on,
        min(l.ordered_on) as booked_on,
        min(l.ordered_on) as day,
        l.currency,
        l.channel,
        l.country,
        null as units,
        0 as amount,
        0 as discount,
        null as cost,
        0 as net,
        false as is_goods,
        false as is_sold,
        false as is_back,
        false as is_adjustment
    from ledger as l
    inner join products as p on l.store_id = p.store_id and l.product_key = p.product_key
    where
        cast(:categories as text[]) is not null
        and p.category = any(cast(:categories as text[]))
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        -- an exchange brings a line, not an order
        and l.entry = 'sale' and l.line_kind = 'product' and l.units > 0 and l.ordered_on = l.placed_on
    group by l.store_id, l.order_key, l.currency, l.channel, l.country
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

converted as not materialized (
    select
        l.store_id,
        l.order_key,
        l.line_no,
        l.product_key,
        l.entry,
        l.kind,
        l.line_kind,
        l.ordered_on,
        l.booked_on,
        l.day,
        coalesce(cast(:into as text), l.currency) as currency,
        l.channel,
        l.country,
        l.units,
        l.amount * coalesce(r.rate, 1) as amount,
        l.discount * coalesce(r.rate, 1) as discount,
        l.cost * coalesce(r.rate, 1) as cost,
        l.net * coalesce(r.rate, 1) as net,
        l.is_goods,
        l.is_sold,
        l.is_back,
        l.is_adjustment
    from placed as l
    left join rates as r
        on
            cast(:into as text) is not null and l.currency = r.currency and l.day >= r.valid_from and l.day < r.valid_to
    where
        (cast(:into as text) is null or r.rate is not null)
        and (cast(:currency as text) is null or l.currency = :currency)
),

weighed as not materialized (
    select
        l.*,
        case cast(:metric as text)
            when 'gross_sales' then case when is_sold then amount end
            when 'discounts' then case when line_kind = 'discount' then -net when is_sold then discount end
            when 'placed_sales' then case when line_kind = 'discount' or is_sold then net end
            when 'reversals' then case when is_back then amount end
            when 'net_sales' then case when line_kind = 'discount' or is_goods then net end
            when 'charged_shipping' then case when line_kind = 'shipping' and entry <> 'reversal' then net end
            when 'shipping' then case when line_kind = 'shipping' then net end
            when 'charged_tax' then case when line_kind = 'tax' and entry <> 'reversal' then net end
            when 'tax' then case when line_kind = 'tax' then net end
            when 'duties' then case when line_kind = 'duties' then net end
            when 'fees' then case when line_kind = 'fee' then net end
            when 'total_sales'
                then case when line_kind in ('product', 'discount', 'shipping', 'tax', 'duties', 'fee') then net end
            when 'tips' then case when line_kind = 'tip' then net end
            when 'gift_cards' then case when line_kind = 'gift_card' then net end
            when 'adjustments' then case when is_adjustment then net end
            when 'collected' then case when not is_adjustment then net end
            when 'taken_back' then case when entry = 'reversal' then amount end
            when 'orders' then case when entry = 'charge' and line_kind in ('order', 'zero_order') then 1 end
            when 'zero_total_orders' then case when entry = 'charge' and line_kind = 'zero_order' then 1 end
            when 'nonzero_orders' then case when entry = 'charge' and line_kind = 'order' then 1 end
            when 'units' then case when is_sold then units end
            when 'units_returned' then case when is_back then units end
            when 'net_units' then case when is_sold then units when is_back then -units end
            when 'cost_of_goods_sold' then case when is_goods then cost end
            when 'covered_net_sales' then case when is_goods and cost is not null then net end
            when 'gross_profit' then case when is_goods then net - cost end
        end as adds
    from converted as l
    where
        (cast(:start as date) is null or day >= :start)
        and (cast(:stop as date) is null or day < :stop)
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
),

listed as (
    select *
    from weighed
    where adds <> 0
    order by booked_on desc, order_key desc, entry desc, line_no
    limit cast(:most as bigint)
)

select
    true as is_total,
    count(*) as lines,
    sum(adds) as amount,
    null as order_name,
    cast(null as date) as ordered_on,
    cast(null as date) as booked_on,
    null as entry,
    null as kind,
    null as line_kind,
    null as sku,
    null as title,
    null as units,
    null as channel,
    null as country,
    currency
from weighed
where adds <> 0
group by currency
union all
select
    false as is_total,
    1 as lines,
    l.adds as amount,
    o.order_name,
    l.ordered_on,
    l.booked_on,
    l.entry,
    l.kind,
    l.line_kind,
    p.sku,
    p.title,
    l.units,
    l.channel,
    l.country,
    l.currency
from listed as l
inner join orders as o on l.store_id = o.store_id and l.order_key = o.order_key
left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
order by is_total desc, booked_on desc, order_name desc, entry desc
