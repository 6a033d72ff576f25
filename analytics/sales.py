"""Sales: what was sold, what was taken off and taken back, and what was collected, on either clock."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, grains, pieces, settings, stores
from analytics.scope import Scope

SUMMARY_COLUMNS = (
    "currency", "gross_sales", "discounts", "reversals", "net_sales", "charged_shipping", "shipping", "charged_tax", "tax",
    "duties", "fees", "total_sales", "tips", "gift_cards", "adjustments", "collected", "taken_back", "orders",
    "zero_total_orders", "units", "units_returned", "net_units", "average_order_value", "average_order_value_nonzero",
    "customers", "cost_of_goods_sold", "gross_profit", "gross_margin", "covered_net_sales", "covered_share",
)  # fmt: skip
# What adds up over days; the columns of DAILY_DERIVED follow from their sums.
DAILY_COLUMNS = (
    "day", "currency", "gross_sales", "discounts", "reversals", "net_sales", "charged_shipping", "shipping", "charged_tax",
    "tax", "duties", "fees", "total_sales", "tips", "gift_cards", "adjustments", "collected", "taken_back", "orders",
    "zero_total_orders", "units", "units_returned", "net_units",
)  # fmt: skip
DAILY_DERIVED = (
    "average_order_value", "average_order_value_nonzero", "cost_of_goods_sold", "gross_profit", "gross_margin",
    "covered_net_sales", "covered_share",
)  # fmt: skip
SLICE_COLUMNS = (
    "value", "title", "currency", "gross_sales", "discounts", "reversals", "net_sales", "orders", "units", "share",
    "cost_of_goods_sold", "gross_profit", "gross_margin", "covered_share",
)  # fmt: skip
PRODUCT_COLUMNS = (
    "product_key", "sku", "title", "category", "vendor", "currency", "gross_sales", "discounts", "reversals", "net_sales",
    "orders", "units", "units_returned", "cost_of_goods_sold", "gross_profit", "gross_margin", "covered_share",
)  # fmt: skip
# in the database they are whole numbers of 1/10,000
TEN_THOUSANDTH = Decimal("0.0001")
PRODUCT_AMOUNTS = (
    "gross_sales", "discounts", "reversals", "net_sales", "covered_net_sales", "cost_of_goods_sold",
)  # fmt: skip


def summary(scope: Scope) -> pd.DataFrame:
    """One row a currency with every sales metric of the scope; amounts in that currency, ratios of sums.

    Columns: SUMMARY_COLUMNS. Cost columns are None where no cost is known. No sales give no row.
    """
    frame = _amounts(scope, "all")
    people = _customers(scope)
    frame["customers"] = (
        frame["currency"].map(dict(zip(people["currency"], people["customers"], strict=True))).fillna(0)
    )
    return derived(frame)[list(SUMMARY_COLUMNS)]


def sums(scope: Scope) -> pd.DataFrame:
    """One row a currency: the amounts, units and orders of the scope, without its customers, who take longest to count."""
    return _amounts(scope, "all")


def daily(scope: Scope, grain: str = "day") -> pd.DataFrame:
    """One row a currency and period, without gaps; `day` is the period's first day, also where the scope begins later.

    Weeks begin on the store's first weekday; quarters and years are those of its fiscal year (analytics/settings.py).
    Columns: DAILY_COLUMNS and DAILY_DERIVED. Raises ValueError for a grain that does not exist.
    """
    if grain not in grains.GRAINS:
        raise ValueError(f"grain is {', '.join(grains.GRAINS[:-1])} or {grains.GRAINS[-1]}, not {grain!r}")
    frame = _amounts(scope, "day").rename(columns={"value": "day"})
    if frame.empty:
        return frame.reindex(columns=[*DAILY_COLUMNS, *DAILY_DERIVED])
    frame["day"] = [date.fromisoformat(day) for day in frame["day"]]
    run = settings.of(scope.stores) if grain != "day" else settings.Settings()
    filled = [_by_period(rows, scope, grain, run) for _, rows in frame.groupby("currency", sort=True)]
    return derived(pd.concat(filled, ignore_index=True))[[*DAILY_COLUMNS, *DAILY_DERIVED]]


def by_dimension(scope: Scope, dimension: str) -> pd.DataFrame:
    """One row a currency and channel, country, category, vendor or product, net sales descending. Columns: SLICE_COLUMNS.

    `share` is the row's share of its currency's net sales; profit is None where no cost is known. Raises ValueError for
    another dimension.
    """
    if dimension in ("channel", "country"):
        frame = _amounts(scope, dimension)
        frame["title"] = frame["value"]
    elif dimension in ("category", "vendor", "product"):
        frame = sums_of_goods(scope, dimension)
    else:
        raise ValueError(f"dimension is channel, country, category, vendor or product, not {dimension!r}")
    return sliced(frame)


def sliced(frame: pd.DataFrame) -> pd.DataFrame:
    """The sums of slices with their shares and profit, net sales descending. Columns: SLICE_COLUMNS."""
    totals = frame.groupby("currency")["net_sales"].transform("sum")
    frame = _with_profit(frame.assign(share=ratios(frame["net_sales"], totals)))
    return frame.sort_values("net_sales", ascending=False, kind="stable").reset_index(drop=True)[list(SLICE_COLUMNS)]


def products(scope: Scope) -> pd.DataFrame:
    """One row a currency and product, net sales descending. Columns: PRODUCT_COLUMNS; unknown cost leaves profit None."""
    frame = sums_of_goods(scope, "product").rename(columns={"value": "product_key"})
    return _with_profit(frame)[list(PRODUCT_COLUMNS)]


def lines(scope: Scope) -> pd.DataFrame:
    """The ledger entries behind every number of the scope, one row an entry with what it adds to each amount."""
    return db.read("sales/lines", **scope.params())


def lines_summary(scope: Scope, identified: bool = False, priced: bool = False) -> pd.DataFrame:
    """One row a currency: the lines of the files as they stand, with counts of documents, customers and SKUs.

    `identified` keeps lines of known customers; `priced` keeps what was sold with a quantity and a price above zero.
    """
    frame = db.read("sales/lines_summary", identified=identified, priced=priced, **scope.params())
    frame["average_document"] = ratios(frame["amount"], frame["documents"])
    return frame


def unreconciled(scope: Scope) -> pd.DataFrame:
    """One row an order whose printed amounts contradict each other: order_name, ordered_on, currency, reason, difference."""
    return db.read("sales/unreconciled", **scope.params())


def control(scope: Scope) -> pd.DataFrame:
    """Our totals beside the platform's per day and metric: day, metric, currency, ours, platform, difference (ours − theirs).

    Only days that a platform's report covers, and always on the platform's clock, which counts a reversal on its own day.
    The report knows the shop as a whole, so filters give no rows. Of several stores each is held against its own report: what
    one of them does not report is not compared with another's.
    """
    names = ["day", "metric", "currency", "ours", "platform", "difference"]
    if scope.channels or scope.countries or scope.categories:
        return pd.DataFrame(columns=names, dtype=object)
    if scope.only_store is None:
        each = [control(replace(scope, store=int(number))) for number in stores.among(scope.stores)["store_id"]]
        found = [frame for frame in each if len(frame)]
        if not found:
            return pd.DataFrame(columns=names, dtype=object)
        return pd.concat(found).groupby(names[:3], as_index=False)[names[3:]].sum().astype(object)[names]
    platform = db.read("sales/control", **scope.params())
    if platform.empty:
        return pd.DataFrame(columns=names, dtype=object)
    # a report is in the shop's own currency
    ours = _amounts(replace(scope, basis="refund_date", into=None), "day")
    wide = {(row["value"], row["currency"]): row for row in ours.to_dict("records")}
    keys = zip(platform["day"], platform["currency"], platform["metric"], strict=True)
    zero: dict[Any, Any] = {}
    platform["ours"] = [Decimal(wide.get((str(day), currency), zero).get(metric, 0)) for day, currency, metric in keys]
    platform["difference"] = platform["ours"] - platform["platform"]
    return platform[names]


def _amounts(scope: Scope, dimension: str) -> pd.DataFrame:
    """The sums of the scope by a dimension, with the amounts that follow from them."""
    if scope.into:
        frame = db.read("converted/amounts", dimension=dimension, **scope.params())
    else:
        frame = db.read("sales/amounts", dimension=dimension, **scope.params_by_month(dimension not in ("day", "week")))
    frame["net_sales"] = frame["gross_sales"] - frame["discounts"] - frame["reversals"]
    charges = frame["shipping"] + frame["tax"] + frame["duties"] + frame["fees"]
    frame["total_sales"] = frame["net_sales"] + charges
    return frame


def _customers(scope: Scope) -> pd.DataFrame:
    if scope.into:
        return db.read("converted/customers", **scope.params())
    return db.read("sales/customers", is_simple=scope.is_one_whole_store, **scope.params())


def kinds(scope: Scope) -> pd.DataFrame:
    """One row a currency, entry, kind of reversal and kind of line with its `net`, whatever the category."""
    asked = replace(scope, categories=())
    if scope.into:
        return db.read("converted/kinds", **asked.params())
    return db.read("sales/kinds", **asked.params_by_month())


def documents(scope: Scope) -> pd.DataFrame:
    """One row a currency with what the orders themselves print, whatever the category."""
    asked = replace(scope, categories=())
    return db.read("converted/documents" if scope.into else "sales/documents", **asked.params())


def sums_of_goods(scope: Scope, dimension: str) -> pd.DataFrame:
    """The sums of products, categories or vendors, one row a currency and `value`; None for what belongs to none."""
    if scope.into:
        return db.read("converted/products", dimension=dimension, **scope.params())
    # nothing sums up the brands of some categories
    is_grouped = dimension == "category" or (dimension == "vendor" and not scope.categories)
    if is_grouped:
        frame = db.read("sales/groups", dimension=dimension, **pieces.of_groups(scope))
    else:
        frame = db.read("sales/products", dimension=dimension, **pieces.of_products(scope))
    found = exact_sums(frame, PRODUCT_AMOUNTS, ("units", "units_returned"))
    return _with_orders_of_brands(found, scope) if dimension == "vendor" and scope.categories else found


def _with_orders_of_brands(found: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The brands with their orders that hold goods of the scope's categories, which no summary knows."""
    params = {name: value for name, value in scope.params().items() if name not in ("basis", "into")}
    placed = db.read("sales/brand_orders", **params)
    known = {
        (currency, value): orders
        for currency, value, orders in zip(placed["currency"], placed["value"], placed["orders"], strict=True)
    }
    orders = [known.get(key, 0) for key in zip(found["currency"], found["value"], strict=True)]
    return found.assign(orders=pd.Series(orders, index=found.index, dtype=object))


