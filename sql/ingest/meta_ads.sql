-- Meta Ads reports -> ads (rows as ad_spend.sql reads them). The total has no name at the level of the report, wherever it
-- stands. A breakdown prints each campaign's own total above its parts, with the breakdown blank. What is not told of a
-- campaign that ran is printed blank and means none.
create or replace view ads as
with told as (
    select
        count(ad) + count(ad_id) > 0 as has_ads,
        count(ad_group) + count(ad_group_id) > 0 as has_sets,
        count(day) > 0 as has_days,
        count(age) > 0 as has_ages,
        count(gender) > 0 as has_genders,
        count(placement) > 0 as has_placements,
        count(device) > 0 as has_devices,
        count(country) > 0 as has_countries,
        count(revenue) > 0 as has_revenue,
        count(roas) > 0 as has_roas,
        count(conversions) > 0 as has_conversions
    from source
)

select
    s.* replace (
        case when t.has_revenue then coalesce(s.revenue, '0') end as revenue,
        case when t.has_roas then coalesce(s.roas, '0') end as roas,
        case when t.has_conversions then coalesce(s.conversions, '0') end as conversions
    ),
    'meta' as platform_name,
    case
        when t.has_ads then coalesce(s.ad, s.ad_id) is null
        when t.has_sets then coalesce(s.ad_group, s.ad_group_id) is null
        else coalesce(s.campaign, s.campaign_id) is null
    end
    or regexp_matches(
        coalesce(s.campaign, s.first_day, s.day), '(?i)^(no data available|keine daten verfügbar|no hay datos disponibles|aucune donnée)'
    )
    or (t.has_days and s.day is null)
    or (t.has_ages and s.age is null)
    or (t.has_genders and s.gender is null)
    or (t.has_placements and s.placement is null)
    or (t.has_devices and s.device is null)
    or (t.has_countries and s.country is null) as is_total
from source as s
cross join told as t;
