-- The spans longer than a day that no row of a day touches, one row a campaign, level and span, the one to be kept first: a
-- higher level, then a newer export, then the campaign with an id.
update ad_rows as p
set left_out = 'days'
where
    not p.is_day and p.left_out is null
    and exists (
        select
        from ad_rows as d
        where
            d.is_day and d.left_out is null and d.tier = p.tier
            and d.platform = p.platform and d.account = p.account and d.family = p.family
            and (d.campaign_id is null or p.campaign_id is null or d.campaign_id = p.campaign_id)
            and d.first_day between p.first_day and p.last_day
    );
create temp table ad_units on commit drop as
select
    row_number() over () as unit_no,
    platform,
    account,
    tier,
    family,
    campaign_id,
    height,
    first_day,
    last_day,
    max(as_of) as as_of,
    max(import_id) as import_id
from ad_rows
where not is_day and left_out is null
group by platform, account, tier, family, campaign_id, height, first_day, last_day;
select
    u.unit_no,
    u.platform,
    u.account,
    u.tier || u.family as family,
    u.campaign_id,
    u.first_day,
    u.last_day,
    row_number() over (
        order by u.height asc, u.as_of desc, u.import_id desc, u.campaign_id asc nulls last, u.first_day desc, u.last_day desc
    ) as place
from ad_units as u
order by place;
