-- One row a currency and value of the dimension (day, channel, country, category, vendor, product,
-- discount_code: the codes of an order with commas, or '' for all of it): what of
-- the net sales is covered by what is known, and the amounts of what is. From the summary by day, or, where goods are told apart
-- (:by_goods), that of products, in pieces of the range: days that are too many are taken off again, and leave a row of nothing.
-- A line counts in CM1 with a known cost, in CM2 if every group of costs that its store is told of is known, too; what it adds
-- to CM1 alone is `cm1_left_out`. With :into amounts are converted by the rate of their day, unrounded, and left out without one.
with pieces as (
    select grain, start, stop, sign, is_summed
    from
        unnest(
            cast(:grains as text[]), cast(:starts as date[]), cast(:stops as date[]), cast(:signs as bigint[]),
            cast(:summed as boolean[])
        ) as p (grain, start, stop, sign, is_summed)
),

chosen as (
    select
        s.slice_no,
        s.store_id,
        s.currency,
        s.channel,
        s.country,
        p.start,
        p.stop,
        p.sign,
        p.is_summed,
        not k.has_selling as misses_selling,
        not k.has_sending as misses_sending,
        1 + case when k.has_selling then 2 else 0 end + case when k.has_sending then 4 else 0 end as required
    from slices as s
    inner join pieces as p on s.grain = p.grain
    inner join contribution_stores as k on s.store_id = k.store_id
    where
        (cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[])))
        and s.clock in ('both', :basis)
        and case
            when cast(:channels as text[]) is null then s.grain = 'day' or s.channel is null
            else s.channel = any(cast(:channels as text[]))
        end
        and (cast(:countries as text[]) is null or s.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or s.currency = :currency)
),

goods as (
    select v.value_no
    from sold_values as v
    inner join sold_values as c on v.category_no = c.value_no
    where v.dimension = 'product' and c.value = any(cast(:categories as text[]))
),

rows as (
    select
        c.*, cast(null as text) as codes, cast(null as integer) as value_no, d.day, d.known, d.net, d.landed_cost,
        d.shipping, d.label, d.return_label,
        d.pick_pack, d.fulfilment_fee, d.payment_fee, d.marketplace_fee, d.estimated
    from chosen as c
    inner join contribution_daily as d on c.slice_no = d.slice_no and d.day >= c.start and d.day < c.stop
    where not cast(:by_goods as boolean) and :dimension <> 'discount_code'
    union all
    select
        c.*, null as codes, d.value_no, d.day, d.known, d.net, d.landed_cost, d.shipping, d.label, d.return_label,
        d.pick_pack, d.fulfilment_fee, d.payment_fee, d.marketplace_fee, d.estimated
    from chosen as c
    inner join contribution_products_daily as d on c.slice_no = d.slice_no and d.day >= c.start and d.day < c.stop
    where cast(:by_goods as boolean) and not c.is_summed
    union all
    select
        c.*, null as codes, d.value_no, d.period as day, d.known, d.net, d.landed_cost, d.shipping, d.label, d.return_label,
        d.pick_pack, d.fulfilment_fee, d.payment_fee, d.marketplace_fee, d.estimated
    from chosen as c
    inner join contribution_periods as d on c.slice_no = d.slice_no and d.period >= c.start and d.period < c.stop
    where cast(:by_goods as boolean) and c.is_summed
    union all
    select
        c.*, array_to_string(codes_of(o.discount_codes), ',') as codes, null as value_no, d.day, d.known, d.net, d.landed_cost,
        d.shipping, d.label, d.return_label, d.pick_pack, d.fulfilment_fee, d.payment_fee, d.marketplace_fee, d.estimated
    from chosen as c
    inner join contribution_orders as d on c.slice_no = d.slice_no and d.day >= c.start and d.day < c.stop
    left join orders as o on c.store_id = o.store_id and d.order_key = o.order_key
    where :dimension = 'discount_code'
),

