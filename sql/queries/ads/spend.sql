-- One row a currency and, as far as told, platform, campaign and days: what ads cost in the days asked for, and what the
-- platforms say of it. A row of a longer period counts if the days contain it wholly, and is never spread. Sums that are
-- divided by each other are of the rows that tell both. With :into each row is converted by the rate of its last day.
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
),

counted as (
    select
        a.impressions,
        a.clicks,
        a.conversions,
        a.attribution,
        coalesce(cast(:into as text), a.currency) as currency,
        a.spend * coalesce(r.rate, 1) as spend,
        a.attributed_revenue * coalesce(r.rate, 1) as attributed_revenue,
        case when cast(:by_platform as boolean) then a.platform end as platform,
        case when cast(:by_campaign as boolean) then coalesce(a.campaign_id, a.campaign) end as campaign_key,
        case when cast(:by_campaign as boolean) then a.campaign end as campaign,
        case when cast(:by_sku as boolean) then a.sku end as sku,
        case when cast(:by_day as boolean) then a.first_day end as first_day,
        case when cast(:by_day as boolean) then a.last_day end as last_day,
        a.first_day as since,
        a.last_day as until
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
        and (cast(:platforms as text[]) is null or a.platform = any(cast(:platforms as text[])))
        and (cast(:campaign as text) is null or coalesce(a.campaign_id, a.campaign) = :campaign)
)

select
    currency,
    platform,
    campaign_key,
    max(campaign) as campaign,
    sku,
    first_day,
    last_day,
    min(since) as since,
    max(until) as until,
    string_agg(distinct attribution, '; ' order by attribution) as attribution,
    sum(spend) as spend,
    sum(impressions) as impressions,
    sum(clicks) as clicks,
    sum(conversions) as conversions,
    sum(attributed_revenue) as attributed_revenue,
    sum(spend) filter (where attributed_revenue is not null) as spend_with_claims,
    sum(spend) filter (where impressions is not null) as spend_with_impressions,
    sum(spend) filter (where clicks is not null) as spend_with_clicks,
    sum(clicks) filter (where impressions is not null) as clicks_with_impressions,
    sum(impressions) filter (where clicks is not null) as impressions_with_clicks,
    sum(conversions) filter (where clicks is not null) as conversions_with_clicks,
    sum(clicks) filter (where conversions is not null) as clicks_with_conversions
from counted
group by currency, platform, campaign_key, sku, first_day, last_day
order by currency, platform, campaign_key, sku, first_day, last_day
