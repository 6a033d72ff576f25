-- A new link; gives its number, or nothing if there is no such store.
insert into share_links (store_id, page, query, hides_amounts, made_by, expires_at)
select
    s.store_id,
    :page,
    :query,
    :hides_amounts,
    :made_by,
    now() + make_interval(days => :days)
from stores as s
where s.store_id = :store_id
returning link_id
