-- Drop every table, view, function and type of the schema that this user made, but what extensions brought.
do $$
declare
    statement text;
begin
    for statement in
        select format('drop %s if exists %I cascade', case c.relkind when 'v' then 'view' else 'table' end, c.relname)
        from pg_class as c
        where
            c.relnamespace = current_schema()::regnamespace
            and c.relkind in ('r', 'v')
            and not exists (select 1 from pg_depend as d where d.objid = c.oid and d.deptype = 'e')
        union all
        select format('drop routine if exists %s cascade', p.oid::regprocedure)
        from pg_proc as p
        where
            p.pronamespace = current_schema()::regnamespace
            and not exists (select 1 from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
        union all
        select format('drop type if exists %I cascade', t.typname)
        from pg_type as t
        where
            t.typnamespace = current_schema()::regnamespace
            and t.typtype in ('e', 'd')
            and not exists (select 1 from pg_depend as d where d.objid = t.oid and d.deptype = 'e')
    loop
        execute statement;
    end loop;
end
$$
