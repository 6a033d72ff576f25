"""What a question is about: which stores, which days, which clock, and which slices of the shop."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from analytics import periods
from analytics.errors import Refused

BASES = ("order_date", "refund_date")
SEVERAL = (
    "This view cannot be compared with the mean of several ranges of days. Choose another comparison, such as the "
    "previous period."
)
# One store's number, several stores' numbers, or None or () for all of them.
Stores = int | tuple[int, ...] | None


def chosen(store: Stores) -> tuple[int, ...]:
    """The numbers of the stores asked for, each once, in rising order; () for all of them."""
    if store is None:
        return ()
    return (store,) if isinstance(store, int) else tuple(sorted(set(store)))


@dataclass(frozen=True)
class Scope:
    """One store, several, or all of them (`stores` is ()), days from `start` up to but not including `stop`, the clock, and filters.

    `currency` keeps what was sold in one currency; `into` converts what is kept into one, by the rate of each day, and leaves
    out what has none. `basis` decides on which day a reversal counts: its order's (order_date) or its own (refund_date). An
    empty tuple filters nothing. With `repeats` the question is about several ranges, these days and those each `every` days
    earlier, and the answer their mean: see comparisons.answer, which asks for each of `ranges()`.
    """

    store: Stores = ()
    start: date | None = None
    stop: date | None = None
    basis: str = "order_date"
    channels: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    currency: str | None = None
    into: str | None = None
    repeats: int = 1
    every: int = 0

    def __post_init__(self) -> None:
        # however it was asked for, the same stores are the same question, also to the cache
        object.__setattr__(self, "store", chosen(self.store))
        if self.basis not in BASES:
            raise ValueError(f"basis is order_date or refund_date, not {self.basis!r}")

    @property
    def stores(self) -> tuple[int, ...]:
        """The numbers of the stores, in rising order; () for all of them."""
        return chosen(self.store)

    @property
    def only_store(self) -> int | None:
        """The number of the store if exactly one is asked for, else None."""
        return self.stores[0] if len(self.stores) == 1 else None

    @property
    def unit(self) -> str:
        """The currency that amounts come in, empty if each comes in its own."""
        return self.into or self.currency or ""

    def params(self) -> dict[str, Any]:
        """The bound parameters that every query takes. Raises Refused for several ranges, which no query knows."""
        if self.repeats > 1:
            raise Refused(SEVERAL)
        return {
            "store_ids": list(self.stores) or None,
            "start": self.start,
            "stop": self.stop,
            "basis": self.basis,
            "channels": list(self.channels) or None,
            "countries": list(self.countries) or None,
            "categories": list(self.categories) or None,
            "currency": self.currency,
            "into": self.into,
        }

    @property
    def is_one_whole_store(self) -> bool:
        """Whether nothing is filtered but one store, its days and a currency."""
        return len(self.stores) == 1 and not (self.channels or self.countries or self.categories)

    def params_by_month(self, has_months: bool = True) -> dict[str, Any]:
        """The same with `month_start` and `month_stop`, between which whole months lie; equal if none does or none may."""
        first, last = self.start or date.min, (self.stop or date.max).replace(day=1)
        if first.day > 1:
            first = periods.month_start(first, 1)
        if not has_months or first > last:
            first = last = date.min
        return {**self.params(), "month_start": first, "month_stop": last}

    def over(self, start: date | None, stop: date | None) -> "Scope":
        """The same question about other days."""
        return replace(self, start=start, stop=stop)

    def repeated(self, start: date, stop: date, repeats: int, every: int) -> "Scope":
        """The same question about the mean of several ranges; with one of them, about other days."""
        return replace(self, start=start, stop=stop, repeats=repeats, every=every if repeats > 1 else 0)

    def ranges(self) -> tuple["Scope", ...]:
        """The question for each of its ranges, the latest first; just itself where there is one."""
        if self.repeats == 1 or self.start is None or self.stop is None:
            return (self,)
        back = [timedelta(days=self.every * each) for each in range(self.repeats)]
        return tuple(self.repeated(self.start - each, self.stop - each, 1, 0) for each in back)
