-- One row a currency and value of the dimension (day, channel, country, category, vendor, product,
-- discount_code: the codes of an order with commas, or '' for all of it): what of
-- the net sales is covered by what is known, and the amounts of what is, in 1/10,000. From the summary by day, or, where goods
-- are told apart (:by_goods), that of products, in pieces of the range: days that are too many are taken off again, and leave a
-- row of zeros. A line counts in CM1 with a known cost, in CM2 if every group of costs that its store is told of is known, too;
-- what it adds to CM1 alone is `cm1_left_out`. What is summed up together has a number, because texts are slow to group by.
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
        p.start,
        p.stop,
        p.sign,
        p.is_summed,
        not k.has_selling as misses_selling,
        not k.has_sending as misses_sending,
        1 + case when k.has_selling then 2 else 0 end + case when k.has_sending then 4 else 0 end as required,
        case :dimension when 'channel' then s.channel when 'country' then s.country end as place,
        cast(
            dense_rank() over (
                order by
                    s.currency, k.has_selling, k.has_sending,
                    case :dimension when 'channel' then s.channel when 'country' then s.country end
            ) as integer
        ) as group_no
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
    where
        v.dimension = 'product' and c.value = any(cast(:categories as text[]))
        and (cast(:store_ids as integer[]) is null or v.store_id = any(cast(:store_ids as integer[])))
),

summed as (
    select
        c.group_no,
        case when :dimension = 'day' then d.day end as day,
        cast(null as text) as codes,
        cast(null as integer) as value_no,
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
    from chosen as c
    inner join contribution_daily as d on c.slice_no = d.slice_no and d.day >= c.start and d.day < c.stop
    where not cast(:by_goods as boolean) and :dimension <> 'discount_code'
    group by 1, 2, 3, 4, 5
    union all
    select
        c.group_no,
        case when :dimension = 'day' then d.day end as day,
        cast(null as text) as codes,
        case when :dimension in ('category', 'vendor', 'product') then d.value_no end as value_no,
        d.known,
        whole_sum(c.sign * d.net) as net,
        whole_sum(c.sign * d.landed_cost) as landed_cost,
        whole_sum(c.sign * d.shipping) as shipping,
        whole_sum(c.sign * d.label) as label,
        whole_sum(c.sign * d.return_label) as return_label,
        whole_sum(c.sign * d.pick_pack) as pick_pack,
        whole_sum(c.sign * d.fulfilment_fee) as fulfilment_fee,
        whole_sum(c.sign * d.payment_fee) as payment_fee,
        whole_sum(c.sign * d.marketplace_fee) as marketplace_fee,
        whole_sum(c.sign * d.estimated) as estimated
    from chosen as c
    inner join contribution_products_daily as d on c.slice_no = d.slice_no and d.day >= c.start and d.day < c.stop
    where
        cast(:by_goods as boolean) and not c.is_summed
        and (cast(:categories as text[]) is null or d.value_no in (select g.value_no from goods as g))
    group by 1, 2, 3, 4, 5
    union all
    select
        c.group_no,
        cast(null as date) as day,
        cast(null as text) as codes,
        case when :dimension in ('category', 'vendor', 'product') then d.value_no end as value_no,
        d.known,
        whole_sum(c.sign * d.net) as net,
        whole_sum(c.sign * d.landed_cost) as landed_cost,
        whole_sum(c.sign * d.shipping) as shipping,
        whole_sum(c.sign * d.label) as label,
        whole_sum(c.sign * d.return_label) as return_label,
        whole_sum(c.sign * d.pick_pack) as pick_pack,
        whole_sum(c.sign * d.fulfilment_fee) as fulfilment_fee,
        whole_sum(c.sign * d.payment_fee) as payment_fee,
        whole_sum(c.sign * d.marketplace_fee) as marketplace_fee,
        whole_sum(c.sign * d.estimated) as estimated
    from chosen as c
    inner join contribution_periods as d on c.slice_no = d.slice_no and d.period >= c.start and d.period < c.stop
    where
        cast(:by_goods as boolean) and c.is_summed
        and (cast(:categories as text[]) is null or d.value_no in (select g.value_no from goods as g))
    group by 1, 2, 3, 4, 5
    union all
    select
        c.group_no,
        cast(null as date) as day,
        array_to_string(codes_of(o.discount_codes), ',') as codes,
        cast(null as integer) as value_no,
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
    from chosen as c
    inner join contribution_orders as d on c.slice_no = d.slice_no and d.day >= c.start and d.day < c.stop
    left join orders as o on c.store_id = o.store_id and d.order_key = o.order_key
    where :dimension = 'discount_code'
    group by 1, 2, 3, 4, 5
),

groups as (
    select distinct
        group_no,
        currency,
        place,
        misses_selling,
        misses_sending,
        required
    from chosen
),

named as (
    select
        g.currency,
        case
            when :dimension = 'day' then cast(s.day as text)
            when :dimension in ('channel', 'country') then g.place
            when :dimension = 'discount_code' then s.codes
            when :dimension = 'product' then p.value
            when :dimension = 'category' then c.value
            when :dimension = 'vendor' then b.value
            else ''
        end as value,
        g.misses_selling,
        g.misses_sending,
        s.known & 1 = 1 as has_cost,
        s.known & g.required = g.required as is_covered,
        s.net, s.landed_cost, s.shipping, s.label, s.return_label,
        s.pick_pack, s.fulfilment_fee, s.payment_fee, s.marketplace_fee, s.estimated
    from summed as s
    inner join groups as g on s.group_no = g.group_no
    left join sold_values as p
        on
            s.value_no = p.value_no and p.dimension = 'product'
            and (cast(:store_ids as integer[]) is null or p.store_id = any(cast(:store_ids as integer[])))
    left join sold_values as c on p.category_no = c.value_no
    left join sold_values as b on p.vendor_no = b.value_no
)

select
    n.currency,
    n.value,
    bool_or(n.misses_selling) as misses_selling,
    bool_or(n.misses_sending) as misses_sending,
    coalesce(whole_sum(n.net), 0) as net_sales,
    coalesce(whole_sum(n.net) filter (where n.has_cost), 0) as cm1_net_sales,
    coalesce(whole_sum(n.landed_cost) filter (where n.has_cost), 0) as landed_cost,
    coalesce(
        whole_sum(coalesce(n.net, 0) - coalesce(n.landed_cost, 0)) filter (where n.has_cost and not n.is_covered), 0
    ) as cm1_left_out,
    coalesce(whole_sum(n.net) filter (where n.is_covered), 0) as cm2_net_sales,
    coalesce(whole_sum(n.landed_cost) filter (where n.is_covered), 0) as cm2_landed_cost,
    coalesce(whole_sum(n.shipping) filter (where n.is_covered), 0) as shipping,
    coalesce(whole_sum(n.label) filter (where n.is_covered), 0) as label,
    coalesce(whole_sum(n.return_label) filter (where n.is_covered), 0) as label_back,
    coalesce(whole_sum(n.pick_pack) filter (where n.is_covered), 0) as pick_pack,
    coalesce(whole_sum(n.fulfilment_fee) filter (where n.is_covered), 0) as fulfilment_fee,
    coalesce(whole_sum(n.payment_fee) filter (where n.is_covered), 0) as payment_fee,
    coalesce(whole_sum(n.marketplace_fee) filter (where n.is_covered), 0) as marketplace_fee,
    coalesce(whole_sum(n.estimated) filter (where n.is_covered), 0) as estimated
from named as n
group by 1, 2
order by 1, 5 desc, 2
