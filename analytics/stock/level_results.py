"""What is known of stock levels, as the command line asks for it: each word of an option checked, each a plain value."""

from typing import Any

import pandas as pd

from analytics.returns import back_in_stock
from analytics.scope import Scope
from analytics.stock import ageing, classes, excess, groups, inventory, size_runs, snapshots, turnover
from analytics.stock.inventory import StockLook


def levels(scope: Scope, **asked: str) -> pd.DataFrame:
    """inventory.table by window and rows; by product with what is expected back of it."""
    look = StockLook(**asked)
    frame = inventory.table(scope, look)
    return frame if look.rows == "location" else back_in_stock.beside(frame, back_in_stock.by_product(scope))


def summary(scope: Scope, **asked: str) -> pd.DataFrame:
    """summary_of by window."""
    return summary_of(scope, StockLook(**asked))


def summary_of(scope: Scope, look: StockLook) -> pd.DataFrame:
    """inventory.summary with the columns of excess.summary and turnover.summary that it does not have; a row a currency."""
    levels = inventory.levels(scope, look.of_products)
    whole = inventory.of_levels(levels)
    for more in (excess.summed(scope, levels), turnover.summed(scope, look, levels)):
        new = [name for name in more.columns if name not in whole.columns]
        # both have a row a currency of the same levels, in one order
        whole = pd.concat([whole, more[new]], axis=1)
    return whole


def by(group: str) -> Any:
    """groups.by of a group, by window."""

    def result(scope: Scope, **asked: str) -> pd.DataFrame:
        return groups.by(scope, group, StockLook(**asked))

    return result


def by_class(scope: Scope, **asked: str) -> pd.DataFrame:
    """groups.by_class by window."""
    return groups.by_class(scope, StockLook(**asked))


def dead_stock(scope: Scope, **asked: str) -> pd.DataFrame:
    """excess.dead_stock by window."""
    return excess.dead_stock(scope, StockLook(**asked))


def overstock(scope: Scope, **asked: str) -> pd.DataFrame:
    """excess.overstock by window."""
    return excess.overstock(scope, StockLook(**asked))


def broken_runs(scope: Scope, **asked: str) -> pd.DataFrame:
    """size_runs.broken by window."""
    return size_runs.broken(scope, StockLook(**asked))


def turns(scope: Scope, **asked: str) -> pd.DataFrame:
    """turnover.of by window."""
    return turnover.of(scope, StockLook(**asked))


WINDOW = ("window",)
HOW = "--window usual, 30, 365, “Black Friday 2025”, 2025-11-24..2025-11-30"
OPTIONS: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "inventory.summary": (
        summary,
        f"stock in all, what is too much of it and how it turns, one row a currency; {HOW}",
        WINDOW,
    ),
    "inventory.levels": (
        levels,
        f"stock by product, --rows location for a row a location: worth, cover, classes; {HOW}",
        (*WINDOW, "rows"),
    ),
    "inventory.by_location": (by("location"), "stock and its worth by location", WINDOW),
    "inventory.by_category": (by("category"), "stock and its worth by category", WINDOW),
    "inventory.by_supplier": (by("supplier"), "stock and its worth by supplier", WINDOW),
    "inventory.by_vendor": (by("vendor"), "stock and its worth by brand", WINDOW),
    "inventory.by_class": (by_class, "stock and its worth by ABC and XYZ class", WINDOW),
    "inventory.classes": (classes.of, "products by what they bring (ABC) and how evenly they sell (XYZ)", ()),
    "inventory.ageing": (ageing.by_age, "stock and its worth by how long it has lain there", ()),
    "inventory.ages": (ageing.of, "how long each product has lain there, and from what that is known", ()),
    "inventory.dead_stock": (dead_stock, "what nobody buys, and the money in it", WINDOW),
    "inventory.overstock": (
        overstock,
        "what lasts for too long, how much of it is too much, and the money in that",
        WINDOW,
    ),
    "inventory.size_runs": (broken_runs, "styles that miss sizes that sell, while others lie there", WINDOW),
    "inventory.turnover": (turns, "sell-through, stock turn and GMROI by product", WINDOW),
    "inventory.history": (snapshots.history, "every day of counts: units, worth at cost and at retail", ()),
}
