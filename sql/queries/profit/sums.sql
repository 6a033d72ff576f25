-- One row a currency and value of the dimension (day, channel, country, category, vendor, product, or '' for all of it): what of
-- the net sales is covered by what is known, and the amounts of what is. From the summary by day, or by product where goods are
-- told apart (:by_goods). A line counts in CM1 with a known cost, in CM2 if every group of costs that its store is told of is
-- known, too; what it adds to CM1 alone is `cm1_left_out`. With :into amounts are converted by the rate of their day, unrounded,
-- and left out without one.
with chosen as (
    select
        s.slice_no,
        s.currency,
        s.channel,
        s.country,
        not k.has_selling as misses_selling,
        not k.has_sending as misses_sending,
        1 + case when k.has_selling then 2 else 0 end + case when k.has_sending then 4 else 0 end as required
    from slices as s
    inner join contribution_stores as k on s.store_id = k.store_id
    where
        (cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[])))
        and s.grain = 'day' and s.clock in ('both', :basis)
        and (cast(:channels as text[]) is null or s.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or s.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or s.currency = :currency)
),

goods as (
    select v.value_no
    from sold_values as v
    inner join sold_values as c on v.category_no = c.value_no
    where v.dimension = 'product' and c.value = any(cast(:categories as text[]))
),

kept as (
    select
        slice_no, day, cast(null as integer) as value_no, known, net, landed_cost, shipping, label, return_label, pick_pack,
        fulfilment_fee, payment_fee, marketplace_fee, estimated
    from contribution_daily
    where not cast(:by_goods as boolean)
    union all
    select
        slice_no, day, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack,
        fulfilment_fee, payment_fee, marketplace_fee, estimated
    from contribution_products_daily
    where cast(:by_goods as boolean)
),

summed as (
    select
        c.currency,
        c.misses_selling,
        c.misses_sending,
        case when cast(:into as text) is not null then d.day end as day,
        case :dimension
            when 'day' then cast(d.day as text) when 'channel' then c.channel when 'country' then c.country else ''
        end as value,
        case when :dimension in ('category', 'vendor', 'product') then d.value_no end as value_no,
        d.known & 1 = 1 as has_cost,
        d.known & c.required = c.required as is_covered,
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
    from chosen as c
    inner join kept as d on c.slice_no = d.slice_no
    where
        (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
        and (cast(:categories as text[]) is null or d.value_no in (select g.value_no from goods as g))
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
    bool_or(n.has_cost and n.net is not null) as has_cm1,
    bool_or(n.is_covered) as has_cm2,
    coalesce(sum(n.net * n.rate), 0) * 0.0001 as net_sales,
    coalesce(sum(n.net * n.rate) filter (where n.has_cost), 0) * 0.0001 as cm1_net_sales,
    coalesce(sum(n.landed_cost * n.rate) filter (where n.has_cost), 0) * 0.0001 as landed_cost,
    coalesce(sum((coalesce(n.net, 0) - coalesce(n.landed_cost, 0)) * n.rate) filter (where n.has_cost and not n.is_covered), 0)
    * 0.0001 as cm1_left_out,
    coalesce(sum(n.net * n.rate) filter (where n.is_covered), 0) * 0.0001 as cm2_net_sales,
    coalesce(sum(n.shipping * n.rate) filter (where n.is_covered), 0) * 0.0001 as shipping,
    coalesce(sum(n.label * n.rate) filter (where n.is_covered), 0) * 0.0001 as label,
    coalesce(sum(n.return_label * n.rate) filter (where n.is_covered), 0) * 0.0001 as label_back,
    coalesce(sum(n.pick_pack * n.rate) filter (where n.is_covered), 0) * 0.0001 as pick_pack,
    coalesce(sum(n.fulfilment_fee * n.rate) filter (where n.is_covered), 0) * 0.0001 as fulfilment_fee,
    coalesce(sum(n.payment_fee * n.rate) filter (where n.is_covered), 0) * 0.0001 as payment_fee,
    coalesce(sum(n.marketplace_fee * n.rate) filter (where n.is_covered), 0) * 0.0001 as marketplace_fee,
    coalesce(sum(n.estimated * n.rate) filter (where n.is_covered), 0) * 0.0001 as estimated
from named as n
where n.rate is not null
group by 1, 2
order by 1, 2
