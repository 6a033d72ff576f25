-- TikTok Ads reports -> ads (rows as ad_spend.sql reads them). The total counts its rows ("Total of 12 results"), or has no
-- campaign; "-" is a blank.
create or replace view ads as
select
    * replace (
        or_none(campaign) as campaign,
        or_none(campaign_id) as campaign_id,
        or_none(ad_group) as ad_group,
        or_none(ad) as ad,
        or_none(day) as day
    ),
    'tiktok' as platform_name,
    coalesce(or_none(campaign), or_none(campaign_id)) is null
    or (
        regexp_matches(campaign, '(?i)^total of [0-9,.]+ ')
        and coalesce(or_none(campaign_id), or_none(ad_group), or_none(ad), or_none(day)) is null
    )
    or regexp_matches(concat_ws('|', day, ad, ad_group, status), '(?i)^total of [0-9,.]+ ') as is_total
from source;
