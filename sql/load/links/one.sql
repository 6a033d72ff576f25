-- A link with its store's name, and whether it still opens.
select
    l.link_id,
    l.store_id,
    s.name as store,
    l.page,
    l.query,
    l.hides_amounts,
    l.revoked_at is not null as is_revoked,
    l.expires_at <= now() as is_expired
from share_links as l
inner join stores as s on l.store_id = s.store_id
where l.link_id = :link_id
