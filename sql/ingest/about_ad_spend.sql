select
    min(first_day) as first_day,
    max(last_day) as last_day,
    mode(currency) as currency
from ad_spend_new
