select
    cast(min(returned_at) as date) as first_day,
    cast(max(returned_at) as date) as last_day,
    mode(currency) as currency
from returns_new
