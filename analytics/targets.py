"""Targets by month, and how much of one a day should have brought by the shop's own seasonal shape."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from analytics import actor, audit, db, grains, periods, sales, stores, wording
from analytics.errors import Refused
from analytics.metrics import METRICS
from analytics.scope import Scope
from analytics.settings import Settings

METRIC_NAMES = ("net_sales", "gross_sales", "total_sales", "collected", "orders", "units")
COLUMNS = ("month", "metric", "currency", "amount")
PROGRESS_COLUMNS = (
    "month", "metric", "currency", "target", "through", "due", "actual", "ahead", "done_share", "due_share", "shape",
)  # fmt: skip
WEEKS = 8
CENT = Decimal("0.01")
BY_LAST_YEAR = "as the same weekdays of last year's month"
BY_WEEKDAY = "as the weekdays of the eight weeks before"
EVENLY = "evenly, for want of earlier days"


@dataclass(frozen=True)
class Shape:
    """Each day's share of its month, exact: the shares add up to 1. `rule` says what they were taken from."""

    shares: dict[date, Fraction]
    rule: str


def of(scope: Scope) -> pd.DataFrame:
    """One row a target of the store, by month: COLUMNS, `month` its first day; of several stores their sums."""
    rows = db.read("stores/targets", store_ids=scope.params()["store_ids"])
    if scope.currency:
        rows = rows[rows["currency"] == scope.currency]
    return rows.groupby(["month", "metric", "currency"], as_index=False)["amount"].sum()[list(COLUMNS)]


def save(store: int, rows: list[dict[str, Any]]) -> None:
    """Keep these as all the targets of a store, in one transaction under its lock; its data version rises.

    A row has a `month` (any day of it), a `metric` of METRIC_NAMES, a `currency` and an `amount` above zero. Raises Refused
    naming the row that is incomplete, wrong, or there twice; then nothing is changed.
    """
    actor.require("edit")
    checked = [_checked(at, row) for at, row in enumerate(rows, start=1)]
    keys = [(row["month"], row["metric"], row["currency"]) for row in checked]
    twice = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
    if twice is not None:
        raise Refused(f"{METRICS[twice[1]].label} of {twice[0]:%B %Y} in {twice[2]} is there twice. Keep one of them.")
    with db.transaction(store) as cursor:
        db.run(cursor, "load/clear_targets", store_id=store)
        for row in checked:
            db.run(cursor, "load/add_target", store_id=store, **row)
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "edit", "targets", store, rows=len(checked))


def _checked(at: int, row: dict[str, Any]) -> dict[str, Any]:
    missing = [name for name in COLUMNS if row.get(name) is None or pd.isna(row[name])]
    if missing:
        raise Refused(f"Row {at} has no {' and no '.join(missing)}. Fill it in, or delete the row.")
    amount = Decimal(str(row["amount"]))
    if not amount.is_finite() or amount <= 0:
        raise Refused(f"Row {at}: a target is more than 0, not {row['amount']}.")
    if row["metric"] not in METRIC_NAMES:
        raise Refused(f"Row {at}: there are targets for {', '.join(METRIC_NAMES)}, not for {row['metric']}.")
    currency = str(row["currency"]).strip().upper()
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        raise Refused(f"Row {at}: {row['currency']} is not a currency. Write it in three letters, such as EUR.")
    month = date(row["month"].year, row["month"].month, 1)
    return {"month": month, "metric": row["metric"], "currency": currency, "amount": amount}


def shape(scope: Scope, month: date, metric: str) -> Shape:
    """How a month's target is spread over its days; the shares add up to exactly 1.

    1. As the metric was on the same weekdays a year earlier: day d by day d − 364, each as its share of their sum.
    2. Where the data do not reach back so far (or nothing was sold then): each day as the mean of its weekday over the
       last eight whole weeks before the month, or before the data's end for a month to come.
    3. Else each day the same.
    Days below zero count as zero. Filters of the scope do not count: a target is the whole store's.
    """
    first_day, last_day = _reach(scope)
    days = _days(month)
    if first_day is not None and last_day is not None:
        back = periods.YEAR_OF_WEEKS
        if first_day <= days[0] - back and last_day >= days[-1] - back:
            found = _sold(scope, days[0] - back, days[-1] - back + periods.DAY, metric)
            if any(found.values()):
                return Shape(_shares({day: found.get(day - back, Fraction(0)) for day in days}), BY_LAST_YEAR)
        stop = min(days[0], last_day + periods.DAY)
        start = stop - timedelta(weeks=WEEKS)
        if first_day <= start:
            by_weekday = [Fraction(0)] * 7
            for day, amount in _sold(scope, start, stop, metric).items():
                by_weekday[day.weekday()] += amount
            if any(by_weekday):
                return Shape(_shares({day: by_weekday[day.weekday()] for day in days}), BY_WEEKDAY)
    return Shape(_shares(dict.fromkeys(days, Fraction(1))), EVENLY)


def _shares(weights: dict[date, Fraction]) -> dict[date, Fraction]:
    whole = sum(weights.values(), start=Fraction(0))
    return {day: weight / whole for day, weight in weights.items()}


def _days(month: date) -> list[date]:
    length = (grains.next_first_day(month, "month") - month).days
    return [month + timedelta(days=each) for each in range(length)]


