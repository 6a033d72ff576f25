delete from digest_recipients
where digest_id = :digest_id
