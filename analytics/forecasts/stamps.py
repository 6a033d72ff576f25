"""What stands in a table's column of time, as numbers or seconds, and how the next ones are to be written."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.errors import Refused
from analytics.forecasts.steps import Step, Vector, later, stamps_at

INTEGER = re.compile(r"-?\d{1,15}$")
COMPACT = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])$")
OFFSET = re.compile(r"\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)$")
TIME = re.compile(r"[T ](?=\d\d:\d\d)")
# which of two orders days are written in is told by the days above 12
WRITTEN = ("%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%m-%d-%Y", "%Y%m%d")


@dataclass(frozen=True)
class Written:
    """How stamps were written: is_text; the sign between day and time ('' without a time); seconds into the day; the offset
    from UTC where all have the same; the zone of typed stamps."""

    is_text: bool = True
    between: str = ""
    seconds: int = 0
    offset: str = ""
    zone: Any = None


def parsed(column: pd.Series) -> tuple[Vector, Written]:
    """Integers or datetime64[s] (the time that is printed, whatever the zone), and how they were written.

    Raises Refused with the line of a stamp that is none."""
    if pd.api.types.is_integer_dtype(column):
        return column.to_numpy(dtype=np.int64), Written(is_text=False)
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        zone = column.dt.tz
        return _seconds(column.dt.tz_localize(None), column), Written(is_text=False, zone=zone)
    if pd.api.types.is_datetime64_dtype(column):
        return _seconds(column, column), Written(is_text=False)
    codes, texts = pd.factorize(column.astype(str).str.strip().where(column.notna()))
    _refuse(codes < 0, column, "is empty")
    words = pd.Series(texts, dtype=object)
    if words.str.match(INTEGER).all() and not words.str.match(COMPACT).all():
        return words.astype(np.int64).to_numpy()[codes], Written()
    return _of_text(words, codes, column)


def _of_text(words: pd.Series, codes: Vector, column: pd.Series) -> tuple[Vector, Written]:
    has_time = words.str.contains(TIME)
    offsets = words.where(has_time, "").str.extract(OFFSET, expand=False).fillna("")
    bare = words.where(offsets == "", words.str.replace(OFFSET, "", regex=True))
    found = pd.to_datetime(bare, format="ISO8601", errors="coerce")
    if found.isna().any():
        found = _in_other_words(bare, found)
    bad = found.isna().to_numpy()[codes]
    _refuse(bad, column, "is neither a day such as 2026-11-21 nor a whole number")
    one = offsets.iloc[0] if offsets.nunique() == 1 else ""
    between = words.str.extract(f"({TIME.pattern})", expand=False).dropna()
    sign = str(between.iloc[0]) if len(between) else ""
    return found.to_numpy().astype("datetime64[s]")[codes], Written(True, sign, 0, str(one))


def _in_other_words(bare: pd.Series, found: pd.Series) -> pd.Series:
    """The only other way of writing days in which all are days; the best of them where none is whole."""
    tried = {way: pd.to_datetime(bare, format=way, errors="coerce") for way in WRITTEN}
    whole = [way for way, each in tried.items() if each.notna().all()]
    if len(whole) > 1 and not tried[whole[0]].equals(tried[whole[1]]):
        raise Refused(
            f"The days, such as {bare.iloc[0]}, can be read with the month first or the day first. Write them as 2026-11-21."
        )
    return tried[whole[0]] if whole else max((found, *tried.values()), key=lambda each: int(each.notna().sum()))


def _seconds(stamps: pd.Series, column: pd.Series) -> Vector:
    _refuse(stamps.isna().to_numpy(), column, "is empty")
    return np.asarray(stamps.to_numpy().astype("datetime64[s]"))


def _refuse(bad: Vector, column: pd.Series, why: str) -> None:
    if bad.any():
        at = int(np.flatnonzero(bad)[0])
        told = "" if pd.isna(column.iloc[at]) else f" ({column.iloc[at]})"
        raise Refused(f"{column.index.name or 'row'} {column.index[at]}: ds{told} {why}.")


def written(step: Step, position: Vector, how: Written, shift: Vector | int = 0) -> Any:
    """The stamps at some positions, so many days later, as they would have stood in the table: integers, text, or typed as
    they came."""
    stamps = stamps_at(step, position)
    if step.kind == "integers":
        return stamps
    if step.kind != "seconds":
        stamps = later(step, stamps, shift).astype("datetime64[s]") + how.seconds
    if not how.is_text:
        typed = pd.Series(stamps).astype("datetime64[ns]")
        return typed.dt.tz_localize(how.zone, ambiguous=True, nonexistent="shift_forward") if how.zone else typed
    text = pd.Series(np.datetime_as_string(stamps, unit="s" if how.between else "D"))
    return text.str.replace("T", how.between) + how.offset if how.between else text
