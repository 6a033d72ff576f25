-- One row an order of the scope, the worst or the latest first, at most :most of them: its sums as profit/sums has them, in its
-- own currency, and its part of what was spent on ads on its day (in periods of that day alone): by net sales over all orders of
-- the day, what Amazon's ads cost over those of its channels.
with chosen as (
    select
        s.slice_no,
        s.store_id,
        s.currency,
        s.channel,
        s.country,
        s.clock = 'both' as is_sale,
        not k.has_selling as misses_selling,
        not k.has_sending as misses_sending,
        1 + case when k.has_selling then 2 else 0 end + case when k.has_sending then 4 else 0 end as required
    from slices as s
    inner join contribution_stores as k on s.store_id = k.store_id
    where
        (cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[])))
        and s.grain = 'day' and s.clock in ('both', :basis)
        and (cast(:currency as text) is null or s.currency = :currency)
),

summed as (
    select
        c.store_id,
        c.currency,
        d.order_key,
        bool_or(c.misses_selling) as misses_selling,
        bool_or(c.misses_sending) as misses_sending,
        whole_sum(d.net) as net_sales,
        whole_sum(d.net) filter (where d.known & 1 = 1) as cm1_net_sales,
        whole_sum(d.landed_cost) filter (where d.known & 1 = 1) as landed_cost,
        whole_sum(coalesce(d.net, 0) - coalesce(d.landed_cost, 0))
            filter (where d.known & 1 = 1 and d.known & c.required <> c.required) as cm1_left_out,
        whole_sum(d.net) filter (where d.known & c.required = c.required) as cm2_net_sales,
        whole_sum(d.landed_cost) filter (where d.known & c.required = c.required) as cm2_landed_cost,
        whole_sum(d.shipping) filter (where d.known & c.required = c.required) as shipping,
        whole_sum(d.label) filter (where d.known & c.required = c.required) as label,
        whole_sum(d.return_label) filter (where d.known & c.required = c.required) as label_back,
        whole_sum(d.pick_pack) filter (where d.known & c.required = c.required) as pick_pack,
        whole_sum(d.fulfilment_fee) filter (where d.known & c.required = c.required) as fulfilment_fee,
        whole_sum(d.payment_fee) filter (where d.known & c.required = c.required) as payment_fee,
        whole_sum(d.marketplace_fee) filter (where d.known & c.required = c.required) as marketplace_fee,
        whole_sum(d.estimated) filter (where d.known & c.required = c.required) as estimated
    from chosen as c
    inner join contribution_orders as d on c.slice_no = d.slice_no
    where
        (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
        and (cast(:channels as text[]) is null or c.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or c.country = any(cast(:countries as text[])))
    group by c.store_id, c.currency, d.order_key
),

left_over as (
    select
        s.*,
        coalesce(s.cm2_net_sales, 0) - coalesce(s.cm2_landed_cost, 0) + coalesce(s.shipping, 0) - coalesce(s.label, 0)
        - coalesce(s.label_back, 0) - coalesce(s.pick_pack, 0) - coalesce(s.fulfilment_fee, 0) - coalesce(s.payment_fee, 0)
        - coalesce(s.marketplace_fee, 0) as cm2
    from summed as s
),

found as (
    select
        l.*,
        o.order_name,
        o.ordered_on,
        o.channel,
        o.country
    from left_over as l
    inner join orders as o on l.store_id = o.store_id and l.order_key = o.order_key
    where not cast(:is_below_zero as boolean) or l.cm2 < 0
    order by case when cast(:is_below_zero as boolean) then l.cm2 end, o.ordered_on desc, o.order_name desc, l.order_key
    limit :most
),

spent as (
    select
        a.currency,
        a.first_day as day,
        sum(a.spend) filter (where a.platform = 'amazon') as of_amazon,
        sum(a.spend) as spend
    from ad_spend_counted as a
    where
        a.first_day = a.last_day
        and (cast(:store_ids as integer[]) is null or a.store_id = any(cast(:store_ids as integer[])))
        and a.first_day in (select f.ordered_on from found as f)
    group by a.currency, a.first_day
),

of_days as (
    select
        c.store_id,
        c.currency,
        d.day,
        d.order_key,
        greatest(0, whole_sum(d.net)) as net,
        case when bool_or(c.channel ilike '%amazon%') then greatest(0, whole_sum(d.net)) else 0 end as of_amazon
    from chosen as c
    inner join contribution_orders as d on c.slice_no = d.slice_no
    where c.is_sale and d.day in (select p.day from spent as p)
    group by c.store_id, c.currency, d.day, d.order_key
),

weighed as (
    select
        *,
        sum(net) over (by_order) as till,
        sum(net) over (by_day) as whole,
        sum(of_amazon) over (by_order) as amazon_till,
        sum(of_amazon) over (by_day) as amazon_whole
    from of_days
    window
        by_day as (partition by currency, day),
        by_order as (partition by currency, day order by order_key, store_id)
)

select
    f.store_id,
    s.name as store,
    f.order_key,
    f.order_name,
    f.ordered_on,
    f.channel,
    f.country,
    f.currency,
    f.misses_selling,
    f.misses_sending,
    coalesce(f.net_sales, 0) * 0.0001 as net_sales,
    coalesce(f.cm1_net_sales, 0) * 0.0001 as cm1_net_sales,
    coalesce(f.landed_cost, 0) * 0.0001 as landed_cost,
    coalesce(f.cm1_left_out, 0) * 0.0001 as cm1_left_out,
    coalesce(f.cm2_net_sales, 0) * 0.0001 as cm2_net_sales,
    coalesce(f.cm2_landed_cost, 0) * 0.0001 as cm2_landed_cost,
    coalesce(f.shipping, 0) * 0.0001 as shipping,
    coalesce(f.label, 0) * 0.0001 as label,
    coalesce(f.label_back, 0) * 0.0001 as label_back,
    coalesce(f.pick_pack, 0) * 0.0001 as pick_pack,
    coalesce(f.fulfilment_fee, 0) * 0.0001 as fulfilment_fee,
    coalesce(f.payment_fee, 0) * 0.0001 as payment_fee,
    coalesce(f.marketplace_fee, 0) * 0.0001 as marketplace_fee,
    coalesce(f.estimated, 0) * 0.0001 as estimated,
    case
        when w.whole > 0
            then part_of(
                p.spend - case when w.amazon_whole > 0 then coalesce(p.of_amazon, 0) else 0 end,
                w.till - w.net, w.till, w.whole, digits_of(f.currency)
            )
            + case
                when w.amazon_whole > 0
                    then part_of(
                        coalesce(p.of_amazon, 0), w.amazon_till - w.of_amazon, w.amazon_till, w.amazon_whole,
                        digits_of(f.currency)
                    )
                else 0
            end
        else 0
    end as ad_spend
from found as f
inner join stores as s on f.store_id = s.store_id
left join spent as p on f.currency = p.currency and f.ordered_on = p.day
left join weighed as w
    on f.store_id = w.store_id and f.order_key = w.order_key and f.currency = w.currency and f.ordered_on = w.day
order by case when cast(:is_below_zero as boolean) then f.cm2 end, f.ordered_on desc, f.order_name desc, f.order_key
