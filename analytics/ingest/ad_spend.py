"""Write what advertising cost: read what a report says of itself above its header, then its rows, then which of them count."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from psycopg2.extensions import cursor as Cursor

from analytics import db, wording
from analytics.errors import Refused
from analytics.ingest import ad_levels, ad_words, headers, rows
from analytics.ingest.counts import Counts
from analytics.ingest.stage import Staged

if TYPE_CHECKING:
    from analytics.ingest.load import Target

WHY = {
    "part": "search terms are a part of their campaigns",
    "days": "rows of single days tell more of the same campaign",
    "newer": "another export covers their days",
    "level": "a row of the whole campaign tells the same day",
    "campaigns": "campaigns tell the same days",
}


def prepare(stage: Staged, store: str) -> None:
    """Read what stands above the header and in it. Raises Refused for a report that does not say of which days it is."""
    known = stage.recognised
    above = [
        stage.table.delimiter.join(cells).strip(stage.table.delimiter) for cells in stage.table.head[: known.ignored]
    ]
    header = dict(zip(known.columns, known.header, strict=True))
    stage.duck.execute(db.script("ingest/ad_days.sql"))
    stage.duck.execute(
        db.script("ingest/ad_file.sql"),
        {
            "lines": above,
            "currency": headers.currency(header.get("spend", "")),
            "attribution": _window(header.get("revenue", "")),
            "source": known.format.name,
        },
    )
    span = stage.duck.sql("select span from ad_file").fetchall()[0][0]
    if span is None and not any(name in known.columns for name in ad_words.DAYS):
        said = next((f" (it says “{line}”)" for line in reversed(above) if line), "")
        raise Refused(
            f"This {known.format.label} does not say of which days it is{said}. Export it again by day"
            + (f": {known.format.where}." if known.format.where else ".")
        )


def _window(header: str) -> str | None:
    """The days behind a click within which a sale is claimed, where the header names them."""
    days = next((part for part in header.replace("-", " ").split() if part.isdigit()), None)
    return f"{days} days" if days else None


def write(cursor: Cursor, stage: Staged, target: "Target", say: Callable[[float, str], None]) -> Counts:
    """Upsert the report's rows, and work out which of all rows count; gives the account of the rows."""
    counts = rows.write(cursor, stage, target, say)
    if target.is_rehearsal:
        return counts
    for import_id, reason, number in ad_levels.settle(cursor, target.store):
        rows_are = wording.count(number, "row") + (" of this file is" if number == 1 else " of this file are")
        earlier = wording.count(number, "row") + (" of another file is" if number == 1 else " of other files are")
        if reason == "part":
            continue
        if import_id == target.import_id:
            counts.notices.append(f"{rows_are} not counted: {WHY[reason]}.")
        else:
            counts.notices.append(f"{earlier} no longer counted: {WHY[reason]}.")
    return counts
