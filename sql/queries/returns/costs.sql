-- One row a currency and product, and one for all of them together (is_total): what it cost that goods came back, by parts, each
-- beside the value returned of which it is known. What is of an order (parcels, fees, shipping) is told of all that came back of
-- it, whenever it did, and spread over its returned lines by value in whole coins; then the filters choose among the lines.
with asked as materialized (
    select distinct
        l.store_id,
        l.sold_in
    from ledger as l
    inner join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
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

-- What payments say of fees: those of the sale, and what a refund gave back of them or cost anew. What sending cost is no fee.
fees as (
    select
        a.store_id,
        a.sold_in,
        sum(f.amount) filter (where not f.is_refund) as at_sale,
        coalesce(sum(f.amount) filter (where f.is_refund), 0) as at_refund
    from asked as a
    inner join fees_counted as f
        on
            a.store_id = f.store_id and a.sold_in = f.order_key and f.currency = f.order_currency
            and f.cost_kind in ('payment_fee', 'marketplace_fee', 'fulfilment_fee')
    group by a.store_id, a.sold_in
    having sum(f.amount) filter (where not f.is_refund) is not null
),

-- All entries of these orders. An array of them finds their lines by index, where a join would read every line there is; what was
-- taken back has no such index and is looked up among them, not joined, because the planner expects but one.
entries_of as (
    select l.*
    from ledger as l
    where
        l.entry <> 'reversal'
        and l.store_id = any(array(select a.store_id from asked as a))
        and l.sold_in = any(array(select a.sold_in from asked as a))
    union all
    select l.*
    from ledger as l
    where
        l.entry = 'reversal' and ((l.store_id, l.sold_in) in (select a.store_id, a.sold_in from asked as a)) is true
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (:basis = 'refund_date' or cast(:start as date) is null or l.ordered_on >= :start)
        and (cast(:stop as date) is null or l.ordered_on < :stop)
),

of_orders as (
    select
        l.store_id,
        l.sold_in,
        l.order_key,
        l.line_no,
        l.product_key,
        l.currency,
        l.channel,
        l.country,
        l.category,
        l.ordered_on,
        l.booked_on,
        l.units,
        l.amount,
        l.cost,
        l.entry = 'reversal' and l.kind = 'return' and l.line_kind = 'product' and l.product_key is not null as is_returned,
        case when l.entry = 'sale' and l.line_kind = 'product' then l.amount - l.discount end as sold,
        case when l.line_kind = 'shipping' and l.entry <> 'reversal' then l.amount - l.discount end as charged,
        case when l.line_kind = 'shipping' and l.entry = 'reversal' then l.amount end as refunded,
        case when l.kind = 'return_fee' and l.line_kind <> 'tax' then l.amount end as fee_kept,
        null as fee_at_sale,
        null as fee_at_refund
    from entries_of as l
    union all
    select
        store_id,
        sold_in,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        null,
        null,
        at_sale,
        at_refund
    from fees
),

-- What is of the order stands beside each of its entries. A refund of money alone does not say how many parcels it was for.
told as (
    select
        *,
        case
            when is_returned and units is not null
                then row_number() over (partition by store_id, sold_in, is_returned and units is not null, booked_on)
        end = 1 as is_parcel,
        sum(sold) over of_order as goods,
        sum(amount) filter (where is_returned) over of_order as came_back,
        sum(amount) filter (where is_returned) over (of_order order by order_key, line_no) as upto,
        sum(fee_at_sale) over of_order as fees_at_sale,
        sum(fee_at_refund) over of_order as fees_at_refund,
        coalesce(sum(charged) over of_order, 0) as shipping_charged,
        coalesce(sum(refunded) over of_order, 0) as shipping_refunded,
        coalesce(sum(fee_kept) over of_order, 0) as fees_kept,
        sum(sold) over of_product as product_sold,
        case when count(sold) over of_product = count(cost) filter (where sold is not null) over of_product
            then sum(cost) filter (where sold is not null) over of_product
        end as product_cost,
        sum(amount) filter (where is_returned and units is null) over of_product as product_back
    from of_orders
    window
        of_order as (partition by store_id, sold_in),
        of_product as (partition by store_id, sold_in, product_key)
),

per_order as (
    select
        *,
        -- of nothing sold, or of more than was, all came back
        least(1, came_back / nullif(goods, 0)) as share,
        greatest(1, count(*) filter (where is_parcel) over (partition by store_id, sold_in)) as parcels
    from told
),

-- The cost of a returned line: its units at the cost of the day of sale; where no file names units but all of the product's
-- value in the order went back, that of the product. Otherwise nobody knows how much of the goods came back. What the store
-- assumes of a parcel is in its own currency.
returned as (
    select
        l.*,
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        r.is_restocked,
        case
            when l.units is not null then c.unit_cost * l.units
            when l.product_back = l.product_sold then round(l.product_cost * l.amount / l.product_sold, 4)
        end as unit_costs,
        g.written_off_share,
        digits_of(l.currency) as digits,
        case
            when l.currency = s.currency and g.outbound_label is not null
                then greatest(0, l.share * g.outbound_label - greatest(0, l.share * l.shipping_charged - l.shipping_refunded))
        end as outbound,
        case when l.currency = s.currency then l.parcels * g.return_label end as label,
        case when l.currency = s.currency then l.parcels * g.handling end as handling,
        case when l.fees_at_sale is not null then greatest(0, l.share * l.fees_at_sale + l.fees_at_refund) end as fees,
        l.upto / nullif(l.came_back, 0) as till,
        (l.upto - l.amount) / nullif(l.came_back, 0) as since
    from per_order as l
    inner join stores as s on l.store_id = s.store_id
    inner join reversals as r
        on l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no and not r.is_superseded
    left join return_settings as g on l.store_id = g.store_id
    left join product_costs as c
        on
            l.store_id = c.store_id and l.product_key = c.product_key and l.currency = c.currency
            and l.ordered_on >= c.covers_from and l.ordered_on < c.covers_to
    where l.is_returned
),

lines as (
    select
        b.store_id,
        b.sold_in,
        b.product_key,
        coalesce(cast(:into as text), b.currency) as currency,
        coalesce(r.rate, 1) as rate,
        b.amount,
        b.amount - b.unit_costs as contribution_lost,
        b.unit_costs * case when b.is_restocked then 0 when not b.is_restocked then 1 else b.written_off_share end as write_off,
        b.is_restocked is null as is_guessed,
        round(b.outbound * b.till, b.digits) - round(b.outbound * b.since, b.digits) as outbound_shipping,
        round(b.label * b.till, b.digits) - round(b.label * b.since, b.digits) as return_label,
        round(b.handling * b.till, b.digits) - round(b.handling * b.since, b.digits) as handling,
        round(b.fees * b.till, b.digits) - round(b.fees * b.since, b.digits) as fees_kept,
        round(b.fees_kept * b.till, b.digits) - round(b.fees_kept * b.since, b.digits) as return_fee_kept
    from returned as b
    left join exchange_rates as r
        on
            b.currency <> :into and b.currency = r.currency and r.into_currency = :into
            and b.day >= r.valid_from and b.day < r.valid_to
    where
        (cast(:into as text) is null or b.currency = :into or r.rate is not null)
        and (cast(:start as date) is null or b.day >= :start)
        and (cast(:stop as date) is null or b.day < :stop)
        and (cast(:channels as text[]) is null or b.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or b.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or coalesce(b.category, '') = any(cast(:categories as text[])))
)

select
    l.currency,
    l.product_key,
    grouping(l.product_key) = 1 as is_total,
    min(p.sku) as sku,
    min(p.title) as title,
    min(p.category) as category,
    count(distinct row(l.store_id, l.sold_in)) as orders_with_return,
    sum(l.amount * l.rate) as value_returned,
    sum(l.contribution_lost * l.rate) as contribution_lost,
    sum(l.amount * l.rate) filter (where l.contribution_lost is not null) as contribution_lost_of,
    sum(l.write_off * l.rate) as write_off,
    sum(l.amount * l.rate) filter (where l.write_off is not null) as write_off_of,
    sum(l.amount * l.rate) filter (where l.write_off is not null and l.is_guessed) as write_off_assumed,
    sum(l.outbound_shipping * l.rate) as outbound_shipping,
    sum(l.amount * l.rate) filter (where l.outbound_shipping is not null) as outbound_shipping_of,
    sum(l.return_label * l.rate) as return_label,
    sum(l.amount * l.rate) filter (where l.return_label is not null) as return_label_of,
    sum(l.handling * l.rate) as handling,
    sum(l.amount * l.rate) filter (where l.handling is not null) as handling_of,
    sum(l.fees_kept * l.rate) as fees_kept,
    sum(l.amount * l.rate) filter (where l.fees_kept is not null) as fees_kept_of,
    sum(l.return_fee_kept * l.rate) as return_fee_kept,
    sum(l.amount * l.rate) filter (where l.return_fee_kept is not null) as return_fee_kept_of,
    sum(l.amount * l.rate) filter (
        where l.contribution_lost + l.write_off + l.outbound_shipping + l.return_label + l.handling + l.fees_kept is not null
    ) as known_whole
from lines as l
left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
group by grouping sets ((l.currency, l.product_key), (l.currency))
order by currency, is_total desc, value_returned desc, product_key
