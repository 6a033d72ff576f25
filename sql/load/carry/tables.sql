-- One row a table of the schema: its columns, how deep it hangs below the tables that its foreign keys name, and the statements
-- by which its rows leave it, enter it and are summed up. A bucket is a day of the table's first column that is one, so that
-- what an import changes stands in few of them; the setting storeledger.buckets names those that are meant.
with recursive
tables as (
    select
        c.oid,
        c.relname as name
    from pg_class as c
    where
        c.relnamespace = cast(current_schema() as regnamespace)
        and c.relkind = 'r'
        and c.relname <> 'alembic_version'
),

links as (
    select distinct
        k.conrelid as child,
        k.confrelid as parent
    from pg_constraint as k
    where k.contype = 'f' and k.conrelid <> k.confrelid
),

levels as (
    select
        t.oid,
        0 as depth
    from tables as t
    union all
    select
        l.child as oid,
        v.depth + 1 as depth
    from levels as v
    inner join links as l on v.oid = l.parent
),

columns as (
    select
        a.attrelid as oid,
        array_agg(cast(a.attname as text) order by a.attnum) as names,
        string_agg(format('%I', a.attname), ', ' order by a.attnum) as list,
        string_agg(format('%1$I = excluded.%1$I', a.attname), ', ' order by a.attnum) filter (where not is_key) as changed,
        string_agg(format('%I', a.attname), ', ' order by a.attnum) filter (where is_key) as key
    from pg_attribute as a
    cross join lateral (
        select exists(
            select k.oid
            from pg_constraint as k
            where k.conrelid = a.attrelid and k.contype = 'p' and a.attnum = any(k.conkey)
        ) as is_key
    ) as keys
    where a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by a.attrelid
),

-- 1082, 1114 and 1184 are PostgreSQL's numbers of date, timestamp and timestamptz, the same on every server
days as (
    select distinct on (a.attrelid)
        a.attrelid as oid,
        format(case a.atttypid when 1082 then 't.%I' else 'cast(t.%I as date)' end, a.attname) as day
    from pg_attribute as a
    where a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid in (1082, 1114, 1184)
    order by a.attrelid, a.attnum
),

sequences as (
    select
        a.attrelid as oid,
        pg_get_serial_sequence(cast(cast(a.attrelid as regclass) as text), a.attname) as name
    from pg_attribute as a
    where a.attidentity <> ''
)

select
    t.name,
    c.names as columns,
    max(v.depth) as depth,
    exists(select 1 from links as l where l.parent = t.oid) as is_parent,
    s.name as sequence,
    format('truncate %I cascade', t.name) as empty,
    format('copy %I (%s) to stdout', t.name, c.list) as copy_out,
    format('copy %I (%s) from stdin', t.name, c.list) as copy_in,
    format('copy %I (%s) from stdin (freeze)', t.name, c.list) as copy_in_anew,
    format(
        'select coalesce(cast(%s as text), '''') as bucket, count(*) as rows, '
        'cast(sum(cast(cast(''x'' || left(md5(cast(row(%s) as text)), 15) as bit(60)) as bigint)) as text) as hash '
        'from %I as t group by 1',
        coalesce(d.day, 'null'), c.list, t.name
    ) as sums,
    format(
        'copy (select %s from %I as t where coalesce(cast(%s as text), '''') '
        'in (select unnest(cast(current_setting(''storeledger.buckets'') as text[])))) to stdout',
        c.list, t.name, coalesce(d.day, 'null')
    ) as copy_out_some,
    format(
        'delete from %I as t where coalesce(cast(%s as text), '''') '
        'in (select unnest(cast(current_setting(''storeledger.buckets'') as text[])))',
        t.name, coalesce(d.day, 'null')
    ) as delete_some,
    format('create temporary table %I (like %I) on commit drop', 'incoming_' || t.name, t.name) as hold,
    format('copy %I (%s) from stdin', 'incoming_' || t.name, c.list) as copy_in_held,
    format(
        'delete from %1$I as t where coalesce(cast(%2$s as text), '''') '
        'in (select unnest(cast(current_setting(''storeledger.buckets'') as text[]))) '
        'and not exists (select 1 from %3$I as i where (%4$s) = (%5$s))',
        t.name, coalesce(d.day, 'null'), 'incoming_' || t.name,
        (select string_agg('i.' || part, ', ') from unnest(string_to_array(c.key, ', ')) as part),
        (select string_agg('t.' || part, ', ') from unnest(string_to_array(c.key, ', ')) as part)
    ) as delete_gone,
    format(
        'insert into %1$I (%2$s) overriding system value select %2$s from %3$I on conflict (%4$s) do update set %5$s',
        t.name, c.list, 'incoming_' || t.name, c.key, c.changed
    ) as put
from tables as t
inner join columns as c on t.oid = c.oid
inner join levels as v on t.oid = v.oid
left join days as d on t.oid = d.oid
left join sequences as s on t.oid = s.oid
group by t.oid, t.name, c.names, c.list, c.changed, c.key, d.day, s.name
order by max(v.depth), t.name
