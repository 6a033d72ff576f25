update digest_mails
set status = :status, said = :said
where digest_id = :digest_id and period = :period and email = :email
