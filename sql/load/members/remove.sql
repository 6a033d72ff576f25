delete from members
where email = :email
