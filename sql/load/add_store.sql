insert into stores (name)
values (:name)
on conflict (name) do nothing
