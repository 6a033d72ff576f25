-- A saved view of whoever publishes; one of that name that somebody else saved stays.
insert into saved_views (name, page, query, saved_by)
values (:name, :page, :query, :saved_by)
on conflict (name) do update set page = excluded.page, query = excluded.query
where saved_views.saved_by = excluded.saved_by
