"""The seasonal index: how a week or month of the year sells beside the mean of the year, with its interval."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import wording
from analytics.errors import Refused
from analytics.product_rows import framed
from analytics.scope import Scope
from analytics.seasons import days as sold_days
from analytics.seasons import decompose
from analytics.seasons.days import Days, Values
from analytics.seasons.decompose import ONE_YEAR, TWO_YEARS, Season
from analytics.settings import MONTHS

SHOP, CATEGORY, PRODUCT = "shop", "category", "product"
LEVELS = (SHOP, CATEGORY, PRODUCT)
GRAINS = {"month": 12, "week": 52}
COLUMNS = (
    "series", "title", "period", "period_name", "season_index", "index_low_80", "index_high_80", "index_low_95", "index_high_95",
    "years_seen", "growth_a_year", "put_back_share", "season_basis", "is_refused", "reason",
)  # fmt: skip
PRODUCTS = ("product", "title", "sku", "category", "units_sold")
WHOLE = "Whole shop"
# With fewer pieces a product's own weeks are mostly chance: its category's season is taken.
LEAST_UNITS = 100
OWN, OF_CATEGORY, OF_SHOP = "its own", "its category's", "the whole shop's"
# Whose season each level's series may have, the nearest first.
BASES = {SHOP: (OWN,), CATEGORY: (OWN, OF_SHOP), PRODUCT: (OWN, OF_CATEGORY, OF_SHOP)}
FROM_ONE = "from one year, in which growth and season cannot be told apart"
DIGITS = Decimal("0.0001")
Row = dict[str, Any]


@dataclass(frozen=True)
class Look:
    """By what and how finely the index is told, and of which measure. Raises ValueError for what there is not."""

    by: str = CATEGORY
    grain: str = "month"
    measure: str = "units"

    def __post_init__(self) -> None:
        known = (("by", LEVELS), ("grain", tuple(GRAINS)), ("measure", sold_days.MEASURES))
        for name, values in known:
            if getattr(self, name) not in values:
                raise ValueError(f"{name} is one of {', '.join(values)}, not {getattr(self, name)!r}")


def of(
    scope: Scope,
    by: str = CATEGORY,
    grain: str = "month",
    measure: str = "units",
    product: str | tuple[str, ...] | None = None,
) -> pd.DataFrame:
    """A row a series (the whole shop, a category, a product) and week or month of the year. Columns: COLUMNS.

    `season_index` is what is sold a day in it ÷ what is sold a day over the year, growth taken out; see decompose.season.
    `years_seen` says in how many years it was seen. Sales are those that were asked for: what stockouts hid is put back
    (`put_back_share` of the units), of single products days without stock are left out. A product of less than two years, or of fewer
    than 100 pieces, has its category's index, a category of less than that the whole shop's, as `season_basis` says. Less than two years in
    all: from one year, below it refused, with the reason. Of products all, or those named, the ones that sold most first.
    """
    look = Look(by, grain, measure)
    known = sold_days.of(scope.over(None, scope.stop))
    if known is None:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    series = _series(known, look, (product,) if isinstance(product, str) and product else product or ())
    found = told(known, look, [rows for _, _, rows in series])
    return framed([row for each, one in zip(series, found, strict=True) for row in _rows(known, each, one)], COLUMNS)


def products(scope: Scope) -> pd.DataFrame:
    """One row a product that was sold, the ones that sold most first: product, title, sku (its key again), category, units_sold."""
    known = sold_days.of(scope.over(None, scope.stop))
    if known is None:
        return pd.DataFrame(columns=list(PRODUCTS), dtype=object)
    found = known.about.assign(sku=known.about["product"], units_sold=known.units.sum(axis=1).round().astype(int))
    return found.sort_values("units_sold", ascending=False, kind="stable")[list(PRODUCTS)].reset_index(drop=True)


# the key of a series, its title and its products
Series = tuple[str, str, Values]


def _series(known: Days, look: Look, products: tuple[str, ...]) -> list[Series]:
    if look.by == SHOP:
        return [("", WHOLE, np.arange(len(known.about)))]
    sold = known.units.sum(axis=1)
    if look.by == CATEGORY:
        names = known.about["category"].to_numpy()
        order = pd.Series(sold).groupby(names).sum().sort_values(ascending=False, kind="stable").index
        return [(str(name), str(name), np.flatnonzero(names == name)) for name in order]
    places = [place(known, each) for each in products] if products else np.argsort(-sold, kind="stable")
    keys, titles = (known.about[name].to_numpy() for name in ("product", "title"))
    return [(str(keys[at]), str(titles[at]), np.array([at])) for at in places]


def place(known: Days, product: str) -> int:
    """The row of a product by its key or title. Raises Refused for one that was never sold."""
    for name in ("product", "title"):
        found = np.flatnonzero((known.about[name] == product).to_numpy())
        if len(found):
            return int(found[0])
    raise Refused(f"Nothing called {product} was sold in these days. Name a product as the table of products does.")


def _rows(known: Days, series: Series, of: tuple[Season | None, str]) -> Iterator[Row]:
    (key, title, rows), (found, basis) = series, of
    head: Row = {"series": key, "title": title, "season_basis": basis}
    if found is None:
        yield head | {"is_refused": True, "reason": _too_short(known)}
        return
    hidden, asked = np.maximum(known.demand[rows] - known.units[rows], 0).sum(), known.demand[rows].sum()
    head |= {"put_back_share": number(hidden / asked) if asked else None, "is_refused": False}
    if found.years > 1:
        head["growth_a_year"] = number(found.growth)
    (low, high), (lowest, highest) = found.interval(0.8), found.interval(0.95)
    many = len(found.index)
    for at in range(many):
        if not found.seen[at] or not np.isfinite(found.index[at]):
            continue
        values = (found.index[at], low[at], high[at], lowest[at], highest[at])
        yield head | {
            "period": at + 1, "period_name": MONTHS[at] if many == GRAINS["month"] else f"week {at + 1}",
            "years_seen": int(found.seen[at]),
            **dict(zip(COLUMNS[4:9], (number(each) for each in values), strict=True)),
        }  # fmt: skip


def told(known: Days, look: Look, groups: list[Values]) -> list[tuple[Season | None, str]]:
    """The season of each group of products and whose it is: their own, or that of their category or the shop, where they are too
    young or sell too little for one; None where nobody's can be told. No product is in two groups."""
    names, kept = known.about["category"].to_numpy(), _alone(known, look, groups)
    every = np.arange(len(known.about))

    def season_by(basis: str, rows: Values) -> Season | None:
        name = {OWN: int(rows[0]), OF_CATEGORY: names[rows[0]], OF_SHOP: ""}[basis]
        if (basis, name) not in kept:
            some = rows if basis == OWN else every if basis == OF_SHOP else np.flatnonzero(names == name)
            kept[basis, name] = season_of(known, look, some) if _enough(known, some) else None
        return kept[basis, name]

    found: list[tuple[Season | None, str]] = []
    for rows in groups:
        tried = ((season_by(basis, rows), basis) for basis in BASES[look.by])
        season, basis = next((each for each in tried if each[0] is not None), (None, ""))
        if season is not None and season.years < 2:
            basis = f"{basis}, {FROM_ONE}" if basis != OWN else FROM_ONE
        found.append((season, basis))
    return found


