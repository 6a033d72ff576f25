"""Products that are new, and products that sell at a fraction of their former pace."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import bundles, db, product_rows, products, stores
from analytics.product_rows import Look
from analytics.scope import Scope

# the former pace is that of the 12 weeks before the period, or of as much of them as the product was on sale
FORMER = timedelta(days=84)
YOUNGEST = timedelta(days=28)
# a fall is told only where at least so many units would have been sold at the former pace: fewer are chance
LEAST_EXPECTED = 5
COLUMNS = (
    "product", "title", "currency", "state", "first_day", "last_day", "units", "net_sales", "pace", "former_pace",
    "pace_left", "units_missing",
)  # fmt: skip
Row = dict[Any, Any]


@dataclass(frozen=True)
class Limits:
    """What counts as new: first sold within the last `new_for` days of the period, or in it (None); and as fading: sold at
    `fallen_to` of the former pace or less."""

    new_for: int | None = None
    fallen_to: Decimal = Decimal("0.5")


def life(scope: Scope, look: Look = Look(), limits: Limits = Limits()) -> pd.DataFrame:
    """One row a currency and product sold in the period or in the 12 weeks before it, with its state. Columns: COLUMNS.

    `state` is new, fading or steady. New is what was first sold within the limits; where the data themselves begin no
    earlier, nothing can be told to be new. `pace` and `former_pace` are units sold a day in the period (as far as data
    reach) and in the 12 weeks before; `pace_left` is their quotient; `units_missing` what the former pace would have sold
    more. New come first by first day, then fading by missing units. Raises ValueError for a scope without both ends.
    """
    if scope.start is None or scope.stop is None:
        raise ValueError("start and stop are needed: new and fading are told of a period")
    spans = _spans(scope, look)
    if not spans:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    begins = min(first for first, _ in spans.values())
    stop = _data_end(scope, scope.stop)
    former = scope.over(max(scope.start - FORMER, begins), max(scope.start, begins))
    now, then = _rows(scope, look), _rows(former, look)
    since = scope.start if limits.new_for is None else stop - timedelta(days=limits.new_for)
    found = []
    for key in now | then:
        first, last = spans.get(key[1], (None, None))
        row = {"first_day": first, "last_day": last, **_about(key, now, then)}
        days = (max((stop - scope.start).days, 0), (scope.start - max(scope.start - FORMER, first or begins)).days)
        row |= _pace(now.get(key), then.get(key), days)
        found.append(row | {"state": _state(row, since if begins < since else None, limits)})
    order = {"new": 0, "fading": 1, "steady": 2}
    found.sort(key=lambda row: (order[row["state"]], *_place(row), str(row["title"])))
    return pd.DataFrame(found, columns=list(COLUMNS), dtype=object)


def pace_of_all(rows: pd.DataFrame) -> Decimal | None:
    """What is left of the former pace of all products together whose former pace is known; None where none is."""
    known = [row for row in rows.to_dict("records") if row["former_pace"] is not None and row["pace"] is not None]
    former = sum((row["former_pace"] for row in known), start=Decimal(0))
    return sum((row["pace"] for row in known), start=Decimal(0)) / former if former else None


def history_begins(scope: Scope) -> date | None:
    """The first day on which anything was sold that the scope's filters keep; None if nothing was."""
    first = db.read("products/lifespans", **_without_start(scope))["first_day"]
    return None if first.empty else min(first)


def _data_end(scope: Scope, stop: date) -> date:
    """Where the days with data end (exclusive): as far as the stores' orders reach, whatever the filters keep of them."""
    last = stores.among(scope.store)["last_day"].dropna()
    return stop if last.empty else min(stop, max(last) + timedelta(days=1))


def _without_start(scope: Scope) -> Row:
    names = ("store_ids", "stop", "channels", "countries", "categories", "currency")
    return {name: value for name, value in scope.params().items() if name in names}


def _spans(scope: Scope, look: Look) -> dict[str | None, tuple[date, date]]:
    """First and last day of sale of each product or variant; a component's also as part of a bundle."""
    frame = db.read("products/lifespans", **_without_start(scope))
    if look.bundles == "as components":
        frame = bundles.as_components(frame, bundles.parts(scope))
    keys = list(frame["product_key"])
    if look.level == "product":
        known = product_rows.told(scope)
        parents = dict(zip(known["product_key"], known["parent"], strict=True))
        keys = [parents.get(key, key) for key in keys]
    spans: dict[str | None, tuple[date, date]] = {}
    for key, first, last in zip(keys, frame["first_day"], frame["last_day"], strict=True):
        earlier = spans.get(key, (first, last))
        spans[key] = (min(first, earlier[0]), max(last, earlier[1]))
    return spans


def _rows(scope: Scope, look: Look) -> dict[Any, Row]:
    if scope.start == scope.stop:
        return {}
    rows = products.ranking(scope, look).to_dict("records")
    return {(row["currency"], row["product"]): row for row in rows if row["product"] is not None}


def _about(key: Any, now: dict[Any, Row], then: dict[Any, Row]) -> Row:
    title = (now.get(key) or then[key])["title"]
    sold = now[key]["net_sales"] if key in now else Decimal(0)
    return {"currency": key[0], "product": key[1], "title": title, "net_sales": sold}


def _pace(now: Row | None, then: Row | None, days: tuple[int, int]) -> Row:
    """Units a day in the period and before it; None where there were no days, or too few, to tell."""
    units, before = (Decimal(row["units"]) if row else Decimal(0) for row in (now, then))
    pace = units / days[0] if days[0] else None
    former = before / days[1] if days[1] >= YOUNGEST.days else None
    left = None if pace is None or not former else pace / former
    missing = None if former is None else former * days[0] - units
    return {"units": units, "pace": pace, "former_pace": former, "pace_left": left, "units_missing": missing}


def _state(row: Row, since: date | None, limits: Limits) -> str:
    if since is not None and row["first_day"] is not None and row["first_day"] >= since:
        return "new"
    left, missing = row["pace_left"], row["units_missing"]
    if left is not None and left <= limits.fallen_to and missing + row["units"] >= LEAST_EXPECTED:
        return "fading"
    return "steady"


def _place(row: Row) -> tuple[Any, ...]:
    if row["state"] == "new":
        return (row["first_day"].toordinal(), 0)
    return (0, -(row["units_missing"] or 0))
