-- A store without any import left has no currency of its own any more.
update imports
set undone_at = clock_timestamp()
where import_id = :import_id;
update stores
set
    data_version = data_version + 1,
    currency = case
        when exists (select 1 from imports as m where m.store_id = :store_id and m.undone_at is null) then currency
    end
where store_id = :store_id;
