"""The plan of orders, as the command line asks for it: each word of an option checked, each a plain value."""

from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd

from analytics.returns import back_in_stock
from analytics.scope import Scope
from analytics.stock import arithmetic as steps
from analytics.stock import late, projection, replenishment, what_if
from analytics.stock.planning import Change

# Nobody plans for more than a hundred times of what is.
MOST = 100


def changed(service: str | None = None, lead: str = "100", demand: str = "100") -> Change:
    """The change that words ask for: service is a share of demand such as 0.98, lead and demand are per cent of now.

    Raises ValueError for a service that is not between 0 and 1, or a per cent that is not above 0.
    """
    try:
        level = None if service is None else Decimal(service)
        times, pieces = Decimal(lead) / 100, Decimal(demand) / 100
        is_share, is_percent = level is None or 0 < level < 1, 0 < times <= MOST and 0 < pieces <= MOST
    except InvalidOperation as error:  # also of what is compared with “nan”
        raise ValueError(f"service is a share such as 0.98, lead and demand per cent such as 120: {error}") from error
    if not is_share:
        raise ValueError(f"service is a share between 0 and 1 such as 0.98, not {service}")
    if not is_percent:
        raise ValueError(f"lead and demand are per cent from above 0 to 10,000 such as 120, not {lead} and {demand}")
    return Change(level, times, pieces)


def suggestions(scope: Scope, **asked: str) -> pd.DataFrame:
    """replenishment.suggestions after a change, with what is expected back of each product."""
    return back_in_stock.beside(replenishment.suggestions(scope, changed(**asked)), back_in_stock.by_product(scope))


def arithmetic(scope: Scope, sku: str | None = None, **asked: str) -> pd.DataFrame:
    """The arithmetic of one product."""
    return steps.of(scope, sku, changed(**asked))


def projected(scope: Scope, sku: str | None = None, **asked: str) -> pd.DataFrame:
    """projection.of one product."""
    return projection.of(scope, sku, changed(**asked))


def at_stake(scope: Scope, order: str | None = None) -> pd.DataFrame:
    """late.at_stake of one purchase order."""
    return late.at_stake(scope, order)


def compared(scope: Scope, **asked: str) -> pd.DataFrame:
    """what_if.compared."""
    return what_if.compared(scope, changed(**asked))


CHANGE = ("service", "lead", "demand")
OPTIONS: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "replenishment.suggestions": (
        suggestions, "what to order by when; --service 0.98, --lead and --demand per cent of now: what if", CHANGE,
    ),
    "replenishment.arithmetic": (arithmetic, "each number of one product's suggestion opened; --sku", ("sku", *CHANGE)),
    "replenishment.projection": (projected, "one product's stock of the next 26 weeks with its orders; --sku", ("sku", *CHANGE)),
    "replenishment.at_stake": (at_stake, "what a purchase order that does not come puts at risk; --order", ("order",)),
    "replenishment.what_if": (compared, "orders, stock and service as they are and after --service, --lead, --demand", CHANGE),
}  # fmt: skip
