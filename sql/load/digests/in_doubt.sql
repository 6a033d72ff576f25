-- Mails of a period that were begun by a run that came to no end: nobody knows whether they left.
select email from digest_mails
where digest_id = :digest_id and period = :period and status = 'sending'
order by email
