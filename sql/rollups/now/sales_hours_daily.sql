-- One row a slice (of what is sold, under either clock), day and hour: orders under the hour of their first line of the day, and
-- net sales with what was taken back under the hour of the sale. What was taken back of a sale that is not known stands under
-- its own hour if that is of the day.
create temp view sales_hours_daily_now as
with sold as (
    select
        slice_no,
        day,
        hour,
        0 as orders,
        whole_sum(units) filter (where is_product) as units,
        whole_sum(amount - discount) as net
    from dated_ledger
    where entry = 'sale' and (is_product or line_kind = 'discount')
    group by slice_no, day, hour
),

others as (
    select
        d.slice_no,
        d.day,
        case
            when d.entry = 'charge' then o.hour
            when d.hour is not null then coalesce(o.hour, nullif(d.hour, -1))
        end as sold_hour,
        count(*) filter (where d.entry = 'charge') as orders,
        cast(null as bigint) as units,
        coalesce(whole_sum(-d.amount) filter (where d.entry = 'reversal'), 0) as net
    from dated_ledger as d
    left join order_sets as o on d.day = o.day and d.order_no = o.order_no
    where
        (d.entry = 'charge' and d.line_kind in ('order', 'zero_order'))
        or (d.entry = 'reversal' and (d.is_product or d.line_kind = 'discount'))
    group by d.slice_no, d.day, sold_hour
),

timed as (
    select slice_no, day, hour, orders, units, net
    from sold
    union all
    select slice_no, day, sold_hour as hour, orders, units, net
    from others
)

select
    c.slice_no,
    t.day,
    t.hour,
    cast(sum(t.orders) as integer) as orders,
    coalesce(whole_sum(t.units), 0) as units,
    whole_sum(t.net) as net
from timed as t
inner join slices as s on t.slice_no = s.slice_no
inner join slices as c
    on
        s.store_id = c.store_id and s.currency = c.currency and s.channel = c.channel and s.country = c.country
        and c.clock = 'both' and c.grain = 'day'
where s.clock <> 'refund_date'
group by c.slice_no, t.day, t.hour
