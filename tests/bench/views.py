"""What every view reads, and the same answers straight from the ledger, in PostgreSQL and in DuckDB."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from analytics import db, sales
from analytics.profit import sums
from analytics.returns import rates
from analytics.scope import Scope

STRAIGHT = Path(__file__).with_name("straight")
FIRST, DAYS = date(2023, 1, 1), 1000
CHANNELS = ("Online store", "Point of sale", "Wholesale")
COUNTRIES = ("US", "GB", "DE", "FR", "CA", "AU", "NL", "ES", "IT", "SE", "AT", "CH")
VALUES = {
    "": "''", "channel": "channel", "country": "country", "category": "category", "vendor": "vendor", "product": "product_key",
}  # fmt: skip
WORDS = ("value", "currency", "entry", "kind", "line_kind", "day", "first_day", "last_day")


@dataclass(frozen=True)
class Read:
    """One read of a view: ours, and the statement that answers the same straight from the ledger."""

    ours: Callable[[Scope], pd.DataFrame]
    straight: Callable[[Scope], str]


def _amounts(dimension: str) -> Read:
    def ours(scope: Scope) -> pd.DataFrame:
        is_by_day = dimension in ("day", "week")
        return db.read("sales/amounts", dimension=dimension, **scope.params_by_month(not is_by_day))

    return Read(ours, lambda scope: _statement("amounts", scope, dimension))


def _products(dimension: str) -> Read:
    def ours(scope: Scope) -> pd.DataFrame:
        return sales.sums_of_goods(scope, dimension)

    return Read(ours, lambda scope: _statement("products", scope, dimension))


CUSTOMERS = Read(
    lambda scope: db.read("sales/customers", is_simple=scope.is_one_whole_store, **scope.params()),
    lambda scope: _statement("customers", scope, ""),
)
KINDS = Read(
    lambda scope: db.read("sales/kinds", **without_categories(scope).params_by_month()),
    lambda scope: _statement("kinds", without_categories(scope), ""),
)
HOURS = Read(
    lambda scope: db.read("sales/hours", **scope.params()),
    lambda scope: _statement("hours", replace(scope, basis="order_date"), ""),
)
LIFESPANS = Read(
    lambda scope: _spans(db.read("products/lifespans", **replace(scope, start=None).params())),
    lambda scope: _statement("lifespans", replace(scope, start=None, basis="order_date"), ""),
)


def _spans(found: pd.DataFrame) -> pd.DataFrame:
    days = {name: found[name].map(str) for name in ("first_day", "last_day")}
    return found.rename(columns={"product_key": "value"}).assign(products=1, **days)


def _over_time(dimension: str) -> Read:
    five = [f"{'Category' if dimension == 'category' else 'Brand'} {number}" for number in range(1, 6)]

    def ours(scope: Scope) -> pd.DataFrame:
        asked = without_categories(scope).params()
        found = db.read("sales/goods_over_time", dimension=dimension, values=five, **asked)
        return found.assign(day=found["day"].map(str))

    return Read(
        ours,
        lambda scope: _statement("over_time", without_categories(scope), dimension).replace(
            "$five", ", ".join(map(repr, five))
        ),
    )


def _came_back(dimension: str) -> Read:
    def ours(scope: Scope) -> pd.DataFrame:
        found = db.read("returns/came_back", by=dimension, **replace(scope, basis="order_date").params())
        named = found.rename(columns={"product_key": "product"})
        return named.assign(value=named[dimension].map(str))

    return Read(ours, lambda scope: _statement("came_back", replace(scope, basis="order_date"), dimension))


def _contribution(dimension: str) -> Read:
    def ours(scope: Scope) -> pd.DataFrame:
        sums.told(scope)
        return sums.read(scope, dimension)

    return Read(ours, lambda scope: _statement("contribution", scope, dimension))


RETURNS = (
    Read(rates.summary, lambda scope: _statement("returned", replace(scope, basis="order_date"), "")),
    Read(rates.by_kind, lambda scope: _statement("reversals_by_kind", scope, "")),
)


VIEWS: dict[str, tuple[Read, ...]] = {
    "sales": (_amounts(""), _amounts("day"), _amounts("channel"), KINDS),
    "channels": (_amounts("channel"), _amounts("day")),
    "countries": (_amounts("country"),),
    "products": (_products("product"),),
    "categories": (_products("category"), _products("vendor")),
    "customers": (CUSTOMERS,),
    "hours": (HOURS,),
    "new and fading": (LIFESPANS,),
    "over time": (_over_time("category"), _over_time("vendor")),
    "contribution": (_contribution(""), _contribution("day"), _contribution("channel")),
    "product profit": (_contribution("product"),),
    "returns": RETURNS,
    "returns over time": (_amounts("day"), _came_back("day")),
    "returned products": (_products("product"), _came_back("product")),
}


def without_categories(scope: Scope) -> Scope:
    """The scope as the bridge asks for its steps."""
    return Scope(
        scope.stores, scope.start, scope.stop, scope.basis, scope.channels, scope.countries, (), scope.currency
    )


def scopes(count: int) -> list[Scope]:
    """So many random scopes, the same ones each time: days, both clocks, one and all stores, every filter in its turn."""
    draw = random.Random(4)
    return [_scope(draw) for _ in range(count)]


def _scope(draw: random.Random) -> Scope:
    length = draw.choice((28, 90, 182, 365, draw.randrange(1, DAYS), DAYS))
    start = FIRST + timedelta(days=draw.randrange(0, DAYS - length + 1))
    categories = [f"Category {number}" for number in draw.sample(range(1, 41), draw.randrange(1, 4))]
    return Scope(
        store=draw.choice((1, 1, None)),
        start=start,
        stop=start + timedelta(days=length),
        basis=draw.choice(("order_date", "refund_date")),
        channels=tuple(draw.sample(CHANNELS, draw.randrange(1, 3))) if draw.random() < 1 / 3 else (),
        countries=tuple(draw.sample(COUNTRIES, draw.randrange(1, 5))) if draw.random() < 1 / 3 else (),
        categories=tuple(categories) if draw.random() < 1 / 3 else (),
    )


def _statement(name: str, scope: Scope, dimension: str) -> str:
    day = "ordered_on" if scope.basis == "order_date" else "booked_on"
    has_categories = bool(scope.categories)
    clauses = [f"{day} < date '{scope.stop}'"]
    if scope.start:
        clauses.append(f"{day} >= date '{scope.start}'")
    if scope.stores:
        clauses.append(f"store_id in ({', '.join(map(str, scope.stores))})")
    for column, values in (("channel", scope.channels), ("country", scope.countries), ("category", scope.categories)):
        if values:
            clauses.append(f"{column} in ({', '.join(repr(value) for value in values)})")
    counted = "count(distinct order_key) filter (where entry = 'sale')"
    if not has_categories:
        counted = "count(*) filter (where entry = 'charge' and line_kind = 'order')"
    return Template((STRAIGHT / f"{name}.sql").read_text(encoding="utf-8")).safe_substitute(
        day=f"cast({day} as text)",
        value=f"cast({day} as text)" if dimension == "day" else VALUES.get(dimension, "''"),
        where=" and ".join(clauses),
        orders=counted,
        customers_of="'sale'" if has_categories else "'charge'",
    )


def is_equal(ours: pd.DataFrame, straight: pd.DataFrame) -> bool:
    """Whether both say the same, row by row, in the columns that the straight answer has."""
    names = list(straight.columns)
    numbers = [name for name in names if name not in WORDS]
    return _rows(ours[names], numbers) == _rows(straight[names], numbers)


def _rows(frame: pd.DataFrame, numbers: list[str]) -> list[tuple[Any, ...]]:
    shown = frame.copy()
    for name in numbers:
        shown[name] = [round(float(value or 0), 2) for value in shown[name]]
    shown = shown[(shown[numbers] != 0).any(axis=1)]
    return sorted(tuple(row) for row in shown.fillna("").itertuples(index=False))
