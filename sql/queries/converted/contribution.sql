-- One row a currency and value of the dimension, as profit/sums, in another currency: each amount by the rate of its day,
-- unrounded, and left out where the day has none; days lie between borders, and none is taken off again.
with chosen as (
    select
        s.slice_no,
        s.store_id,
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

rows as (
    select
        c.*, cast(null as text) as codes, cast(null as integer) as value_no, d.day, d.known, d.net, d.landed_cost,
        d.shipping, d.label, d.return_label, d.pick_pack, d.fulfilment_fee, d.payment_fee, d.marketplace_fee, d.estimated
    from chosen as c
    inner join contribution_daily as d on c.slice_no = d.slice_no
    where not cast(:by_goods as boolean) and :dimension <> 'discount_code'
    union all
    select
        c.*, null as codes, d.value_no, d.day, d.known, d.net, d.landed_cost, d.shipping, d.label, d.return_label,
        d.pick_pack, d.fulfilment_fee, d.payment_fee, d.marketplace_fee, d.estimated
    from chosen as c
    inner join contribution_products_daily as d on c.slice_no = d.slice_no
    where cast(:by_goods as boolean)
    union all
    select
        c.*, array_to_string(codes_of(o.discount_codes), ',') as codes, null as value_no, d.day, d.known, d.net, d.landed_cost,
        d.shipping, d.label, d.return_label, d.pick_pack, d.fulfilment_fee, d.payment_fee, d.marketplace_fee, d.estimated
    from chosen as c
    inner join contribution_orders as d on c.slice_no = d.slice_no
    left join orders as o on c.store_id = o.store_id and d.order_key = o.order_key
    where :dimension = 'discount_code'
),

summed as (
    select
        d.currency,
        d.misses_selling,
        d.misses_sending,
        d.day,
        case :dimension when 'channel' then d.channel when 'country' then d.country else d.codes end as value,
        case when :dimension in ('category', 'vendor', 'product') then d.value_no end as value_no,
        d.known & 1 = 1 as has_cost,
        d.known & d.required = d.required as is_covered,
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
    from rows as d
    where
        (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
        and (cast(:categories as text[]) is null or d.value_no in (select g.value_no from goods as g))
    group by 1, 2, 3, 4, 5, 6, 7, 8
),

named as (
    select
        case
            when :dimension = 'day' then cast(s.day as text)
            when :dimension in ('channel', 'country', 'discount_code') then s.value
            when :dimension = 'product' then p.value
            when :dimension = 'category' then c.value
            when :dimension = 'vendor' then b.value
            else ''
        end as value,
        s.has_cost, s.is_covered, s.misses_selling, s.misses_sending, s.net, s.landed_cost, s.shipping, s.label, s.return_label,
        s.pick_pack, s.fulfilment_fee, s.payment_fee, s.marketplace_fee, s.estimated,
        case when s.currency = :into then 1 else r.rate end * 0.0001 as rate
    from summed as s
    left join sold_values as p on s.value_no = p.value_no
    left join sold_values as c on p.category_no = c.value_no
    left join sold_values as b on p.vendor_no = b.value_no
    left join exchange_rates as r
        on s.currency = r.currency and r.into_currency = :into and s.day >= r.valid_from and s.day < r.valid_to
    where s.currency = :into or r.rate is not null
)

select
    cast(:into as text) as currency,
    n.value,
    bool_or(n.misses_selling) as misses_selling,
    bool_or(n.misses_sending) as misses_sending,
    sum(n.net * n.rate) as net_sales,
    sum(n.net * n.rate) filter (where n.has_cost) as cm1_net_sales,
    sum(n.landed_cost * n.rate) filter (where n.has_cost) as landed_cost,
    sum((coalesce(n.net, 0) - coalesce(n.landed_cost, 0)) * n.rate) filter (where n.has_cost and not n.is_covered)
        as cm1_left_out,
    sum(n.net * n.rate) filter (where n.is_covered) as cm2_net_sales,
    sum(n.landed_cost * n.rate) filter (where n.is_covered) as cm2_landed_cost,
    sum(n.shipping * n.rate) filter (where n.is_covered) as shipping,
    sum(n.label * n.rate) filter (where n.is_covered) as label,
    sum(n.return_label * n.rate) filter (where n.is_covered) as label_back,
    sum(n.pick_pack * n.rate) filter (where n.is_covered) as pick_pack,
    sum(n.fulfilment_fee * n.rate) filter (where n.is_covered) as fulfilment_fee,
    sum(n.payment_fee * n.rate) filter (where n.is_covered) as payment_fee,
    sum(n.marketplace_fee * n.rate) filter (where n.is_covered) as marketplace_fee,
    sum(n.estimated * n.rate) filter (where n.is_covered) as estimated
from named as n
group by 1, 2
order by 5 desc nulls last, 2
