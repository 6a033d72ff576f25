"""Purchase orders: what was ordered from whom, what of it came, what is on its way in and when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

import pandas as pd

from analytics import db, periods, stores
from analytics.scope import Scope

INCOMING = (
    "store_id", "product_key", "sku", "location", "order_no", "line_no", "supplier", "due_on", "due_basis", "units", "unit_cost",
    "currency",
)  # fmt: skip
SUMMARY = ("currency", "open_orders", "open_value", "open_units", "late_orders", "late_value", "draft_value")
EXPECTED, BY_LEAD_TIME = "as expected", "day of the order + lead time"


def day_of(scope: Scope) -> date:
    """The day as of which stock is looked at: the scope's end, or today in the shop's own time without one."""
    if scope.stop is not None:
        return scope.stop
    zones = stores.among(scope.store)["time_zone"]
    return periods.yesterday(zones.iloc[0] if len(zones) else None) + timedelta(days=1)


def orders(scope: Scope) -> pd.DataFrame:
    """One row a purchase order of the scope's stores, whatever its days; drafts first, then the newest.

    Columns: store_id, order_no, supplier, status, stage (status, of a sent one also 'partly received' and 'received'), ordered_on,
    expected_on, location, currency, lines, units, received_units, open_units, goods_value, freight, duty, value (all three),
    open_value (goods still to come), deposit, deposit_due_on, balance_due_on, first_received_on, last_received_on, days_late
    (of what came last, or so far, as of the scope's end), note. Money in the order's currency, None where a cost is unknown.
    """
    return _read("purchases/orders", scope)


def lines(scope: Scope) -> pd.DataFrame:
    """One row a line of a purchase order: store_id, order_no, line_no, supplier, status, ordered_on, expected_on, location, sku,
    product_key, title, units, unit_cost, currency, received_units, open_units (0 unless the order is sent), value,
    landed_unit_cost (with its share of freight and duty), first_received_on, last_received_on."""
    return _read("purchases/lines", scope, categories=scope.params()["categories"])


def receipts(scope: Scope) -> pd.DataFrame:
    """One row a line and day on which some of it came, the newest first: store_id, order_no, line_no, supplier, sku, product_key,
    title, location, ordered_on, expected_on, received_on, units, unit_cost, currency, lead_time_days (since the day of the
    order), days_late (0 in time, None if nothing was promised)."""
    return _read("purchases/receipts", scope)


def incoming(scope: Scope) -> pd.DataFrame:
    """One row a line of a sent order of which something is still to come. Columns: INCOMING.

    `units` = ordered − received; `due_on` is the day for which the line was promised, also where that has passed, else the day
    of the order plus the lead time of `suppliers.terms`, and `due_basis` says which.
    """
    found = lines(scope)
    found = found.loc[[units > 0 for units in found["open_units"]]] if len(found) else found
    times: dict[Any, Decimal] = {}
    if found["expected_on"].isna().any():
        from analytics.stock import suppliers  # it takes the day from here

        known = suppliers.terms(scope)
        keys = zip(known["store_id"], known["product_key"], strict=True)
        times = dict(zip(keys, known["lead_time_days"], strict=True))
    rows = [_due(row, times) for row in found.to_dict("records")]
    frame = pd.DataFrame(rows, columns=list(INCOMING), dtype=object)
    return frame.sort_values(["due_on", "order_no", "line_no"], kind="stable").reset_index(drop=True)


def _due(row: dict[Any, Any], times: dict[Any, Decimal]) -> dict[Any, Any]:
    due, basis = row["expected_on"], EXPECTED
    if due is None or pd.isna(due):
        days = times.get((row["store_id"], row["product_key"]), Decimal(0))
        whole = int(Decimal(days).to_integral_value(ROUND_CEILING))
        due, basis = row["ordered_on"] + timedelta(days=whole), BY_LEAD_TIME
    return row | {"units": row["open_units"], "due_on": due, "due_basis": basis}


def one(scope: Scope, order_no: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The order of that number, its lines and its receipts; empty frames if there is none."""
    return _of(orders(scope), order_no), _of(lines(scope), order_no), _of(receipts(scope), order_no)


def summary(frame: pd.DataFrame) -> pd.DataFrame:
    """Of `orders`: one row a currency, that with most to come first: currency, open_orders, open_value, open_units, late_orders,
    late_value, draft_value. Orders without a known cost are left out of the values."""
    rows = []
    for currency, group in frame.groupby("currency", sort=True):
        is_open = group["open_units"] > 0
        is_late = is_open & group["days_late"].map(lambda days: not pd.isna(days) and days > 0)
        rows.append(
            {
                "currency": currency,
                "open_orders": int(is_open.sum()),
                "open_value": _total(group[is_open]["open_value"]),
                "open_units": _total(group["open_units"]),
                "late_orders": int(is_late.sum()),
                "late_value": _total(group[is_late]["open_value"]),
                "draft_value": _total(group[group["status"] == "draft"]["value"]),
            }
        )
    rows.sort(key=lambda row: -row["open_value"])
    return pd.DataFrame(rows, columns=list(SUMMARY), dtype=object)


def summaries(scope: Scope) -> pd.DataFrame:
    """`summary` of all purchase orders of the scope: a row a currency."""
    return summary(orders(scope))


def in_currency(frame: pd.DataFrame, currency: str) -> pd.DataFrame:
    """The orders in one currency, with order_value and ordered_units beside value and units."""
    ours = frame[frame["currency"] == currency].reset_index(drop=True)
    return ours.assign(order_value=ours["value"], ordered_units=ours["units"])


def of_stages(frame: pd.DataFrame, stages: Sequence[str]) -> pd.DataFrame:
    """The orders that have come to one of these stages; all of them without any."""
    return frame[frame["stage"].isin(stages)].reset_index(drop=True) if stages else frame


def by_supplier(frame: pd.DataFrame) -> pd.DataFrame:
    """Of `orders` in one currency: value to come by supplier, the biggest first: name, open_value."""
    ours = frame[frame["open_units"] > 0]
    sums = [(name, _total(group["open_value"])) for name, group in ours.groupby("supplier", sort=True)]
    sums.sort(key=lambda each: -each[1])
    return pd.DataFrame(sums, columns=["name", "open_value"], dtype=object)


def draft(store: int, supplier: str, rows: Iterable[Mapping[str, Any]], by: str | None = None) -> str:
    """Make a draft for a supplier and give its number; see `workflow.draft`."""
    from analytics.stock import workflow  # it reads orders through this module

    return workflow.draft(store, supplier, rows, by)


def next_number(known: Sequence[str], day: date) -> str:
    """The number of a new order: PO-<year>-<three digits>, one more than the highest of that year."""
    start = f"PO-{day.year}-"
    used = [int(each[len(start) :]) for each in known if each.startswith(start) and each[len(start) :].isdigit()]
    return f"{start}{max(used, default=0) + 1:03d}"


def _read(name: str, scope: Scope, **more: Any) -> pd.DataFrame:
    params = {each: scope.params()[each] for each in ("store_ids", "currency")}
    return db.read(name, day=day_of(scope), **params, **more)


def _of(frame: pd.DataFrame, order_no: str) -> pd.DataFrame:
    return frame[frame["order_no"] == order_no].reset_index(drop=True)


def _total(values: "pd.Series[Any]") -> Decimal:
    return sum((Decimal(value) for value in values if value is not None and not pd.isna(value)), start=Decimal(0))
