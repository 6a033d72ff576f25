-- Every row of ad spend of a store with what it is held against: its platform, its account (a report that names none is of the
-- only one there is), its family (the campaign under all of its names), and by which export it is told. What search terms,
-- and on single days lower levels, leave out is decided here.
create temp table ad_rows on commit drop as
with told as (
    select
        f.*,
        i.as_of,
        i.import_id,
        f.first_day = f.last_day as is_day,
        array_position(array['campaign', 'ad_group', 'ad', 'product', 'account'], f.level) as height,
        case
            when f.level = 'account' then 3
            when f.campaign_id is null and f.campaign = 'Campaign not told' then 2
            else 1
        end as tier
    from ad_spend as f
    inner join import_images as i on f.store_id = i.store_id and i.kind = 'ad_spend' and f.spend_key = i.key and i.is_current
    where f.store_id = :store_id
),

accounts as (
    select
        platform,
        case when count(distinct account) = 1 then min(account) end as only_account
    from told
    group by platform
),

-- a campaign keeps its id when it is given another name
named as (
    select
        platform,
        campaign_id,
        min(campaign) as family
    from told
    where campaign_id is not null
    group by platform, campaign_id
),

shared as (
    select
        t.platform,
        t.campaign,
        min(n.family) as family
    from told as t
    inner join named as n on t.platform = n.platform and t.campaign_id = n.campaign_id
    group by t.platform, t.campaign
),

placed as (
    select
        t.spend_key,
        t.import_id,
        t.as_of,
        t.platform,
        coalesce(t.account, a.only_account, '') as account,
        case t.tier when 1 then coalesce(s.family, n.family, t.campaign) else '' end as family,
        t.tier,
        t.campaign_id,
        t.level,
        t.height,
        t.first_day,
        t.last_day,
        t.is_day,
        t.left_out as was_left_out
    from told as t
    inner join accounts as a on t.platform = a.platform
    left join named as n on t.platform = n.platform and t.campaign_id = n.campaign_id
    left join shared as s on t.platform = s.platform and t.campaign = s.campaign
)

select
    p.*,
    case
        when p.level = 'search_term' then 'part'
        -- where ids tell campaigns apart, a row that only has the name is their sum
        when
            p.is_day and p.tier = 1 and p.campaign_id is null
            and bool_or(p.campaign_id is not null and p.level <> 'search_term') over one_day
            then 'level'
        when p.is_day and p.height > min(p.height) filter (where p.level <> 'search_term') over one_campaign then 'level'
    end as left_out
from placed as p
window
    one_day as (partition by p.platform, p.account, p.tier, p.family, p.is_day, p.first_day),
    one_campaign as (partition by p.platform, p.account, p.tier, p.family, p.campaign_id, p.is_day, p.first_day)
