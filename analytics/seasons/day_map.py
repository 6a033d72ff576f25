"""Every day of every year with what was sold on it, its holidays, and the days without anything."""

from datetime import date
from typing import Any

import pandas as pd

from analytics import sales, wording
from analytics.product_rows import framed
from analytics.scope import Scope
from analytics.seasons import occasions
from analytics.seasons.days import DAY
from analytics.stock import velocity

COLUMNS = (
    "day", "year", "month", "day_of_month", "iso_year", "iso_week", "weekday", "net_sales", "units", "orders", "currency", "holiday",
    "is_gap",
)  # fmt: skip


def of(scope: Scope) -> pd.DataFrame:
    """One row a day of orders (and currency): COLUMNS, with net sales by the scope's clock to the cent.

    `weekday` is 1 for Monday; `iso_year` and `iso_week` are those of the week that the day lies in. `holiday` names the holidays and
    events of the day, None without one. `is_gap`: nothing was ordered on it.
    """
    first, last = velocity.data_days(scope)
    if first is None or last is None:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    first = max(first, scope.start or first)
    found = sales.daily(scope.over(first, last + DAY))
    named: dict[date, list[str]] = {}
    for each in occasions.of(scope, first, last):
        day = each.first
        while day <= each.last:
            named.setdefault(day, []).append(each.name)
            day += DAY
    return framed([_row(row, named) for row in found.to_dict("records")], COLUMNS)


def _row(row: dict[Any, Any], named: dict[date, list[str]]) -> dict[str, Any]:
    day = row["day"]
    iso = day.isocalendar()
    return {name: row[name] for name in ("day", "net_sales", "units", "orders", "currency")} | {
        "year": day.year, "month": day.month, "day_of_month": day.day, "iso_year": iso.year, "iso_week": iso.week,
        "weekday": iso.weekday, "holiday": ", ".join(dict.fromkeys(named.get(day, []))) or None, "is_gap": not row["orders"],
    }  # fmt: skip


def strong(rows: pd.DataFrame, measure: str) -> float:
    """What is drawn in full strength: one day of fifty sells more, so that a single order does not make all others pale."""
    values = pd.to_numeric(rows[measure]).astype(float)
    return max(float(values.quantile(0.98)), 1.0)


def in_words(rows: pd.DataFrame, measure: str, currency: str) -> str:
    """The best day, in a sentence."""
    if rows.empty:
        return "No day of orders is known"
    best = max(rows.to_dict("records"), key=lambda row: row[measure])
    said = (
        wording.money(best[measure], currency) if measure == "net_sales" else wording.count(int(best[measure]), "unit")
    )
    on = f" ({best['holiday']})" if best["holiday"] else ""
    return f"The best day was {wording.day(best['day'])}{on}: {said}"
