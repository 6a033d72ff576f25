-- Every sign-in of an address ends.
update sign_ins
set ended_at = now()
where email = :email and ended_at is null
