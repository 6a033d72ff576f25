"""A file converted into facts without a database: what the format's script makes of every record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.ingest.stage import Staged, convert, records_of, staged
from analytics.ingest.transfer import give

AS_OF = date(2024, 6, 30)


@dataclass(frozen=True)
class Converted:
    """What became of a file; `states` counts its records, unreadable lines among the rejected."""

    format: str
    states: dict[str, int]
    rejects: list[tuple[int, str, str | None, str]]
    notices: list[str]
    facts: list[dict[str, Any]]

    def column(self, *names: str) -> list[Any]:
        """The facts' values of one column, or of several as tuples."""
        values = [tuple(fact[name] for name in names) for fact in self.facts]
        return [value[0] for value in values] if len(names) == 1 else values


def converted(path: Path, facts: str, **said: Any) -> Converted:
    """The facts of a file in the table `<facts>_new`, in the order of its text; every record has exactly one state."""
    return conversions(path, facts, **said)[0]


def conversions(path: Path, *facts: str, **said: Any) -> list[Converted]:
    """The same of several tables, converted once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANALYTICS_HOME", str(path.parent / "home"))
        with staged(path) as stage, _known_to_a_database(stage):
            convert(stage, {"currency": "USD", "as_of": AS_OF, "hash_key": "key"} | said)
            return [_seen(stage, each) for each in facts]


@contextmanager
def _known_to_a_database(stage: Staged) -> Iterator[None]:
    give(stage.duck, "known_orders", pd.DataFrame(columns=["order_key", "order_name"], dtype="string"))
    give(stage.duck, "shared_skus", pd.DataFrame(columns=["sku"], dtype="string"))
    yield


def _seen(stage: Staged, facts: str) -> Converted:
    duck = stage.duck
    states = dict(duck.sql("select state, count(*) from records group by state").fetchall())
    assert duck.sql("select count(*) = count(distinct record) from records").fetchall() == [(True,)]
    if stage.unreadable:
        states["rejected"] = states.get("rejected", 0) + len(stage.unreadable)
    assert sum(states.values()) + stage.recognised.ignored == stage.rows
    bad = duck.sql("select record, column_name, value, reason from rejects order by all").fetchall()
    lines = {record: line for record, line, _ in records_of(stage, sorted({row[0] for row in bad}))}
    has_notices = duck.sql("select count(*) from duckdb_tables() where table_name = 'file_notices'").fetchall()[0][0]
    notices = (
        [row[0] for row in duck.sql("select notice from file_notices order by all").fetchall()] if has_notices else []
    )
    found = duck.sql(f"from {facts}_new order by all")
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    if "rows" in found.columns:
        assert sum(row["rows"] for row in rows) == states.get("fact", 0)
    return Converted(
        stage.recognised.format.name, states, [(lines.get(row[0], 0), *row[1:]) for row in bad], notices, rows
    )
