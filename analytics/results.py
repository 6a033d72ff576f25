"""Every result by its name, as `python -m analytics show NAME` and other programs ask for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics import (
    agreement,
    bridge,
    change,
    channels,
    clocks,
    customers,
    discounts,
    events,
    gap,
    hours,
    imports,
    metrics,
    one_order,
    orders,
    presets,
    product_results,
    proof,
    rates,
    sales,
    slices,
    stores,
    targets,
    unshipped,
    views,
)
from analytics.errors import Refused
from analytics.returns import breakdown as return_breakdown
from analytics.returns import cohorts as return_cohorts
from analytics.returns import comments, conditions, reason_orders, retained, rises
from analytics.returns import costs as return_costs
from analytics.returns import coverage as return_coverage
from analytics.returns import expected as expected_returns
from analytics.returns import orders as return_orders
from analytics.returns import products as returned_products
from analytics.returns import rates as return_rates
from analytics.returns import reasons as return_reasons
from analytics.returns import words as return_words
from analytics.scope import Scope
from analytics.stock import (
    cash,
    demand,
    history,
    level_results,
    plan_results,
    purchase_orders,
    scorecard,
    stockouts,
    suppliers,
)


@dataclass(frozen=True)
class Result:
    """A result: the function, what it answers, and the options it takes beside the scope."""

    function: Callable[..., pd.DataFrame]
    answers: str
    options: tuple[str, ...] = ()


def _lines_summary(scope: Scope, identified: bool = False, priced: bool = False) -> pd.DataFrame:
    for name, value in {"identified": identified, "priced": priced}.items():
        if not isinstance(value, bool):
            raise ValueError(f"{name} is true or false, not {value}")
    return sales.lines_summary(scope, identified, priced)


def _by(dimension: str) -> Callable[[Scope], pd.DataFrame]:
    def result(scope: Scope) -> pd.DataFrame:
        return sales.by_dimension(scope, dimension)

    return result


def _returns_by(side: str) -> Callable[[Scope], pd.DataFrame]:
    def result(scope: Scope) -> pd.DataFrame:
        return return_breakdown.of(scope, side)

    return result


RESULTS: dict[str, Result] = {
    "sales.summary": Result(sales.summary, "every sales metric of the days asked for, one row a currency"),
    "sales.daily": Result(sales.daily, "sales over time; --grain day, week, month, quarter or year", ("grain",)),
    "sales.targets": Result(
        targets.progress,
        "each month's target: how much of it should be reached by now by the shop's own pattern, and is",
    ),
    "calendar.events": Result(
        events.of,
        "what happened besides the sales: own events, price changes, stockouts, launches, rising returns, holidays",
    ),
    "sales.products": Result(sales.products, "sales, reversals and profit by product"),
    **{name: Result(*about) for name, about in product_results.OPTIONS.items()},
    "sales.channels": Result(_by("channel"), "sales by channel"),
    "sales.countries": Result(_by("country"), "sales by country"),
    "sales.categories": Result(_by("category"), "sales by category"),
    "sales.vendors": Result(_by("vendor"), "sales by brand"),
    "sales.regions": Result(slices.regions, "sales by region of a country; --country DE", ("country",)),
    "sales.leaders": Result(
        slices.leaders,
        "the five biggest over time; --dimension channel, country, category or vendor; --grain day, week, month, quarter or year",
        ("dimension", "grain"),
    ),
    "sales.hours": Result(hours.grid, "orders, net sales and units by weekday and hour of the shop's time"),
    "channels.rules": Result(lambda scope: channels.rules(scope.stores), "the rules that tell channels apart"),
    "sales.bridge": Result(bridge.steps, "from gross sales to collected to the documents to the platform"),
    "sales.change": Result(
        change.against,
        "why net sales changed: volume, prices, mix, discounts, reversals, new and lost products; --compare PERIOD",
        ("compare",),
    ),
    "sales.change_products": Result(
        change.products_against,
        "the products behind one effect of that change; --effect volume, prices, mix, … (the largest unless told)",
        ("compare", "effect"),
    ),
    "sales.platform_gap": Result(
        gap.steps,
        "from our figure to the platform's; --figure gross_sales, net_sales, total_sales or collected; --platform AMOUNT "
        "where no report has it",
        ("figure", "platform"),
    ),
    "sales.lines": Result(sales.lines, "the ledger entries behind the numbers"),
    "sales.lines_summary": Result(
        _lines_summary,
        "the lines of the files as they stand; --identified true: known customers only; --priced true: sold at a price",
        ("identified", "priced"),
    ),
    "sales.control": Result(sales.control, "our totals beside the platform's report, day by day"),
    "sales.agreement": Result(
        agreement.differences, "each day and total that differs from the platform's report, why, and which orders"
    ),
    "sales.unreconciled": Result(sales.unreconciled, "orders whose printed amounts contradict each other"),
    "rates.missing": Result(
        rates.missing, "with --into: the currencies and days without an exchange rate, and what was sold"
    ),
    "sales.proof": Result(
        proof.rows,
        "the rows that add up to a metric; --metric net_sales; a ratio has those of both its parts",
        ("metric",),
    ),
    "sales.customers": Result(customers.of_period, "new and returning customers, and how far that can be known"),
    "sales.clocks": Result(clocks.side_by_side, "every metric with refunds on the order's day and on their own"),
    "sales.moved": Result(
        clocks.rows, "the reversals that count in the days on one clock only; they add up to the difference"
    ),
    "sales.presets": Result(
        presets.figures,
        "the figures of another report; --preset shopify, woocommerce (--by created, paid or completed), amazon, settlement or "
        "metorik",
        ("preset", "by"),
    ),
    "sales.preset_steps": Result(
        presets.steps, "the steps from our figures to those of another report", ("preset", "by")
    ),
    "metrics.all": Result(lambda scope: metrics.catalogue(), "every metric: its label, formula, unit and direction"),
    "sales.discount_codes": Result(
        discounts.codes, "each discount code: orders, what it took off, whom it brought, the margin it gave away"
    ),
    "sales.orders": Result(
        orders.show,
        "orders by words (--search), --code, --payment, --sent, --least, --most; --sort day, total, order, difference; --page",
        ("search", "code", "payment", "sent", "least", "most", "sort", "page"),
    ),
    "sales.order": Result(one_order.facts, "one order in full; --order its number or key", ("order",)),
    "sales.unshipped": Result(unshipped.orders, "orders that wait to be sent, the oldest first"),
    "returns.summary": Result(
        return_rates.summary,
        "how much came back: rates by orders, units and value, how far that is known, after how many days",
    ),
    "returns.by_kind": Result(
        return_rates.by_kind, "what was taken back of goods, by kind: returns, cancellations, goodwill, …"
    ),
    "returns.trend": Result(
        return_rates.compared,
        "the return rate over time; --grain day, week, month, quarter or year; --measure orders, units or value; --compare PERIOD",
        ("grain", "measure", "compare"),
    ),
    "returns.products": Result(
        returned_products.of,
        "the return rate of each product with its interval and its category's; --level variant or product; --by units or lines",
        ("level", "by"),
    ),
    "returns.variants": Result(
        returned_products.variants,
        "the return rates of one --product by --side variant, size or colour; --by units or lines",
        ("product", "side", "by"),
    ),
    "returns.rises": Result(
        rises.of,
        "products, sizes and variants that come back more often than they used to: since when, how sure that is",
    ),
    "returns.control_chart": Result(
        rises.chart,
        "the weeks of one --product (and its --series size · M or variant · Blue / M): rate, what is usual, limit of a week",
        ("product", "series"),
    ),
    "returns.cohorts": Result(
        return_cohorts.of,
        "what came back of each week's or month's orders within 7, 14, 30, 60 and 90 days, projected where it is not known yet; "
        "--grain week or month; --measure orders, units or value",
        ("grain", "measure"),
    ),
    "returns.expected": Result(
        expected_returns.of,
        "what of orders already placed is still expected to come back, with an interval; --by product, category, day (of the "
        "orders), due (the week it comes back) or store",
        ("by",),
    ),
    "returns.after": Result(
        expected_returns.summary, "net sales and gross profit as they stand, and after the returns that are expected"
    ),
    "returns.reasons": Result(return_reasons.of, "why goods come back: units, orders, value and share of each reason"),
    "returns.product_reasons": Result(
        return_reasons.of_products,
        "each product, size and reason with its interval and its category's; --reason too_small, …; --level size or product; --by …",
        ("reason", "level", "by"),
    ),
    "returns.reason_orders": Result(
        reason_orders.of, "every line that came back for a reason, by order number; --reason too_small, …", ("reason",)
    ),
    "returns.conditions": Result(
        conditions.of, "in which condition goods come back, and what was put back on the shelf"
    ),
    "returns.resellable_share": Result(
        conditions.resellable_share,
        "which share of what comes back can be sold again, with its interval; --by category, product, variant or all",
        ("by",),
    ),
    "returns.words": Result(
        return_words.occurring,
        "the words for reasons and conditions and what they mean, those nobody knows first; --field reason or condition",
        ("field",),
    ),
    "returns.word_changes": Result(
        lambda scope: return_words.changes(scope.stores), "who said when what a word for a reason or condition means"
    ),
    "returns.comments": Result(comments.of, "what buyers wrote, the newest first; --reason too_small, …", ("reason",)),
    "returns.costs": Result(
        return_costs.of, "what returns cost, by part: what files know, what the store assumes, how much is covered"
    ),
    "returns.product_costs": Result(
        return_costs.by_product,
        "what the returns of each product cost, by part; --level variant or product",
        ("level",),
    ),
    "returns.retained": Result(
        retained.of, "what became of the value that came back: exchanged, store credit, paid out, not known"
    ),
    "returns.exchanges": Result(retained.exchanges, "what was exchanged into what, such as size S into M"),
    **{
        f"returns.{many}": Result(_returns_by(side), f"the return rate by {side} with its interval, beside the whole")
        for side, many in return_breakdown.SIDES.items()
    },
    "returns.orders": Result(
        return_orders.rows,
        "the orders behind a number: --of returned, returned in period, without a line, of unknown kind, or a kind such as "
        "cancellation; --product one product",
        ("of", "product"),
    ),
    "returns.coverage": Result(
        return_coverage.of,
        "which share of what came back has a kind, a line, units, a reason, a day and money, and what fills it",
    ),
    "returns.unmatched": Result(
        return_coverage.unmatched, "what was taken back whose purchase no file has, and why it has none"
    ),
    **{name: Result(*about) for name, about in level_results.OPTIONS.items()},
    **{name: Result(*about) for name, about in plan_results.OPTIONS.items()},
    "suppliers.terms": Result(suppliers.terms, "each product's supplier, its terms, landed cost and real lead time"),
    "suppliers.scorecard": Result(
        scorecard.by_supplier, "each supplier's lead times, share in time, share missing and rise of costs"
    ),
    "purchases.orders": Result(purchase_orders.orders, "purchase orders: worth, what came, what is to come, how late"),
    "purchases.lines": Result(purchase_orders.lines, "the lines of purchase orders"),
    "purchases.incoming": Result(purchase_orders.incoming, "what is on its way in, line by line, and when it is due"),
    "purchases.receipts": Result(purchase_orders.receipts, "what came of purchase orders, and after how many days"),
    "purchases.cash": Result(cash.calendar, "deposits, balances and landing goods of the next 13 weeks"),
    "purchases.payments": Result(cash.upcoming, "the payments of the next 13 weeks, one by one"),
    "inventory.demand": Result(
        demand.by_product, "how much of each product is asked for a day, corrected for days out of stock"
    ),
    "inventory.stock_history": Result(
        history.daily, "stock on every day, counted or reconstructed; --product_key one product", ("product_key",)
    ),
    "inventory.stockouts": Result(
        stockouts.of, "each stockout of the days: since when, how it is known, about what it lost"
    ),
    "imports.history": Result(lambda scope: imports.history(scope.stores), "every import"),
    "imports.freshness": Result(
        lambda scope: imports.freshness(scope.stores), "through which day each kind of data goes"
    ),
    "views.saved": Result(lambda scope: views.saved(), "the saved views and their addresses"),
    "stores.all": Result(lambda scope: stores.all_stores(), "the stores"),
}


def get(name: str) -> Result:
    """The result of that name. Raises Refused for an unknown one, naming those there are."""
    if name not in RESULTS:
        raise Refused(f"There is no result {name}. The results are: {', '.join(RESULTS)}.")
    return RESULTS[name]


def run(name: str, scope: Scope, options: dict[str, Any]) -> pd.DataFrame:
    """The rows of a result. Raises Refused for an option it does not take or a value it cannot use."""
    result = get(name)
    for option in options:
        if option not in result.options:
            raise Refused(f"{name} does not take --{option}.")
    try:
        return result.function(scope, **options)
    except ValueError as error:
        raise Refused(f"{name}: {error}.") from error
