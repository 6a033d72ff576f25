"""What a file is and what loading it would do, without doing it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from analytics import db
from analytics.errors import Refused
from analytics.ingest.load import Options, load
from analytics.ingest.stage import staged

SHOWN = 8


class _Undo(Exception):
    """Ends a trial load before it is committed."""


@dataclass(frozen=True)
class Preview:
    """A file before it is loaded: `sample` are its first rows as read, `new` … `rejected` count rows."""

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
