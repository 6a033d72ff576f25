"""From one figure to another: ours, the steps, theirs; what stands between them is named, and adds up exactly."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

CLOCK = ("clock", "Refunds on their own day")
LEFT_OUT = ("left_out", "Cancelled, left out here")
CANCELLED = ("cancelled", "Cancelled orders left out")
NEVER_PAID = ("never_paid", "Cancelled before payment")
ELSEWHERE = {
    "paid": {"moved": ("moved", "Paid on other days"), "undated": ("undated", "No day of payment known")},
    "completed": {"moved": ("moved", "Completed on other days"), "undated": ("undated", "No day of completion known")},
}
AWAITING = ("awaiting", "Awaiting payment, left out")


@dataclass(frozen=True)
class Step:
    """A difference with its name; `amount` is signed."""

    name: str
    label: str
    amount: Decimal


@dataclass(frozen=True)
class Figure:
    """A figure under the other's name, with its definition, and ours that it is reached from; a ratio has no way to it."""

    name: str
    label: str
    definition: str
    unit: str
    theirs: Decimal | None
    ours_label: str | None = None
    ours: Decimal | None = None
    steps: list[Step] = field(default_factory=list)


def as_rows(currency: str, figures: list[Figure]) -> list[dict[str, Any]]:
    """One row a figure: theirs, ours and the difference (theirs less ours)."""
    return [
        {
            "figure": each.name,
            "label": each.label,
            "currency": currency,
            "theirs": each.theirs,
            "ours_label": each.ours_label,
            "ours": each.ours,
            "difference": None if each.ours is None or each.theirs is None else each.theirs - each.ours,
            "definition": each.definition,
            "unit": each.unit,
        }
        for each in figures
    ]


def as_walk(currency: str, figures: list[Figure]) -> list[dict[str, Any]]:
    """One row a step that is not zero, between ours and theirs of each figure that has ours."""
    rows: list[dict[str, Any]] = []
    for each in figures:
        if each.ours is None or each.theirs is None:
            continue
        named = {"figure": each.name, "currency": currency}
        rows.append(named | _row("ours", f"Ours: {each.ours_label}", each.ours, True))
        rows += [named | _row(step.name, step.label, step.amount, False) for step in each.steps if step.amount]
        rows.append(named | _row("theirs", f"Theirs: {each.label}", each.theirs, True))
    return rows


def _row(step: str, label: str, amount: Decimal, is_total: bool) -> dict[str, Any]:
    return {"step": step, "label": label, "amount": amount, "is_total": is_total}
