"""What only the administrator of a test's server does: databases and roles made and dropped."""

import psycopg2
from psycopg2 import sql
from sqlalchemy.engine import URL


def administer(server: URL, statement: str, *names: str) -> None:
    """Run a statement outside of any transaction; {} stands for a name."""
    connection = psycopg2.connect(server.set(drivername="postgresql").render_as_string(hide_password=False))
    connection.autocommit = True  # databases are not created inside a transaction
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
    connection.close()
