-- Amazon Ads reports -> ads (rows as ad_spend.sql reads them). The older ones say their span in two columns, those of the
-- 2026 console in one.
create or replace view ads as
select
    *,
    'amazon' as platform_name,
    coalesce(campaign, campaign_id) is null
    and regexp_matches(concat_ws('|', day, first_day, date_range, status, account), '(?i)^(grand )?(total|gesamt|summe|totale)s?\b')
        as is_total
from source;
