-- One row a currency: what became of the value that came back: exchanged for something else, given as store credit, paid out, or
-- nobody knows; the four add up to it. Told by what a returns file says of the line (its share of the line's units), else by
-- what was sold in the same order on the day it came back, else by the means that the refund was paid with.
with taken as (
    select
        l.store_id,
        l.sold_in,
        l.order_key,
        l.line_no,
        l.product_key,
        l.currency,
        l.booked_on,
        l.amount,
        o.order_name,
        a.sku,
        a.title,
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day
    from ledger as l
    inner join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
    inner join product_aliases as a on l.store_id = a.store_id and l.alias_id = a.alias_id
    where
        l.entry = 'reversal' and l.line_kind = 'product' and l.kind = 'return' and l.product_key is not null and o.kind = 'order'
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (:basis = 'refund_date' or cast(:start as date) is null or l.ordered_on >= :start)
        and (:basis = 'refund_date' or cast(:stop as date) is null or l.ordered_on < :stop)
        and (:basis = 'order_date' or cast(:start as date) is null or l.booked_on >= :start)
        and (:basis = 'order_date' or cast(:stop as date) is null or l.booked_on < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or coalesce(l.category, '') = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
),

-- How files put it, in English, German, French and Spanish. Amazon's warehouses say where a unit is, not what its buyer got.
said as (
    select
        store_id,
        order_name,
        sku,
        title,
        coalesce(units, 1) as units,
        case
            when kind = 'exchange' or resolution ~* 'exchange|replace|umtausch|ersatz|échange|cambio' then 'exchange'
            when resolution ~* '(store|shop).?credit|gift.?card|voucher|gutschein|guthaben|avoir|bon d.achat|crédito|vale'
                then 'credit'
            when resolution ~* 'refund|erstatt|rembours|reembols|original|money|cash' then 'refund'
        end as outcome
    from returns
    where
        kind in ('return', 'exchange') and source <> 'amazon_fba_returns'
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
),

by_file as (
    select
        t.store_id,
        t.order_key,
        t.line_no,
        sum(s.units) as units,
        coalesce(sum(s.units) filter (where s.outcome = 'exchange'), 0) as exchanged,
        coalesce(sum(s.units) filter (where s.outcome = 'credit'), 0) as credited,
        coalesce(sum(s.units) filter (where s.outcome = 'refund'), 0) as refunded
    from taken as t
    inner join said as s
        on
            t.store_id = s.store_id and t.order_name = s.order_name
            and case when s.sku is null then s.title is null or s.title = t.title else s.sku = t.sku end
    group by t.store_id, t.order_key, t.line_no
    having bool_or(s.outcome is not null) and sum(s.units) > 0
),

back as (
    select
        store_id,
        sold_in,
        booked_on,
        sum(amount) as amount
    from taken
    group by store_id, sold_in, booked_on
),

-- What an exchange sold: lines of the order that are younger than it, of the day on which something of it came back.
new_lines as (
    select
        b.store_id,
        b.sold_in,
        b.booked_on,
        least(1, sum(l.amount - l.discount) / nullif(b.amount, 0)) as share
    from back as b
    inner join ledger as l
        on
            b.store_id = l.store_id and b.sold_in = l.sold_in and b.booked_on = l.ordered_on
            and l.entry = 'sale' and l.line_kind = 'product' and l.ordered_on > l.placed_on
    group by b.store_id, b.sold_in, b.booked_on, b.amount
),

paid as (
    select
        store_id,
        order_name,
        coalesce(sum(amount) filter (where gateway ~* 'gift.?card|store.?credit'), 0) / sum(amount) as credit_share
    from transactions
    where
        kind = 'refund'
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    group by store_id, order_name
    having sum(amount) <> 0
),

shares as (
    select
        t.store_id,
        t.sold_in,
        t.currency,
        t.day,
        t.amount,
        digits_of(t.currency) as digits,
        case
            -- for something cheaper the rest was paid out
            when f.units is not null then f.exchanged / f.units * coalesce(n.share, 1)
            else coalesce(n.share, 0)
        end as exchanged,
        case
            when f.units is not null then f.credited / f.units
            when p.credit_share is not null then (1 - coalesce(n.share, 0)) * p.credit_share
            else 0
        end as credited,
        case
            when f.units is not null then 1 - (f.exchanged + f.credited + f.refunded) / f.units
            when n.share is null and p.credit_share is null then 1
            else 0
        end as unknown
    from taken as t
    left join by_file as f on t.store_id = f.store_id and t.order_key = f.order_key and t.line_no = f.line_no
    left join new_lines as n on t.store_id = n.store_id and t.sold_in = n.sold_in and t.booked_on = n.booked_on
    left join paid as p on t.store_id = p.store_id and t.order_name = p.order_name
),

worth as (
    select
        coalesce(cast(:into as text), s.currency) as currency,
        s.amount * coalesce(r.rate, 1) as value_returned,
        round(s.amount * s.exchanged, s.digits) * coalesce(r.rate, 1) as exchanged,
        round(s.amount * s.credited, s.digits) * coalesce(r.rate, 1) as store_credit,
        round(s.amount * s.unknown, s.digits) * coalesce(r.rate, 1) as outcome_unknown
    from shares as s
    left join exchange_rates as r
        on
            s.currency <> :into and s.currency = r.currency and r.into_currency = :into
            and s.day >= r.valid_from and s.day < r.valid_to
    where cast(:into as text) is null or s.currency = :into or r.rate is not null
)

select
    currency,
    sum(value_returned) as value_returned,
    sum(exchanged) as exchanged_value,
    sum(store_credit) as store_credit_value,
    sum(value_returned - exchanged - store_credit - outcome_unknown) as paid_out_value,
    sum(outcome_unknown) as outcome_unknown
from worth
group by currency
order by currency
