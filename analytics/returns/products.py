"""Which products come back: each rate with its interval beside its category's, and a product's sizes and colours."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db, product_options, products, sales
from analytics.product_rows import LEVELS, Row, framed, quotient, records, told
from analytics.returns.intervals import certainty, wilson
from analytics.returns.rates import added
from analytics.scope import Scope

COLUMNS = (
    "sku", "title", "category", "currency", "units_sold", "units_returned", "return_rate", "lower", "upper",
    "category_rate", "is_flagged", "rate_of", "lines_sold", "lines_returned", "value_sold", "value_returned",
    "excess_value", "certainty", "certain_excess", "counted_share", "variants", "product", "parent", "vendor",
)  # fmt: skip
VARIANT_COLUMNS = (
    "name", "currency", "units_sold", "units_returned", "return_rate", "lower", "upper", "product_rate", "is_flagged",
    "rate_of", "lines_sold", "lines_returned", "value_sold", "value_returned", "counted_share", "sku", "title", "colour",
    "size", "product", "product_key",
)  # fmt: skip
# What a rate divides: units, or order lines (the orders in which a variant was sold), which refunds of money alone name, too.
RATES = ("auto", "units", "lines")
# One side of a 95 % interval is wrong in so many cases.
BY_CHANCE = Decimal("0.025")
# One that came back is no pattern, however rarely anything of its category does.
LEAST_RETURNED = 2
SIDES = ("variant", "size", "colour")
SUMS = (
    "units_sold", "units_returned", "lines_sold", "lines_returned", "value_sold", "value_returned", "value_with_units",
    "value_unclear",
)  # fmt: skip
NOTHING = dict.fromkeys(
    ("units_returned", "lines_returned", "value_returned", "value_with_units", "value_unclear"), Decimal(0)
)


def of(scope: Scope, level: str = "variant", by: str = "auto") -> pd.DataFrame:
    """One row a currency and variant (or product, all its variants together), what costs most and surely first.

    Columns: COLUMNS, all of the orders of the scope, whichever clock it asks for. `return_rate` is of units, or of order lines
    where files name the units of less than half of what came back (`rate_of` says which); `lower` and `upper` are its 95 %
    interval (see intervals.wilson), `category_rate` is that of the whole category. A row is flagged if its interval lies above
    that, and more than one came back, so many as chance alone brings in at most one of forty (see intervals.certainty).
    `excess_value` is the value returned beyond what the category's rate by value would have been, and rows come by that ×
    `certainty` that the rate is above the category's. `units_returned` is None where something came back and no file says how
    many; `counted_share` is the share of the value that returns and refunds of unknown kind took back of it which the rate
    counts. Raises ValueError for another level or rate.
    """
    if level not in LEVELS or by not in RATES:
        raise ValueError(f"level is {' or '.join(LEVELS)} and by {', '.join(RATES)}, not {level!r} and {by!r}")
    rows = _sums(scope)
    rate_of = _rate_of(rows, by)
    categories = _categories(rows, rate_of)
    found = []
    for row in _grouped(rows, ("currency", "parent" if level == "product" else "product_key")):
        usual, usual_by_value = categories[row["currency"], row["category"]]
        row |= _rate(row, rate_of[row["currency"]], usual) | {"category_rate": usual}
        row["product"] = row["parent"] if level == "product" else row["product_key"]
        row["title"] = row["parent_title"] if level == "product" else row["title"]
        row["sku"] = row["sku"] if row["variants"] == 1 else None
        row["excess_value"] = row["value_returned"] - (usual_by_value or 0) * row["value_sold"]
        row["certain_excess"] = max(row["excess_value"], Decimal(0)) * (row["certainty"] or 0)
        found.append(row)
    found.sort(key=lambda row: (row["currency"], -row["certain_excess"], -row["value_returned"], str(row["title"])))
    return framed(found, COLUMNS)


def variants(scope: Scope, product: str = "", side: str = "variant", by: str = "auto") -> pd.DataFrame:
    """One row a currency and variant, size or colour of one product, sizes in their own order. Columns: VARIANT_COLUMNS.

    A row is flagged if its interval lies above the rate of the whole product. Raises ValueError for another side, or if the
    store has no such product.
    """
    if side not in SIDES or by not in RATES:
        raise ValueError(f"side is {', '.join(SIDES)} and by {', '.join(RATES)}, not {side!r} and {by!r}")
    every = products.variants_of(scope, product)
    names = dict(zip(every["product_key"], product_options.told(list(every["options"])), strict=True))
    everything = _sums(scope)
    rows = [row for row in everything if row["parent"] == product]
    rate_of = _rate_of(everything, by)
    for row in rows:
        unknown = (product_options.UNKNOWN, product_options.UNKNOWN)
        row["colour"], row["size"] = names.get(row["product_key"], unknown)
        row["name"] = (row["options"] or row["title"]) if side == "variant" else row[side]
    whole = {row["currency"]: row for row in _grouped(rows, ("currency", "parent"))}
    found = []
    for row in _grouped(rows, ("currency", "product_key" if side == "variant" else "name")):
        way = rate_of[row["currency"]]
        usual = quotient(*_parts(whole[row["currency"]], way))
        row |= _rate(row, way, usual) | {"product_rate": usual, "product": product}
        if side != "variant":
            row |= dict.fromkeys(("sku", "title", "product_key"), None)
            row["colour" if side == "size" else "size"] = None
        found.append(row)
    order = product_options.in_order([str(row["size"]) for row in found])
    found.sort(key=lambda row: (row["currency"], order.index(str(row["size"])), -row["units_sold"], str(row["name"])))
    return framed(found, VARIANT_COLUMNS)


def counted(rows: pd.DataFrame) -> dict[str, Any]:
    """How many rows of `of` are flagged and what came back of them; how many have a rate, and would be flagged by chance."""
    flagged = [bool(each) for each in rows["is_flagged"]]
    rated = sum(each is not None for each in rows["lower"])
    return {
        "flagged_products": sum(flagged),
        "flagged_value": sum(rows.loc[flagged, "value_returned"], start=Decimal(0)),
        "rated": rated,
        "by_chance": rated * BY_CHANCE,
    }


def _sums(scope: Scope) -> list[Row]:
    """A row a currency and product as it is sold: SUMS, what it is called, its category and whose variant it is."""
    asked = replace(scope, basis="order_date")
    frame = sales.products(asked)
    back = {(row["currency"], row["product_key"]): row for row in _read(asked)}
    known = {row["product_key"]: row for row in told(asked).to_dict("records")}
    names = (
        "product_key",
        "currency",
        "sku",
        "title",
        "category",
        "vendor",
        "units",
        "orders",
        "gross_sales",
        "discounts",
    )
    found = []
    for row in records(frame, names):
        returned = back.get((row["currency"], row["product_key"]))
        if row["product_key"] is None or (returned is None and row["units"] <= 0):
            continue  # what belongs to no product, and discounts printed as a line
        family = known.get(row["product_key"], {})
        row["title"] = row["title"] or row["product_key"]
        row |= {"parent": family.get("parent", row["product_key"]), "options": family.get("options")}
        row["parent_title"] = family.get("parent_title", row["title"])
        row |= {"units_sold": row["units"], "lines_sold": Decimal(row["orders"])}
        row["value_sold"] = row["gross_sales"] - row["discounts"]
        found.append(row | (returned or NOTHING))
    return found


def _read(scope: Scope) -> list[Row]:
    rows = db.read("returns/came_back", by="product", **scope.params()).to_dict("records")
    return [_returned(row) for row in rows if row["product_key"] is not None]


def _returned(row: Row) -> Row:
    """What came back of a product; units are None where something did and no file says how many."""
    lines, units = Decimal(row["orders_with_return"]), row["units_returned"]
    return {
        "currency": row["currency"],
        "product_key": row["product_key"],
        "lines_returned": lines,
        "units_returned": Decimal(0) if units is None and not lines else units,
        "value_returned": row["value_returned"],
        "value_with_units": row["value_with_units"],
        "value_unclear": row["value_without_lines"] + row["value_of_unknown_kind"],
    }


def _rate_of(rows: list[Row], by: str) -> dict[Any, str]:
    """What rates are of, by currency: unless told, units if files name those of half of the value returned."""
    sums: dict[Any, list[Decimal]] = {}
    for row in rows:
        kept = sums.setdefault(row["currency"], [Decimal(0), Decimal(0)])
        kept[0] += row["value_with_units"]
        kept[1] += row["value_returned"]
    auto = {currency: "units" if known * 2 >= value else "lines" for currency, (known, value) in sums.items()}
    return auto if by == "auto" else dict.fromkeys(auto, by)


def _categories(rows: list[Row], rate_of: dict[Any, str]) -> dict[Any, tuple[Decimal | None, Decimal | None]]:
    """The rate of each currency and category, and its rate by value."""
    sums = _grouped(rows, ("currency", "category"))
    return {
        (row["currency"], row["category"]): (
            quotient(*_parts(row, rate_of[row["currency"]])),
            quotient(row["value_returned"], row["value_sold"]),
        )
        for row in sums
    }


def _grouped(rows: list[Row], by: Sequence[str]) -> list[Row]:
    """The rows added up by some keys, with the words of their first; `variants` are how many there were."""
    sums: dict[Any, Row] = {}
    for row in rows:
        key = tuple(row[name] for name in by)
        kept = sums.get(key)
        if kept is None:
            sums[key] = row | {"variants": 1}
            continue
        kept["variants"] += 1
        for name in SUMS:
            kept[name] = added(kept[name], row[name]) if name == "units_returned" else kept[name] + row[name]
    return list(sums.values())


def _parts(row: Row, rate_of: str) -> tuple[Any, Any]:
    """What came back and what was sold, in what the rate is of."""
    return row[f"{rate_of}_returned"], row[f"{rate_of}_sold"]


def held_against(returned: Decimal | None, sold: Decimal, usual: Decimal | None) -> Row:
    """A rate with its interval, how surely it lies above the usual one, and whether it is flagged; None where it is not known."""
    lower = upper = sure = None
    if returned is not None and sold > 0:
        lower, upper = wilson(returned, sold)
        sure = certainty(returned, sold, usual)
    is_above = lower is not None and usual is not None and lower > usual
    is_many = returned is not None and returned >= LEAST_RETURNED
    return {
        "return_rate": quotient(returned, sold),
        "lower": lower,
        "upper": upper,
        "is_flagged": is_above and is_many and sure is not None and sure >= 1 - BY_CHANCE,
        "certainty": sure,
    }


def _rate(row: Row, rate_of: str, usual: Decimal | None) -> Row:
    """A row's rate beside the usual one, what it is of, and how much of what came back it counts."""
    counted = row["value_with_units"] if rate_of == "units" else row["value_returned"]
    return {
        "rate_of": rate_of,
        **held_against(*_parts(row, rate_of), usual),
        "counted_share": quotient(counted, row["value_returned"] + row["value_unclear"]),
    }
