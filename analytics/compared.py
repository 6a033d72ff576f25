"""A day beside the platform's report: what ours consists of, in whole numbers, and what would make both the same.

Amounts of entries are counted in 1/10,000 of the currency here: a busy day is added up a hundred times over.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import combinations

import pandas as pd

NET = {"gross_sales": 1, "discounts": -1, "reversals": -1}
CHARGES = ("shipping", "tax", "duties", "fees")
SUMMED = ("orders", *NET, *CHARGES)
AMOUNTS = (*SUMMED, "net_sales", "total_sales")
UNIT = Decimal("0.0001")

# What an amount changes by, in 1/10,000; an amount that is not named is not known to stay.
Effect = dict[str, int]


@dataclass(frozen=True)
class Cause:
    """A sentence, the orders it is about, and what ours would change by if the platform's way were followed."""

    name: str
    sentence: str
    orders: tuple[str, ...] = ()
    effect: Effect = field(default_factory=dict)
    is_exact: bool = False


@dataclass(frozen=True)
class Near:
    """A day with its neighbours: `totals` as agreement.totals gives them, the ledger entries around the day, the orders of
    the day that are not counted, those that contradict themselves, and what a report by order says of each."""

    day: date
    totals: pd.DataFrame
    entries: pd.DataFrame
    left_out: pd.DataFrame
    unreconciled: pd.DataFrame
    order_totals: pd.DataFrame = field(default_factory=pd.DataFrame)

    def gap(self, day: date) -> Effect:
        """Ours less the platform's of a day, for each metric that its report prints; empty without a report."""
        rows = self.totals[self.totals["day"] == day]
        return {metric: whole(each) for metric, each in zip(rows["metric"], rows["difference"], strict=True)}

    @property
    def counted(self) -> pd.DataFrame:
        """The entries that ours of the day consists of, on the platform's clock."""
        return self.entries[self.entries["booked_on"] == self.day]


def whole(amount: Decimal | int) -> int:
    """An amount in 1/10,000."""
    return int(Decimal(amount) / UNIT)


def amount(number: int) -> Decimal:
    """1/10,000 as an amount, with the decimals that it has and two at least."""
    return Decimal(number // 100).scaleb(-2) if number % 100 == 0 else number * UNIT


def prepared(entries: pd.DataFrame) -> pd.DataFrame:
    """Entries as they are read, with every amount of a report in 1/10,000."""
    counted = entries.assign(**{name: [whole(each) for each in entries[name]] for name in SUMMED})
    counted = counted.astype(dict.fromkeys(SUMMED, "int64"))
    counted["net_sales"] = sum(counted[name] * sign for name, sign in NET.items())
    counted["total_sales"] = counted["net_sales"] + counted[[*CHARGES]].sum(axis=1)
    return counted


def sums(entries: pd.DataFrame, sign: int = 1) -> Effect:
    """What entries add to every amount, or take away with sign -1."""
    return {name: sign * int(entries[name].sum()) for name in AMOUNTS}


def plus(one: Effect, other: Effect) -> Effect:
    """Both effects; what one of them does not know is not known."""
    return {name: one[name] + other[name] for name in one if name in other}


def closes(gap: Effect, effect: Effect) -> bool:
    """Whether the effect makes every total the same that it is known of, and changes one at least."""
    known = [name for name in gap if name in effect]
    return any(effect[name] for name in known) and all(gap[name] + effect[name] == 0 for name in known)


def exact(gap: Effect, tried: list[Cause]) -> list[Cause]:
    """The fewest causes that together are the whole difference, marked as exact; none if there are no such."""
    for several in (1, 2, 3):
        for some in combinations(tried, several):
            effect = dict.fromkeys(gap, 0)
            for each in some:
                effect = plus(effect, each.effect)
            if closes(gap, effect):
                return [replace(each, is_exact=True) for each in some]
    return []


def by_order(entries: pd.DataFrame) -> pd.DataFrame:
    """One row an order and day it counts on: order_name, booked_on, ordered_on and every amount."""
    grouped = entries.groupby(["order_name", "booked_on"], sort=True)
    return grouped.agg({"ordered_on": "first", **dict.fromkeys(AMOUNTS, "sum")}).reset_index()
