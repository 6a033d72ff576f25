-- One row a pair of currencies that has a rate on a day.
select
    currency,
    into_currency,
    rate
from exchange_rates
where cast(:day as date) >= valid_from and cast(:day as date) < valid_to
order by currency, into_currency
