-- One row a currency and product, category or vendor: what goods sold and what was taken back of them. A reversal that
-- belongs to no line (more was refunded than was paid) stands under the value null, and a discount printed as a line of its
-- own under its own name, so that the rows add up.
with placed as (
    select
        case when :basis = 'refund_date' then booked_on else ordered_on end as day,
        case entry when 'reversal' then -amount else amount - discount end as net,
        line_kind = 'product' as is_goods,
        ledger.*
    from ledger
    where
        line_kind in ('product', 'discount')
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
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

scoped as (
    select
        cast(:into as text) as currency,
        l.store_id,
        l.order_key,
        l.entry,
        l.is_goods,
        -- an exchange brings a line, not an order
        l.entry = 'sale' and l.is_goods and l.units > 0 and l.ordered_on = l.placed_on as is_placed,
        l.units,
        l.amount * r.rate as amount,
        l.discount * r.rate as discount,
        l.cost * r.rate as cost,
        l.net * r.rate as net,
        p.sku,
        p.title,
        p.category,
        p.vendor,
        case :dimension when 'category' then p.category when 'vendor' then p.vendor else l.product_key end as value
    from placed as l
    left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
    inner join rates as r
        on
            l.currency = r.currency and l.day >= r.valid_from and l.day < r.valid_to
    where
        (cast(:start as date) is null or l.day >= :start)
        and (cast(:stop as date) is null or l.day < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
)

select
    value,
    currency,
    case when :dimension = 'product' then max(sku) end as sku,
    case when :dimension = 'product' then max(title) else value end as title,
    case when :dimension = 'product' then max(category) end as category,
    case when :dimension = 'product' then max(vendor) end as vendor,
    coalesce(sum(amount) filter (where is_goods and entry = 'sale'), 0) as gross_sales,
    coalesce(sum(case when is_goods then discount else -net end) filter (where not is_goods or entry = 'sale'), 0)
        as discounts,
    coalesce(sum(amount) filter (where is_goods and entry = 'reversal'), 0) as reversals,
    coalesce(sum(net), 0) as net_sales,
    count(distinct row(store_id, order_key)) filter (where is_placed) as orders,
    coalesce(sum(units) filter (where is_goods and entry = 'sale'), 0) as units,
    coalesce(sum(units) filter (where is_goods and entry = 'reversal'), 0) as units_returned,
    coalesce(sum(net) filter (where is_goods and cost is not null), 0) as covered_net_sales,
    coalesce(sum(case entry when 'reversal' then -cost else cost end) filter (where is_goods), 0) as cost_of_goods_sold
from scoped
group by value, currency
order by net_sales desc, value