def _reach(scope: Scope) -> tuple[date | None, date | None]:
    """The first day of the store's data, and the last that is over; of several stores the widest reach."""
    chosen = stores.among(scope.stores)
    chosen = chosen[chosen["first_day"].notna()]
    if chosen.empty:
        return None, None
    zone = chosen["time_zone"].iloc[0] if len(set(chosen["time_zone"])) == 1 else None
    return min(chosen["first_day"]), periods.last_complete_day(zone, max(chosen["last_day"]))


def _sold(scope: Scope, start: date, stop: date, metric: str) -> dict[date, Fraction]:
    rows = sales.daily(_whole(scope).over(start, stop), "day")
    return {day: max(Fraction(amount), Fraction(0)) for day, amount in zip(rows["day"], rows[metric], strict=True)}


def _whole(scope: Scope) -> Scope:
    return Scope(scope.stores, scope.start, scope.stop, scope.basis, currency=scope.currency)


def by_day(scope: Scope, metric: str, first: date, last: date) -> dict[date, Decimal]:
    """What the targets ask of each day from `first` to `last`, of the months that have one; a month's days add up to it.

    Nothing where the scope is filtered or has no currency: a target is the whole store's.
    """
    if scope.channels or scope.countries or scope.categories or not scope.currency:
        return {}
    wanted = of(scope)
    parts: dict[date, Decimal] = {}
    for row in wanted[wanted["metric"] == metric].to_dict("records"):
        if first < grains.next_first_day(row["month"], "month") and row["month"] <= last:
            parts |= spread(row["amount"], shape(scope, row["month"], metric))
    return {day: part for day, part in parts.items() if first <= day <= last}


def spread(amount: Decimal, spread_as: Shape) -> dict[date, Decimal]:
    """A month's amount by day in cents, which add up to it: each day gets what the rounded sum up to it grows by."""
    parts, so_far, given = {}, Fraction(0), Decimal(0)
    for day, share in spread_as.shares.items():
        so_far += share
        reached = _rounded(Fraction(amount) * so_far) if so_far < 1 else amount
        parts[day], given = reached - given, reached
    return parts


def _rounded(amount: Fraction) -> Decimal:
    return Decimal(round(amount * 100)) * CENT


def progress(scope: Scope) -> pd.DataFrame:
    """One row a target of the months the scope touches: how far the month has come, and how far it should have.

    Columns: PROGRESS_COLUMNS. `actual` is what was reached from the month's first day through `through`, the last day of
    the month that is in the scope and over; `due` is the part of the target for those days; `ahead` is actual − due;
    `done_share` and `due_share` are actual and due ÷ target; `shape` says how the target was spread. No rows for a
    filtered scope.
    """
    empty = pd.DataFrame(columns=list(PROGRESS_COLUMNS), dtype=object)
    if scope.channels or scope.countries or scope.categories:
        return empty
    _, last_day = _reach(scope)
    limit = min([day for day in (last_day, scope.stop and scope.stop - periods.DAY) if day], default=None)
    if limit is None:
        return empty
    wanted = [row for row in of(scope).to_dict("records") if row["month"] <= limit]
    if scope.start is not None:
        begins = grains.first_day(scope.start, "month", Settings())
        wanted = [row for row in wanted if row["month"] >= begins]
    rows = [_progress(scope, row, limit) for row in wanted]
    return pd.DataFrame(rows, columns=list(PROGRESS_COLUMNS), dtype=object) if rows else empty


def _progress(scope: Scope, row: dict[Any, Any], limit: date) -> dict[str, Any]:
    month, metric = row["month"], row["metric"]
    through = min(limit, grains.next_first_day(month, "month") - periods.DAY)
    about = Scope(scope.stores, month, through + periods.DAY, scope.basis, currency=row["currency"])
    spread_as = shape(about, month, metric)
    due = sum((part for day, part in spread(row["amount"], spread_as).items() if day <= through), start=Decimal(0))
    found = sales.summary(about)
    actual = Decimal(found[metric].iloc[0]) if len(found) else Decimal(0)
    return {
        **{name: row[name] for name in ("month", "metric", "currency")},
        "target": row["amount"],
        "through": through,
        "due": due,
        "actual": actual,
        "ahead": actual - due,
        "done_share": actual / row["amount"],
        "due_share": due / row["amount"],
        "shape": spread_as.rule,
    }


def in_words(row: dict[Any, Any]) -> str:
    """A row of progress as a sentence."""
    about = METRICS[row["metric"]]
    amounts = {name: f"{row[name]:,.0f}" for name in ("actual", "due", "target")}
    unit = f" {row['currency']}" if about.unit == "money" else ""
    ahead = row["ahead"]
    where = "as much as" if not ahead else f"{abs(ahead):,.0f}{unit} {'more' if ahead > 0 else 'less'} than"
    return (
        f"{about.label} of {row['month']:%B %Y} through {row['through'].day} {row['through']:%b}: {amounts['actual']}{unit}, "
        f"{where} the {amounts['due']}{unit} due by then ({wording.percent(row['done_share'])} of the target of "
        f"{amounts['target']}{unit}; {wording.percent(row['due_share'])} due, spread {row['shape']})."
    )
