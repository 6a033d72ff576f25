-- Spans that others cover are left out; so is what is not told by campaign on days that campaigns tell.
update ad_rows as p
set left_out = 'newer'
from ad_units as u
where
    u.unit_no = any(cast(:unit_nos as bigint[])) and not p.is_day and p.left_out is null
    and p.platform = u.platform and p.account = u.account and p.tier = u.tier and p.family = u.family
    and p.campaign_id is not distinct from u.campaign_id and p.height = u.height
    and p.first_day = u.first_day and p.last_day = u.last_day;
update ad_rows as p
set left_out = 'campaigns'
where
    p.tier > 1 and p.left_out is null
    and exists (
        select
        from ad_rows as c
        where
            c.tier < p.tier and c.left_out is null and c.platform = p.platform
            and (c.account = p.account or c.account = '' or p.account = '')
            and c.first_day <= p.last_day and c.last_day >= p.first_day
    );
