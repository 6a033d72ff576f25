-- One row a store, currency, platform, campaign, SKU and days: what was spent in the days asked for, to be laid to products.
with rates as (
    select
        currency,
        valid_from,
        valid_to,
        rate
    from exchange_rates
    where into_currency = :into
    union all
    select
        cast(:into as text) as currency,
        date '-infinity' as valid_from,
        date 'infinity' as valid_to,
        1 as rate
)

select
    a.store_id,
    a.platform,
    a.campaign,
    a.sku,
    a.first_day,
    a.last_day,
    coalesce(cast(:into as text), a.currency) as currency,
    sum(a.spend * coalesce(r.rate, 1)) as ad_spend
from ad_spend_counted as a
left join rates as r
    on
        cast(:into as text) is not null and a.currency = r.currency and a.last_day >= r.valid_from
        and a.last_day < r.valid_to
where
    (cast(:into as text) is null or r.rate is not null)
    and (cast(:store_ids as integer[]) is null or a.store_id = any(cast(:store_ids as integer[])))
    and (cast(:start as date) is null or a.first_day >= :start)
    and (cast(:stop as date) is null or a.last_day < :stop)
    and (cast(:currency as text) is null or a.currency = :currency)
group by a.store_id, a.platform, a.campaign, a.sku, a.first_day, a.last_day, coalesce(cast(:into as text), a.currency)
order by a.store_id, a.platform, a.campaign, a.sku, a.first_day, a.last_day
