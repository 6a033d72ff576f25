"""Cohorts of orders projected at every week of the past, and held against what really came back of them within 90 days.

At each origin only what was known by then is used, in everything: how returns develop, how much a cohort's own counts, and
how wide the interval is. Two shops: the sample shop, and the public data set Online Retail, whose C-invoices are taken as what
came back (it tells no return from a cancellation) as far as their purchases are found.
"""

import os
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from analytics import db, sample, stores
from analytics.ingest.load import Options, load
from analytics.returns import between, development, open_products, outstanding
from analytics.returns.development import HORIZON, WEEK, Triangle
from analytics.returns.intervals import wilson
from analytics.scope import Scope
from tests.bench.loading import own_database, own_server

SAMPLE, RETAIL = "Sample shop", "Online Retail"
MEASURES = ("orders", "value")
WEEKS = (1, 2, 3, 4, 6, 8)
# 80 % of a normal distribution lie within so many deviations of the mean.
Z = Decimal("1.2815515655446004")


def measured(file: Path | None) -> dict[str, Any]:
    """The backtest of the sample shop and, with its file, of Online Retail."""
    with own_server() as server, own_database(server, f"storeledger_bench_{os.getpid()}"):
        db.migrate()
        for path in [*sorted(sample.COPY.glob("shopify_*")), *sample.COPY.glob("returns.*")]:
            load(path, Options(store=SAMPLE, as_of=sample.COPY_LAST_DAY))
        if file is not None:
            load(file, Options(store=RETAIL, format="order_lines", currency="GBP"))
            with db.transaction() as cursor:
                cursor.execute(
                    "update reversals set kind = 'return' where kind = 'cancellation' and store_id = %s",
                    (stores.find(RETAIL),),
                )
        shops = [SAMPLE, *([RETAIL] if file is not None else [])]
        scopes = {shop: Scope(stores.find(shop)) for shop in shops}
        return {"shops": [{"shop": shop, "rows": _of_shop(each), **_to_come(each)} for shop, each in scopes.items()]}


def _of_shop(scope: Scope) -> list[dict[str, Any]]:
    last = development.as_of(scope.stores)
    assert last is not None, "the shop has orders"
    days, back = development.sold(scope, last), development.read(scope, last)
    found = []
    for measure in MEASURES:
        known = development.triangle(days, back, measure, last)
        assert known is not None, "the shop has orders"
        found += [{"measure": measure, **backtest(known, weeks)} for weeks in WEEKS]
    return found


def _to_come(scope: Scope) -> dict[str, Any]:
    """What was expected back every fourth week of the past, of all open orders and of each product, against what came.

    origins; covered, ratio: share of origins at which it lay within the interval, and expected ÷ came in all; products: how many
    products with anything expected back, one an origin; products_covered, products_ratio of the same; above: share of them of
    which more came than the interval says.
    """
    last = development.as_of(scope.stores)
    assert last is not None, "the shop has orders"
    later = development.read(scope, last, by="product")
    wholes, products = [], []
    for back in range(HORIZON, 700, 4 * WEEK):
        origin = last - timedelta(days=back)
        told = outstanding.of(scope, origin)
        if not told:
            break
        days = later[[origin - timedelta(days=HORIZON) < day <= origin for day in later["day"]]]
        came = days[
            [
                origin - day < timedelta(days=age) and age <= HORIZON
                for day, age in zip(days["day"], days["age"], strict=True)
            ]
        ]
        value = told[0].value
        wholes.append(
            (
                value.expected - value.returned,
                value.lower - value.returned,
                value.upper - value.returned,
                float(came["value"].sum()),
            )
        )
        by_product = came.groupby("product_key")["value"].sum().to_dict()
        cells = open_products.of(scope, told)
        sums = cells.groupby("product_key")["to_come"].sum() / outstanding.PARTS
        for (key, amount), ends in zip(sums.items(), between.of_products(told[0], cells, ["product_key"]), strict=True):
            if amount > 0:
                products.append((amount, *map(float, ends), float(by_product.get(key, 0))))
    return {
        "origins": len(wholes),
        **_against(wholes, ""),
        "products": len(products),
        **_against(products, "products_"),
    }


