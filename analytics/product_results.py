"""What is known of products, as the command line asks for it: each word of an option checked, each a plain value."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd

from analytics import comparisons, periods, product_life, product_options, products, stores
from analytics.product_life import Limits
from analytics.product_rows import Look
from analytics.scope import Scope


def ranking(scope: Scope, **asked: str) -> pd.DataFrame:
    """products.ranking by metric, level and bundles."""
    return products.ranking(scope, Look(**asked))


def movers(scope: Scope, compare: str = "previous period", **asked: str) -> pd.DataFrame:
    """products.movers against a comparison of comparisons.COMPARISONS. Raises ValueError without both ends of the period."""
    if scope.start is None or scope.stop is None:
        raise ValueError("start and stop are needed: a period is compared with another one")
    last = stores.among(scope.store)["last_day"].dropna()
    stop = periods.same_part(scope.start, scope.stop, max(last, default=None))
    other = comparisons.of(scope.start, scope.stop, compare, comparisons.Known(last_day=max(last, default=None)))
    if other is None:
        raise ValueError("compare names other days; movers need some")
    return products.movers(replace(scope, stop=stop), other.scope(scope), Look(**asked))


def variants(scope: Scope, product: str | None = None, **asked: str) -> pd.DataFrame:
    """products.variants of one product, or of all."""
    if product is not None:
        products.variants_of(scope, product)
    return products.variants(scope, product, Look(**asked))


def size_colour(scope: Scope, product: str | None = None, **asked: str) -> pd.DataFrame:
    """product_options.cells of one product."""
    return product_options.cells(scope, str(product or ""), Look(**asked))


def daily(scope: Scope, product: str | None = None, **asked: str) -> pd.DataFrame:
    """products.daily of one product."""
    return products.daily(scope, str(product or ""), Look(**asked))


def life(scope: Scope, new_for: str | None = None, fallen_to: str = "0.5", **asked: str) -> pd.DataFrame:
    """product_life.life; new_for are days, fallen_to is a share from 0 to 1."""
    try:
        limits = Limits(None if new_for is None else int(new_for), Decimal(fallen_to))
    except (ValueError, InvalidOperation) as error:
        raise ValueError(f"new_for is a number of days and fallen_to a share such as 0.5: {error}") from error
    return product_life.life(scope, Look(**asked), limits)


LOOK = ("metric", "level", "bundles")
OPTIONS: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "sales.product_ranking": (ranking, "products by net sales or another --metric, with their ABC class", LOOK),
    "sales.movers": (movers, "products that sold more or less than in other days (--compare)", ("compare", *LOOK)),
    "sales.variants": (variants, "variants with the product they belong to", ("product", "bundles")),
    "sales.size_colour": (size_colour, "one --product by size and colour", ("product", "bundles")),
    "sales.product_daily": (daily, "one --product day by day", ("product", "bundles")),
    "sales.product_life": (
        life, "which products are new and which sell at a fraction of their former pace",
        ("new_for", "fallen_to", "level", "bundles"),
    ),
}  # fmt: skip
