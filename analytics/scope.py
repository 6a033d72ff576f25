"""What a question is about: which stores, which days, which clock, and which slices of the shop."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

BASES = ("order_date", "refund_date")
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

    `basis` decides on which day a reversal counts: its order's (order_date) or its own (refund_date). An empty tuple
    filters nothing.
    """

    store: Stores = ()
    start: date | None = None
    stop: date | None = None
    basis: str = "order_date"
    channels: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    currency: str | None = None

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

    def params(self) -> dict[str, Any]:
        """The bound parameters that every query takes."""
        return {
            "store_ids": list(self.stores) or None,
            "start": self.start,
            "stop": self.stop,
            "basis": self.basis,
            "channels": list(self.channels) or None,
            "countries": list(self.countries) or None,
            "categories": list(self.categories) or None,
            "currency": self.currency,
        }

    @property
    def is_one_whole_store(self) -> bool:
        """Whether nothing is filtered but one store, its days and a currency."""
        return len(self.stores) == 1 and not (self.channels or self.countries or self.categories)

    def params_by_month(self, has_months: bool = True) -> dict[str, Any]:
        """The same with `month_start` and `month_stop`, between which whole months lie; equal if none does or none may."""
        first, last = self.start or date.min, (self.stop or date.max).replace(day=1)
        if first.day > 1:
            first = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        if not has_months or first > last:
            first = last = date.min
        return {**self.params(), "month_start": first, "month_stop": last}

    def over(self, start: date | None, stop: date | None) -> "Scope":
        """The same question about other days."""
        return replace(self, start=start, stop=stop)
