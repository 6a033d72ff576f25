-- One row a store, platform and campaign of which somebody said what it is for: the newest saying, unless it took all back.
with newest as (
    select distinct on (store_id, platform, campaign)
        store_id,
        platform,
        campaign,
        kind,
        value
    from campaign_products
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
    order by store_id, platform, campaign, change_no desc
)

select
    store_id,
    platform,
    campaign,
    kind,
    value
from newest
where kind is not null
order by store_id, platform, campaign