def _against(rows: list[tuple[float, ...]], name: str) -> dict[str, float]:
    expected, lower, upper, came = np.array(rows).T if rows else np.full((4, 1), np.nan)
    # a piece may have been paid less for than others
    is_below, is_above = came < lower * 0.999 - 0.01, came > upper * 1.001 + 0.01
    return {
        f"{name}covered": float(1 - (is_below | is_above).mean()),
        f"{name}ratio": float(expected.sum() / max(came.sum(), 1e-9)),
        f"{name}above": float(is_above.mean()),
    }


def backtest(known: Triangle, weeks: int) -> dict[str, Any]:
    """Every week of orders that is 90 days old by now, projected when its last order was so many weeks old.

    cohorts: how many could be projected; covered: share whose rate at 90 days lay within the 80 % interval; width: its mean, as a
    share of what was sold; error: mean distance of the projection from the rate; the same three of Wilson's 80 % interval round
    what had come back so far, and of the rate of the newest cohort that was mature by then.
    """
    rows = []
    for first in range(_monday(known.first_day), known.last - HORIZON - WEEK + 2, WEEK):
        origin = first + WEEK - 1 + WEEK * weeks
        told = development.project(known.until(origin), first, WEEK) if origin <= known.last else None
        if told is not None and told.sold > 0:
            rows.append(_held_against(known, first, origin, told))
    if not rows:
        return {"weeks": weeks, "cohorts": 0}
    means = np.array(rows, dtype=float).mean(axis=0)
    names = (
        "covered",
        "width",
        "error",
        "wilson_covered",
        "wilson_width",
        "so_far_error",
        "last_covered",
        "last_width",
        "last_error",
    )
    return {"weeks": weeks, "cohorts": len(rows), **dict(zip(names, map(float, means), strict=True))}


def _held_against(known: Triangle, first: int, origin: int, told: development.Projection) -> list[float]:
    came = known.returned[first : first + WEEK].sum()
    mature = first - WEEK * -(-(first + WEEK - 1 + HORIZON - origin) // WEEK)
    before = known.returned[mature : mature + WEEK].sum() / max(known.sold[mature : mature + WEEK].sum(), 1e-9)
    return [
        _is_between(told.lower, came, told.upper), (told.upper - told.lower) / told.sold, abs(told.expected - came) / told.sold,
        *_by_wilson(told.returned, came, told.sold), abs(told.returned - came) / told.sold,
        *_by_wilson(before * told.sold, came, told.sold), abs(before - came / told.sold),
    ]  # fmt: skip


def _is_between(lower: float, came: float, upper: float) -> bool:
    return lower - 1e-6 <= came <= upper + 1e-6


def _by_wilson(happened: float, came: float, placed: float) -> tuple[bool, float]:
    lower, upper = (
        float(each or 0) for each in wilson(Decimal(repr(float(happened))), Decimal(repr(float(placed))), Z)
    )
    return _is_between(lower, came / placed, upper), upper - lower


def _monday(day: date) -> int:
    return (7 - day.weekday()) % 7


def in_words(found: dict[str, Any]) -> str:
    """The backtest as a table of Markdown, for the README."""
    lines = [
        "| shop | rate by | weeks old | cohorts | within the 80 % interval | its width | error "
        "| so far alone: within Wilson | width | error | last mature week: within Wilson | width | error |",
        "|---" * 13 + "|",
    ]
    for shop in found["shops"]:
        lines += [_line(shop["shop"], row) for row in shop["rows"]]
    return "\n".join([*lines, *map(_open_line, found["shops"])])


def _open_line(shop: dict[str, Any]) -> str:
    return (
        f"{shop['shop']}, still expected back of all open orders, every fourth week: {shop['origins']} times, "
        f"{shop['covered']:.0%} within the interval, expected ÷ came {shop['ratio']:.2f}; of single products "
        f"{shop['products']:,}, {shop['products_covered']:.0%} within, {shop['products_above']:.0%} above"
    )


def _line(shop: str, row: dict[str, Any]) -> str:
    said = f"| {shop} | {row['measure']} | {row['weeks']} | {row['cohorts']} |"
    if not row["cohorts"]:
        return said + " – |" * 9
    told = [f"{row['covered']:.0%}", f"{row['width']:.1%}", f"{row['error']:.2%}"]
    # a Wilson interval is one of counts
    by_wilson = row["measure"] == "orders"
    for name, error in (("wilson", "so_far"), ("last", "last")):
        told += [f"{row[f'{name}_covered']:.0%}", f"{row[f'{name}_width']:.1%}"] if by_wilson else ["–", "–"]
        told.append(f"{row[f'{error}_error']:.2%}")
    return f"{said} {' | '.join(told)} |"
