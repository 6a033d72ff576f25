-- One row a digest with its store and its recipients, by name; `paused` are those who get nothing for now.
select
    d.digest_id,
    d.name,
    d.of_store,
    s.name as store,
    s.currency,
    s.time_zone,
    d.every,
    d.has_pdf,
    d.results,
    array(
        select r.email from digest_recipients as r
        where r.digest_id = d.digest_id and not r.is_paused
        order by r.email
    ) as recipients,
    array(
        select r.email from digest_recipients as r
        where r.digest_id = d.digest_id and r.is_paused
        order by r.email
    ) as paused
from digests as d
inner join stores as s on d.of_store = s.store_id
order by lower(d.name), d.name
