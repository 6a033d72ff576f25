"""Edits in the app are imports: the rows become a table of our own format, with its checks, its place in History and its undo."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from analytics import actor, db, periods, stores
from analytics.errors import Refused
from analytics.ingest import headers, rejected, templates
from analytics.ingest.formats import Format, all_formats
from analytics.ingest.load import Options, load, rehearse
from analytics.ingest.stage import Staged
from analytics.scope import Scope
from analytics.stock.circles import circular

PROBLEMS = ("row", "column", "value", "reason")
# What tells one row of a table from another; of a table whose rows are replaced together, what they have in common.
KEYS = {"suppliers": ("supplier", "sku", "valid_from"), "policies": ("class_name", "sku", "location")}
WHOLES = {"bundles": "bundle_sku", "purchase_orders": "order"}
# Says how the file is written, so that nothing in it has to be found out.
WRITTEN = "decimal point, day first"
Row = dict[str, Any]


def save(store: int, format_name: str, rows: pd.DataFrame, by: str | None = None) -> dict[str, Any]:
    """Import rows under our own column names (those of the format's template) and give the account of `ingest.load`.

    They are known as of today, or of the newest file of their kind if that is later, so that they hold. `by` is who edits.
    Raises Refused if any row cannot be used, with the reason; then nothing is written.
    """
    actor.require("edit")
    if rows.empty:
        raise Refused("There is nothing to save: no row was changed.")
    for at, column, value, reason in _beside(store, format_name, rows):
        raise Refused(f"Nothing was saved: row {at + 1}, {column} “{value}”: {reason}.")
    with _written(_format(format_name), rows) as path:
        return load(path, replace(_options(store, format_name, by), is_whole=True))


def check(store: int, format_name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """What of the rows cannot be used, one row a cell: row (counted from 0), column, value, reason. Nothing is written."""
    actor.require("edit")
    known = _format(format_name)
    found: list[tuple[Any, ...]] = []
    if rows.empty:
        raise Refused("There is nothing to save: no row was changed.")

    def look(stage: Staged) -> None:
        said = stage.duck.execute(db.script("ingest/first_bad_cells.sql"), {"most": 1000}).fetchall()
        found.extend((int(at) - 1, _label(known, column), value, why) for at, column, value, why in said)

    with _written(known, rows) as path:
        rehearse(path, _options(store, format_name, None), look)
    if not found:
        found = _beside(store, format_name, rows)
    return pd.DataFrame(found, columns=list(PROBLEMS), dtype=object)


def changes(format_name: str, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The rows of `after` that say something else than `before`, and for what is gone a row that takes it away.

    Rows that are replaced together come together. Both have the format's own columns; a row of blanks is nothing.
    """
    known = _format(format_name)
    names = [name for name in known.meanings if name != "remove"]
    old, new = _plain(before, names), _plain(after, names)
    unit = (WHOLES[format_name],) if format_name in WHOLES else KEYS[format_name]
    was, now = _grouped(old, unit), _grouped(new, unit)
    rows = [row for key, group in now.items() if group != was.get(key) for row in group]
    gone = [
        dict.fromkeys(names) | dict(zip(unit, key, strict=True)) | {"remove": "yes"} for key in was if key not in now
    ]
    told = [{"remove": None} | row for row in [*rows, *gone]]
    return pd.DataFrame(told, columns=[*names, "remove"], dtype=object)


def policies(scope: Scope) -> pd.DataFrame:
    """The rules of replenishment as they were imported or edited, one row a class or product and location; blank class and SKU:
    all products. Columns: those of the format policies."""
    return db.read("purchases/given_policies", store_ids=scope.params()["store_ids"])


def today(store: int) -> date:
    """Today in the store's own time."""
    shops = stores.among(store)
    return periods.yesterday(shops["time_zone"].iloc[0] if len(shops) else None) + timedelta(days=1)


def _options(store: int, format_name: str, by: str | None) -> Options:
    shops = stores.among(store)
    if shops.empty:
        raise Refused(f"There is no store number {store}.")
    known = _format(format_name)
    newest = db.read("imports/newest", store_id=store, kind=known.facts)["as_of"]
    as_of = max([today(store), *newest])
    name = f"{known.label} edited in the app"
    return Options(store=str(shops["name"].iloc[0]), format=format_name, as_of=as_of, file_name=name, by=by)


def _format(name: str) -> Format:
    known = next((each for each in all_formats() if each.name == name and each.is_generic), None)
    if known is None:
        raise Refused(f"Rows of {name} cannot be edited.")
    return known


@contextmanager
def _written(known: Format, rows: pd.DataFrame) -> Iterator[Path]:
    """The rows as a file; the moment in it tells two equal edits from each other, one of which took the other back."""
    names = [name for name in known.meanings if name in rows.columns or name in known.required]
    names += [group[0] for group in known.any_of if not {*group} & {*names}]
    moment = datetime.now(UTC).isoformat()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{known.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*(templates.header(known, name) for name in names), headers.WRITTEN, "Edited at"])
            for row in rows.to_dict("records"):
                writer.writerow([*(_text(row.get(name)) for name in names), WRITTEN, moment])
        yield path


def _label(known: Format, column: str) -> str:
    ours = rejected.target(known, column)
    return templates.header(known, ours) if ours else column


def _text(value: Any) -> str:
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, int | float | Decimal):
        return f"{round(Decimal(str(value)), 6).normalize():f}"
    return str(value)


def _plain(frame: pd.DataFrame, names: list[str]) -> list[Row]:
    """The rows as text, None where nothing stands, those of blanks left out: what is compared is what would be written."""
    rows = [{name: _text(row.get(name)).strip() or None for name in names} for row in frame.to_dict("records")]
    return [row for row in rows if any(row.values())]


def _grouped(rows: list[Row], unit: tuple[str, ...]) -> dict[tuple[Any, ...], list[Row]]:
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in unit), []).append(row)
    return groups


def _beside(store: int, format_name: str, rows: pd.DataFrame) -> list[tuple[Any, ...]]:
    """What cannot be beside what is known already; of a file that is never asked, as other files may come and go."""
    if format_name == "bundles":
        return _circles(store, rows)
    return _unknown_products(store, rows) if format_name == "purchase_orders" else []


def _unknown_products(store: int, rows: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Rows of a SKU that neither the catalogue nor an order nor a count has; without any products nothing can be said."""
    known = set(db.read("inventory/products", store_ids=[store])["sku"].dropna())
    told = enumerate(_text(sku).strip() for sku in rows["sku"])
    reason = "no product of this store has this SKU; import the catalogue that has it first"
    return [(at, "SKU", sku, reason) for at, sku in told if known and sku and sku not in known]


def _circles(store: int, rows: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Rows whose bundle would hold itself together with the bundles that are known already."""
    edited = {str(sku) for sku in rows["bundle_sku"]}
    others = db.read("purchases/given_bundles", store_ids=[store])
    pairs = [
        (row["bundle_sku"], row["component_sku"])
        for row in others.to_dict("records")
        if row["bundle_sku"] not in edited
    ]
    told = list(zip(rows["bundle_sku"].map(_text), rows["component_sku"].map(_text), strict=True))
    bad = circular([*pairs, *(pair for pair in told if pair[1])])
    reason = "this component holds the bundle itself"
    return [(at, "Component SKU", pair[1], reason) for at, pair in enumerate(told) if pair in bad]
