"""Exchange rates: what has none, what is left out because of it, and into which currencies amounts can be shown.

Queries convert, each amount by the rate of the day it counts on, without rounding: the sum of converted amounts is exact, and
is rounded to cents only where it is shown. A rate holds from its day until the next one of its pair. What is sold on a day
before a pair's first rate has none: it is left out and named, never added as it stands.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from analytics import db, sales, wording
from analytics.scope import Scope

MISSING_COLUMNS = ("currency", "into_currency", "day", "orders", "amount")
# so many stretches of days are named, the others are counted
MOST_NAMED = 3


def pairs() -> pd.DataFrame:
    """One row a pair: currency, into_currency, rates (how many), first_day and last_day they start on, last_rate."""
    return db.read("rates/pairs")


def targets(currencies: Iterable[str]) -> list[str]:
    """The currencies into which some of these can be converted, by the pairs that are known."""
    found, sold = pairs(), set(currencies)
    return sorted(found.loc[found["currency"].isin(sold), "into_currency"].unique())


def missing(scope: Scope) -> pd.DataFrame:
    """One row a currency and day whose amounts have no rate into the scope's currency: MISSING_COLUMNS.

    `amount` is what was collected in that currency. Empty if the scope converts nothing.
    """
    if scope.into is None:
        return pd.DataFrame(columns=list(MISSING_COLUMNS), dtype=object)
    names = ("store_ids", "start", "stop", "basis", "channels", "countries", "currency", "into")
    params = scope.params()
    found = db.read("rates/missing", **{name: params[name] for name in names})
    if scope.categories:
        found = _of_categories(found, scope)
    return found.assign(into_currency=scope.into)[list(MISSING_COLUMNS)]


def _of_categories(found: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The same days with what the scope's categories sold on them."""
    sold = sales.daily(replace(scope, into=None))
    sold = sold[(sold["orders"] != 0) | (sold["collected"] != 0)].rename(columns={"collected": "amount"})
    return found[["currency", "day"]].merge(sold[["currency", "day", "orders", "amount"]], on=["currency", "day"])


def others(scope: Scope) -> pd.DataFrame:
    """One row a currency that a scope of one currency leaves out: currency, orders, amount (collected)."""
    names = ["currency", "orders", "amount"]
    if scope.currency is None:
        return pd.DataFrame(columns=names, dtype=object)
    found = sales.summary(replace(scope, currency=None, into=None)).rename(columns={"collected": "amount"})
    is_other = (found["currency"] != scope.currency) & ((found["orders"] != 0) | (found["amount"] != 0))
    return found.loc[is_other, names].reset_index(drop=True)


def others_in_words(found: pd.DataFrame) -> str | None:
    """“3 orders in CHF are not in these numbers.”; None if there are none."""
    if found.empty:
        return None
    said = [_orders(row["orders"], row["currency"]) for row in found.to_dict("records")]
    verb = "is" if len(said) == 1 and said[0].startswith("1 order ") else "are"
    return f"{wording.listed(said)} {verb} not in these numbers."


def missing_in_words(found: pd.DataFrame, into: str) -> list[str]:
    """A sentence a currency without a rate: its orders, their worth, and the days."""
    sentences = []
    for currency, rows in found.groupby("currency", sort=True):
        orders, amount = int(sum(rows["orders"])), sum(rows["amount"])
        verb = "is" if orders == 1 else "are"
        sentences.append(
            f"{_orders(orders, str(currency))} {verb} not in these numbers, {wording.exact(amount)} {currency} in all: "
            f"there is no rate into {into} for {_stretches(list(rows['day']))}."
        )
    return sentences


def _orders(number: int, currency: str) -> str:
    return f"{wording.count(int(number), 'order')} in {currency}" if number else f"Refunds in {currency}"


def _stretches(days: list[date]) -> str:
    """Days that follow each other as one stretch: “2 May 2024”, “1 – 4 May 2024 and 9 May 2024”."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    said = [_stretch(*each) for each in found[:MOST_NAMED]]
    rest = sum((last - first).days + 1 for first, last in found[MOST_NAMED:])
    return wording.listed([*said, wording.count(rest, "other day")] if rest else said)


def _stretch(first: date, last: date) -> str:
    if first == last:
        return f"{first.day} {first:%b %Y}"
    return wording.days(first, last + timedelta(days=1))
