-- What was sold, what came back of the same orders and after how many days, straight from the ledger.
with refunds as (
    select
        currency,
        percentile_disc(0.5) within group (order by booked_on - ordered_on) as days_to_return_median,
        percentile_disc(0.9) within group (order by booked_on - ordered_on) as days_to_return_p90
    from (
        select distinct currency, order_key, ordered_on, booked_on
        from ledger
        where $where and entry = 'reversal' and kind = 'return' and line_kind = 'product'
    ) as each_day
    group by currency
),

sums as (
    select
        currency,
        $orders as orders,
        count(distinct order_key) filter (where entry = 'reversal' and kind = 'return') as orders_with_return,
        coalesce(sum(units) filter (where entry = 'sale'), 0) as units_sold,
        coalesce(sum(units) filter (where entry = 'reversal' and kind = 'return'), 0) as units_returned,
        coalesce(sum(amount - discount) filter (where entry = 'sale'), 0) as value_sold,
        coalesce(sum(amount) filter (where entry = 'reversal' and kind = 'return'), 0) as value_returned
    from ledger
    where $where and (line_kind = 'product' or (entry = 'charge' and line_kind = 'order'))
    group by currency
)

select
    s.currency, s.orders, s.orders_with_return, s.units_sold, s.units_returned, s.value_sold, s.value_returned,
    coalesce(r.days_to_return_median, 0) as days_to_return_median,
    coalesce(r.days_to_return_p90, 0) as days_to_return_p90
from sums as s
left join refunds as r on s.currency = r.currency
