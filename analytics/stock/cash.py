"""What purchase orders still cost, week by week: deposits, balances, and when the goods land. Currencies stand apart."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics.scope import Scope
from analytics.stock import purchase_orders

WEEKS = 13
WEEK = timedelta(days=7)
PAYMENTS = ("order_no", "supplier", "status", "kind", "due_on", "due_basis", "amount", "currency")
CALENDAR = (
    "currency", "week", "label", "deposits", "balances", "payments_due", "running_payments", "landing_orders", "landing_units",
    "landing_value",
)  # fmt: skip
STATED, ON_ORDER, ON_LANDING = "stated", "the day of the order", "when it lands"
Row = dict[Any, Any]


def calendar(scope: Scope) -> pd.DataFrame:
    """One row a currency and week, the next WEEKS of them from the scope's end (or today) on; see `by_week`."""
    parts = _parts(scope)
    return by_week(payments(*parts), parts[2], parts[3])


def upcoming(scope: Scope) -> pd.DataFrame:
    """The payments of those weeks, one row each, the next one first. Columns: PAYMENTS."""
    parts = _parts(scope)
    found, day = payments(*parts), parts[3]
    stop = _monday(day) + WEEKS * WEEK
    return found.loc[[day <= due < stop for due in found["due_on"]]].reset_index(drop=True)


def _parts(scope: Scope) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, date]:
    day = purchase_orders.day_of(scope)
    return purchase_orders.orders(scope), purchase_orders.lines(scope), purchase_orders.incoming(scope), day


def payments(orders: pd.DataFrame, lines: pd.DataFrame, incoming: pd.DataFrame, day: date) -> pd.DataFrame:
    """The payments of sent and closed orders, by day. Columns: PAYMENTS; the amount is None where a cost is not known.

    A deposit is due on its own day, else on the day of the order. The balance is the value (of a closed order: of what came)
    less the deposit, due on its own day, else when the last of the order lands, and not before `day` while something is to come.
    """
    goods = _goods(lines)
    lands = incoming.groupby(["store_id", "order_no"])["due_on"].max().to_dict() if len(incoming) else {}
    rows: list[Row] = []
    for order in orders[orders["status"].isin(["sent", "closed"])].to_dict("records"):
        rows += _of_order(order, goods.get((order["store_id"], order["order_no"])), lands, day)
    frame = pd.DataFrame(rows, columns=list(PAYMENTS), dtype=object)
    return frame.sort_values(["due_on", "order_no", "kind"], kind="stable").reset_index(drop=True)


def by_week(due: pd.DataFrame, incoming: pd.DataFrame, day: date) -> pd.DataFrame:
    """One row a currency and week. Columns: CALENDAR; `week` is its Monday, `label` that in words,
    `running_payments` the sum of `payments_due` so far.

    Payments due before `day` are not among them: whether they were paid is not known here. Goods that are late land, for all
    that is known, in the first week. Payments without a known amount count 0; `unknown` counts them.
    """
    first = _monday(day)
    weeks = [first + each * WEEK for each in range(WEEKS)]
    rows: list[Row] = []
    for currency in sorted({*due["currency"], *incoming["currency"]}):
        ours, coming = due[due["currency"] == currency], incoming[incoming["currency"] == currency]
        running = Decimal(0)
        for week in weeks:
            row = _week(ours, coming, week, day)
            running += row["payments_due"]
            label = f"{week.day} {week:%b}"
            rows.append({"currency": currency, "week": week, "label": label, **row, "running_payments": running})
    return pd.DataFrame(rows, columns=list(CALENDAR), dtype=object)


def unknown(due: pd.DataFrame) -> int:
    """How many payments have no known amount, as a cost of their order is not known."""
    return int(due["amount"].isna().sum())


def summary(weeks: pd.DataFrame, due: pd.DataFrame) -> pd.DataFrame:
    """Of the calendar and the payments of one currency: one row of payments_due, deposits, balances, highest_week, landing_value
    and unknown_payments."""
    sums: Row = {name: total(weeks, name) for name in ("payments_due", "deposits", "balances", "landing_value")}
    sums |= {"highest_week": max(weeks["payments_due"], default=Decimal(0)), "unknown_payments": unknown(due)}
    return pd.DataFrame([sums], dtype=object)


def in_currency(frame: pd.DataFrame, currency: str) -> pd.DataFrame:
    """The rows in one currency: amounts in different ones are never added."""
    return frame[frame["currency"] == currency].reset_index(drop=True)


def total(found: pd.DataFrame, column: str) -> Decimal:
    """The sum of a column of the calendar."""
    return sum(found[column], start=Decimal(0))


def _goods(lines: pd.DataFrame) -> dict[tuple[Any, Any], Decimal | None]:
    """The value of each order's goods: ordered, of a closed order received; None where a cost is not known."""
    sums: dict[tuple[Any, Any], Decimal | None] = {}
    for line in lines.to_dict("records"):
        key = (line["store_id"], line["order_no"])
        units = line["received_units"] if line["status"] == "closed" else line["units"]
        known, before = not pd.isna(line["unit_cost"]), sums.get(key, Decimal(0))
        sums[key] = before + units * line["unit_cost"] if known and before is not None else None
    return sums


def _of_order(order: Row, goods: Decimal | None, lands: dict[Any, date], day: date) -> list[Row]:
    told = {name: order[name] for name in ("order_no", "supplier", "status", "currency")}
    rows: list[Row] = []
    deposit = Decimal(0) if pd.isna(order["deposit"]) else order["deposit"]
    if deposit:
        due, basis = _either(order["deposit_due_on"], order["ordered_on"], ON_ORDER)
        rows.append(told | {"kind": "deposit", "due_on": due, "due_basis": basis, "amount": deposit})
    landing = lands.get((order["store_id"], order["order_no"]))
    there = order["last_received_on"] if not pd.isna(order["last_received_on"]) else order["ordered_on"]
    due, basis = _either(order["balance_due_on"], there if landing is None else max(landing, day), ON_LANDING)
    amount = None if goods is None else goods + order["freight"] + order["duty"] - deposit
    if amount is None or amount > 0:
        rows.append(told | {"kind": "balance", "due_on": due, "due_basis": basis, "amount": amount})
    return rows


def _either(said: Any, otherwise: date, basis: str) -> tuple[date, str]:
    return (otherwise, basis) if said is None or pd.isna(said) else (said, STATED)


def _week(due: pd.DataFrame, coming: pd.DataFrame, week: date, day: date) -> Row:
    start, stop = max(week, day), week + WEEK
    ours = due.loc[[start <= each < stop for each in due["due_on"]]]
    sums = {kind: _sum(ours[ours["kind"] == kind]["amount"]) for kind in ("deposit", "balance")}
    landing = coming.loc[[week <= max(each, day) < stop for each in coming["due_on"]]]
    costed = landing[landing["unit_cost"].notna()][["units", "unit_cost"]].itertuples(index=False)
    return {
        "deposits": sums["deposit"],
        "balances": sums["balance"],
        "payments_due": sums["deposit"] + sums["balance"],
        "landing_orders": landing["order_no"].nunique(),
        "landing_units": _sum(landing["units"]),
        "landing_value": _sum(units * cost for units, cost in costed),
    }


def _sum(values: Any) -> Decimal:
    return sum((Decimal(value) for value in values if not pd.isna(value)), start=Decimal(0))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
