-- One row a currency and region of a country: what goods sold there and what was taken back of them, by where orders went.
-- Orders are those placed, as in sales/amounts: filtered by category those that hold a product of it. With :into, each amount
-- is converted by the rate of the day it counts on, and what has no rate is left out.
with placed as (
    select
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        case l.entry when 'reversal' then -l.amount else l.amount - l.discount end as net,
        l.line_kind = 'product' as is_goods,
        l.*
    from ledger as l
    where
        l.country = :country
        and l.line_kind in ('product', 'discount', 'order', 'zero_order')
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
),

scoped as (
    select
        l.store_id,
        l.order_key,
        l.entry,
        l.line_kind,
        l.is_goods,
        -- an exchange brings a line, not an order
        l.entry = 'sale' and l.is_goods and l.units > 0 and l.ordered_on = l.placed_on as is_placed,
        l.units,
        coalesce(cast(:into as text), l.currency) as currency,
        l.amount * coalesce(r.rate, 1) as amount,
        l.discount * coalesce(r.rate, 1) as discount,
        l.cost * coalesce(r.rate, 1) as cost,
        l.net * coalesce(r.rate, 1) as net,
        o.region
    from placed as l
    inner join orders as o on l.store_id = o.store_id and l.order_key = o.order_key
    left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
    left join exchange_rates as r
        on
            l.currency <> :into and l.currency = r.currency and r.into_currency = :into
            and l.day >= r.valid_from and l.day < r.valid_to
    where
        (cast(:into as text) is null or l.currency = :into or r.rate is not null)
        and (cast(:start as date) is null or l.day >= :start)
        and (cast(:stop as date) is null or l.day < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
)

select
    region as value,
    currency,
    coalesce(sum(amount) filter (where is_goods and entry = 'sale'), 0) as gross_sales,
    coalesce(sum(discount) filter (where is_goods and entry = 'sale'), 0)
    - coalesce(sum(net) filter (where line_kind = 'discount'), 0) as discounts,
    coalesce(sum(amount) filter (where is_goods and entry = 'reversal'), 0) as reversals,
    coalesce(sum(net) filter (where is_goods or line_kind = 'discount'), 0) as net_sales,
    case
        when cast(:categories as text[]) is null then count(*) filter (where line_kind in ('order', 'zero_order'))
        else count(distinct row(store_id, order_key)) filter (where is_placed)
    end as orders,
    coalesce(sum(units) filter (where is_goods and entry = 'sale'), 0) as units,
    coalesce(sum(net) filter (where is_goods and cost is not null), 0) as covered_net_sales,
    coalesce(sum(case entry when 'reversal' then -cost else cost end) filter (where is_goods), 0) as cost_of_goods_sold
from scoped
group by region, currency
order by net_sales desc, value
