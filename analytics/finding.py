"""What a finding of the morning is, and what all of them share."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pandas as pd

# At stake is what 30 days bring or cost.
WINDOW = timedelta(days=30)


@dataclass(frozen=True)
class Finding:
    """A sentence, the money at stake (None: it has no amount), the view that acts on it with what it opens there, and the rows
    behind."""

    name: str
    sentence: str
    action: str
    view: str
    money: Decimal | None = None
    is_pinned: bool = False
    proof: pd.DataFrame = field(default_factory=pd.DataFrame)
    opens: tuple[tuple[str, str], ...] = ()


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts, exactly."""
    return sum(amounts, start=Decimal(0))
