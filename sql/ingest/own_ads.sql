-- A table of ad spend made by hand -> ads (rows as ad_spend.sql reads them). A platform without a format of its own keeps its
-- name as the account.
create table if not exists ad_file as
select
    cast(null as date[]) as span,
    cast(null as varchar) as grain,
    cast(null as varchar) as currency,
    cast(null as varchar) as attribution,
    'ad_spend' as source;

create or replace view ads as
with named as (
    select
        *,
        case
            when regexp_matches(platform, '(?i)google|adwords|youtube') then 'google'
            when regexp_matches(platform, '(?i)meta|facebook|instagram|^fb$|^ig$') then 'meta'
            when regexp_matches(platform, '(?i)amazon') then 'amazon'
            when regexp_matches(platform, '(?i)microsoft|bing') then 'microsoft'
            when regexp_matches(platform, '(?i)tik ?tok') then 'tiktok'
            else 'other'
        end as platform_name
    from source
)

select
    record,
    is_blank,
    platform_name,
    campaign,
    case when last_day is null then day end as day,
    case when last_day is not null then day end as first_day,
    last_day,
    currency,
    spend,
    impressions,
    clicks,
    conversions,
    revenue,
    case when platform_name = 'other' then platform end as account,
    false as is_total,
    cast(null as varchar) as account_id,
    cast(null as varchar) as campaign_id,
    cast(null as varchar) as ad_group_id,
    cast(null as varchar) as ad_group,
    cast(null as varchar) as ad_id,
    cast(null as varchar) as ad,
    cast(null as varchar) as keyword,
    cast(null as varchar) as targeting,
    cast(null as varchar) as match_type,
    cast(null as varchar) as search_term,
    cast(null as varchar) as sku,
    cast(null as varchar) as week,
    cast(null as varchar) as month,
    cast(null as varchar) as quarter,
    cast(null as varchar) as year,
    cast(null as varchar) as date_range,
    cast(null as varchar) as roas,
    cast(null as varchar) as attribution,
    cast(null as varchar) as device,
    cast(null as varchar) as network,
    cast(null as varchar) as age,
    cast(null as varchar) as gender,
    cast(null as varchar) as country,
    cast(null as varchar) as placement,
    cast(null as varchar) as hour
from named;
