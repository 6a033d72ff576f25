"""What is known of a currency's sums, from which the figures of other reports are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from analytics import sales
from analytics.metrics import METRICS
from analytics.steps import CLOCK, Figure, Step

# What the orders that stand apart add to; the same names as in sales.summary.
AMOUNTS = (
    "orders", "gross_sales", "discounts", "reversals", "net_sales", "shipping", "tax", "duties", "fees", "total_sales",
    "collected", "units", "net_units",
)  # fmt: skip
NOTHING: Mapping[str, Any] = dict.fromkeys(AMOUNTS, Decimal(0))


@dataclass(frozen=True)
class Known:
    """One currency's sums: ours as the scope asks, the same with refunds on their own day, the orders that stand apart (by
    state, on the refunds' clock), and what was charged by kind of line before anything was taken back. `elsewhere` is what
    counting orders `by` another of their dates changes, by the reason."""

    ours: Mapping[str, Any]
    dated: Mapping[str, Any]
    apart: Mapping[str, Mapping[str, Any]]
    charged: Mapping[str, Decimal]
    discounts_back: Decimal
    by: str = "created"
    elsewhere: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, state: str, name: str) -> Decimal:
        """What the orders of a state add to an amount."""
        return sales.exact(self.apart.get(state, NOTHING)[name])

    def clock(self, name: str) -> Step:
        """The step that moves reversals to their own day."""
        return Step(*CLOCK, sales.exact(self.dated[name]) - sales.exact(self.ours[name]))


def figure(known: Known, name: str, said: tuple[str, str], theirs: Decimal, walk: list[Step]) -> Figure:
    """A figure with our counterpart `name`, their label and definition, its value and the steps to it."""
    return Figure(name, *said, METRICS[name].unit, theirs, METRICS[name].label, sales.exact(known.ours[name]), walk)


def ratio(above: Decimal, below: Decimal | None) -> Decimal | None:
    """A quotient; None where nothing is below the line."""
    return above / below if below else None
