insert into members (email, role, store_ids, added_by)
values (:email, :role, cast(:store_ids as integer[]), :added_by)
on conflict (email) do update set role = excluded.role, store_ids = excluded.store_ids
