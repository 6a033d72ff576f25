"""What a digest says: the days' key figures as the cards of the app show them, what deserves attention, chosen results."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import findings, periods, results, sales, stores, wording
from analytics.ads import totals as ads
from analytics.metrics import METRICS
from analytics.profit import contribution
from analytics.reports import shown
from analytics.reports.digests import Digest
from analytics.reports.parts import Card, Cards, Chart, Column, Part, Table, View, Words
from analytics.scope import Scope

# rows of a result that a mail holds
MOST_ROWS = 200
CHART_DAYS = 28
NAMES = ("net_sales", "orders", "average_order_value", "reversals", "cm3", "ad_spend")
KINDS = {"money": "money", "percent": "percent", "count": "count", "ratio": "rate", "days": "days"}
FORMS = {"money": "%,.2f", "percent": "percent", "count": "localized", "rate": "%.2f", "days": "%.1f"}


@dataclass(frozen=True)
class Days:
    """The days a digest is of, and those they are compared with: the same weekdays a year earlier."""

    start: date
    stop: date

    def scope(self, digest: Digest) -> Scope:
        """These days of the digest's store in its currency."""
        return Scope(store=digest.store_id, start=self.start, stop=self.stop, currency=digest.currency or None)

    @property
    def year_ago(self) -> "Days":
        """52 weeks earlier."""
        return Days(self.start - periods.YEAR_OF_WEEKS, self.stop - periods.YEAR_OF_WEEKS)


def days(digest: Digest, period: date) -> Days:
    """The last complete day, or the week or month before the period that has begun."""
    if digest.every == "week":
        return Days(period - timedelta(days=7), period)
    if digest.every == "month":
        return Days((period - periods.DAY).replace(day=1), period)
    row = stores.among(digest.store_id).iloc[0]
    last = periods.last_complete_day(digest.time_zone, None if pd.isna(row["last_day"]) else row["last_day"])
    return Days(last, last + periods.DAY)


def of(digest: Digest, of_days: Days) -> View:
    """The digest of some days as a view of a report."""
    scope = of_days.scope(digest)
    parts: list[Part] = [Cards(_cards(digest, of_days)), Words("Worth your morning", "heading")]
    found = findings.of(scope.over(of_days.stop - periods.DAY, of_days.stop))
    parts += [Words(each.sentence) for each in found] or [Words("Nothing worth your morning.")]
    parts += _chart(scope)
    for name in digest.results:
        parts += [Words(name.replace(".", " ").replace("_", " ").capitalize(), "heading"), _table(name, scope)]
    said = f"{digest.store} · {wording.days(of_days.start, of_days.stop)} · refunds on the order date"
    last = of_days.stop - periods.DAY
    asked = [("day", last)] if digest.every == "day" else [("days", of_days.start), ("days", last)]
    return View(digest.name, said, tuple(parts), tuple((name, day.isoformat()) for name, day in asked))


def _cards(digest: Digest, of_days: Days) -> tuple[Card, ...]:
    now, before = _figures(of_days.scope(digest)), _figures(of_days.year_ago.scope(digest))
    return tuple(_card(name, now.get(name), before.get(name), digest.currency) for name in NAMES)


def _figures(scope: Scope) -> dict[str, Any]:
    """Every figure that is known of a scope, by its metric's name."""
    found: dict[str, Any] = {}
    for ask in (sales.summary, contribution.summary, ads.summary):
        rows = ask(scope)
        if "currency" in rows and scope.unit:
            rows = rows[rows["currency"] == scope.unit]
        if len(rows) == 1:
            found = dict(rows.iloc[0]) | found
    return found


def _card(name: str, value: Any, before: Any, currency: str) -> Card:
    about = METRICS[name]
    label = f"{about.label}, {currency}" if about.unit == "money" else about.label
    if value is None or pd.isna(value):
        return Card(label, wording.BLANK)
    change = periods.change(value, before)
    said = "" if change is None else wording.change(change)
    return Card(label, shown.number(Decimal(value), shown.card_form(about.unit, value)), said, "on last year")


def _chart(scope: Scope) -> list[Part]:
    """Net sales of the four weeks up to the last day."""
    stop = scope.stop or date.today()
    weeks = scope.over(stop - timedelta(days=CHART_DAYS), stop)
    rows = sales.daily(weeks)
    if rows.empty:
        return []
    label = f"{METRICS['net_sales'].label}, {scope.unit}"
    values = [{"day": f"{row['day']}", "amount": float(row["net_sales"])} for row in rows.to_dict("records")]
    spec = {
        "data": {"values": values},
        "mark": {"type": "line", "color": "#12908E", "strokeWidth": 2},
        "encoding": {
            "x": {"field": "day", "type": "temporal", "axis": {"title": None, "format": "%-d %b", "grid": False}},
            "y": {"field": "amount", "type": "quantitative", "axis": {"title": label, "format": "~s"}},
        },
    }
    heading = Words(f"**{label}, {wording.days(weeks.start, weeks.stop)}**")
    return [heading, Chart(spec, f"{label} by day")]


def _table(name: str, scope: Scope) -> Table:
    frame = results.run(name, scope, {}).head(MOST_ROWS).reset_index(drop=True)
    return Table(name, frame, tuple(_column(str(each), frame[each], scope.unit) for each in frame.columns))


def _column(name: str, values: "pd.Series[Any]", currency: str) -> Column:
    about = METRICS.get(name)
    if about is not None:
        kind = KINDS.get(about.unit, "text")
        return Column(name, f"{about.label}, {currency}" if kind == "money" else about.label, kind, FORMS.get(kind))
    label = name.replace("_", " ").capitalize()
    if all(isinstance(each, int | float | Decimal) and not isinstance(each, bool) for each in values.dropna()):
        return Column(name, label, "rate", "localized")
    return Column(name, label)
