-- One row a currency and value of a side (:by channel, country, code, category, vendor; or supplier, which :given tells): what
-- came back of the orders of the days, of how many of them, after how many days. An order with several discount codes counts
-- under each, its value spread over them; a refund without a day of its own tells nothing of days.
with taken as (
    select
        l.store_id,
        l.sold_in,
        l.ordered_on,
        l.booked_on,
        coalesce(cast(:into as text), l.currency) as currency,
        coalesce(x.rate, 1) as rate,
        r.is_date_assumed,
        case :by
            when 'channel' then l.channel
            when 'country' then l.country
            when 'category' then coalesce(l.category, '')
            when 'vendor' then coalesce(l.vendor, '')
            when 'supplier' then coalesce(cast(:given as jsonb) ->> l.product_key, '')
            when 'code' then coalesce(c.code, '')
        end as value,
        coalesce(share_of(l.amount, cast(c.place as integer), c.codes, digits_of(l.currency)), l.amount) as amount
    from ledger as l
    inner join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
    inner join reversals as r
        on l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no and not r.is_superseded
    left join lateral (
        select
            each.code,
            each.place,
            cardinality(codes_of(o.discount_codes)) as codes
        from unnest(codes_of(o.discount_codes)) with ordinality as each (code, place)
        where :by = 'code'
    ) as c on true
    left join exchange_rates as x
        on
            l.currency <> :into and l.currency = x.currency and x.into_currency = :into
            and l.ordered_on >= x.valid_from and l.ordered_on < x.valid_to
    where
        l.entry = 'reversal' and l.line_kind = 'product' and l.kind = 'return' and l.product_key is not null and o.kind = 'order'
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or l.ordered_on >= :start)
        and (cast(:stop as date) is null or l.ordered_on < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or coalesce(l.category, '') = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
        and (cast(:into as text) is null or l.currency = :into or x.rate is not null)
),

by_day as (
    select
        currency,
        value,
        store_id,
        sold_in,
        booked_on - ordered_on as days,
        bool_and(is_date_assumed) as is_assumed,
        sum(amount * rate) as amount
    from taken
    group by currency, value, store_id, sold_in, booked_on - ordered_on
)

select
    currency,
    value,
    count(distinct row(store_id, sold_in)) as orders_with_return,
    sum(amount) as value_returned,
    percentile_disc(0.5) within group (order by days) filter (where not is_assumed) as days_to_return_median,
    percentile_disc(0.9) within group (order by days) filter (where not is_assumed) as days_to_return_p90
from by_day
group by currency, value
order by currency, value_returned desc, value
