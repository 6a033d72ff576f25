-- Remember by which version of their definitions the summaries were made.
insert into settings (name, value) values ('summaries', :version)
on conflict (name) do update set value = excluded.value
