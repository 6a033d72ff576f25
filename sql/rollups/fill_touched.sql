-- The touched days of one store, computed anew from the ledger; amounts in 1/10,000 of the currency.
insert into sales_daily (
    store_id, day, clock, currency, channel, country, entry, kind, line_kind, rows, units, amount, discount, covered, cost
)
select
    store_id, day, clock, currency, channel, country, entry, kind, line_kind, rows, units, amount, discount, covered, cost
from sales_daily_computed
where store_id = :store_id and day in (select day from touched)
