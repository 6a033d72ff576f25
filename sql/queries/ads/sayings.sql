-- One row a saying of what a campaign is for, with what was said before; the newest first.
select
    said_at,
    said_by,
    platform,
    campaign,
    lag(kind) over (partition by store_id, platform, campaign order by change_no) as kind_before,
    lag(value) over (partition by store_id, platform, campaign order by change_no) as value_before,
    kind,
    value
from campaign_products
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
order by change_no desc
