-- One row a currency, platform and period (a day, or longer where a report does not tell its days apart) that touches the days
-- asked for: what was spent. With :into by the rate of the period's last day, left out without one.
select
    coalesce(cast(:into as text), a.currency) as currency,
    a.platform,
    a.first_day,
    a.last_day,
    sum(a.spend * coalesce(r.rate, 1)) as spend,
    digits_of(coalesce(cast(:into as text), a.currency)) as digits
from ad_spend_counted as a
left join exchange_rates as r
    on
        a.currency <> :into and a.currency = r.currency and r.into_currency = :into
        and a.last_day >= r.valid_from and a.last_day < r.valid_to
where
    (cast(:store_ids as integer[]) is null or a.store_id = any(cast(:store_ids as integer[])))
    and (cast(:start as date) is null or a.last_day >= :start)
    and (cast(:stop as date) is null or a.first_day < :stop)
    and (cast(:currency as text) is null or a.currency = :currency)
    and (cast(:into as text) is null or a.currency = :into or r.rate is not null)
group by 1, 2, 3, 4
order by 1, 2, 3, 4
