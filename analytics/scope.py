"""What a question is about: which store, which days, which clock, and which slices of the shop."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from analytics.errors import Refused

BASES = ("order_date", "refund_date")
SEVERAL = (
    "This view cannot be compared with the mean of several ranges of days. Choose another comparison, such as the "
    "previous period."
)


@dataclass(frozen=True)
class Scope:
    """A store (None: all of them), days from `start` up to but not including `stop`, the clock, and filters.

    `basis` decides on which day a reversal counts: its order's (order_date) or its own (refund_date). An empty tuple
    filters nothing. With `repeats` the question is about several ranges, these days and those each `every` days earlier,
    and the answer their mean: see comparisons.answer, which asks for each of `ranges()`.
    """

    store: int | None = None
    start: date | None = None
    stop: date | None = None
    basis: str = "order_date"
    channels: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    currency: str | None = None
    repeats: int = 1
    every: int = 0

    def __post_init__(self) -> None:
        if self.basis not in BASES:
            raise ValueError(f"basis is order_date or refund_date, not {self.basis!r}")

    def params(self) -> dict[str, Any]:
        """The bound parameters that every query takes. Raises Refused for several ranges, which no query knows."""
        if self.repeats > 1:
            raise Refused(SEVERAL)
        return {
            "store_id": self.store,
            "start": self.start,
            "stop": self.stop,
            "basis": self.basis,
            "channels": list(self.channels) or None,
            "countries": list(self.countries) or None,
            "categories": list(self.categories) or None,
            "currency": self.currency,
        }

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
