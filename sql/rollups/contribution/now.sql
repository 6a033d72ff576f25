-- What the summaries of contribution must hold of the days asked for, one row an order, slice, day, product and what is known of
-- it; in 1/10,000. Goods are as the ledger has them. What is of an order (its shipping, its costs) is spread over its goods, or
-- stands under no product where it has none.
-- None of these tables has an index.
select set_config('enable_nestloop', 'off', true);
create temp table contribution_now on commit drop as
with spread as (
    select
        c.order_key,
        c.cost_kind,
        c.is_refund,
        c.is_estimated,
        k.ordered_on,
        c.happened_on,
        k.currency,
        k.channel,
        k.country,
        w.product_no,
        coalesce(w.has_cost, true) as has_cost,
        case
            when w.product_no is null or c.product_no is not null or (w.since = 0 and w.till = w.whole) then c.amount
            else part_of(c.amount, w.since, w.till, w.whole, digits_of(k.currency))
        end as amount
    from contribution_costs as c
    inner join contribution_known as k on c.order_key = k.order_key
    left join contribution_weights as w
        on c.order_key = w.order_key and (c.product_no is null or c.product_no = w.product_no)
    union all
    select
        e.order_key,
        'shipping' as cost_kind,
        e.entry = 'reversal' as is_refund,
        false as is_estimated,
        e.ordered_on,
        e.booked_on as happened_on,
        e.currency,
        e.channel,
        e.country,
        w.product_no,
        coalesce(w.has_cost, true) as has_cost,
        case
            when w.product_no is null then e.net else part_of(e.net, w.since, w.till, w.whole, digits_of(e.currency))
        end as amount
    from contribution_entries as e
    left join contribution_weights as w on e.order_key = w.order_key
    where e.line_kind = 'shipping'
),

entries as (
    select
        e.order_key,
        e.entry = 'reversal' as is_back,
        e.ordered_on,
        e.booked_on,
        e.currency,
        e.channel,
        e.country,
        e.product_no,
        -- a discount printed as a line costs nothing: it is known where the goods that it reduces are
        case when e.line_kind = 'discount' then coalesce(w.has_all_costs, false) else e.landed_cost is not null end as has_cost,
        'net' as what,
        cast(e.net * 10000 as bigint) as amount,
        cast(e.landed_cost * 10000 as bigint) as landed_cost,
        false as is_estimated
    from contribution_entries as e
    left join (
        select distinct
            order_key,
            has_all_costs
        from contribution_weights
    ) as w on e.order_key = w.order_key
    where e.line_kind <> 'shipping'
    union all
    select
        s.order_key,
        s.is_refund as is_back,
        s.ordered_on,
        s.happened_on as booked_on,
        s.currency,
        s.channel,
        s.country,
        coalesce(s.product_no, n.value_no) as product_no,
        s.has_cost,
        s.cost_kind as what,
        cast(s.amount * 10000 as bigint) as amount,
        null as landed_cost,
        s.is_estimated
    from spread as s
    left join sold_values as n on n.store_id = :store_id and n.dimension = 'product' and n.value = ''
),

dated as (
    select
        e.*,
        c.clock,
        c.day
    from entries as e
    cross join lateral (
        select
            'both' as clock,
            e.ordered_on as day
        where not e.is_back
        union all
        select
            'order_date' as clock,
            e.ordered_on as day
        where e.is_back
        union all
        select
            'refund_date' as clock,
            e.booked_on as day
        where e.is_back
    ) as c
    where cast(:everything as boolean) or c.day in (select t.day from contribution_days as t)
)

select
    s.slice_no,
    d.day,
    d.order_key,
    d.product_no as value_no,
    cast(case when d.has_cost then 1 else 0 end + coalesce(k.known, 0) as smallint) as known,
    whole_sum(d.amount) filter (where d.what = 'net') as net,
    whole_sum(d.landed_cost) as landed_cost,
    whole_sum(d.amount) filter (where d.what = 'shipping') as shipping,
    whole_sum(d.amount) filter (where d.what = 'label') as label,
    whole_sum(d.amount) filter (where d.what = 'return_label') as return_label,
    whole_sum(d.amount) filter (where d.what = 'pick_pack') as pick_pack,
    whole_sum(d.amount) filter (where d.what = 'fulfilment_fee') as fulfilment_fee,
    whole_sum(d.amount) filter (where d.what = 'payment_fee') as payment_fee,
    whole_sum(d.amount) filter (where d.what = 'marketplace_fee') as marketplace_fee,
    whole_sum(d.amount) filter (where d.is_estimated) as estimated
