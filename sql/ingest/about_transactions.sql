select
    cast(min(happened_at) as date) as first_day,
    cast(max(happened_at) as date) as last_day,
    mode(currency) as currency
from transactions_new
