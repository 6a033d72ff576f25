"""What is known besides the values: holidays, events, promotions and prices, categories, and values that say nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from analytics import festivals

Matrix = np.ndarray[Any, Any]
Holiday = tuple[date, str]


@dataclass(frozen=True)
class Event:
    """What happens from one day to another, both included: its kind (promotion, price change, …) and title, and the ids of
    the series it is about; of all without them."""

    starts_on: date
    ends_on: date
    kind: str
    title: str = ""
    series: tuple[Any, ...] | None = None


@dataclass(frozen=True, eq=False)
class Known:
    """holidays: days with their names; events. A row a series, in the order of the panel: left_out, the cells of the panel's
    values whose errors do not count (out of stock, spikes that were marked; the values are replaced, or NaN); category, a
    number each; flags (a share from 0 to 1) and prices (NaN where there is none) by name, whose columns are those of the
    values and then the steps ahead."""

    holidays: tuple[Holiday, ...] = ()
    events: tuple[Event, ...] = ()
    left_out: Matrix | None = None
    category: Matrix | None = None
    flags: Mapping[str, Matrix] = field(default_factory=dict)
    prices: Mapping[str, Matrix] = field(default_factory=dict)

    def checked(self, shape: tuple[int, int], horizon: int) -> None:
        """Raises ValueError where a matrix does not fit values of such a shape and so many steps ahead."""
        count, width = shape
        wanted = {"left_out": (self.left_out, shape), "category": (self.category, (count,))}
        for name, each in {**self.flags, **self.prices}.items():
            wanted[name] = (each, (count, width + horizon))
        for name, (given, size) in wanted.items():
            if given is not None and given.shape != size:
                raise ValueError(f"{name} has the shape {given.shape}; the panel and what lies ahead of it are {size}.")

    def rows(self, index: Matrix, cut: int) -> "Known":
        """What is known of some of the series, without the first columns."""
        return replace(
            self,
            left_out=None if self.left_out is None else self.left_out[index][:, cut:],
            category=None if self.category is None else self.category[index],
            flags={name: each[index][:, cut:] for name, each in self.flags.items()},
            prices={name: each[index][:, cut:] for name, each in self.prices.items()},
        )

    def before(self, steps: int) -> "Known":
        """What was known so many steps before the end: as much of what lay ahead."""
        return replace(self, left_out=None if self.left_out is None else self.left_out[:, :-steps])


def holidays_of(countries: tuple[str, ...], first: date, last: date) -> tuple[Holiday, ...]:
    """The public holidays of some countries from one day to another, both included, in order; each once a name."""
    years = range(first.year, last.year + 1)
    found = {each for country in countries for year in years for each in festivals.of_country(country, year)}
    return tuple(sorted(each for each in found if first <= each[0] <= last))
