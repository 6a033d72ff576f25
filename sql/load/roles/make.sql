-- The roles that pages read with, and that the database's user may become them.
do $$
begin
    if not exists (select 1 from pg_roles where rolname = 'storeledger_reader') then
        create role storeledger_reader nologin;
    end if;
    if not exists (select 1 from pg_roles where rolname = 'storeledger_reader_of_all') then
        create role storeledger_reader_of_all nologin in role storeledger_reader;
    end if;
    execute 'grant storeledger_reader, storeledger_reader_of_all to ' || quote_ident(current_user);
end
$$