def _alone(known: Days, look: Look, groups: list[Values]) -> dict[tuple[str, Any], Season | None]:
    """The seasons of all groups of one product, from their own days, by basis and place; None for those that tell too little."""
    rows = np.array([each[0] for each in groups if len(each) == 1], dtype=int)
    found: dict[tuple[str, Any], Season | None] = {(OWN, int(at)): None for at in rows}
    rows = rows[np.fromiter((_enough(known, np.array([at])) for at in rows), bool, len(rows))]
    for start in range(0, len(rows), decompose.AT_ONCE):
        some = rows[start : start + decompose.AT_ONCE]
        sold = known.units[some] if look.measure == "units" else known.each(look.measure, some)
        cells = decompose.cells(sold, known.there[some], known.dates, _of(look))
        seasons = decompose.seasons(cells, GRAINS[look.grain], known.count)
        found |= {(OWN, int(at)): each for at, each in zip(some, seasons, strict=True)}
    return found


def _enough(known: Days, rows: Values) -> bool:
    """Whether some products tell of a season: those of the whole shop always do as far as they can."""
    if len(rows) == len(known.about):
        return True
    age = known.count - int(known.about["first_sold"].to_numpy()[rows].min())
    return bool(age >= min(known.count, TWO_YEARS) and known.units[rows].sum() >= LEAST_UNITS)


def _of(look: Look) -> Any:
    return decompose.months_of if look.grain == "month" else decompose.weeks_of


def season_of(known: Days, look: Look, rows: Values) -> Season | None:
    """The season of several products together, what stockouts hid put back."""
    start = int(known.about["first_sold"].to_numpy()[rows].min())
    sold = np.maximum(known.total(look.measure, rows), 0.0)[start:]
    cells = decompose.cells(sold, np.ones(len(sold)), known.dates[start:], _of(look))
    return decompose.season(cells, GRAINS[look.grain], known.count - start)


def _too_short(known: Days) -> str:
    days = wording.count(known.count, "day")
    if known.count >= ONE_YEAR:
        return "Too little of it was sold for a season."
    return f"Orders cover {days} from {wording.day(known.first_day)} on: a season needs a year, and two to be told from growth."


def whole(name: str, value: Any) -> int:
    """An option that counts weeks or days. Raises ValueError for what is no whole number from 1 to 1,000."""
    try:
        found = int(value)
    except (TypeError, ValueError):
        found = 0
    if not 1 <= found <= 1000:
        raise ValueError(f"{name} is a whole number from 1 to 1000, not {value!r}")
    return found


def number(value: float) -> Decimal:
    """A quotient of a model, with four decimals."""
    return Decimal(repr(float(value))).quantize(DIGITS)


def in_words(rows: pd.DataFrame) -> str:
    """The strongest and the weakest time of one series, in a sentence."""
    told_rows = rows[~rows["is_refused"].astype(bool)]
    if told_rows.empty:
        return "A season cannot be told yet"
    high = max(told_rows.to_dict("records"), key=lambda row: row["season_index"])
    low = min(told_rows.to_dict("records"), key=lambda row: row["season_index"])
    return (
        f"{high['title']} sells {_times(high['season_index'])} in {high['period_name']} and "
        f"{_times(low['season_index'])} in {low['period_name']}"
    )


def _times(index: Decimal) -> str:
    apart = index - 1
    return f"{wording.percent(abs(apart))} {'above' if apart >= 0 else 'below'} the mean of the year"
