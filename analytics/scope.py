"""What a question is about: which store, which days, which clock, and which slices of the shop."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

BASES = ("order_date", "refund_date")


@dataclass(frozen=True)
class Scope:
    """A store (None: all of them), days from `start` up to but not including `stop`, the clock, and filters.

    `basis` decides on which day a reversal counts: its order's (order_date) or its own (refund_date). An empty tuple
    filters nothing.
    """

    store: int | None = None
    start: date | None = None
    stop: date | None = None
    basis: str = "order_date"
    channels: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    currency: str | None = None

    def __post_init__(self) -> None:
        if self.basis not in BASES:
            raise ValueError(f"basis is order_date or refund_date, not {self.basis!r}")

    def params(self) -> dict[str, Any]:
        """The bound parameters that every query takes."""
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
