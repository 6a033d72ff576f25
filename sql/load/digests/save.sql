-- A digest under a name; what had that name before is replaced. Gives its number.
insert into digests (name, of_store, every, has_pdf, results, made_by)
values (:name, :of_store, :every, :has_pdf, :results, :made_by)
on conflict (name) do update
set of_store = excluded.of_store, every = excluded.every, has_pdf = excluded.has_pdf, results = excluded.results
returning digest_id
