-- What no cookie can bring back any more.
delete from sign_ins
where issued_at < now() - interval '60 days'
