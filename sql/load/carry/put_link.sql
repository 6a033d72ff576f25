-- A link that was made elsewhere: how often it was opened here stays, and once withdrawn it stays so.
insert into share_links (
    link_id, store_id, page, query, hides_amounts, made_by, made_at, expires_at, revoked_at
) overriding system value
values (:link_id, :store_id, :page, :query, :hides_amounts, :made_by, :made_at, :expires_at, :revoked_at)
on conflict (link_id) do update set
    expires_at = excluded.expires_at,
    revoked_at = coalesce(share_links.revoked_at, excluded.revoked_at)
where share_links.made_at = excluded.made_at