def exact_sums(frame: pd.DataFrame, amounts: Sequence[str], units: Sequence[str] = ()) -> pd.DataFrame:
    """The rows with exact amounts and units from whole numbers of ten-thousandths, without rows of zeros: what sold only on days
    beside the range, which were taken off again."""
    is_any = frame[[*amounts, *units]].to_numpy(dtype=np.int64).any(axis=1)
    if not is_any.all():
        frame = frame[is_any].reset_index(drop=True)
    columns: dict[str, Any] = {str(name): frame[name] for name in frame.columns}
    for name in amounts:
        columns[name] = _objects(map(TEN_THOUSANDTH.__mul__, frame[name].tolist()), len(frame))
    for name in units:
        columns[name] = _objects(_units(frame[name].tolist()), len(frame))
    return pd.DataFrame(columns, copy=False)


def _objects(values: Iterable[Decimal], count: int) -> "np.ndarray[Any, Any]":
    # filled here, because pandas would look at every value first
    return np.fromiter(values, dtype=object, count=count)


def _units(numbers: list[int]) -> Iterable[Decimal]:
    """Units from ten-thousandths, with no more decimals than they have."""
    known = {each: _unit(each) for each in set(numbers)}
    return map(known.__getitem__, numbers)


def _unit(number: int) -> Decimal:
    whole, rest = divmod(number, 10_000)
    return Decimal(number).scaleb(-4).normalize() if rest else Decimal(whole)


