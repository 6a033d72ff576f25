-- One row a currency, meaning of a word (:field: reason or condition) and product (:by), and one a currency for all (is_total):
-- what came back of lines of orders that are known. A word that nobody has explained means other. What can be sold again is what
-- a file says was put back, else what its condition says.
with known as (
    select
        k.store_id,
        k.field,
        k.words,
        k.means
    from unnest(
        cast(:word_stores as integer[]), cast(:word_fields as text[]), cast(:words as text[]), cast(:meanings as text[])
    ) as k (store_id, field, words, means)
),

taken as (
    select
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        l.store_id,
        l.sold_in,
        l.currency,
        l.units,
        l.amount,
        r.is_restocked,
        case when :by = 'product' then l.product_key end as product_key,
        case when r.reason is null then 'not_told' else coalesce(why.means, 'other') end as reason,
        case when r.condition is null then 'not_told' else coalesce(how.means, 'other') end as condition
    from ledger as l
    inner join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
    inner join reversals as r
        on l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no and not r.is_superseded
    left join known as why on l.store_id = why.store_id and why.field = 'reason' and r.reason = why.words
    left join known as how on l.store_id = how.store_id and how.field = 'condition' and r.condition = how.words
    where
        l.entry = 'reversal' and l.line_kind = 'product' and l.kind = 'return' and l.product_key is not null
        and o.kind = 'order'
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

converted as (
    select
        t.*,
        coalesce(cast(:into as text), t.currency) as shown_in,
        t.amount * coalesce(r.rate, 1) as worth,
        case when :field = 'condition' then t.condition else t.reason end as means,
        coalesce(
            t.is_restocked,
            case
                when t.condition = 'sellable' then true
                when t.condition in ('used', 'damaged', 'defective', 'expired') then false
            end
        ) as is_resellable
    from taken as t
    left join exchange_rates as r
        on
            t.currency <> :into and t.currency = r.currency and r.into_currency = :into
            and t.day >= r.valid_from and t.day < r.valid_to
    where cast(:into as text) is null or t.currency = :into or r.rate is not null
)

select
    shown_in as currency,
    means,
    product_key,
    grouping(means) = 1 as is_total,
    count(distinct row(store_id, sold_in)) as orders,
    count(distinct row(store_id, sold_in)) filter (where means <> 'not_told') as orders_told,
    trim_scale(sum(units)) as units,
    coalesce(trim_scale(sum(units) filter (where means <> 'not_told')), 0) as units_told,
    sum(worth) as value_returned,
    coalesce(sum(worth) filter (where means <> 'not_told'), 0) as value_told,
    coalesce(trim_scale(sum(units) filter (where is_restocked)), 0) as units_restocked,
    coalesce(trim_scale(sum(units) filter (where is_restocked is not null)), 0) as units_restock_told,
    coalesce(trim_scale(sum(units) filter (where is_resellable)), 0) as units_resellable,
    coalesce(trim_scale(sum(units) filter (where is_resellable is not null)), 0) as units_judged
from converted
group by grouping sets ((shown_in, means, product_key), (shown_in))
order by currency, is_total, value_returned desc, means, product_key
