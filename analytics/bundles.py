"""Bundles as what they are made of: their sales spread over components by value, so that every total stays as it is."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pandas as pd

from analytics import db
from analytics.scope import Scope

CENT = Decimal("0.01")
AMOUNTS = ("gross_sales", "discounts", "reversals", "cost_of_goods_sold", "gross_profit")
PIECES = ("units", "units_returned")
Row = dict[Any, Any]


def parts(scope: Scope) -> pd.DataFrame:
    """One row a bundle and component of the scope's stores: bundle_key, component_key, sku, title, category, vendor, units
    (pieces in one bundle), price (the catalogue's) and price_currency, which are None where they are not known."""
    return db.read("products/bundles", store_ids=scope.params()["store_ids"])


def weights(rows: Sequence[Row]) -> list[Decimal]:
    """What each component of a bundle weighs: price × units if the price of every one is known in one currency, else 1."""
    prices = [row["price"] for row in rows]
    if None in prices or len({row["price_currency"] for row in rows}) > 1 or not any(prices):
        return [Decimal(1)] * len(rows)
    return [Decimal(row["price"]) * Decimal(row["units"]) for row in rows]


def spread(amount: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """Parts of an amount in proportion to weights above zero in all; they add up exactly (largest remainder in cents, or
    in the amount's own last digit if that is smaller; ties to the earlier part)."""
    unit = min(CENT, Decimal(1).scaleb(int(amount.normalize().as_tuple().exponent))) if amount else CENT
    whole, total = int(amount / unit), Fraction(sum(shares))
    exact = [whole * Fraction(each) / total for each in shares]
    found = [floor(each) for each in exact]
    order = sorted(range(len(shares)), key=lambda at: (found[at] - exact[at], at))
    for at in order[: whole - sum(found)]:
        found[at] += 1
    return [each * unit for each in found]


def as_components(sold: pd.DataFrame, made_of: pd.DataFrame) -> pd.DataFrame:
    """The rows of `sold` (product_key, AMOUNTS and PIECES as far as it has them) with each bundle's row replaced by a row a
    component: amounts spread by value, pieces multiplied. Rows of one component are not yet added up."""
    if made_of.empty or sold.empty:
        return sold
    known: dict[Any, list[Row]] = {}
    for part in made_of.to_dict("records"):
        known.setdefault(part["bundle_key"], []).append(part)
    rows: list[Row] = []
    for row in sold.to_dict("records"):
        made = known.get(row["product_key"])
        rows += _components(row, made) if made else [row]
    return pd.DataFrame(rows, columns=list(sold.columns), dtype=object)


def _components(row: Row, made_of: list[Row]) -> list[Row]:
    shares = weights(made_of)
    spreads = {
        name: spread(Decimal(row[name]), shares) for name in AMOUNTS if name in row and not _is_unknown(row[name])
    }
    found = []
    for at, part in enumerate(made_of):
        amounts = {name: values[at] for name, values in spreads.items()}
        pieces = {name: Decimal(row[name]) * Decimal(part["units"]) for name in PIECES if name in row}
        about = {name: part[name] for name in ("sku", "title", "category", "vendor") if name in row}
        found.append(row | about | amounts | pieces | {"product_key": part["component_key"]} | _net(row, amounts))
    return found


def _net(row: Row, amounts: dict[str, Decimal]) -> Row:
    """Net sales of a component, from its own parts: so net = gross − discounts − reversals holds for it, too."""
    if "net_sales" not in row:
        return {}
    return {"net_sales": amounts["gross_sales"] - amounts["discounts"] - amounts["reversals"]}


def _is_unknown(value: Any) -> bool:
    return value is None or value != value  # NaN is not itself


def given(scope: Scope) -> pd.DataFrame:
    """The bundles as they were imported or edited, one row a bundle and component: bundle_sku, component_sku, units, and the
    titles of both where they are known."""
    return db.read("purchases/given_bundles", store_ids=scope.params()["store_ids"])


def uses(scope: Scope) -> pd.DataFrame:
    """One row a component, the most used first: name (its title, else its SKU), bundles (that it is part of)."""
    known = given(scope)
    names = known["component_title"].fillna(known["component_sku"])
    counted = known.groupby(names)["bundle_sku"].nunique().rename_axis("name").rename("bundles").reset_index()
    return counted.sort_values(["bundles", "name"], ascending=[False, True], kind="stable").reset_index(drop=True)


def finding(used: pd.DataFrame) -> str:
    """What `uses` shows, in a sentence."""
    first = used.iloc[0]
    return f"{first['name']} is part of {first['bundles']:,} bundle{'' if first['bundles'] == 1 else 's'}"
