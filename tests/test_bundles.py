"""Bundles: the table they come from, and their sales as those of what they are made of, adding up either way."""

from pathlib import Path

import pytest

from analytics.undo import undo
from imported import AS_OF, counts, rejects, rows_of, take

pytestmark = pytest.mark.usefixtures("emptied")

BUNDLES = "Bundle SKU,Component SKU,Units\nSET,MUG,2\nSET,BOWL,1\nPAIR,MUG,2\n"


def written(folder: Path, text: str, name: str = "bundles.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def known() -> list[tuple[object, ...]]:
    return rows_of("select bundle_sku, component_sku, units::int from bundles order by 1, 2")


def test_a_newer_table_replaces_a_bundle_whole_and_undo_returns_it(tmp_path: Path) -> None:
    first = take(written(tmp_path, BUNDLES))
    assert counts(first) == {"rows": 3, "loaded": 3}
    assert counts(take(written(tmp_path, BUNDLES + "\n", "again.csv"))) == {"rows": 3, "unchanged": 3}
    newer = take(written(tmp_path, "Set SKU;Component;Qty\nSET;MUG;3\n", "newer.csv"))
    assert counts(newer) == {"rows": 1, "updated": 1}
    assert known() == [("PAIR", "MUG", 2), ("SET", "MUG", 3)]
    undo(newer["import_id"])
    assert known() == [("PAIR", "MUG", 2), ("SET", "BOWL", 1), ("SET", "MUG", 2)]
    older = take(written(tmp_path, "Set SKU;Component;Qty\nSET;MUG;9\n", "older.csv"), as_of=AS_OF.replace(day=1))
    assert counts(older) == {"rows": 1, "unchanged": 1} and ("SET", "MUG", 9) not in known()


def test_a_bundle_with_an_unusable_row_is_set_aside_whole(tmp_path: Path) -> None:
    text = "Bundle SKU,Component SKU,Units\nSET,MUG,2\nSET,BOWL,two\n,MUG,1\nPAIR,PAIR,1\nTRIO,MUG,0\nFOUR,,4\nFINE,MUG,1\nFINE,MUG,4\n"
    account = take(written(tmp_path, text))
    assert counts(account) == {"rows": 8, "loaded": 1, "duplicate": 1, "rejected": 6}
    assert [reason for *_, reason in rejects(account)] == [
        "another row of this bundle cannot be used, and a part of it is not the bundle",
        "this is not a number",
        "the bundle's SKU is missing",
        "a bundle is no component of itself",
        "a bundle holds more than 0 of a component",
        "the component's SKU is missing",
    ]
    assert known() == [("FINE", "MUG", 4)]
