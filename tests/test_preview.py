"""Every kind of file can be looked at before it is loaded."""

from pathlib import Path

import pytest

from analytics.errors import Refused
from analytics.ingest import templates
from analytics.ingest.formats import Format, all_formats
from analytics.ingest.load import Options
from analytics.ingest.preview import preview
from imported import rows_of


@pytest.mark.parametrize("known", all_formats(), ids=lambda known: known.name)
def test_a_file_of_every_format_is_previewed_and_nothing_is_kept(known: Format, emptied: str, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(_file(known), "utf-8")
    found = preview(path, Options(store="Shop", format=known.name, currency="EUR"))
    assert (found.format, found.label) == (known.name, known.label)
    assert found.rows == found.new + found.changed + found.unchanged + found.duplicate + found.rejected + found.ignored
    assert found.rows > 0 and rows_of("select count(*) from imports") == [(0,)]


def _file(known: Format) -> str:
    """The template where there is one, else the format's headers over a row that says nothing but x."""
    if known.is_generic:
        return templates.template(known.name)
    headers = templates.header_sample(known).split(", ")
    headers += known.columns[known.rest][:1] if known.rest else ()
    # a report of ads says its days in a column or above its header, else it is refused
    above = ["1 January 2026 - 31 January 2026"] if known.facts == "ad_spend" else []
    return "\n".join((*above, ",".join(headers), ",".join("x" for _ in headers)))


def test_counts_without_a_location_are_refused_by_name(emptied: str, tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    path.write_text("Handle,Title,Option1 Value,HS Code,COO,SKU\nmug,Mug,Default Title,,,M-1\n", "utf-8")
    with pytest.raises(Refused, match="these columns are missing: Location"):
        preview(path, Options(store="Shop"))
