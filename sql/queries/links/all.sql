-- One row a link, the newest first.
select
    l.link_id,
    l.store_id,
    s.name as store,
    l.page,
    l.query,
    l.hides_amounts,
    l.made_by,
    l.made_at,
    l.expires_at,
    l.revoked_at,
    l.opens,
    l.last_opened_at,
    case
        when l.revoked_at is not null then 'revoked'
        when l.expires_at <= now() then 'expired'
        else 'open'
    end as state
from share_links as l
inner join stores as s on l.store_id = s.store_id
order by l.link_id desc
