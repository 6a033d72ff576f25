"""The database's tables, brought to what the newest migration makes of them."""

from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection

from analytics.errors import Refused


def upgrade(connection: Connection, scripts: Path, to: str = "head") -> None:
    """Make what migrations of that folder are not made yet, or those up to one. Raises Refused for a schema that none of them has made."""
    steps = tuple(sorted((scripts / "versions").glob("*.py")))
    if not steps or (to == "head" and _is_newest(connection, steps)):
        return
    from alembic import command  # here, because a page that only reads should not wait for it
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, to)
    except CommandError as error:
        if "locate revision" not in str(error):
            raise
        raise Refused(
            "This database was made by a newer Storeledger than the one that is running, which does not know its "
            "tables. Update the program, or point ANALYTICS_HOME or DATABASE_URL at another database."
        ) from error


def _is_newest(connection: Connection, steps: tuple[Path, ...]) -> bool:
    """Whether nothing is left to make. Every import asks, and alembic would read all migrations anew for the answer."""
    if connection.exec_driver_sql("select to_regclass('alembic_version')").scalar_one() is None:
        return False
    made = connection.exec_driver_sql("select version_num from alembic_version").scalars().all()
    return made == [_newest(steps)]


@lru_cache(maxsize=8)
def _newest(steps: tuple[Path, ...]) -> str | None:
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(steps[0].parent.parent)).get_current_head()
