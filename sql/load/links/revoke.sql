-- A link that opens nothing from now on; gives its store, or nothing if it is not there or was revoked before.
update share_links
set revoked_at = now()
where link_id = :link_id and revoked_at is null
returning store_id
