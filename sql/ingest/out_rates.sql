select
    currency,
    into_currency,
    valid_from,
    rate,
    rows
from rates_new
