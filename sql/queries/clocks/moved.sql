-- The reversals that count in the days on one clock and not on the other: one row a currency, marked is_total, then one row an
-- order and day on which it was taken back, at most `most` of them (null: all, 0: none), those that weigh most first. Each
-- amount is what the refund's clock has more than the order's: what was ordered in the days and taken back outside is missing
-- from the reversals of the refund's clock, so its net sales are higher there; all rows add up to refund date − order date.
-- With :into each clock has the rate of its own day (none: nothing), so a reversal within the days may differ by its rates.
with moved as not materialized (
    select
        l.*,
        coalesce(cast(:into as text), l.sold_currency) as currency,
        l.amount * l.weight as back,
        l.units * l.pieces as units_back
    from (
        select
            w.*,
            case when w.is_ordered_in then w.ordered_rate else 0 end
            - case when w.is_booked_in then w.booked_rate else 0 end as weight,
            cast(w.is_ordered_in and w.ordered_rate <> 0 as integer)
            - cast(w.is_booked_in and w.booked_rate <> 0 as integer) as pieces
        from (
            select
                r.store_id,
                r.order_key,
                r.product_key,
                r.channel,
                r.country,
                r.kind,
                r.line_kind,
                r.ordered_on,
                r.booked_on,
                r.units,
                r.amount,
                r.currency as sold_currency,
                (cast(:start as date) is null or r.ordered_on >= :start)
                and (cast(:stop as date) is null or r.ordered_on < :stop) as is_ordered_in,
                (cast(:start as date) is null or r.booked_on >= :start)
                and (cast(:stop as date) is null or r.booked_on < :stop) as is_booked_in,
                case when cast(:into as text) is null or r.currency = :into then 1 else coalesce(o.rate, 0) end as ordered_rate,
                case when cast(:into as text) is null or r.currency = :into then 1 else coalesce(b.rate, 0) end as booked_rate
            from ledger as r
            left join exchange_rates as o
                on
                    r.currency <> :into and r.currency = o.currency and o.into_currency = :into
                    and r.ordered_on >= o.valid_from and r.ordered_on < o.valid_to
            left join exchange_rates as b
                on
                    r.currency <> :into and r.currency = b.currency and b.into_currency = :into
                    and r.booked_on >= b.valid_from and r.booked_on < b.valid_to
            where r.entry = 'reversal' and r.ordered_on <> r.booked_on
        ) as w
    ) as l
    left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
    where
        (l.is_ordered_in <> l.is_booked_in or cast(:into as text) is not null)
        and l.weight <> 0
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or l.sold_currency = :currency)
),

by_order as (
    select
        store_id,
        order_key,
        currency,
        ordered_on,
        booked_on,
        is_ordered_in,
        is_booked_in,
        string_agg(distinct kind, ', ') as kind,
        count(*) as lines,
        -coalesce(sum(back) filter (where line_kind = 'product'), 0) as reversals,
        coalesce(sum(back) filter (where line_kind in ('product', 'discount')), 0) as net_sales,
        coalesce(sum(back) filter (where line_kind = 'shipping'), 0) as shipping,
        coalesce(sum(back) filter (where line_kind = 'tax'), 0) as tax,
        coalesce(sum(back) filter (where line_kind = 'duties'), 0) as duties,
        coalesce(sum(back) filter (where line_kind = 'fee'), 0) as fees,
        coalesce(sum(back) filter (where line_kind in ('product', 'discount', 'shipping', 'tax', 'duties', 'fee')), 0)
            as total_sales,
        coalesce(sum(back) filter (where line_kind = 'tip'), 0) as tips,
        coalesce(sum(back) filter (where line_kind = 'gift_card'), 0) as gift_cards,
        coalesce(
            sum(back) filter (
                where line_kind not in ('manual', 'sample', 'bad_debt', 'bank_charge', 'marketplace_fee', 'commission')
            ), 0
        ) as collected,
        -coalesce(sum(units_back) filter (where line_kind = 'product'), 0) as units_returned
    from moved
    group by store_id, order_key, currency, ordered_on, booked_on, is_ordered_in, is_booked_in
),

listed as (
    select *
    from by_order
    order by abs(collected) desc, booked_on, order_key
    limit cast(:most as bigint)
)

select
    true as is_total,
    count(*) as rows,
    null as order_name,
    is_ordered_in,
    is_booked_in,
    cast(null as date) as ordered_on,
    cast(null as date) as booked_on,
    null as kind,
    currency,
    sum(reversals) as reversals,
    sum(net_sales) as net_sales,
    sum(shipping) as shipping,
    sum(tax) as tax,
    sum(duties) as duties,
    sum(fees) as fees,
    sum(total_sales) as total_sales,
    sum(tips) as tips,
    sum(gift_cards) as gift_cards,
    sum(collected) as collected,
    sum(units_returned) as units_returned
from by_order
group by currency, is_ordered_in, is_booked_in
union all
select
    false as is_total,
    1 as rows,
    o.order_name,
    l.is_ordered_in,
    l.is_booked_in,
    l.ordered_on,
    l.booked_on,
    l.kind,
    l.currency,
    l.reversals,
    l.net_sales,
    l.shipping,
    l.tax,
    l.duties,
    l.fees,
    l.total_sales,
    l.tips,
    l.gift_cards,
    l.collected,
    l.units_returned
from listed as l
inner join orders as o on l.store_id = o.store_id and l.order_key = o.order_key
order by is_total desc, currency, ordered_on, booked_on, order_name