summed as (
    select
        d.currency,
        d.misses_selling,
        d.misses_sending,
        case when cast(:into as text) is not null then d.day end as day,
        case :dimension
            when 'day' then cast(d.day as text) when 'channel' then d.channel when 'country' then d.country
            when 'discount_code' then d.codes else ''
        end as value,
        case when :dimension in ('category', 'vendor', 'product') then d.value_no end as value_no,
        d.known & 1 = 1 as has_cost,
        d.known & d.required = d.required as is_covered,
        whole_sum(d.sign * d.net) as net,
        whole_sum(d.sign * d.landed_cost) as landed_cost,
        whole_sum(d.sign * d.shipping) as shipping,
        whole_sum(d.sign * d.label) as label,
        whole_sum(d.sign * d.return_label) as return_label,
        whole_sum(d.sign * d.pick_pack) as pick_pack,
        whole_sum(d.sign * d.fulfilment_fee) as fulfilment_fee,
        whole_sum(d.sign * d.payment_fee) as payment_fee,
        whole_sum(d.sign * d.marketplace_fee) as marketplace_fee,
        whole_sum(d.sign * d.estimated) as estimated
    from rows as d
    where cast(:categories as text[]) is null or d.value_no in (select g.value_no from goods as g)
    group by 1, 2, 3, 4, 5, 6, 7, 8
),

named as (
    select
        coalesce(cast(:into as text), s.currency) as currency,
        case
            when :dimension = 'product' then p.value
            when :dimension = 'category' then c.value
            when :dimension = 'vendor' then b.value
            else s.value
        end as value,
        s.has_cost, s.is_covered, s.misses_selling, s.misses_sending, s.net, s.landed_cost, s.shipping, s.label, s.return_label,
        s.pick_pack, s.fulfilment_fee, s.payment_fee, s.marketplace_fee, s.estimated,
        case when cast(:into as text) is null or s.currency = :into then 1 else r.rate end as rate
    from summed as s
    left join sold_values as p on s.value_no = p.value_no
    left join sold_values as c on p.category_no = c.value_no
    left join sold_values as b on p.vendor_no = b.value_no
    left join exchange_rates as r
        on s.currency = r.currency and r.into_currency = :into and s.day >= r.valid_from and s.day < r.valid_to
)

select
    n.currency,
    n.value,
    bool_or(n.misses_selling) as misses_selling,
    bool_or(n.misses_sending) as misses_sending,
    sum(n.net * n.rate) * 0.0001 as net_sales,
    sum(n.net * n.rate) filter (where n.has_cost) * 0.0001 as cm1_net_sales,
    sum(n.landed_cost * n.rate) filter (where n.has_cost) * 0.0001 as landed_cost,
    sum((coalesce(n.net, 0) - coalesce(n.landed_cost, 0)) * n.rate) filter (where n.has_cost and not n.is_covered)
    * 0.0001 as cm1_left_out,
    sum(n.net * n.rate) filter (where n.is_covered) * 0.0001 as cm2_net_sales,
    sum(n.landed_cost * n.rate) filter (where n.is_covered) * 0.0001 as cm2_landed_cost,
    sum(n.shipping * n.rate) filter (where n.is_covered) * 0.0001 as shipping,
    sum(n.label * n.rate) filter (where n.is_covered) * 0.0001 as label,
    sum(n.return_label * n.rate) filter (where n.is_covered) * 0.0001 as label_back,
    sum(n.pick_pack * n.rate) filter (where n.is_covered) * 0.0001 as pick_pack,
    sum(n.fulfilment_fee * n.rate) filter (where n.is_covered) * 0.0001 as fulfilment_fee,
    sum(n.payment_fee * n.rate) filter (where n.is_covered) * 0.0001 as payment_fee,
    sum(n.marketplace_fee * n.rate) filter (where n.is_covered) * 0.0001 as marketplace_fee,
    sum(n.estimated * n.rate) filter (where n.is_covered) * 0.0001 as estimated
from named as n
where n.rate is not null
group by 1, 2
order by 1, 2
