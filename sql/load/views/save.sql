insert into saved_views (name, page, query, saved_by)
values (:name, :page, :query, :saved_by)
on conflict (name) do update set
    page = excluded.page,
    query = excluded.query,
    saved_by = excluded.saved_by,
    created_at = now()
where saved_views.saved_by = :saved_by or :may_others
