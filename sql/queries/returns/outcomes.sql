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
        sum(l.amount) over (partition by l.store_id, l.sold_in, l.booked_on) as back_that_day,
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

-- Each line looks for itself, by index, however few of them the planner expects. How files put an outcome is in English, German,
-- French and Spanish; Amazon's warehouses say where a unit is, not what its buyer got.
shares as (
    select
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
            else (1 - coalesce(n.share, 0)) * coalesce(p.credited, 0)
        end as credited,
        case
            when f.units is not null then 1 - (f.exchanged + f.credited + f.refunded) / f.units
            when n.share is null and p.credited is null then 1
            else 0
        end as unknown
    from taken as t
    left join lateral (
        select
            sum(s.units) as units,
            coalesce(sum(s.units) filter (where s.outcome = 'exchange'), 0) as exchanged,
            coalesce(sum(s.units) filter (where s.outcome = 'credit'), 0) as credited,
            coalesce(sum(s.units) filter (where s.outcome = 'refund'), 0) as refunded
        from (
            select
                coalesce(b.units, 1) as units,
                case
                    when b.kind = 'exchange' or b.resolution ~* 'exchange|replace|umtausch|ersatz|échange|cambio'
                        then 'exchange'
                    when b.resolution ~* '(store|shop).?credit|gift.?card|voucher|gutschein|guthaben|avoir|bon d.achat|vale'
                        then 'credit'
                    when b.resolution ~* 'refund|erstatt|rembours|reembols|original|money|cash' then 'refund'
                end as outcome
            from returns as b
            where
                b.store_id = t.store_id and b.order_name = t.order_name and b.kind in ('return', 'exchange')
                and b.source <> 'amazon_fba_returns'
                and case when b.sku is null then b.title is null or b.title = t.title else b.sku = t.sku end
        ) as s
        having bool_or(s.outcome is not null) and sum(s.units) > 0
    ) as f on true
    left join lateral (
        -- what an exchange sold: lines of the order that are younger than it, of the day on which something of it came back
        select least(1, sum(l.amount - l.discount) / nullif(t.back_that_day, 0)) as share
        from ledger as l
        where
            l.store_id = t.store_id and l.sold_in = t.sold_in and l.entry = 'sale' and l.line_kind = 'product'
            and l.ordered_on = t.booked_on and l.ordered_on > l.placed_on
        having count(*) > 0
    ) as n on true
    left join lateral (
        select coalesce(sum(m.amount) filter (where m.gateway ~* 'gift.?card|store.?credit'), 0) / sum(m.amount) as credited
        from transactions as m
        where m.store_id = t.store_id and m.order_name = t.order_name and m.kind = 'refund'
        having sum(m.amount) <> 0
    ) as p on true
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
