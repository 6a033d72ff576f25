-- Until this transaction ends no table is cut off or filled anew: rows of a first load are seen by snapshots older than they are.
do $$
declare
    held text;
begin
    for held in
        select c.oid::regclass
        from pg_class as c
        where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
        order by c.relname
    loop
        execute format('lock table %s in access share mode', held);
    end loop;
end
$$
