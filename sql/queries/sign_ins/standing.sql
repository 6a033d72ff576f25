-- One row: the role and stores that an address has (null: it is not on the list), what is known of one sign-in (null: never
-- seen), when the address last signed out everywhere, and what time it is.
select
    members.role,
    members.store_ids,
    sign_ins.seen_at,
    sign_ins.ended_at,
    sign_ins.is_admitted,
    signed_out.at as signed_out_at,
    now() as now_at
from (select cast(:email as text) as email) as asked
left join members on members.email = asked.email
left join sign_ins on sign_ins.email = asked.email and sign_ins.ticket = :ticket
left join signed_out on signed_out.email = asked.email
