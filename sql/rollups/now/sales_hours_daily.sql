-- One row a slice (of what is sold, under either clock), day and hour: orders under the hour of their first line of the day, and
-- net sales with what was taken back under the hour of the sale. What was taken back of a sale that is not known stands under
-- its own hour if that is of the day.
create temp view sales_hours_daily_now as
with firsts as (
    select
        day,
        order_no,
        min(hour) as hour
    from dated_ledger
    where entry = 'sale'
    group by day, order_no
),

timed as (
    select
        c.slice_no,
        d.day,
        case
            when d.entry = 'sale' then d.hour
            when d.entry = 'charge' then f.hour
            when d.hour is not null then coalesce(f.hour, nullif(d.hour, -1))
        end as hour,
        d.line_kind in ('order', 'zero_order') as is_order,
        case when d.entry = 'sale' and d.line_kind = 'product' then d.units end as units,
        case
            when d.line_kind in ('order', 'zero_order') then 0
            when d.entry = 'reversal' then -d.amount
            else d.amount - d.discount
        end as net
    from dated_ledger as d
    inner join slices as s on d.slice_no = s.slice_no
    inner join slices as c
        on
            s.store_id = c.store_id and s.currency = c.currency and s.channel = c.channel and s.country = c.country
            and c.clock = 'both' and c.grain = 'day'
    left join firsts as f on d.entry <> 'sale' and d.day = f.day and d.order_no = f.order_no
    where s.clock <> 'refund_date' and d.line_kind in ('product', 'discount', 'order', 'zero_order')
)

select
    slice_no,
    day,
    hour,
    cast(count(*) filter (where is_order) as integer) as orders,
    cast(coalesce(sum(units), 0) as bigint) as units,
    cast(sum(net) as bigint) as net
from timed
group by slice_no, day, hour
