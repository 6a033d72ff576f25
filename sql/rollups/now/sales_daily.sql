-- What sales_daily must hold of the dated ledger's days. Amounts are in 1/10,000 of the currency: whole numbers sum fast.
create temp view sales_daily_now as
select
    day,
    clock,
    currency,
    channel,
    country,
    entry,
    kind,
    line_kind,
    count(*) as rows,
    coalesce(sum(units), 0) as units,
    cast(sum(amount) * 10000 as bigint) as amount,
    cast(sum(discount) * 10000 as bigint) as discount,
    cast(coalesce(sum(amount - discount) filter (where cost is not null and line_kind = 'product'), 0) * 10000 as bigint)
        as covered,
    cast(coalesce(sum(cost) filter (where line_kind = 'product'), 0) * 10000 as bigint) as cost
from dated_ledger
group by day, clock, currency, channel, country, entry, kind, line_kind
