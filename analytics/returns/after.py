"""Net sales over time after the returns that are still expected, beside net sales as they stand and never in them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import grains, settings
from analytics.errors import Refused
from analytics.returns import expected
from analytics.scope import Scope


def by_period(scope: Scope, grain: str = "day", last_day: date | None = None) -> pd.DataFrame:
    """One row a currency and period of orders, up to a last day, of which returns are still expected: day (the period's first),
    currency, value_to_come. No rows where refunds count on their own day, or too little is known."""
    names = ["day", "currency", "value_to_come"]
    stop = min(each for each in (scope.stop, last_day and last_day + timedelta(days=1), date.max) if each is not None)
    try:
        rows = expected.by_day(scope.over(scope.start, stop)) if scope.basis == "order_date" else None
    except Refused:
        rows = None
    if rows is None or rows.empty:
        return pd.DataFrame(columns=names, dtype=object)
    run = settings.of(scope.stores)
    first = [grains.first_day(day, grain, run) for day in rows["day"]]
    return rows.assign(day=first).groupby(["day", "currency"], as_index=False)["value_to_come"].sum()[names]


def beside(frame: pd.DataFrame, to_come: pd.DataFrame) -> pd.DataFrame:
    """Periods of net sales (`day`, `amount`) with `after`, what they are after expected returns; None where none are expected."""
    known: dict[Any, Decimal] = dict(zip(to_come["day"], to_come["value_to_come"], strict=True))
    after = [
        amount - known[day] if day in known else None for day, amount in zip(frame["day"], frame["amount"], strict=True)
    ]
    return frame.assign(after=pd.Series(after, index=frame.index, dtype=object))
