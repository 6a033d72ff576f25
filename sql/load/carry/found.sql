-- What a database holds before something is carried into it: its tables, whose they are, and the schema's version.
select
    cast(current_user as text) as own,
    coalesce(array_agg(cast(c.relname as text) order by c.relname) filter (where c.relname <> 'alembic_version'), '{}') as tables,
    coalesce(
        array_agg(cast(c.relname as text) order by c.relname) filter (where pg_get_userbyid(c.relowner) <> current_user), '{}'
    ) as of_others
from pg_class as c
where
    c.relnamespace = cast(current_schema() as regnamespace)
    and c.relkind = 'r'
