-- One row a currency, platform, span of days and reason: what was spent near the days asked for and is in none of their sums.
-- A period that the days contain only a part of is never spread over its days; with :into, what has no rate is left out.
with near as (
    select
        a.currency,
        a.platform,
        a.first_day,
        a.last_day,
        a.spend,
        case
            when a.first_day < cast(:start as date) or a.last_day >= cast(:stop as date) then 'period'
            when
                cast(:into as text) is not null and a.currency <> :into
                and not exists (
                    select 1
                    from exchange_rates as r
                    where
                        a.currency = r.currency and r.into_currency = :into and a.last_day >= r.valid_from
                        and a.last_day < r.valid_to
                )
                then 'rate'
            when a.currency <> cast(:currency as text) then 'currency'
        end as reason
    from ad_spend_counted as a
    where
        (cast(:store_ids as integer[]) is null or a.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or a.last_day >= :start)
        and (cast(:stop as date) is null or a.first_day < :stop)
)

select
    currency,
    platform,
    first_day,
    last_day,
    reason,
    sum(spend) as spend
from near
where reason is not null
group by currency, platform, first_day, last_day, reason
order by reason, platform, first_day, last_day, currency
