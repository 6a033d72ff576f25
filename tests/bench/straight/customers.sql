-- Distinct customers of the scope's orders, straight from the ledger.
select
    currency,
    count(distinct customer_key) as customers
from ledger
where $where and entry = $customers_of
group by currency
