-- One row a currency, weekday (1 is Monday) and hour of the order's day in the shop's time: orders placed, units, and net sales
-- with what was taken back under the hour of the sale, whichever clock is asked for. The hour is null where the file prints
-- no time of day, and for a reversal whose sale is not known. Filtered by category it is read from the ledger: an order counts
-- once, under its first goods of these (an exchange brings a line, not an order). With :into, money has the rate of the order's
-- day.
with entries as materialized (
    select
        l.store_id,
        l.order_key,
        l.sold_in,
        l.entry,
        l.ordered_on,
        l.currency,
        l.line_kind = 'product' as is_goods,
        l.import_id,
        l.ordered_on = l.placed_on as is_placed,
        case when l.booked_on = l.ordered_on then date_part('hour', l.happened_at) end as own_hour,
        case when l.entry = 'sale' and l.line_kind = 'product' then l.units else 0 end as units,
        case l.entry when 'reversal' then -l.amount else l.amount - l.discount end as net
    from ledger as l
    where
        cast(:categories as text[]) is not null and l.category = any(cast(:categories as text[]))
        and l.line_kind in ('product', 'discount')
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or l.ordered_on >= :start)
        and (cast(:stop as date) is null or l.ordered_on < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
),

-- what was taken back stands under the hour of its sale, which is looked up order by order
timed as materialized (
    select
        e.*,
        case
            when e.import_id not in (select m.import_id from imports as m where not m.prints_times)
                then case e.entry when 'sale' then e.own_hour else coalesce(f.hour, e.own_hour) end
        end as hour
    from entries as e
    left join lateral (
        select date_part('hour', min(i.sold_at)) as hour
        from order_items as i
        where
            e.entry <> 'sale' and e.store_id = i.store_id and e.sold_in = i.order_key
            and cast(i.sold_at as date) = e.ordered_on
    ) as f on true
),

by_day as (
    select
        s.currency,
        h.day,
        h.hour,
        sum(h.orders) as orders,
        sum(h.net) * 0.0001 as net_sales,
        sum(h.units) * 0.0001 as units
    from sales_hours_daily as h
    inner join slices as s on h.slice_no = s.slice_no
    where
        cast(:categories as text[]) is null
        and (cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or h.day >= :start)
        and (cast(:stop as date) is null or h.day < :stop)
        and (cast(:channels as text[]) is null or s.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or s.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or s.currency = :currency)
    group by s.currency, h.day, h.hour
    union all
    select
        currency,
        ordered_on as day,
        hour,
        0 as orders,
        net as net_sales,
        units
    from timed
    union all
    select
        currency,
        min(ordered_on) as day,
        min(hour) as hour,
        1 as orders,
        0 as net_sales,
        0 as units
    from timed
    where entry = 'sale' and is_goods and units > 0 and is_placed
    group by store_id, order_key, currency
)

select
    coalesce(cast(:into as text), d.currency) as currency,
    cast(extract(isodow from d.day) as integer) as weekday,
    cast(d.hour as integer) as hour,
    cast(sum(d.orders) as bigint) as orders,
    sum(d.net_sales * coalesce(x.rate, 1)) as net_sales,
    trim_scale(sum(d.units)) as units
from by_day as d
left join exchange_rates as x
    on
        d.currency <> :into and d.currency = x.currency and x.into_currency = :into
        and d.day >= x.valid_from and d.day < x.valid_to
where cast(:into as text) is null or d.currency = :into or x.rate is not null
group by coalesce(cast(:into as text), d.currency), weekday, cast(d.hour as integer)
order by currency, weekday, hour
