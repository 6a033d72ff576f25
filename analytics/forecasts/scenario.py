"""What if: the stored forecast of a series at another growth, price or with a promotion; nothing of it is kept."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import wording
from analytics.errors import Refused
from analytics.forecasts import effects, stored
from analytics.forecasts.effects import Effect, Values
from analytics.prices import costs
from analytics.product_rows import framed
from analytics.scope import Scope

STEPS = (
    "day", "units", "units_low", "units_high", "changed_units", "changed_units_low", "changed_units_high", "net_sales",
    "net_sales_low", "net_sales_high", "changed_net_sales", "changed_net_sales_low", "changed_net_sales_high",
)  # fmt: skip
SUMS = (
    "number", "now", "now_low", "now_high", "changed", "changed_low", "changed_high", "difference", "change",
)  # fmt: skip
WEEKS = 13
METHOD = (
    "A plan multiplies the stored forecast and is kept nowhere but in the address. Another price: units follow the elasticity of Prices › "
    "Elasticity. A promotion: units rise as they did in that one, and four weeks after it miss what was only bought earlier. Several at "
    "once multiply. The interval joins what the forecast and what the effects are not sure of; growth is taken as certain."
)
Row = dict[str, Any]
Rows = dict[str, Values]


@dataclass(frozen=True)
class Plan:
    """What is asked: of the store, a category or a product (`key`), over so many weeks; growth and price as shares of today's, and
    the name of a promotion of the past with the week (1 is the next one) in which its like begins."""

    level: str = "store"
    key: str = ""
    weeks: int = WEEKS
    growth: Decimal = Decimal(0)
    price: Decimal = Decimal(0)
    promotion: str = ""
    first_week: int = 1

    def __post_init__(self) -> None:
        if self.level not in effects.LEVELS:
            raise ValueError(f"level is one of {', '.join(effects.LEVELS)}, not {self.level!r}")
        if self.weeks < 1 or self.first_week < 1:
            raise ValueError("weeks and the first week of a promotion are counted from 1")


def of(scope: Scope, plan: Plan) -> pd.DataFrame:
    """One row a week of the forecast: as it stands and as planned, with 80 % intervals. Columns: STEPS, amounts in the scope's currency.

    Units and net sales are the stored forecasts times the plan's effects (see effects.py); what the forecast and the effects are not
    sure of has nothing to do with each other, so their intervals are joined as roots of squares. Net sales of a product are its units
    at what a piece brought lately. What is not forecast is None. Raises Refused where an effect cannot be told, or nothing is forecast.
    """
    rows, effect = _made(scope, plan)
    columns: Rows = {}
    for measure, factor in (("units", effect.units), ("net_sales", effect.net_sales)):
        if measure not in rows:
            continue
        base = rows[measure]
        middle, low, high = (base[name].to_numpy(dtype=float) for name in ("forecast", "lo_80", "hi_80"))
        planned = _banded((middle, low, high), factor, effect)
        for name, values in zip(("", "_low", "_high"), (middle, low, high), strict=True):
            columns[f"{measure}{name}"] = values
        for name, values in zip(("", "_low", "_high"), planned, strict=True):
            columns[f"changed_{measure}{name}"] = values
    days = list(next(iter(rows.values()))["day"])
    made = [{"day": day} | {name: _number(each[at]) for name, each in columns.items()} for at, day in enumerate(days)]
    return framed(made, STEPS)


def summed(scope: Scope, plan: Plan) -> pd.DataFrame:
    """One row each for units, net sales and the stock that is enough in nine of ten cases (`stock_needed`), over all the plan's
    weeks: as forecast, as planned, and the difference. Columns: SUMS. Bounds are those of the sums, not sums of bounds."""
    rows, effect = _made(scope, plan)
    found: list[Row] = []
    for measure, factor in (("units", effect.units), ("net_sales", effect.net_sales)):
        if measure not in rows:
            continue
        base = rows[measure]
        now = float(base["forecast"].astype(float).sum())
        low, high = (float(base[name].iloc[-1]) for name in ("sum_lo_80", "sum_hi_80"))
        by_week = base["forecast"].to_numpy(dtype=float) * factor
        whole = _of_sum(by_week, effect)
        changed = _banded(
            (np.array([now]), np.array([low]), np.array([high])), np.array([_share(by_week.sum(), now)]), whole
        )
        found.append(_row(measure, (now, low, high), tuple(float(each[0]) for each in changed)))
        if measure == "units":
            found.append(_row("stock_needed", (high, None, None), (float(changed[2][0]), None, None)))
    return framed(found, SUMS)


def _made(scope: Scope, plan: Plan) -> tuple[dict[str, pd.DataFrame], Effect]:
    rows = _base(scope, plan)
    steps = len(next(iter(rows.values())))
    return rows, _effect(scope, plan, steps)


def _base(scope: Scope, plan: Plan) -> dict[str, pd.DataFrame]:
    """The stored steps of units and of net sales, as far as the weeks asked for reach."""
    found = {}
    for measure in ("units",) if plan.level == "product" else ("units", "net_sales"):
        rows = stored.steps(scope, measure, plan.level, "week", plan.key)
        if rows[["store_id", "currency"]].drop_duplicates().shape[0] > 1:
            raise Refused("Stores and currencies are planned one by one. Choose one store, and one currency.")
        if len(rows):
            found[measure] = rows.head(plan.weeks).reset_index(drop=True)
    if not found:
        raise Refused("Nothing of it is forecast yet. Forecasts › Forecast shows what is, and starts a run.")
    if plan.level == "product":
        now = costs.now(scope.over(None, None)).get(effects.parent(scope, plan.key))
        if now is not None and scope.unit in ("", now.currency):
            found["net_sales"] = _worth(found["units"], now.price)
    return found


def _worth(units: pd.DataFrame, price: Decimal) -> pd.DataFrame:
    names = [name for name in ("forecast", "lo_80", "hi_80", "sum_lo_80", "sum_hi_80") if name in units]
    return units.assign(**{name: units[name].astype(float) * float(price) for name in names})


def _effect(scope: Scope, plan: Plan, steps: int) -> Effect:
    whole = scope.over(None, None)
    effect = effects.none(steps)
    if plan.growth:
        effect = effect.with_another(effects.growth(plan.growth, steps))
    if plan.price:
        effect = effect.with_another(effects.price(whole, plan.level, plan.key, plan.price, steps))
    if plan.promotion:
        known = effects.known_promotions(whole, plan.level, plan.key)
        chosen = known[known["promotion"] == plan.promotion]
        if chosen.empty:
            named = wording.listed(list(known["promotion"].head(3))) if len(known) else "none"
            raise Refused(
                f"No promotion called {plan.promotion} can be told of these goods. Those that can: {named}. Prices › Promotions "
                "shows all of them, and why some cannot be told."
            )
        row = dict(chosen.iloc[0])
        shares = tuple(_share_of(scope, plan, row, (measure, steps)) for measure in ("units", "net_sales"))
        effect = effect.with_another(effects.promotion(row, plan.first_week - 1, steps, (shares[0], shares[1])))
    return effect


def _share_of(scope: Scope, plan: Plan, row: Row, of: tuple[str, int]) -> Values | float:
    """The part of each step of a measure of the store that is of a promotion's categories; all of a category's or a product's."""
    measure, steps = of
    if plan.level != "store" or row["categories"] == "all":
        return 1.0
    whole = stored.steps(scope, measure, "store", "week", "")["forecast"].to_numpy(dtype=float)[:steps]
    if len(whole) < steps:
        return 1.0
    inside = np.zeros(steps)
    for category in row["categories"].split(", "):
        key = "" if category == effects.UNKNOWN else category
        part = stored.steps(scope, measure, "category", "week", key)
        if len(part):
            inside += part["forecast"].to_numpy(dtype=float)[:steps]
    return np.asarray(np.where(whole > 0, inside / np.where(whole > 0, whole, 1.0), 0.0))


