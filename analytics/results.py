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
from analytics.ads import ad_results
from analytics.errors import Refused
from analytics.forecasts import demand_results, forecast_results, view_results
from analytics.prices import price_results
from analytics.profit import profit_results
from analytics.returns import return_results
from analytics.scope import Scope
from analytics.seasons import season_results
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

# Rooms that keep the table of their results themselves, in the order in which they are listed.
_PARTS = (
    return_results, profit_results, ad_results, price_results, forecast_results, view_results, demand_results, season_results,
    level_results, plan_results,
)  # fmt: skip


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
    **{name: Result(*about) for part in _PARTS for name, about in part.OPTIONS.items()},
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
