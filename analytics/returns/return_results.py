"""What is known of returns, as the command line asks for it by name."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from analytics.returns import (
    breakdown,
    cohorts,
    comments,
    conditions,
    costs,
    coverage,
    expected,
    orders,
    products,
    rates,
    reason_orders,
    reasons,
    retained,
    rises,
    words,
)
from analytics.scope import Scope


def _by(side: str) -> Callable[[Scope], pd.DataFrame]:
    def result(scope: Scope) -> pd.DataFrame:
        return breakdown.of(scope, side)

    return result


def _changes(scope: Scope) -> pd.DataFrame:
    return words.changes(scope.stores)


# The function, what it answers, and the options it takes beside the scope.
OPTIONS: dict[str, tuple[Any, ...]] = {
    "returns.summary": (
        rates.summary,
        "how much came back: rates by orders, units and value, how far that is known, after how many days",
    ),
    "returns.by_kind": (rates.by_kind, "what was taken back of goods, by kind: returns, cancellations, goodwill, …"),
    "returns.trend": (
        rates.compared,
        "the return rate over time; --grain day, week, month, quarter or year; --measure orders, units or value; --compare PERIOD",
        ("grain", "measure", "compare"),
    ),
    "returns.products": (
        products.of,
        "the return rate of each product with its interval and its category's; --level variant or product; --by units or lines",
        ("level", "by"),
    ),
    "returns.variants": (
        products.variants,
        "the return rates of one --product by --side variant, size or colour; --by units or lines",
        ("product", "side", "by"),
    ),
    "returns.rises": (
        rises.of,
        "products, sizes and variants that come back more often than they used to: since when, how sure that is",
    ),
    "returns.control_chart": (
        rises.chart,
        "the weeks of one --product (and its --series size · M or variant · Blue / M): rate, what is usual, limit of a week",
        ("product", "series"),
    ),
    "returns.cohorts": (
        cohorts.of,
        "what came back of each week's or month's orders within 7, 14, 30, 60 and 90 days, projected where it is not known yet; "
        "--grain week or month; --measure orders, units or value",
        ("grain", "measure"),
    ),
    "returns.expected": (
        expected.of,
        "what of orders already placed is still expected to come back, with an interval; --by product, category, day (of the "
        "orders), due (the week it comes back) or store",
        ("by",),
    ),
    "returns.after": (
        expected.summary,
        "net sales and gross profit as they stand, and after the returns that are expected",
    ),
    "returns.reasons": (reasons.of, "why goods come back: units, orders, value and share of each reason"),
    "returns.product_reasons": (
        reasons.of_products,
        "each product, size and reason with its interval and its category's; --reason too_small, …; --level size or product; --by …",
        ("reason", "level", "by"),
    ),
    "returns.reason_orders": (
        reason_orders.of,
        "every line that came back for a reason, by order number; --reason too_small, …",
        ("reason",),
    ),
    "returns.conditions": (conditions.of, "in which condition goods come back, and what was put back on the shelf"),
    "returns.resellable_share": (
        conditions.resellable_share,
        "which share of what comes back can be sold again, with its interval; --by category, product, variant or all",
        ("by",),
    ),
    "returns.words": (
        words.occurring,
        "the words for reasons and conditions and what they mean, those nobody knows first; --field reason or condition",
        ("field",),
    ),
    "returns.word_changes": (_changes, "who said when what a word for a reason or condition means"),
    "returns.comments": (comments.of, "what buyers wrote, the newest first; --reason too_small, …", ("reason",)),
    "returns.costs": (
        costs.of,
        "what returns cost, by part: what files know, what the store assumes, how much is covered",
    ),
    "returns.product_costs": (
        costs.by_product,
        "what the returns of each product cost, by part; --level variant or product",
        ("level",),
    ),
    "returns.retained": (
        retained.of,
        "what became of the value that came back: exchanged, store credit, paid out, not known",
    ),
    "returns.exchanges": (retained.exchanges, "what was exchanged into what, such as size S into M"),
    **{
        f"returns.{many}": (_by(side), f"the return rate by {side} with its interval, beside the whole")
        for side, many in breakdown.SIDES.items()
    },
    "returns.orders": (
        orders.rows,
        "the orders behind a number: --of returned, returned in period, without a line, of unknown kind, or a kind such as "
        "cancellation; --product one product",
        ("of", "product"),
    ),
    "returns.coverage": (
        coverage.of,
        "which share of what came back has a kind, a line, units, a reason, a day and money, and what fills it",
    ),
    "returns.unmatched": (coverage.unmatched, "what was taken back whose purchase no file has, and why it has none"),
}
