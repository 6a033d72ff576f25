insert into stores (name, time_zone)
values (:name, :time_zone)
on conflict (name) do nothing
