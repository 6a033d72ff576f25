-- A sign-in is used: whether it was let in is kept, and when; a row comes back if that is news.
insert into sign_ins (ticket, email, issued_at, is_admitted)
values (:ticket, :email, :issued_at, :is_admitted)
on conflict (ticket) do update set seen_at = now(), is_admitted = excluded.is_admitted
