"""Every result by its name, as `python -m analytics show NAME` and other programs ask for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics import agreement, bridge, events, imports, inventory, sales, stores, targets
from analytics.errors import Refused
from analytics.scope import Scope


@dataclass(frozen=True)
class Result:
    """A result: the function, what it answers, and the options it takes beside the scope."""

    function: Callable[..., pd.DataFrame]
    answers: str
    options: tuple[str, ...] = ()


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
        events.of, "what happened besides the sales: own events, price changes, stockouts, launches, holidays"
    ),
    "sales.products": Result(sales.products, "sales, reversals and profit by product"),
    "sales.channels": Result(_by("channel"), "sales by channel"),
    "sales.countries": Result(_by("country"), "sales by country"),
    "sales.categories": Result(_by("category"), "sales by category"),
    "sales.vendors": Result(_by("vendor"), "sales by brand"),
    "sales.bridge": Result(bridge.steps, "from gross sales to collected to the documents to the platform"),
    "sales.lines": Result(sales.lines, "the ledger entries behind the numbers"),
    "sales.lines_summary": Result(
        sales.lines_summary,
        "the lines of the files as they stand; --identified true: known customers only; --priced true: sold at a price",
        ("identified", "priced"),
    ),
    "sales.control": Result(sales.control, "our totals beside the platform's report, day by day"),
    "sales.agreement": Result(
        agreement.differences, "each day and total that differs from the platform's report, why, and which orders"
    ),
    "sales.unreconciled": Result(sales.unreconciled, "orders whose printed amounts contradict each other"),
    "inventory.summary": Result(inventory.summary, "stock in all, one row a currency"),
    "inventory.levels": Result(inventory.levels, "stock by product, cover and reorder point"),
    "imports.history": Result(lambda scope: imports.history(scope.store), "every import"),
    "imports.freshness": Result(
        lambda scope: imports.freshness(scope.store), "through which day each kind of data goes"
    ),
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
