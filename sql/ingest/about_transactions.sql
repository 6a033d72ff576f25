select
    -- a payout comes later than what it pays out, and tells of no later day
    cast(coalesce(min(happened_at) filter (where kind <> 'payout'), min(happened_at)) as date) as first_day,
    cast(coalesce(max(happened_at) filter (where kind <> 'payout'), max(happened_at)) as date) as last_day,
    mode(currency) as currency
from transactions_new
