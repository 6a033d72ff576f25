insert into saved_views (name, page, query)
values (:name, :page, :query)
on conflict (name) do update set page = excluded.page, query = excluded.query, created_at = now()
