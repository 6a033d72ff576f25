"""Agreement with the platform: our totals beside its report, day by day, and which orders make a difference."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import causes, db, imports, sales, stores, wording
from analytics.compared import Cause, Near, prepared
from analytics.errors import Refused
from analytics.scope import Scope

TOTALS_COLUMNS = (
    "store", "day", "metric", "currency", "ours", "platform", "difference", "report_as_of", "orders_as_of",
)  # fmt: skip
DIFFERENCE_COLUMNS = (
    "store",
    "day",
    "currency",
    "metric",
    "ours",
    "platform",
    "difference",
    "explained",
    "reason",
    "orders",
)
# What a day's difference is called by, where the report prints several: the sum of all of them first.
LEADING = ("total_sales", "net_sales", "gross_sales", "orders")
ORDERED = (
    "total_sales",
    "orders",
    "gross_sales",
    "discounts",
    "reversals",
    "net_sales",
    "shipping",
    "tax",
    "duties",
    "fees",
)
MOST_EXPLAINED = 60


@dataclass(frozen=True)
class Agreement:
    """How many days were compared, on how many every total is the same, how many lie outside the files with orders."""

    compared: int
    same: int
    outside: int

    @property
    def headline(self) -> str:
        """“0.00 apart on 364 of 365 days”."""
        if not self.compared:
            return "No day can be compared yet"
        if self.same == self.compared:
            return f"0.00 apart on {'the one day' if self.compared == 1 else f'all {self.compared:,} days'}"
        return f"0.00 apart on {self.same:,} of {wording.count(self.compared, 'day')}"


@dataclass(frozen=True)
class Day:
    """A day of one store: the totals that its report prints, why they differ, and the orders that make up ours."""

    totals: pd.DataFrame
    causes: list[Cause]
    orders: pd.DataFrame

    @property
    def is_explained(self) -> bool:
        """Whether the causes marked exact make up the whole difference."""
        return any(cause.is_exact for cause in self.causes)


def totals(scope: Scope) -> pd.DataFrame:
    """Our totals beside the platform's, one row a store, day and metric of its report. Columns: TOTALS_COLUMNS.

    Always on the platform's clock, which counts a reversal on its own day. report_as_of is the day the report is from,
    orders_as_of that of the newest orders file that holds the day (None: no file does).
    """
    chosen = stores.among(scope.stores)
    formats = {"orders": imports.formats_of("orders"), "reports": imports.formats_of("control totals")}
    ages = db.read("agreement/reports", **formats, **_asked(scope, "store_ids", "start", "stop"))
    found = [
        sales.control(replace(scope, store=int(number))).assign(store_id=number, store=name)
        for number, name in zip(chosen["store_id"], chosen["name"], strict=True)
    ]
    with_rows = [frame for frame in found if len(frame)]
    if not with_rows:
        return pd.DataFrame(columns=list(TOTALS_COLUMNS), dtype=object)
    whole = pd.concat(with_rows, ignore_index=True).merge(ages, on=["store_id", "day"], how="left")
    whole["orders_as_of"] = whole["orders_as_of"].astype(object).where(whole["orders_as_of"].notna(), None)
    return whole[list(TOTALS_COLUMNS)]


def summary(found: pd.DataFrame) -> Agreement:
    """What `totals` come to. A day without orders files counts as outside only if it differs: a day may have no orders."""
    if found.empty:
        return Agreement(0, 0, 0)
    days = found.assign(
        is_same=[not each for each in found["difference"]],
        is_outside=[each is None for each in found["orders_as_of"]],
    )
    by_day = days.groupby(["store", "day", "currency"]).agg({"is_same": "all", "is_outside": "any"})
    outside = int((by_day["is_outside"] & ~by_day["is_same"]).sum())
    return Agreement(len(by_day) - outside, int(by_day["is_same"].sum()), outside)


def leading_metric(found: pd.DataFrame) -> str:
    """The metric of a report that says most: total sales, else net sales, else gross sales, else what there is."""
    there = set(found["metric"])
    return next((name for name in LEADING if name in there), min(there, default=LEADING[0]))


def metrics(found: pd.DataFrame) -> list[str]:
    """The totals that the report prints, in the order in which they are added up."""
    there = set(found["metric"])
    return [name for name in ORDERED if name in there] + sorted(there - set(ORDERED))


def by_day(found: pd.DataFrame, metric: str | None = None) -> pd.DataFrame:
    """One row a store and day: a metric's row (the leading one's unless told), `differing` (how many totals of the day
    differ), the furthest apart first."""
    if found.empty:
        return found.assign(differing=None)
    keys = ["store", "day", "currency"]
    differing = found.assign(differing=[int(bool(each)) for each in found["difference"]])
    counted = differing.groupby(keys, as_index=False)["differing"].sum()
    leading = found[found["metric"] == (metric or leading_metric(found))]
    rows = leading.merge(counted, on=keys)
    order = sorted(
        rows.index, key=lambda at: (-abs(rows.at[at, "difference"]), -rows.at[at, "differing"], rows.at[at, "day"])
    )
    return rows.loc[order].reset_index(drop=True)


def of_day(scope: Scope, day: date) -> Day:
    """One day of one store in one currency, taken apart. Raises Refused if no store is chosen."""
    if scope.only_store is None:
        raise Refused("Choose one store: a day is compared with that store's report.")
    asked = scope.over(day - timedelta(days=1), day + timedelta(days=2))
    around = totals(asked)
    start, stop = day - causes.MARGIN, day + causes.MARGIN + timedelta(days=1)
    shop = _asked(scope, "store_id")
    near = Near(
        day,
        around,
        prepared(db.read("agreement/entries", start=start, stop=stop, **shop)),
        prepared(db.read("agreement/left_out", day=day, **shop)),
        sales.unreconciled(scope.over(day, day + timedelta(days=1))),
        db.read("agreement/order_totals", day=day, **shop),
    )
    found = causes.find(near, lambda amount: _undated(scope, day, amount))
    of_this = around[around["day"] == day].reset_index(drop=True)
    return Day(of_this, found, causes.orders(near, found))


def differences(scope: Scope) -> pd.DataFrame:
    """One row a store, day and metric that differs, with the reason and the orders named. Columns: DIFFERENCE_COLUMNS.

    `explained` says whether the reason makes up the whole difference. Days beyond the first 60 have no reason.
    """
    found = totals(scope)
    apart = found.loc[[bool(each) for each in found["difference"]]] if len(found) else found
    rows: list[dict[str, Any]] = []
    known = dict(zip(*(stores.all_stores()[name] for name in ("name", "store_id")), strict=True))
    for number, ((store, day, currency), of_day_) in enumerate(apart.groupby(["store", "day", "currency"], sort=True)):
        said: dict[str, Any] = {"explained": None, "reason": None, "orders": None}
        if number < MOST_EXPLAINED:
            seen = of_day(replace(scope, store=int(known[store]), currency=currency), day)
            said = _in_short(seen)
        rows += [row | said for row in of_day_.to_dict("records")]
    return pd.DataFrame(rows, columns=list(DIFFERENCE_COLUMNS), dtype=object)


def line(found: pd.DataFrame) -> str | None:
    """One sentence on how the numbers agree with the platform's report; None without a report."""
    if found.empty:
        return None
    made = summary(found)
    if not made.compared:
        return "The platform's report covers none of the days that the orders do."
    sentence = f"Your numbers and the platform's report are {made.headline}"
    if made.outside:
        sentence += f"; {wording.count(made.outside, 'more day')} of the report {_lie(made.outside)} outside the orders imported"
    return f"{sentence}."


def _lie(days: int) -> str:
    return "lies" if days == 1 else "lie"


def _in_short(seen: Day) -> dict[str, Any]:
    named = [cause for cause in seen.causes if cause.is_exact] or seen.causes
    orders = dict.fromkeys(order for cause in named for order in cause.orders)
    return {
        "explained": seen.is_explained,
        "reason": " ".join(cause.sentence for cause in named) or None,
        "orders": ", ".join(orders) or None,
    }


def _undated(scope: Scope, day: date, amount: Decimal) -> pd.DataFrame:
    return db.read("agreement/undated", day=day, amount=amount, **_asked(scope, "store_id"))


def _asked(scope: Scope, *names: str) -> dict[str, Any]:
    params = scope.params() | {"store_id": scope.only_store}
    return {name: params[name] for name in {"currency", *names}}
