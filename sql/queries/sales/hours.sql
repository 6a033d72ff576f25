-- One row a currency, weekday (1 is Monday) and hour of the order's day in the shop's time: orders placed, units, and net sales
-- with what was taken back under the hour of the sale, whichever clock is asked for. The hour is null where the file prints
-- no time of day, and for a reversal whose sale is not known. With :into, money has the rate of the order's day.
with entries as (
    select
        l.store_id,
        l.order_key,
        l.line_no,
        l.entry,
        l.line_kind,
        l.ordered_on,
        coalesce(cast(:into as text), l.currency) as currency,
        coalesce(r.original_order_key, l.order_key) as sold_in,
        r.booked_at,
        l.line_kind = 'product' as is_goods,
        l.ordered_on = l.placed_on as is_placed,
        case when l.entry = 'sale' and l.line_kind = 'product' then l.units else 0 end as units,
        case l.entry when 'reversal' then -l.amount else l.amount - l.discount end * coalesce(x.rate, 1) as net
    from ledger as l
    left join exchange_rates as x
        on
            l.currency <> :into and l.currency = x.currency and x.into_currency = :into
            and l.ordered_on >= x.valid_from and l.ordered_on < x.valid_to
    left join reversals as r
        on
            l.entry = 'reversal' and l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no
            and not r.is_superseded
    left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
    where
        l.line_kind in ('product', 'discount', 'order', 'zero_order')
        and (cast(:into as text) is null or l.currency = :into or x.rate is not null)
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or l.ordered_on >= :start)
        and (cast(:stop as date) is null or l.ordered_on < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
),

-- an order stands under the hour of its first line of the day
firsts as (
    select
        store_id,
        order_key,
        cast(sold_at as date) as day,
        min(sold_at) as sold_at
    from order_items
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or sold_at >= :start)
        and (cast(:stop as date) is null or sold_at < :stop)
    group by store_id, order_key, cast(sold_at as date)
),

timed as (
    select
        e.*,
        case
            when not m.prints_times then null
            when e.entry = 'sale' then extract(hour from i.sold_at)
            when f.sold_at is not null then extract(hour from f.sold_at)
            when cast(e.booked_at as date) = e.ordered_on then extract(hour from e.booked_at)
        end as hour
    from entries as e
    inner join orders as o on e.store_id = o.store_id and e.order_key = o.order_key
    inner join imports as m on o.import_id = m.import_id
    left join order_items as i
        on e.entry = 'sale' and e.store_id = i.store_id and e.order_key = i.order_key and e.line_no = i.line_no
    left join firsts as f
        on e.entry <> 'sale' and e.store_id = f.store_id and e.sold_in = f.order_key and e.ordered_on = f.day
),

-- filtered by category there are no charges: an order counts once, under its first goods of these categories; an exchange
-- brings a line, not an order
first_goods as (
    select
        store_id,
        order_key,
        currency,
        min(ordered_on) as ordered_on,
        min(hour) as hour
    from timed
    where cast(:categories as text[]) is not null and entry = 'sale' and is_goods and units > 0 and is_placed
    group by store_id, order_key, currency
),

together as (
    select
        currency,
        ordered_on,
        hour,
        case when line_kind in ('order', 'zero_order') then 1 else 0 end as orders,
        case when is_goods or line_kind = 'discount' then net else 0 end as net_sales,
        units
    from timed
    union all
    select
        currency,
        ordered_on,
        hour,
        1 as orders,
        0 as net_sales,
        0 as units
    from first_goods
)

select
    currency,
    cast(extract(isodow from ordered_on) as integer) as weekday,
    cast(hour as integer) as hour,
    cast(sum(orders) as bigint) as orders,
    sum(net_sales) as net_sales,
    sum(units) as units
from together
group by currency, cast(extract(isodow from ordered_on) as integer), cast(hour as integer)
order by currency, weekday, hour
