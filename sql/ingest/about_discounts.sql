select
    cast(null as date) as first_day,
    cast(null as date) as last_day,
    mode(currency) as currency
from discounts_new
