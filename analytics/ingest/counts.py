"""The account of a file: what became of every record."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

# ISO 4217 for "no currency": what a file without one is kept under until somebody says it
UNKNOWN_CURRENCY = "XXX"


@dataclass
class Counts:
    """Records of a file by what became of them, the days and times they speak of, and what the user should know."""

    rows: int = 0
    loaded: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    rejected: int = 0
    ignored: int = 0
    first_day: date | None = None
    last_day: date | None = None
    currency: str | None = None
    prints_times: bool | None = None  # whether a file of orders tells the time of day
    notices: list[str] = field(default_factory=list)

    @property
    def written(self) -> int:
        """Records that changed the database."""
        return self.loaded + self.updated

    @property
    def stop(self) -> date | None:
        """The day after the last one."""
        return self.last_day + timedelta(days=1) if self.last_day else None

    def add(self, states: dict[str, int]) -> None:
        """Take the states of compared facts; an older export changes nothing and says so."""
        self.loaded += states.get("loaded", 0)
        self.updated += states.get("updated", 0)
        self.unchanged += sum(states.get(state, 0) for state in ("unchanged", "reread", "older"))
        if states.get("older"):
            self.notices.append(f"{states['older']:,} rows are older than what is known and changed nothing.")

    def as_params(self) -> dict[str, Any]:
        """The columns of the import's row."""
        names = (
            "rows",
            "loaded",
            "updated",
            "unchanged",
            "duplicate",
            "rejected",
            "ignored",
            "first_day",
            "last_day",
            "currency",
            "prints_times",
            "notices",
        )
        return {name: getattr(self, name) for name in names}
