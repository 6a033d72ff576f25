-- One row a platform: from which day to which its spend is told, whatever days are asked for.
select
    platform,
    min(first_day) as first_day,
    max(last_day) as last_day,
    count(distinct coalesce(campaign_id, campaign)) as campaigns,
    bool_or(first_day < last_day) as has_periods
from ad_spend_counted
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
group by platform
order by platform
