"""What the command line prints: tables and sentences for people, one JSON document for programs."""

import math
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import simplejson

ACCOUNT = ("rows", "loaded", "updated", "unchanged", "duplicate", "rejected", "ignored")


def tell(message: str) -> None:
    """A line on standard error, where it is in nobody's way."""
    print(message, file=sys.stderr, flush=True)


def progress(name: str) -> Callable[[float, str], None] | None:
    """What moves a line on the terminal while a file is loaded; None where nobody looks."""
    if not sys.stderr.isatty():
        return None
    return lambda share, what: print(
        f"\r{name}: {what} ({share:.0%})\033[K", end="\n" if share >= 1 else "", file=sys.stderr
    )


def account(row: dict[str, Any]) -> str:
    """An import's account in words, its notices under it."""
    counts = ", ".join(f"{row[name]:,} {name}" for name in ACCOUNT[1:] if row[name])
    said = f"{row['file']}: {row['format']}, {row['rows']:,} rows ({counts or 'nothing in it'})"
    return "\n".join([said, *(f"  {notice}" for notice in row["notices"])])


def table(frame: pd.DataFrame) -> None:
    """The rows in columns; nothing for no rows."""
    if not frame.empty:
        print(frame.map(_shown).to_string(index=False))


def document(content: Any) -> None:
    """The content as one JSON document on standard output."""
    print(as_json(content), flush=True)


def as_json(content: Any) -> str:
    """JSON with exact numbers; days and times in ISO form, unknown is null."""
    return str(simplejson.dumps(_plain(content), use_decimal=True, ensure_ascii=False, indent=1))


def _shown(value: Any) -> str:
    if isinstance(value, Decimal) and value.is_finite():
        if value.as_tuple().exponent == 0:
            return f"{value:,}"
        short = round(value, 4)
        return f"{short:,.2f}" if short == round(value, 2) else f"{short.normalize():,f}"
    if isinstance(value, list):
        return "; ".join(", ".join(f"{name} {_shown(each)}" for name, each in row.items()) for row in value)
    return "–" if value is None or value != value else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return None if value.is_nan() else int(value) if value == value.to_integral_value() else value.normalize()
    if value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value
