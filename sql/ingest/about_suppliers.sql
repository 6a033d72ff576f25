select
    min(valid_from) as first_day,
    max(valid_from) as last_day,
    mode(currency) as currency
from suppliers_new
