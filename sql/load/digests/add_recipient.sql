insert into digest_recipients (digest_id, email, is_paused)
values (:digest_id, :email, :is_paused)
