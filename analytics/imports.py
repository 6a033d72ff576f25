"""What came in: the history of imports, the rows that were set aside, and how fresh each kind of data is."""

import csv
import io
import re
from datetime import date
from pathlib import PurePath
from typing import Any

import pandas as pd

from analytics import db
from analytics.errors import Refused
from analytics.ingest import headers

# a spreadsheet runs text that starts with one of these, unless it is a number
RUN = re.compile(r"[=+@\t\r\n-](?!\s*[\d.,'\s]*\d[.,]?\s*$)")
EXPLAINED = (headers.LINE, headers.COLUMN, headers.VALUE, headers.REASON, headers.WRITTEN)


def history(store: int | None = None) -> pd.DataFrame:
    """One row an import, the newest first: what file, which format, what became of its rows; `stop` is exclusive."""
    return db.read("imports/history", store_id=store)


def rejects(import_id: int) -> pd.DataFrame:
    """The cells that could not be used: line (of the file), column_name, value, reason."""
    return db.read("imports/rejects", import_id=import_id)


def rejected_file(import_id: int) -> bytes:
    """A CSV file of the rows that an import set aside, to be mended and imported again.

    Its columns are the file's own, those with personal data left out and e-mail addresses as their code, then line, column,
    value and reason. What is replaced as a whole stands in it as a whole, such as all lines of an order. Raises Refused if
    there is no such import or if it set nothing aside.
    """
    rejected_name(import_id)
    rows = db.read("imports/rejected", import_id=import_id).to_dict("records")
    if not rows:
        raise Refused(f"Import {import_id} set no row aside, so there is nothing to mend.")
    return _to_mend(rows)


def rejected_name(import_id: int) -> str:
    """What to call that file: it starts with the day the import spoke of, as which it is imported again.

    Raises Refused if there is no such import.
    """
    about = db.read("imports/about", import_id=import_id)
    if about.empty:
        raise Refused(f"There is no import {import_id}. The history lists them.")
    stem = PurePath(about.at[0, "file"]).name.partition(".")[0]
    return f"{about.at[0, 'as_of']}_set_aside_{stem}.csv"


def _to_mend(rows: list[dict[str, Any]]) -> bytes:
    first: dict[str, Any] = next((row["record"] for row in rows if row["record"]), {"cells": [], "delimiter": ","})
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=first["delimiter"], lineterminator="\r\n")
    writer.writerow([*(header for header, _ in first["cells"]), *EXPLAINED])
    blank = {"cells": [(header, "") for header, _ in first["cells"]], "written": ""}
    for row in rows:
        record = row["record"] or blank
        cells = [harmless(value) for _, value in record["cells"]]
        said = [row["line"], *(harmless(row[name] or "") for name in ("columns", "values", "reasons"))]
        writer.writerow([*cells, *said, record["written"]])
    return file.getvalue().encode("utf-8-sig")


def harmless(value: str) -> str:
    """Text with an apostrophe in front where a spreadsheet would run it; a number stays as it is."""
    return f"'{value}" if RUN.match(value) else value


def freshness(store: int | None = None) -> pd.DataFrame:
    """One row a kind of data: kind, through (its last day, None if there is none), days_old."""
    frame = db.read("imports/freshness", store_id=store)
    frame["days_old"] = pd.Series(
        [None if day is None or pd.isna(day) else (date.today() - day).days for day in frame["through"]], dtype=object
    )
    return frame
