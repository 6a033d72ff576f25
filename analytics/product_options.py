"""Sizes and colours, told from what variants are called, and a product's sales by both."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import products
from analytics.product_rows import Look
from analytics.scope import Scope

METRICS = ("units", "net_sales")
UNKNOWN, ALL, NONE = "unknown", "All", "–"
CELL_COLUMNS = ("colour", "size", "currency", "units", "net_sales", "gross_sales", "discounts", "reversals", "share")
LETTERS = {
    "XXXXS": -4,
    "XXXS": -3,
    "XXS": -2,
    "XS": -1,
    "S": 0,
    "M": 1,
    "L": 2,
    "XL": 3,
    "XXL": 4,
    "XXXL": 5,
    "XXXXL": 6,
}
WORDS = {"EXTRA SMALL": -1, "SMALL": 0, "MEDIUM": 1, "LARGE": 2, "EXTRA LARGE": 3}
COUNTED = re.compile(r"(\d{1,2})\s?X(S|L)")
SPELT = re.compile(r"(X+)[- ]?(LARGE|SMALL)")
ONE_SIZE = re.compile(r"(ONE[ -]?SIZE|OS|EINHEITSGR(Ö|OE)(SS|ẞ)E|TAILLE UNIQUE|TALLA (Ú|U)NICA|UNI(SIZE)?)")
# 38, EU 38.5, 38,5, 38 2/3, 32/34, W32 L34, 250 ml
NUMBER = re.compile(
    r"(?:EU|UK|US|DE|FR|IT|W|GR\.?|SIZE)?\s?(\d{1,4}(?:[.,]\d+)?)(?:\s(\d)/(\d))?"
    r"(?:\s?[/XL–-]\s?L?(\d{1,4}))?\s?(T|Y|J|MM|CM|M|ML|CL|L|G|KG|OZ|IN|\")?"
)
TIMES = {"KG": Decimal(1000), "L": Decimal(1000), "CL": Decimal(10), "M": Decimal(100), "MM": Decimal("0.1")}


def size_place(value: str) -> tuple[int, Decimal, Decimal] | None:
    """Where a size stands among others: letters from XS to XL, then numbers by value, then one size; None for no size."""
    said = SPELT.sub(lambda found: found[1] + found[2][0], value.strip().upper())
    letters = [_letters(each.strip()) for each in re.split("[/-]", said)]
    if None not in letters:
        # S/M stands between S and M
        return 0, sum((Decimal(each or 0) for each in letters), start=Decimal(0)) / len(letters), Decimal(0)
    if ONE_SIZE.fullmatch(said):
        return 2, Decimal(0), Decimal(0)
    found = NUMBER.fullmatch(said)
    if not found:
        return None
    whole, above, below, second, unit = found.groups()
    number = Decimal(whole.replace(",", "."))
    if above and int(below):
        number += Decimal(above) / Decimal(below)
    return 1, number * TIMES.get(unit, Decimal(1)), Decimal(second or 0)


def _letters(said: str) -> int | None:
    if counted := COUNTED.fullmatch(said):
        number = int(counted[1])
        return -number if counted[2] == "S" else number + 2
    return LETTERS.get(said, WORDS.get(said))


def told(options: Sequence[str | None]) -> list[tuple[str, str]]:
    """Colour and size of each of a product's variants, from options such as “Blue / M”, in any order.

    The place whose values are mostly sizes is the size, what stands in the others is the colour. Where no place is, there
    are no sizes (“–”), where none is left no colours; a variant without options beside others that have some is “unknown”
    in both.
    """
    split = [None if each is None else [part.strip() for part in each.split(" / ")] for each in options]
    known = [parts for parts in split if parts is not None]
    if not known:
        return [(NONE, NONE)] * len(options)
    places = max(len(parts) for parts in known)
    shares = [_share_of_sizes([parts[at] for parts in known if len(parts) > at]) for at in range(places)]
    at_size = shares.index(max(shares)) if shares and max(shares) > 0.5 else None
    return [(UNKNOWN, UNKNOWN) if parts is None else _colour_and_size(parts, at_size) for parts in split]


def _share_of_sizes(values: Sequence[str]) -> float:
    return sum(size_place(value) is not None for value in values) / len(values) if values else 0.0


def _colour_and_size(parts: list[str], at_size: int | None) -> tuple[str, str]:
    size = NONE if at_size is None else parts[at_size] if len(parts) > at_size else UNKNOWN
    others = [part for at, part in enumerate(parts) if at != at_size]
    return " / ".join(others) or NONE, size


def in_order(sizes: Sequence[str]) -> list[str]:
    """Sizes as a shop hangs them: XS, S, M, L, XL; numbers by value; what is no size by its name, unknown last."""

    def place(size: str) -> tuple[Any, ...]:
        found = size_place(size)
        return (size == UNKNOWN, found is None, found or (0, Decimal(0), Decimal(0)), size)

    return sorted(dict.fromkeys(sizes), key=place)


def cells(scope: Scope, product: str, look: Look = Look()) -> pd.DataFrame:
    """One row a currency, colour and size of one product that was sold or taken back in the scope. Columns: CELL_COLUMNS.

    Colours come by net sales, sizes in their own order; `share` is of the product's net sales. Variants that share both
    (a third option, or none known) are added up. Raises ValueError if the store has no such product.
    """
    rows = products.variants(scope, product, replace(look, level="variant")).to_dict("records")
    every = products.variants_of(scope, product)
    # told from all variants, also those without sales, so that a product's sizes do not change with the days
    names = dict(zip(every["product_key"], told(list(every["options"])), strict=True))
    sums: dict[Any, dict[Any, Any]] = {}
    amounts = ("units", "net_sales", "gross_sales", "discounts", "reversals", "share")
    for row in rows:
        colour, size = names.get(row["product_key"], (UNKNOWN, UNKNOWN))
        kept = sums.setdefault((row["currency"], colour, size), dict.fromkeys(amounts, Decimal(0)))
        for name in amounts:
            kept[name] += row[name] or 0
    found = [{"currency": key[0], "colour": key[1], "size": key[2], **kept} for key, kept in sums.items()]
    sizes = in_order([row["size"] for row in found])
    of_colour: dict[Any, Decimal] = {}
    for row in found:
        of_colour[row["colour"]] = of_colour.get(row["colour"], Decimal(0)) + row["net_sales"]
    found.sort(
        key=lambda row: (row["currency"], -of_colour[row["colour"]], row["colour"], sizes.index(row["size"])),
    )
    return pd.DataFrame(found, columns=list(CELL_COLUMNS), dtype=object)


def matrix(found: pd.DataFrame, metric: str) -> pd.DataFrame:
    """The cells of one currency as a table: a row a colour and first one of totals, a column a size and last one of totals.

    A combination that was not sold is None. Raises ValueError for a metric that is not one of METRICS.
    """
    if metric not in METRICS:
        raise ValueError(f"metric is one of {', '.join(METRICS)}, not {metric!r}")
    sizes = in_order(list(found["size"]))
    values = {(row["colour"], row["size"]): row[metric] for row in found[["colour", "size", metric]].to_dict("records")}
    rows = []
    for colour in dict.fromkeys(found["colour"]):
        sold = {size: values.get((colour, size)) for size in sizes}
        rows.append({"colour": colour, **sold, ALL: _sum(list(sold.values()))})
    names = [*sizes, ALL]
    totals = {"colour": ALL, **{name: _sum([row[name] for row in rows]) for name in names}}
    return pd.DataFrame([totals, *rows] if rows else [], columns=["colour", *names], dtype=object)


def _sum(values: Sequence[Any]) -> Decimal:
    return sum((Decimal(each) for each in values if each is not None), start=Decimal(0))
