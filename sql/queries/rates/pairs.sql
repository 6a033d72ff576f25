-- One row a pair of currencies: how many rates are known, from which day on, and the newest of them.
select
    currency,
    into_currency,
    count(*) as rates,
    min(valid_from) as first_day,
    max(valid_from) as last_day,
    (array_agg(rate order by valid_from desc))[1] as last_rate
from exchange_rates
group by currency, into_currency
order by currency, into_currency
