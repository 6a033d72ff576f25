"""Unknown tables: what they are proposed to be, what somebody says they are, and that this is remembered."""

from pathlib import Path

import pytest

from analytics import imports
from analytics.errors import Unrecognised
from analytics.ingest import mapping
from analytics.ingest.load import Options
from analytics.ingest.mapping import Mapping
from analytics.ingest.preview import preview
from imported import rejects, take

HEADER = ("Belegnr", "Belegtag", "Art", "Was", "Stk", "VK")
ROWS = [
    ("R-1", "03.04.2024", "A-100", "Hemd blau", "2", "39,90"),
    ("R-1", "03.04.2024", "A-101", "Socken rot", "1", "9,90"),
    ("R-2", "25.04.2024", "A-100", "Hemd blau", "1", "39,90"),
]
COLUMNS = (
    ("date", "Belegtag"),
    ("order", "Belegnr"),
    ("quantity", "Stk"),
    ("sku", "Art"),
    ("title", "Was"),
    ("unit_price", "VK"),
)
SAID = Mapping("order_lines", COLUMNS)


def written(
    folder: Path, rows: list[tuple[str, ...]], header: tuple[str, ...] = HEADER, name: str = "beleg.csv"
) -> Path:
    path = folder / name
    path.write_text("\n".join(";".join(row) for row in (header, *rows)) + "\n", encoding="utf-8")
    return path


def test_x(emptied: str, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        [*ROWS, ("R-3", "31.02.2024", "A-9", "Ding", "x", "1,00"), ("R-2", "26.04.2024", "A-1", "=Ding", "1", "-1.x")],
    )
    with pytest.raises(Unrecognised):
        take(path)
    mapping.save(HEADER, SAID)
    p = preview(path, Options(store="Shop"))
    print(p.sample, p.bad, p.problems, p.questions, sep="\n")
    account = take(path)
    print(account, rejects(account))
    name, content = imports.rejected_file(account["import_id"])
    print(name, content.decode("utf-8-sig"))
    assert 0
