"""Returns by channel, country, discount code, category, brand and supplier: each rate beside that of the whole."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db, discounts, sales, slices
from analytics.product_rows import Row, framed, quotient, summed
from analytics.returns import products, rates
from analytics.scope import Scope
from analytics.stock import suppliers

# An order belongs to one channel and country and has its codes: rates are of orders. A product belongs to one of the others:
# rates are of units, or of order lines where files name units of less than half of what came back, as for products.
OF_ORDERS = ("channel", "country", "code")
# Each side with the word for several of it.
SIDES = {
    "channel": "channels",
    "country": "countries",
    "category": "categories",
    "brand": "brands",
    "supplier": "suppliers",
    "code": "codes",
}
NO_CODE = "No code"
COLUMNS = (
    "name", "currency", "return_rate", "lower", "upper", "whole_rate", "is_flagged", "rate_of", "orders",
    "orders_with_return", "units_sold", "units_returned", "lines_sold", "lines_returned", "value_sold", "value_returned",
    "return_rate_by_value", "share_of_returned", "days_to_return_median", "days_to_return_p90", "value",
)  # fmt: skip
CODE_SUMS = ("orders", "gross_sales", "discounts")
SUMS = ("units_sold", "lines_sold", "lines_returned", "value_sold", "value_returned")


def of(scope: Scope, side: str = "channel") -> pd.DataFrame:
    """One row a currency and value of the side, most value returned first; all of the orders of the scope. Columns: COLUMNS.

    `return_rate` is of orders, units or order lines (`rate_of`), `lower` and `upper` its 95 % interval, and a row is flagged
    if it lies surely above `whole_rate`, the rate of all rows together, as products do (see products.of). A supplier is whom
    the product is bought from (see suppliers.terms), a brand what the catalogue prints. An order with several codes counts
    under each, its value spread over them. Raises ValueError for another side.
    """
    if side not in SIDES:
        raise ValueError(f"side is {', '.join(SIDES)}, not {side!r}")
    asked = replace(scope, basis="order_date")
    given = _suppliers(asked) if side == "supplier" else {}
    back = {(row["currency"], row["value"]): row for row in _read(asked, side, given)}
    sold, whole = _orders(asked, side, back) if side in OF_ORDERS else _products(asked, side, given)
    returned: dict[Any, Decimal] = {}
    for row in sold:
        returned[row["currency"]] = returned.get(row["currency"], Decimal(0)) + row["value_returned"]
    for row in sold:
        days = back.get((row["currency"], row["value"]), {})
        row |= {name: days.get(name) for name in ("days_to_return_median", "days_to_return_p90")}
        usual = quotient(*whole[row["currency"]])
        row |= products.held_against(*_parts(row), usual) | {"whole_rate": usual}
        row["return_rate_by_value"] = quotient(row["value_returned"], row["value_sold"])
        row["share_of_returned"] = quotient(row["value_returned"], returned[row["currency"]])
    sold.sort(key=lambda row: (row["currency"], -row["value_returned"], -row["value_sold"], str(row["name"])))
    return framed(sold, COLUMNS)


def _read(scope: Scope, side: str, given: dict[str, str]) -> list[Row]:
    by = "vendor" if side == "brand" else side
    found = db.read("returns/sides", by=by, given=json.dumps(given), **scope.params())
    return found.to_dict("records")


def _suppliers(scope: Scope) -> dict[str, str]:
    """Whom each product is bought from, as far as anyone says."""
    terms = suppliers.terms(replace(scope, categories=()))
    pairs = zip(terms["product_key"], terms["supplier"], strict=True)
    return {str(key): str(supplier) for key, supplier in pairs if pd.notna(supplier)}


def _orders(scope: Scope, side: str, back: dict[Any, Row]) -> tuple[list[Row], dict[Any, tuple[Any, Any]]]:
    """A row a value with its orders and what came back of them, and how many of all orders came back of how many, by currency."""
    placed = _codes(scope) if side == "code" else sales.by_dimension(scope, side).to_dict("records")
    found = []
    for row in placed:
        came = back.get((row["currency"], row["value"] or ""), {})
        found.append(
            {
                "currency": row["currency"],
                "value": row["value"] or "",
                "name": slices.name_of(side, row["value"], row["title"]),
                "rate_of": "orders",
                "orders": Decimal(row["orders"]),
                "orders_with_return": Decimal(came.get("orders_with_return", 0)),
                "value_sold": row["gross_sales"] - row["discounts"],
                "value_returned": came.get("value_returned", Decimal(0)),
            }
        )
    every = rates.summary(scope).to_dict("records")
    return found, {row["currency"]: (row["orders_with_return"], row["orders"]) for row in every}


def _codes(scope: Scope) -> list[Row]:
    """The discount codes as slices; what has none is one."""
    rows = discounts.codes(scope).to_dict("records")
    coded = [row | {"value": row["code"].lower(), "title": row["name"]} for row in rows if row["code"]]
    # discounts without a code, and none at all
    without = summed([row | {"value": ""} for row in rows if not row["code"]], ("currency", "value"), CODE_SUMS)
    return coded + [row | {"title": NO_CODE} for row in without]


def _products(scope: Scope, side: str, given: dict[str, str]) -> tuple[list[Row], dict[Any, tuple[Any, Any]]]:
    """A row a value with what its products sold and got back, and the same of all of them, by currency."""
    found: dict[Any, Row] = {}
    whole: dict[Any, Row] = {}
    for row in products.of(scope).to_dict("records"):
        value = {"category": row["category"], "brand": row["vendor"], "supplier": given.get(row["product"])}[side] or ""
        name = slices.name_of(side, value, None)
        for sums, key in ((found, (row["currency"], value)), (whole, row["currency"])):
            kept = sums.get(key)
            if kept is None:
                sums[key] = row | {"value": value, "name": name}
                continue
            for each in SUMS:
                kept[each] += row[each]
            kept["units_returned"] = rates.added(kept["units_returned"], row["units_returned"])
    return list(found.values()), {currency: _parts(row) for currency, row in whole.items()}


def _parts(row: Row) -> tuple[Any, Any]:
    """What came back and what was sold, in what the rate is of."""
    if row["rate_of"] == "orders":
        return row["orders_with_return"], row["orders"]
    return row[f"{row['rate_of']}_returned"], row[f"{row['rate_of']}_sold"]
