"""What this month's net sales will come to: what was sold so far, and what is forecast of the days that are left."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import grains, periods, sales, stores, targets
from analytics.forecasts import runs, stored
from analytics.scope import Scope
from analytics.settings import Settings

COLUMNS = (
    "month", "currency", "through", "so_far", "rest", "projected", "lo_80", "hi_80", "target", "due", "said_on", "why",
)  # fmt: skip
CENT = Decimal("0.01")
OLDEST = timedelta(days=14)
NONE_YET = "Nothing is forecast yet."
TOO_OLD = (
    "The forecasts are of {day:%d %B}, too old to say what this month comes to. They are made anew in the background."
)
FILTERED = (
    "Net sales are forecast by the day for the shop, its channels and its categories, not for this choice of filters."
)
NO_SERIES = "There is no forecast of net sales in {currency}."
CONVERTED = "Forecasts are in the currency of the sales, and are not converted."


@dataclass(frozen=True)
class Rest:
    """What is forecast of the days that are left, and how far it may be off."""

    mean: float
    below: float
    above: float


def month_end(scope: Scope) -> pd.DataFrame:
    """One row a currency that was sold in this month or is forecast: COLUMNS. Money is exact Decimal.

    The month is that of the last day that is over (`through`); `so_far` are its net sales up to then on the scope's clock,
    `rest` what the forecast (of orders by their day, as of `said_on`) says of the days after it, `projected` both. lo_80 and
    hi_80 bound the whole month four times of five: by the errors of a sum of so many days, of several stores or channels added
    up, as if they were off together. Days that came since the forecast was made count as they came. `target` and `due` are
    those of the month, if there are any. Where nothing can be said, rest and the three after it are None and `why` says why."""
    through = _through(scope)
    if through is None:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    month = through.replace(day=1)
    last = grains.next_first_day(month, "month") - periods.DAY
    found = sales.summary(scope.over(month, through + periods.DAY))
    so_far = {row["currency"]: row["net_sales"] for row in found.to_dict("records")}
    steps, why = _steps(scope, through, last)
    currencies = sorted({*so_far, *(steps["currency"] if why is None else ())})
    aims = _targets(scope, month, through)
    rows = []
    for currency in currencies:
        own = steps[steps["currency"] == currency] if why is None else steps
        rows.append(
            {"month": month, "currency": currency, "through": through}
            | _projected(so_far.get(currency, Decimal(0)), own, (through, last), why)
            | aims.get(currency, {"target": None, "due": None})
        )
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _through(scope: Scope) -> date | None:
    """The last day of the stores that is over."""
    days = [
        periods.last_complete_day(row["time_zone"], row["last_day"])
        for row in stores.among(scope.stores).to_dict("records")
        if row["last_day"] is not None and row["last_day"] == row["last_day"]
    ]
    return max(days, default=None)


def _steps(scope: Scope, through: date, last: date) -> tuple[pd.DataFrame, str | None]:
    """The daily steps that are to be summed, or why there are none."""
    nothing = pd.DataFrame(columns=[*stored.STEP_COLUMNS, "as_of"], dtype=object)
    if scope.into:
        return nothing, CONVERTED
    if scope.countries or (scope.channels and scope.categories):
        return nothing, FILTERED
    level = "channel" if scope.channels else "category" if scope.categories else "store"
    said = runs.of_stores(scope)
    if len(said) < len(_with_orders(scope)):
        return nothing, NONE_YET
    oldest = min(run.as_of for run in said)
    if through - oldest > OLDEST:
        return nothing, TOO_OLD.format(day=oldest)
    found = stored.steps(replace(scope, start=None, stop=None), "net_sales", level, "day")
    as_of = {run.store: run.as_of for run in said}
    return found.assign(as_of=found["store_id"].map(as_of)), None


def _with_orders(scope: Scope) -> list[int]:
    found = stores.among(scope.stores)
    return list(found.loc[found["last_day"].notna(), "store_id"])


def _projected(so_far: Decimal, steps: pd.DataFrame, days: tuple[date, date], why: str | None) -> dict[str, Any]:
    through, last = days
    if why is None and steps.empty and last > through:
        why = NO_SERIES
    if why is not None:
        names = ("rest", "projected", "lo_80", "hi_80", "said_on")
        return {"so_far": so_far, **dict.fromkeys(names), "why": why}
    parts = [_rest(own, through, last) for _, own in steps.groupby(["store_id", "series_key"])]
    mean, below, above = (sum(getattr(each, name) for each in parts) for name in ("mean", "below", "above"))
    rest = _money(mean)
    return {
        "so_far": so_far,
        "rest": rest,
        "projected": so_far + rest,
        "lo_80": so_far + _money(max(mean - below, 0.0)),
        "hi_80": so_far + _money(mean + above),
        "said_on": steps["as_of"].min() if len(steps) else None,
        "why": None,
    }


def _rest(steps: pd.DataFrame, through: date, last: date) -> Rest:
    """What one series will bring after `through` up to `last`: as sure as a sum of so many days is from the first one on."""
    own = steps.sort_values("day").reset_index(drop=True)
    left = own[(own["day"] > through) & (own["day"] <= last)]
    if left.empty:
        return Rest(0.0, 0.0, 0.0)
    sure = own.iloc[len(left) - 1]
    return Rest(
        float(left["forecast"].sum()), float(sure["sum"] - sure["sum_lo_80"]), float(sure["sum_hi_80"] - sure["sum"])
    )


def _money(amount: float) -> Decimal:
    return Decimal(repr(amount)).quantize(CENT)


def _targets(scope: Scope, month: date, through: date) -> dict[str, dict[str, Any]]:
    """The month's target of net sales by currency, and what of it is due; none where something is filtered."""
    rows = targets.progress(scope.over(grains.first_day(month, "month", Settings()), through + periods.DAY))
    own = rows[(rows["metric"] == "net_sales") & (rows["month"] == month)]
    return {row["currency"]: {"target": row["target"], "due": row["due"]} for row in own.to_dict("records")}
