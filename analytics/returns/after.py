"""Net sales over time after the returns that are still expected, beside net sales as they stand and never in them."""

from datetime import date
from decimal import Decimal

import pandas as pd

from analytics import grains, settings
from analytics.returns import expected
from analytics.returns.outstanding import PARTS, Outstanding
from analytics.scope import Scope


def by_period(
    scope: Scope, told: list[Outstanding], grain: str = "day", last_day: date | None = None
) -> dict[date, Decimal]:
    """What is expected back of the orders of each period (by its first day), of those days up to a last one, in the scope's
    currency or the first one. Empty where refunds count on their own day."""
    known = [each for each in told if scope.unit in ("", each.currency)]
    if scope.basis != "order_date" or not known:
        return {}
    run, sums = settings.of(scope.stores), dict[date, Decimal]()
    for day, amount in expected.asked(scope, known[0].days)[["day", "to_come"]].itertuples(index=False):
        if amount and (last_day is None or day <= last_day):
            first = grains.first_day(day, grain, run)
            sums[first] = sums.get(first, Decimal(0)) + Decimal(int(amount)) / PARTS
    return sums


def beside(frame: pd.DataFrame, to_come: dict[date, Decimal]) -> pd.DataFrame:
    """Periods of net sales (`day`, `amount`) with `after`, what they are after expected returns; None where none are expected."""
    after = [
        amount - to_come[day] if day in to_come else None
        for day, amount in zip(frame["day"], frame["amount"], strict=True)
    ]
    return frame.assign(after=pd.Series(after, index=frame.index, dtype=object))
