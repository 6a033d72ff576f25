"""What a file is and what loading it would do, found out by loading it and taking everything back."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.ingest.counts import UNKNOWN_CURRENCY
from analytics.ingest.load import Options, rehearse
from analytics.ingest.stage import Staged

SHOWN = 8
# never shown: who bought, and where they live
PERSONAL = ("email", "customer")


@dataclass(frozen=True)
class Preview:
    """A file before it is loaded: `sample` are its first rows as read, the counts are of its rows; `stop` is exclusive."""

    file: str
    format: str
    label: str
    rows: int
    start: date | None
    stop: date | None
    currency: str | None
    new: int
    changed: int
    unchanged: int
    duplicate: int
    rejected: int
    ignored: int
    columns: list[str]
    sample: pd.DataFrame
    notices: list[str]
    questions: list[str]


def preview(path: Path, options: Options = Options()) -> Preview:
    """What the file is, what its rows would do, and its first rows without personal columns.

    Nothing is written. Raises Refused if the file cannot be used at all.
    """
    seen: list[tuple[str, pd.DataFrame]] = []
    account = rehearse(path, options, lambda stage: seen.append((stage.recognised.format.label, _first_rows(stage))))
    label, sample = seen[0]
    currency = account["currency"] if account["currency"] != UNKNOWN_CURRENCY else None
    return Preview(
        file=account["file"],
        format=account["format"],
        label=label,
        rows=account["rows"],
        start=account["start"],
        stop=account["stop"],
        currency=currency or _needs_none(account),
        new=account["loaded"],
        changed=account["updated"],
        unchanged=account["unchanged"],
        duplicate=account["duplicate"],
        rejected=account["rejected"],
        ignored=account["ignored"],
        columns=list(sample.columns),
        sample=sample,
        notices=account["notices"],
        questions=["currency"] if account["currency"] == UNKNOWN_CURRENCY else [],
    )


def _needs_none(account: dict[str, Any]) -> str | None:
    """Stock has no currency of its own; everything else that says none is asked for it."""
    return "" if account["currency"] is None else None


def _first_rows(stage: Staged) -> pd.DataFrame:
    header = dict(zip(stage.recognised.columns, stage.recognised.header, strict=True))
    rows = stage.duck.table("source").limit(SHOWN).df()
    kept = [name for name in stage.recognised.columns if name and name not in PERSONAL and name in rows.columns]
    return rows[kept].rename(columns={name: header[name].strip() for name in kept}).astype(object)
