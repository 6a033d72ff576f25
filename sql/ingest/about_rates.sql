-- Rates are of no currency of the store's.
select
    min(valid_from) as first_day,
    max(valid_from) as last_day,
    cast(null as varchar) as currency
from rates_new
