-- Ends, too, what was signed in before and never used here.
insert into signed_out (email)
values (:email)
on conflict (email) do update set at = now()