from dated as d
inner join slices as s
    on
        s.store_id = :store_id and s.grain = 'day' and d.clock = s.clock and d.currency = s.currency
        and d.channel = s.channel and d.country = s.country
left join contribution_known as k on d.order_key = k.order_key
group by s.slice_no, d.day, d.order_key, d.product_no, d.has_cost, k.known;
create temp view contribution_daily_now as
select
    slice_no,
    day,
    known,
    whole_sum(net) as net,
    whole_sum(landed_cost) as landed_cost,
    whole_sum(shipping) as shipping,
    whole_sum(label) as label,
    whole_sum(return_label) as return_label,
    whole_sum(pick_pack) as pick_pack,
    whole_sum(fulfilment_fee) as fulfilment_fee,
    whole_sum(payment_fee) as payment_fee,
    whole_sum(marketplace_fee) as marketplace_fee,
    whole_sum(estimated) as estimated
from contribution_now
group by slice_no, day, known;
create temp view contribution_products_daily_now as
select
    slice_no,
    day,
    value_no,
    known,
    whole_sum(net) as net,
    whole_sum(landed_cost) as landed_cost,
    whole_sum(shipping) as shipping,
    whole_sum(label) as label,
    whole_sum(return_label) as return_label,
    whole_sum(pick_pack) as pick_pack,
    whole_sum(fulfilment_fee) as fulfilment_fee,
    whole_sum(payment_fee) as payment_fee,
    whole_sum(marketplace_fee) as marketplace_fee,
    whole_sum(estimated) as estimated
from contribution_now
group by slice_no, day, value_no, known;
create temp view contribution_orders_now as
select
    slice_no,
    day,
    order_key,
    known,
    whole_sum(net) as net,
    whole_sum(landed_cost) as landed_cost,
    whole_sum(shipping) as shipping,
    whole_sum(label) as label,
    whole_sum(return_label) as return_label,
    whole_sum(pick_pack) as pick_pack,
    whole_sum(fulfilment_fee) as fulfilment_fee,
    whole_sum(payment_fee) as payment_fee,
    whole_sum(marketplace_fee) as marketplace_fee,
    whole_sum(estimated) as estimated
from contribution_now
group by slice_no, day, order_key, known;
-- What is added to the periods of products: what their touched days hold now less what they held; of all days, all of it.
create temp view contribution_periods_now as
select
    a.slice_no,
    cast(date_trunc(a.grain, cast(d.day as timestamp)) as date) as period,
    d.value_no,
    d.known,
    whole_sum(d.net) as net,
    whole_sum(d.landed_cost) as landed_cost,
    whole_sum(d.shipping) as shipping,
    whole_sum(d.label) as label,
    whole_sum(d.return_label) as return_label,
    whole_sum(d.pick_pack) as pick_pack,
    whole_sum(d.fulfilment_fee) as fulfilment_fee,
    whole_sum(d.payment_fee) as payment_fee,
    whole_sum(d.marketplace_fee) as marketplace_fee,
    whole_sum(d.estimated) as estimated
from (
    select
        slice_no, day, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee,
        payment_fee, marketplace_fee, estimated
    from contribution_products_daily
    where cast(:everything as boolean) or day in (select t.day from contribution_days as t)
    union all
    select
        slice_no, day, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee,
        payment_fee, marketplace_fee, estimated
    from contribution_before
) as d
inner join slices as s on s.store_id = :store_id and d.slice_no = s.slice_no
inner join slices as a
    on
        s.store_id = a.store_id and s.clock = a.clock and s.currency = a.currency and a.grain in ('month', 'year')
        and (a.channel is null or a.channel = s.channel)
group by a.slice_no, period, d.value_no, d.known;
-- What belongs to no order that counts, or is in another currency than its order, on its own day under both clocks. What a
-- marketplace charged for advertising is ad spend.
create temp view contribution_fees_daily_now as
select
    f.happened_on as day,
    f.currency,
    f.cost_kind,
    cast(sum(f.amount) * 10000 as bigint) as amount
from fees_counted as f
left join counted_orders as o on f.store_id = o.store_id and f.order_key = o.order_key and f.currency = o.currency
where f.store_id = :store_id and f.cost_kind <> 'advertising' and o.order_key is null
group by f.happened_on, f.currency, f.cost_kind
having sum(f.amount) <> 0
