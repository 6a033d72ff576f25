"""Customers: who bought in the days asked for, who of them for the first time, and how far that can be known."""

from datetime import date
from typing import Any

import pandas as pd

from analytics import db, imports, periods, sales, wording
from analytics.scope import Scope

COLUMNS = (
    "currency", "customers", "new_customers", "returning_customers", "customers_of_several", "repeat_customers",
    "returning_customer_rate", "repeat_purchase_rate", "unknown_orders", "history_starts_on", "is_trusted",
)  # fmt: skip


def of_period(scope: Scope) -> pd.DataFrame:
    """One row a currency: the customers of the scope, new and returning ones. Columns: COLUMNS; the rates are shares.

    `is_trusted` says whether a first order in the data is a first order: 12 months of history precede the days, or a
    customers export tells how many orders each of them placed ever. `history_starts_on` is the day of the first order in
    the data. Orders of unknown people are counted in `unknown_orders` alone. No orders give no row.
    """
    frame = read(scope, "customers", 0)
    rates = {
        "returning_customer_rate": sales.ratios(frame["customers_of_several"], frame["customers"]),
        "repeat_purchase_rate": sales.ratios(frame["repeat_customers"], frame["customers"]),
    }
    trusted = [
        _has_a_year(row["history_starts_on"], scope.start) or row["told_customers"] == row["customers"] > 0
        for row in frame.to_dict("records")
    ]
    return frame.assign(**rates, is_trusted=pd.Series(trusted, dtype=object))[list(COLUMNS)]


def read(scope: Scope, metric: str, most: int | None) -> pd.DataFrame:
    """The customers whom a metric counts: a row with the counts, marked is_total, then at most so many (None: all)."""
    return db.read("customers/of_period", **params(scope, metric, most))


def params(scope: Scope, metric: str, most: int | None) -> dict[str, Any]:
    """What the query of the customers takes."""
    asked = {name: value for name, value in scope.params().items() if name != "basis"}
    files = {"orders": imports.formats_of("orders"), "people": imports.formats_of("customers")}
    return {**asked, **files, "metric": metric, "most": most}


def caution(row: "pd.Series[Any]") -> str | None:
    """The sentence that belongs beside new customers where earlier orders may be missing; None where they are known."""
    if row["is_trusted"]:
        return None
    return (
        f"History starts on {wording.day(row['history_starts_on'])}, less than 12 months before these days: who looks new may "
        "have bought before. Older orders, or a customers export with lifetime orders, settle it."
    )


def _has_a_year(history_starts_on: date, start: date | None) -> bool:
    return start is not None and history_starts_on <= periods.year_before(start)
