"""Why goods come back: the share of each reason, and in which product and size a reason is told more often than in its category."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db, product_options
from analytics.product_rows import Row, framed, quotient
from analytics.product_rows import told as catalogue
from analytics.returns import products, words
from analytics.scope import Scope

COLUMNS = (
    "currency", "reason", "name", "units", "orders", "value_returned", "share_of_units", "share_of_orders", "share_of_value",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "currency", "orders_with_return", "units_returned", "value_returned", "reason_coverage", "units_with_reason", "orders_with_reason",
    "value_with_reason",
)  # fmt: skip
PRODUCT_COLUMNS = (
    "title", "size", "reason", "name", "currency", "category", "units_sold", "units_returned", "reason_rate", "lower", "upper",
    "category_reason_rate", "is_flagged", "rate_of", "lines_sold", "lines_returned", "value_returned", "excess_value", "certainty",
    "certain_excess", "tested", "product",
)  # fmt: skip
LEVELS = ("size", "product")
SOLD = ("units_sold", "lines_sold", "value_sold")


def read(scope: Scope, field: str = "reason", by: str = "all") -> list[Row]:
    """A row a currency, meaning and product (`by`), and one a currency for all (`is_total`), as queries/returns/told.sql has it."""
    known = words.joined(scope)
    return db.read("returns/told", field=field, by=by, **known, **scope.params()).to_dict("records")


def of(scope: Scope) -> pd.DataFrame:
    """One row a currency and reason that was told, those of most value first, what was not told last. Columns: COLUMNS.

    Values and units of all rows add up to everything that came back; an order counts under each reason told of it. The
    shares are of what was told, so `not_told` has none. `units` is None where no file says how many.
    """
    rows = read(scope)
    totals = {row["currency"]: row for row in rows if row["is_total"]}
    found = []
    for row in rows:
        if row["is_total"]:
            continue
        total, is_told = totals[row["currency"]], row["means"] != words.NOT_TOLD
        row |= {"reason": row["means"], "name": words.LABELS["reason"][row["means"]]}
        for share, amount, of_all in (
            ("share_of_units", row["units"], total["units_told"]),
            ("share_of_orders", row["orders"], total["orders_told"]),
            ("share_of_value", row["value_returned"], total["value_told"]),
        ):
            row[share] = quotient(amount, of_all) if is_told else None
        found.append(row)
    found.sort(key=lambda row: (row["currency"], row["reason"] == words.NOT_TOLD, -row["value_returned"]))
    return framed(found, COLUMNS)


def compared(scope: Scope, before: Scope | None = None) -> pd.DataFrame:
    """The reasons of `of`, each with its share of value before and how many points it changed; None without a comparison."""
    now = of(scope)
    then = {} if before is None else _shares_before(before)
    shares = [then.get(key, Decimal(0) if then and share is not None else None) for key, share in _keyed(now)]
    changes = [
        None if share is None or old is None else share - old
        for (_, share), old in zip(_keyed(now), shares, strict=True)
    ]
    return now.assign(share_before=pd.Series(shares, dtype=object), points_gained=pd.Series(changes, dtype=object))


def _keyed(frame: pd.DataFrame) -> list[tuple[Any, Any]]:
    return [((row["currency"], row["reason"]), row["share_of_value"]) for row in frame.to_dict("records")]


def _shares_before(scope: Scope) -> dict[Any, Any]:
    """The shares of several ranges together: their values added up before they are divided."""
    sums: dict[Any, Decimal] = {}
    for each in scope.ranges():
        for row in of(each).to_dict("records"):
            if row["reason"] != words.NOT_TOLD:
                key = row["currency"], row["reason"]
                sums[key] = sums.get(key, Decimal(0)) + row["value_returned"]
    totals: dict[Any, Decimal] = {}
    for (currency, _), value in sums.items():
        totals[currency] = totals.get(currency, Decimal(0)) + value
    return {key: quotient(value, totals[key[0]]) for key, value in sums.items()}


def summary(scope: Scope) -> pd.DataFrame:
    """One row a currency: what came back, and of how much of it a reason was told. Columns: SUMMARY_COLUMNS."""
    found = []
    for row in read(scope):
        if row["is_total"]:
            told = quotient(row["value_told"], row["value_returned"])
            row |= {"orders_with_return": row["orders"], "units_returned": row["units"], "reason_coverage": told}
            row |= {"units_with_reason": row["units_told"], "orders_with_reason": row["orders_told"]}
            found.append(row | {"value_with_reason": row["value_told"]})
    return framed(found, SUMMARY_COLUMNS)


def of_products(scope: Scope, reason: str = "", level: str = "size", by: str = "auto") -> pd.DataFrame:
    """One row a currency, product, size (at that level) and reason that was told of it: PRODUCT_COLUMNS.

    Of the orders of the scope, whichever clock it asks for. `reason_rate` is what came back for the reason ÷ what was sold, in
    units or order lines as returns.products has it, with its 95 % interval; `category_reason_rate` is the same of the whole
    category, and a row is flagged if it lies surely above that (see products.held_against). `tested` is how many were held
    against their category, with those for which nothing came back. Rows come by value beyond the category's rate × certainty.
    Raises ValueError for another reason or level.
    """
    if level not in LEVELS or (reason and reason not in words.LABELS["reason"]):
        raise ValueError(
            f"level is {' or '.join(LEVELS)}, reason one of {', '.join(words.LABELS['reason'])}, not {level!r}, {reason!r}"
        )
    asked = replace(scope, basis="order_date")
    sold = products.of(asked, "variant", by).to_dict("records")
    back = _by_product(asked, reason)
    of_category = _rates(_summed(sold, back, ("category",)))
    grouped_by = ("parent", "size") if level == "size" else ("parent",)
    sized = _sized(asked, sold)
    tested = _tested(sized, grouped_by, of_category)
    found = []
    for row in _summed(sized, back, grouped_by):
        usual, usual_by_value = of_category[row["currency"], row["category"], row["reason"]]
        found.append(row | _rate(row, usual, usual_by_value) | {"tested": tested[row["currency"]]})
    found = [row for row in found if row["value_returned"]]
    found.sort(
        key=lambda row: (row["currency"], -row["certain_excess"], -row["value_returned"], row["title"], row["name"])
    )
    return framed(found, PRODUCT_COLUMNS)


def counted(rows: pd.DataFrame) -> dict[str, Any]:
    """How many rows of `of_products` are flagged, how many were tested, and how many would be flagged by chance."""
    rated = 0 if rows.empty else int(rows["tested"].iloc[0])
    flagged = sum(bool(each) for each in rows["is_flagged"])
    return {"flagged": flagged, "rated": rated, "by_chance": rated * products.BY_CHANCE}


def _by_product(scope: Scope, reason: str) -> dict[Any, list[Row]]:
    """What came back of each currency and product, a row a reason."""
    back: dict[Any, list[Row]] = {}
    for row in read(scope, "reason", "product"):
        if not row["is_total"] and row["means"] != words.NOT_TOLD and reason in ("", row["means"]):
            back.setdefault((row["currency"], row["product_key"]), []).append(row)
    return back


def _sized(scope: Scope, sold: list[Row]) -> list[Row]:
    """The variants with the size and the title of their product."""
    families: dict[Any, list[Row]] = {}
    for row in catalogue(scope).to_dict("records"):
        families.setdefault(row["parent"], []).append(row)
    sizes = {
        row["product_key"]: (size, row["parent_title"])
        for rows in families.values()
        for row, (_, size) in zip(rows, product_options.told([row["options"] for row in rows]), strict=True)
    }
    named = []
    for row in sold:
        size, title = sizes.get(row["product"], (product_options.UNKNOWN, row["title"]))
        named.append(row | {"size": size, "title": title})
    return named


def _summed(sold: list[Row], back: dict[Any, list[Row]], by: tuple[str, ...]) -> list[Row]:
    """A row a currency, group and reason that was told of it, beside all that was sold of the group."""
    groups: dict[Any, list[Row]] = {}
    for row in sold:
        groups.setdefault((row["currency"], *(row[name] for name in by)), []).append(row)
    found = []
    for rows in groups.values():
        told: dict[str, Row] = {}
        for row in rows:
            for each in back.get((row["currency"], row["product"]), ()):
                kept = told.setdefault(each["means"], {"units": Decimal(0), "orders": 0, "value_returned": Decimal(0)})
                kept["units"] += each["units"] or 0
                kept["orders"] += each["orders"]
                kept["value_returned"] += each["value_returned"]
        whole = {name: sum((row[name] for row in rows), start=Decimal(0)) for name in SOLD}
        for means, sums in told.items():
            about = {name: rows[0].get(name) for name in ("currency", "category", "title", "rate_of", "parent")}
            about["size"] = rows[0]["size"] if "size" in by else None
            returned = {"units_returned": sums["units"], "lines_returned": Decimal(sums["orders"])}
            named = {"reason": means, "name": words.LABELS["reason"][means], "product": about["parent"]}
            found.append(about | whole | returned | named | {"value_returned": sums["value_returned"]})
    return found


def _rates(rows: list[Row]) -> dict[Any, tuple[Decimal | None, Decimal | None]]:
    """The rate of each currency, category and reason, and its rate by value."""
    return {
        (row["currency"], row["category"], row["reason"]): (
            quotient(row[f"{row['rate_of']}_returned"], row[f"{row['rate_of']}_sold"]),
            quotient(row["value_returned"], row["value_sold"]),
        )
        for row in rows
    }


def _rate(row: Row, usual: Decimal | None, usual_by_value: Decimal | None) -> Row:
    held = products.held_against(row[f"{row['rate_of']}_returned"], row[f"{row['rate_of']}_sold"], usual)
    excess = row["value_returned"] - (usual_by_value or 0) * row["value_sold"]
    return held | {
        "reason_rate": held["return_rate"],
        "category_reason_rate": usual,
        "excess_value": excess,
        "certain_excess": max(excess, Decimal(0)) * (held["certainty"] or 0),
    }


def _tested(sold: list[Row], by: tuple[str, ...], of_category: dict[Any, Any]) -> dict[Any, int]:
    """How many groups were held against their category, by currency: each for every reason that is told in its category."""
    reasons_of = Counter((currency, category) for currency, category, _ in of_category)
    groups = {(row["currency"], row["category"], *(row[name] for name in by)) for row in sold}
    tested: dict[Any, int] = {}
    for currency, category, *_ in groups:
        tested[currency] = tested.get(currency, 0) + reasons_of[currency, category]
    return tested
