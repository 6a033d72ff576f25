-- Orders and units by weekday and hour of the sale, straight from the ledger.
select
    currency,
    extract(isodow from ordered_on) as weekday,
    extract(hour from happened_at) as hour,
    count(distinct order_key) as orders,
    sum(units) as units
from ledger
where $where and entry = 'sale' and line_kind = 'product'
group by 1, 2, 3
