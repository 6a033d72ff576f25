"""Rows on their way from DuckDB to PostgreSQL and back."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import pytest

from analytics import db
from analytics.ingest import transfer
from analytics.ingest.stage import Staged


@pytest.fixture
def stage(tmp_path: Path) -> Staged:
    """As much of a staged file as a transfer needs."""
    return cast(Staged, SimpleNamespace(duck=duckdb.connect(), folder=tmp_path))


def moved(stage: Staged, monkeypatch: pytest.MonkeyPatch, script: str) -> list[tuple[Any, ...]]:
    """What arrives in a table of PostgreSQL of what a DuckDB script selects."""
    monkeypatch.setattr(db, "script", lambda path: script)
    with db.transaction() as cursor:
        cursor.execute("create temp table arrived (number integer, text text) on commit drop")
        count = transfer.move(stage, cursor, "whatever", "arrived")
        cursor.execute("select number, text from arrived order by number")
        rows = cursor.fetchall()
    assert count == len(rows)
    return rows


@pytest.mark.parametrize("is_piped", [True, False])
def test_text_arrives_as_it_left_with_and_without_a_file_between(emptied, stage, monkeypatch, tmp_path, is_piped):
    if not is_piped:
        monkeypatch.setattr(transfer, "PIPES", tmp_path / "nowhere")
    script = "select * from (values (1, 'a \"b\", c'), (2, null), (3, ''), (4, 'über\nzwei')) as rows (number, text)"
    assert moved(stage, monkeypatch, script) == [(1, 'a "b", c'), (2, None), (3, ""), (4, "über\nzwei")]


def test_what_breaks_off_on_the_way_is_not_taken_for_all_there_is(emptied, stage, monkeypatch):
    script = (
        "select i as number, case when i = 400000 then error('gone') else 'x' end as text from range(500000) as r (i)"
    )
    with pytest.raises(duckdb.Error, match="gone"):
        moved(stage, monkeypatch, script)


def test_rows_that_the_database_refuses_end_the_transfer(emptied, stage, monkeypatch):
    with pytest.raises(Exception, match="invalid input syntax"):
        moved(stage, monkeypatch, "select 'no number' as number, 'x' as text from range(500000)")
