-- A mail is begun if none of its period was sent to that address or is in doubt; one that failed is tried once more.
insert into digest_mails (digest_id, period, email, status)
values (:digest_id, :period, :email, 'sending')
on conflict (digest_id, period, email) do update set status = 'sending', said = null, tried_at = now()
where digest_mails.status = 'failed'
returning status
