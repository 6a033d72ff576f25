"""Making a database that tests have used as new: what is in its tables goes, once it is sure that they are the template's."""

from dataclasses import dataclass

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection, cursor

from analytics import db

# Copied databases have the template's own numbers of everything, so whatever was dropped, made or altered is seen.
SCHEMA = """
select md5(string_agg(line, chr(10) order by line)) from (
    select concat_ws(' ', oid, relname, relkind, relacl, reloptions, relrowsecurity) from pg_class
    where oid >= 16384 and relpersistence = 'p'
    union all
    select concat_ws(' ', attrelid, attnum, attname, atttypid, atttypmod, attnotnull)
    from pg_attribute inner join pg_class on attrelid = pg_class.oid
    where attrelid >= 16384 and attnum > 0 and relpersistence = 'p'
    union all
    select concat_ws(' ', 'default', adrelid, adnum, adbin) from pg_attrdef
    union all
    select concat_ws(' ', oid, conname, convalidated) from pg_constraint where oid >= 16384
    union all
    select concat_ws(' ', oid, proname, prosrc, proacl) from pg_proc where oid >= 16384
    union all
    select concat_ws(' ', oid, ev_action) from pg_rewrite where oid >= 16384
    union all
    select concat_ws(' ', oid, tgname, tgenabled) from pg_trigger where oid >= 16384
    union all
    select concat_ws(' ', oid, polname, polqual, polwithcheck) from pg_policy
    union all
    select concat_ws(' ', oid, nspname, nspacl) from pg_namespace where nspname not like 'pg\\_%'
    union all
    select concat_ws(' ', 'setting', setconfig) from pg_db_role_setting
    where setdatabase = (select oid from pg_database where datname = current_database())
    union all
    select concat_ws(' ', 'version', version_num) from alembic_version
) as all_lines (line)
"""
# Whoever a test has left in the database; the server's own processes are not meant.
STRANGERS = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
"""
TABLES = "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version' order by 1"
USED = "select sequencename from pg_sequences where schemaname = 'public' and last_value is not null"
SIZE = "select sum(pg_relation_size(cast(name as regclass))) from unnest(%s) as name"
# Few rows are quicker deleted; many, or the room that rows deleted before have left, are quicker cut off.
FEW = 4 * 1024 * 1024


@dataclass(frozen=True)
class New:
    """A migrated database in which nothing has happened yet: its tables, and the rows that the migrations put into some."""

    schema: str
    tables: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


_new: dict[str, New] = {}
# One for every time that a database began anew: what was read of it before is of another shop.
begun = [0]


def remember(name: str) -> None:
    """Note down what the database in DATABASE_URL is like, under a name."""
    with db.transaction() as asking:
        asking.execute(SCHEMA)
        schema = asking.fetchone()[0]
        asking.execute(TABLES)
        tables = tuple(row[0] for row in asking.fetchall())
        _new[name] = New(schema, tables, tuple((table, _content(asking, table)) for table in _filled(asking, tables)))


def is_as_new(address: str, name: str) -> bool:
    """Whether the database at an address is there and has the tables of what was remembered; then it is emptied."""
    try:
        using = psycopg2.connect(address.replace("+psycopg2", ""))
    except psycopg2.OperationalError:
        return False
    try:
        return _is_same(using, name)
    finally:
        using.close()


def _is_same(using: connection, name: str) -> bool:
    with using, using.cursor() as asking:
        asking.execute(STRANGERS)
        try:
            asking.execute(SCHEMA)
        except psycopg2.Error:
            using.rollback()
            return False
        if asking.fetchone()[0] != _new[name].schema:
            return False
        empty(asking)
        return True


def empty(asking: cursor) -> None:
    """Bring the tables back to what they held when they were new."""
    begun[0] += 1
    (new,) = _new.values()
    if filled := _filled(asking, new.tables):
        names = [sql.Identifier(table) for table in filled]
        asking.execute(SIZE, (filled,))
        is_much = asking.fetchone()[0] > FEW
        # all go: no row has to be looked for, and not even the audit log is kept
        asking.execute("set local session_replication_role = replica")
        if is_much:
            asking.execute(sql.SQL("truncate {} cascade").format(sql.SQL(", ").join(names)))
        else:
            asking.execute(sql.SQL(";").join(sql.SQL("delete from {}").format(each) for each in names))
        asking.execute("set local session_replication_role = origin")
        for table, rows in new.rows:
            query = "insert into {0} select * from json_populate_recordset(cast(null as {0}), %s)"
            asking.execute(sql.SQL(query).format(sql.Identifier(table)), (rows,))
    asking.execute(USED)
    for (each,) in asking.fetchall():
        asking.execute(sql.SQL("alter sequence {} restart").format(sql.Identifier(each)))


def _filled(asking: cursor, tables: tuple[str, ...]) -> list[str]:
    each = sql.SQL("select {} where exists (select from {})")
    asking.execute(
        sql.SQL(" union all ").join(each.format(sql.Literal(table), sql.Identifier(table)) for table in tables)
    )
    return [row[0] for row in asking.fetchall()]


def _content(asking: cursor, table: str) -> str:
    asking.execute(sql.SQL("select cast(json_agg(t) as text) from {} as t").format(sql.Identifier(table)))
    return asking.fetchone()[0]
