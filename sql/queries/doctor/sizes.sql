-- The server and the bytes of every table of ours, the largest first.
select
    current_setting('server_version') as server_version,
    pg_database_size(current_database()) as database_bytes,
    c.relname as name,
    pg_total_relation_size(c.oid) as bytes,
    cast(c.reltuples as bigint) as estimated_rows
from pg_class as c
inner join pg_namespace as n on c.relnamespace = n.oid
where n.nspname = current_schema() and c.relkind = 'r'
order by bytes desc, name
