-- After how many days half and nine of ten orders came back, straight from the ledger.
select
    currency,
    percentile_disc(0.5) within group (order by booked_on - ordered_on) as days_to_return_median,
    percentile_disc(0.9) within group (order by booked_on - ordered_on) as days_to_return_p90
from (
    select distinct currency, order_key, ordered_on, booked_on
    from ledger
    where $where and entry = 'reversal' and kind = 'return' and line_kind = 'product'
) as refunds
group by currency