def _by_period(rows: pd.DataFrame, scope: Scope, grain: str, run: settings.Settings) -> pd.DataFrame:
    """The sums of one currency's days by period; a period without a sale is 0, from the scope's first day to its last."""
    first, last = rows["day"].min(), rows["day"].max()
    if scope.start and scope.stop:
        first, last = scope.start, scope.stop - timedelta(days=1)
    amounts = rows.drop(columns=["currency"])
    summed = amounts.assign(day=[grains.first_day(day, grain, run) for day in rows["day"]]).groupby("day").sum()
    every = grains.periods(first, last + timedelta(days=1), grain, run)
    filled = summed.reindex(every).astype(object)
    filled = filled.where(filled.notna(), Decimal(0)).rename_axis("day").reset_index()
    return filled.assign(currency=rows["currency"].iloc[0])


def derived(frame: pd.DataFrame) -> pd.DataFrame:
    """The sums of some entries with what follows from them: averages by order, net units, profit and its shares."""
    placed = frame["gross_sales"] - frame["discounts"]
    frame = frame.assign(
        average_order_value=ratios(placed, frame["orders"]),
        average_order_value_nonzero=ratios(placed, frame["orders"] - frame["zero_total_orders"]),
        net_units=frame["units"] - frame["units_returned"],
    )
    return _with_profit(frame)


def _with_profit(frame: pd.DataFrame) -> pd.DataFrame:
    """Add gross_profit, gross_margin and covered_share; without any known cost they are None, never 0."""
    known = [
        covered != 0 or cost != 0
        for covered, cost in zip(frame["covered_net_sales"], frame["cost_of_goods_sold"], strict=True)
    ]
    cost = frame["cost_of_goods_sold"].astype(object).where(known, None)
    profit = (frame["covered_net_sales"] - frame["cost_of_goods_sold"]).astype(object).where(known, None)
    return frame.assign(
        cost_of_goods_sold=cost,
        gross_profit=profit,
        gross_margin=ratios(profit, frame["covered_net_sales"]),
        covered_share=ratios(frame["covered_net_sales"], frame["net_sales"]),
    )


def ratios(above: "pd.Series[Any]", below: "pd.Series[Any]") -> "pd.Series[Any]":
    """Exact quotients; None where nothing is below the line or the amount above is unknown."""
    pairs = zip(above, below, strict=True)
    values = [None if up is None or pd.isna(up) or not down else Decimal(up) / Decimal(down) for up, down in pairs]
    return pd.Series(values, index=above.index, dtype=object)


def exact(value: Any) -> Decimal:
    """A sum as a Decimal, whatever the table holds it as; unknown is 0."""
    if value is None or pd.isna(value):
        return Decimal(0)
    return value if isinstance(value, Decimal) else Decimal(int(value))