def _banded(base: tuple[Values, Values, Values], factor: Values, effect: Effect) -> tuple[Values, Values, Values]:
    """A forecast with its bounds times a factor: the reach of its interval, as a share, joined with the effect's."""
    middle, low, high = base
    with np.errstate(invalid="ignore", divide="ignore"):
        down, up = (
            np.where(middle > 0, np.abs(each - middle) / np.where(middle > 0, middle, 1), 0.0) for each in (low, high)
        )
    planned = middle * factor
    lowest = np.maximum(planned * (1 - np.hypot(down, effect.down)), 0.0)
    return planned, lowest, planned * (1 + np.hypot(up, effect.up))


def _of_sum(by_week: Values, effect: Effect) -> Effect:
    """What an effect is not sure of, of the sum of all steps: it is not sure of all of them together."""
    total = by_week.sum()
    reach = [float((by_week * each).sum() / total) if total else 0.0 for each in (effect.down, effect.up)]
    one = np.ones(1)
    return Effect(one, one, one * reach[0], one * reach[1])


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _row(number: str, now: tuple[float | None, ...], changed: tuple[float | None, ...]) -> Row:
    row: Row = {"number": number}
    for name, values in (("now", now), ("changed", changed)):
        row |= dict(zip((name, f"{name}_low", f"{name}_high"), map(_number, values), strict=True))
    row["difference"] = row["changed"] - row["now"]
    row["change"] = round(row["difference"] / row["now"], 6) if row["now"] else None
    return row


def _number(value: Any) -> Decimal | None:
    return None if value is None else round(Decimal(repr(float(value))), 4)


def in_words(rows: pd.DataFrame, plan: Plan, currency: str) -> str:
    """What the plan does, from the rows of `summed`, in a sentence."""
    known = {row["number"]: row for row in rows.to_dict("records")}
    weeks = wording.count(plan.weeks, "week")
    if not (plan.growth or plan.price or plan.promotion):
        return (
            f"Nothing is changed yet: choose growth, a price or a promotion above. The next {weeks} stand as forecast"
        )
    said = []
    if "units" in known:
        said.append(f"{known['units']['changed']:,.0f} pieces instead of {known['units']['now']:,.0f}")
    if "net_sales" in known:
        sales = known["net_sales"]
        side = "more" if sales["difference"] >= 0 else "less"
        said.append(f"{wording.money(abs(sales['difference']), currency)} {side} net sales")
    return f"The next {weeks}: {', '.join(said)}"


def answer(
    scope: Scope, level: str = "store", key: str = "", growth: str = "0", price: str = "0", promotion: str = ""
) -> pd.DataFrame:
    """`summed` as the command line asks for it: growth and price in percent, such as --growth 10 --price -5."""
    return summed(scope, Plan(level, key, WEEKS, _percent("growth", growth), _percent("price", price), promotion))


def _percent(name: str, value: Any) -> Decimal:
    try:
        share = Decimal(str(value).replace("−", "-").rstrip(" %")) / 100
    except ArithmeticError:
        raise ValueError(f"{name} is a percentage such as 10 or -5, not {value!r}") from None
    if not -1 < share <= 10:
        raise ValueError(f"{name} is above -100 and at most 1000 percent, not {value!r}")
    return share
