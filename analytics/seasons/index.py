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
WHOLE = "Whole shop"
# The products that sell most; another one is told when it is named.
MOST = 200
# With fewer pieces a product's own weeks are mostly chance: its category's season is taken.
LEAST_UNITS = 100
OWN, OF_CATEGORY, OF_SHOP = "its own", "its category's", "the whole shop's"
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
    scope: Scope, by: str = CATEGORY, grain: str = "month", measure: str = "units", product: str | None = None
) -> pd.DataFrame:
    """A row a series (the whole shop, a category, a product) and week or month of the year. Columns: COLUMNS.

    `season_index` is what is sold a day in it ÷ what is sold a day over the year, growth taken out; see decompose.season.
    `years_seen` says in how many years it was seen. Sales are those that were asked for: what stockouts hid is put back
    (`put_back_share` of the units), of single products days without stock are left out. A product of less than two years, or of fewer
    than 100 pieces, has its category's index, a category of less than that the whole shop's, as `season_basis` says. Less than two years in
    all: from one year, below it refused, with the reason. The 200 products that sold most, unless one is named.
    """
    look = Look(by, grain, measure)
    known = sold_days.of(scope.over(None, scope.stop))
    if known is None:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    rows = [row for each in _series(known, look, product) for row in _rows(known, look, each)]
    return framed(rows, COLUMNS)


# the key of a series, its title and its products
Series = tuple[str, str, Values]


def _series(known: Days, look: Look, product: str | None) -> Iterator[Series]:
    every = np.arange(len(known.about))
    if look.by == SHOP:
        yield "", WHOLE, every
    elif look.by == CATEGORY:
        sold = pd.Series(known.units.sum(axis=1)).groupby(known.about["category"].to_numpy()).sum()
        for name in sold.sort_values(ascending=False, kind="stable").index:
            yield str(name), str(name), np.flatnonzero((known.about["category"] == name).to_numpy())
    else:
        for at in [place(known, product)] if product else np.argsort(-known.units.sum(axis=1), kind="stable")[:MOST]:
            about = known.about.iloc[at]
            yield str(about["product"]), str(about["title"]), np.array([at])


def place(known: Days, product: str) -> int:
    """The row of a product by its key or title. Raises Refused for one that was never sold."""
    for name in ("product", "title"):
        found = np.flatnonzero((known.about[name] == product).to_numpy())
        if len(found):
            return int(found[0])
    raise Refused(f"Nothing called {product} was sold in these days. Name a product as the table of products does.")


def _rows(known: Days, look: Look, series: Series) -> Iterator[Row]:
    key, title, rows = series
    found, basis = told(known, look, rows)
    head: Row = {"series": key, "title": title, "season_basis": basis}
    if found is None:
        yield head | {"is_refused": True, "reason": _too_short(known)}
        return
    hidden, asked = np.maximum(known.demand - known.units, 0)[rows].sum(), known.demand[rows].sum()
    head |= {"put_back_share": number(hidden / asked) if asked else None, "is_refused": False}
    if found.years > 1:
        head["growth_a_year"] = number(found.growth)
    (low, high), (lowest, highest) = found.interval(0.8), found.interval(0.95)
    for at in range(GRAINS[look.grain]):
        if not found.seen[at] or not np.isfinite(found.index[at]):
            continue
        values = (found.index[at], low[at], high[at], lowest[at], highest[at])
        yield head | {
            "period": at + 1, "period_name": MONTHS[at] if look.grain == "month" else f"week {at + 1}",
            "years_seen": int(found.seen[at]),
            **dict(zip(COLUMNS[4:9], (number(each) for each in values), strict=True)),
        }  # fmt: skip


def told(known: Days, look: Look, rows: Values) -> tuple[Season | None, str]:
    """The season of some products and whose it is: their own, or that of their category or the shop, where they are too young or
    sell too little for one; None where nobody's can be told."""
    category = known.about["category"].iloc[rows[0]]
    of_category = np.flatnonzero((known.about["category"] == category).to_numpy())
    wider = [(OF_CATEGORY, of_category)] if look.by == PRODUCT else []
    wider += [(OF_SHOP, np.arange(len(known.about)))] if look.by != SHOP else []
    for basis, some in [(OWN, rows), *wider]:
        age = known.count - int(known.about["first_sold"].iloc[some].min())
        is_last = len(some) == len(known.about)
        if not is_last and (age < min(known.count, TWO_YEARS) or _few(known, some)):
            continue
        found = season_of(known, look, some)
        if found is not None:
            if found.years < 2:
                basis = f"{basis}, {FROM_ONE}" if basis != OWN else FROM_ONE
            return found, basis
    return None, ""


def _few(known: Days, rows: Values) -> bool:
    return bool(known.units[rows].sum() < LEAST_UNITS)


def season_of(known: Days, look: Look, rows: Values) -> Season | None:
    """The season of some products together, from their own days."""
    start = int(known.about["first_sold"].iloc[rows].min())
    sold, exposure = counted(known, look.measure, rows)
    of = decompose.months_of if look.grain == "month" else decompose.weeks_of
    cells = decompose.cells(sold[start:], exposure[start:], known.dates[start:], of)
    return decompose.season(cells, GRAINS[look.grain], known.count - start)


def counted(known: Days, measure: str, rows: Values) -> tuple[Values, Values]:
    """What was sold a day, and how far the day counts: of a single product only as far as it was there; of several what stockouts
    hid is put back, and every day counts."""
    if len(rows) == 1:
        sold = known.units[rows[0]] if measure == "units" else known.total(measure, rows)
        return sold, np.asarray(known.there[rows[0]])
    return np.maximum(known.total(measure, rows), 0.0), np.ones(known.count)


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
