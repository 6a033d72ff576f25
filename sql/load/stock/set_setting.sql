insert into stock_settings (store_id, name, value)
values (:store_id, :name, :value)
on conflict (store_id, name) do update set value = excluded.value
