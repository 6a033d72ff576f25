select
    min(day) as first_day,
    max(day) as last_day,
    any_value(currency) as currency
from totals_new
