"""How a number is computed: the rows that add up to it, for a ratio those of both its parts, and the queries that ran."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from analytics import customers, db, queries, sales
from analytics.returns import orders as returned
from analytics.returns import rates
from analytics.scope import Scope

# As many rows as a page shows; the file of all of them is made when it is asked for.
SHOWN = 1_000
IN_MEMORY = 50_000
PEOPLE = ("customers", "new_customers", "returning_customers", "customers_of_several", "repeat_customers")
SUMS = (
    "gross_sales", "discounts", "placed_sales", "reversals", "net_sales", "charged_shipping", "shipping", "charged_tax",
    "tax", "duties", "fees", "total_sales", "tips", "gift_cards", "adjustments", "collected", "taken_back", "orders",
    "zero_total_orders", "nonzero_orders", "units", "units_returned", "net_units", "cost_of_goods_sold",
    "covered_net_sales", "gross_profit",
)  # fmt: skip
# What came back, by the day of the order, whichever clock is asked for; only what came back in the days goes by its own.
RETURNS = (
    "orders_with_return", "units_of_returns", "value_returned", "value_returned_in_period", "value_of_returns",
    "value_without_lines", "value_of_unknown_kind", "value_with_units",
)  # fmt: skip
# What stands above the line and below it.
RATIOS = {
    "average_order_value": ("placed_sales", "orders"),
    "average_order_value_nonzero": ("placed_sales", "nonzero_orders"),
    "gross_margin": ("gross_profit", "covered_net_sales"),
    "covered_share": ("covered_net_sales", "net_sales"),
    "returning_customer_rate": ("customers_of_several", "customers"),
    "repeat_purchase_rate": ("repeat_customers", "customers"),
    "return_rate_by_orders": ("orders_with_return", "orders"),
    "return_rate_by_units": ("units_of_returns", "units"),
    "return_rate_by_value": ("value_returned", "placed_sales"),
    "period_return_ratio": ("value_returned_in_period", "placed_sales"),
    "return_coverage": ("value_returned", "value_of_returns"),
}
# The same sum of other days, or under another name.
SAME = {"month_to_date": "net_sales", "value_sold": "placed_sales", "units_sold": "units"}


@dataclass(frozen=True)
class Behind:
    """What adds up to a metric: `count` rows with the exact sum `total`, of which `rows` are the first, by `amount`."""

    metric: str
    count: int
    total: Decimal
    rows: pd.DataFrame


def has_lines(name: str) -> bool:
    """Whether a metric, or what it is divided from, is a sum of rows."""
    return bool(parts(name))


def parts(name: str) -> tuple[str, ...]:
    """The sums that a metric is made of: itself, or what stands above and below its line; none if it has no rows."""
    known = (*SUMS, *PEOPLE, *RETURNS)
    return RATIOS.get(name) or ((SAME.get(name, name),) if SAME.get(name, name) in known else ())


def behind(scope: Scope, name: str, most: int = SHOWN) -> list[Behind]:
    """The rows of each part of a metric in one currency, counted and added up by the database, the first `most` listed.

    Rows are ledger lines, reversals for what came back, or customers for what counts customers. Raises KeyError for a metric
    without rows, ValueError if the scope holds several currencies.
    """
    if not has_lines(name):
        raise KeyError(name)
    return [_behind(scope, part, most) for part in parts(name)]


def rows(scope: Scope, metric: str = "net_sales") -> pd.DataFrame:
    """The same as one frame, all rows of all parts: `part` and what the rows of `behind` have."""
    if not has_lines(metric):
        raise ValueError(f"metric is one of {', '.join((*SUMS, *PEOPLE, *RETURNS, *RATIOS))}, not {metric!r}")
    found = [part.rows.assign(part=part.metric) for part in (_behind(scope, each, None) for each in parts(metric))]
    return pd.concat(found, ignore_index=True)


def in_parts(scope: Scope, metric: str) -> Iterator[pd.DataFrame]:
    """All rows of one sum, a few ten thousand at a time, however many there are."""
    query, asked = _query(scope, metric, None)
    for frame in db.read_in_parts(query, IN_MEMORY, **asked):
        yield _listed(frame, metric)


def ran(scope: Scope, name: str) -> list[str]:
    """The queries that give a metric in this scope, each as one statement with its values, ready to be run."""
    wanted = {name, *parts(name)}
    function = (
        customers.of_period if wanted & set(PEOPLE) else rates.summary if wanted & set(RETURNS) else sales.summary
    )
    with queries.heard() as asked:
        function(scope)
    direct = [each for each in asked if wanted & set(each.columns)]
    own = [each for each in asked if each.name.startswith(("sales/amounts", "converted/amounts"))]
    return [queries.runnable(each) for each in direct or own or asked]


def _behind(scope: Scope, metric: str, most: int | None) -> Behind:
    query, asked = _query(scope, metric, most)
    frame = db.read(query, **asked)
    totals = frame[frame["is_total"].astype(bool)]
    if len(totals) > 1:
        raise ValueError("currency is missing: amounts of several currencies are never added")
    if totals.empty:
        return Behind(metric, 0, Decimal(0), _listed(frame, metric))
    row = totals.iloc[0]
    counted = row[metric] if metric in PEOPLE else row["lines"]
    total = row[metric] if metric in PEOPLE else row["amount"]
    return Behind(metric, int(counted), sales.exact(total), _listed(frame, metric))


def _query(scope: Scope, metric: str, most: int | None) -> tuple[str, dict[str, object]]:
    if metric in PEOPLE:
        return "customers/of_period", customers.params(scope, metric, most)
    if metric in RETURNS:
        basis = "refund_date" if metric == "value_returned_in_period" else "order_date"
        return "returns/orders", returned.asked(replace(scope, basis=basis), metric, most)
    return "proof/lines", {**scope.params(), "metric": metric, "most": most}


def _listed(frame: pd.DataFrame, metric: str) -> pd.DataFrame:
    """The rows without the total, each with the `amount` it adds."""
    found = frame[~frame["is_total"].astype(bool)].reset_index(drop=True)
    if metric in RETURNS:
        return returned.in_words(found)
    return found.assign(amount=found[metric]) if metric in PEOPLE else found
