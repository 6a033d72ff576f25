"""The day that a file speaks of where it does not say it: told by its name, as it was answered last time, or by its own date."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg2.extensions import cursor as Cursor

from analytics import db, stores, wording
from analytics.errors import Refused
from analytics.ingest.formats import Format
from analytics.ingest.stage import Staged

DAY = timedelta(days=1)
# An answer that is further from the file's own day is about this one file, not about such files.
HABIT = 3
NAME, WRITTEN = "name", "written"
ISO = re.compile(r"(?<!\d)(20\d\d)([-_. ])(\d{1,2})\2(\d{1,2})(?!\d)")
# 20261101, and with a time of day behind it
COMPACT = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?=\D|$|\d{4}(?!\d)|\d{6}(?!\d))")
NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([-_. /])(\d{1,2})\2(20\d\d)(?!\d)")
DAY_THEN_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?[-_. ]*([^\W\d_]{3,})[-_. ,]*(20\d\d)(?!\d)")
MONTH_THEN_DAY = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})[-_. ]*(\d{1,2})(?:st|nd|rd|th)?[-_. ,]+(20\d\d)(?!\d)")
# how months begin in English, German, French, Spanish and Italian
MONTHS = (
    ("jan", "jän", "ene", "gen"), ("feb", "fév", "fev"), ("mar", "mär", "mrz"), ("apr", "avr", "abr"), ("may", "mai", "mag"),
    ("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "aoû", "aou", "ago"), ("sep", "set"), ("oct", "okt", "ott"),
    ("nov",), ("dec", "dez", "déc", "dic"),
)  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """The day to take, where it comes from (name, written), in words, and the days that the name can mean if it is two."""

    day: date
    source: str
    words: str
    readings: tuple[date, ...] = ()


@dataclass(frozen=True)
class Habit:
    """What was answered for such files before: the order of day and month in their names, and how many days after the day in the
    name, or after the day on which the file was written, the day of the count lies."""

    day_first: bool | None = None
    after_name: int = 0
    after_written: int = 0


def propose(path: Path, name: str, habit: Habit = Habit()) -> Proposal:
    """The day a file speaks of: a date in its name, else the day it was last written, each as it was answered last time.

    Raises Refused if there is no such file.
    """
    written = written_on(path)
    found = in_name(name)
    if len(found) == 2 and habit.day_first is not None:
        day = found[0] if habit.day_first else found[1]
        order = "day" if habit.day_first else "month"
        return Proposal(day, NAME, f"as the file's name says, the {order} first as last time", found)
    if len(found) == 1:
        words = _after(habit.after_name, "the one in the file's name") or "as the file's name says"
        return Proposal(found[0] + habit.after_name * DAY, NAME, words)
    words = _after(habit.after_written, "the file was last written") or "the day the file was last written"
    if found:
        words += f", because its name can mean {wording.day(found[0])} and {wording.day(found[1])}"
    return Proposal(written + habit.after_written * DAY, WRITTEN, words, found)


def _after(days: int, of: str) -> str:
    if not days:
        return ""
    many = wording.count(abs(days), "day") if abs(days) > 1 else "the day"
    return f"{many} {'before' if days < 0 else 'after'} {of}, as last time"


def written_on(path: Path) -> date:
    """The day a file was last written. Raises Refused if there is no such file."""
    if not path.is_file():
        raise Refused(f"There is no file {path.name}. Check the name and the folder.")
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()


def in_name(name: str) -> tuple[date, ...]:
    """The day in a file's name, the later one of two; both readings where day and month cannot be told apart; () for none.

    No day that is still to come: what it names is something else.
    """
    latest = date.today() + DAY
    told = [tuple(day for day in each if day <= latest) for each in _dates(name)]
    sure = [each for each in told if len(each) == 1]
    if "_set_aside_" in name and told:
        return told[0]  # the day that the rows set aside speak of stands first
    return max(sure) if sure else next((each for each in reversed(told) if each), ())


def _dates(name: str) -> Iterator[tuple[date, ...]]:
    """Every date in a name, one reading each or two, in the order in which they stand there."""
    found: list[tuple[int, tuple[date, ...]]] = []
    rest = name
    for pattern, read in (
        (ISO, lambda m: (_day(m[1], m[3], m[4]),)),
        (COMPACT, lambda m: (_day(m[1], m[2], m[3]),)),
        (NUMERIC, _numeric),
        (DAY_THEN_MONTH, lambda m: (_day(m[3], _month(m[2]), m[1]),)),
        (MONTH_THEN_DAY, lambda m: (_day(m[3], _month(m[1]), m[2]),)),
    ):
        for match in pattern.finditer(rest):
            days = tuple(dict.fromkeys(day for day in read(match) if day is not None))
            if days:
                found.append((match.start(), days))
                # what was read once is not read again as something else
                rest = rest[: match.start()] + "#" * len(match[0]) + rest[match.end() :]
    yield from (days for _, days in sorted(found))


def _numeric(match: "re.Match[str]") -> tuple[date | None, ...]:
    """01-11-2026 both ways; with points it is the day first, which is how points are written."""
    first, separator, second, year = match.groups()
    day_first = _day(year, second, first)
    return (day_first,) if separator == "." else (day_first, _day(year, first, second))


def _month(word: str) -> str | None:
    at = [number for number, begins in enumerate(MONTHS, 1) if word.lower().startswith(begins)]
    return str(at[0]) if at else None


def _day(year: str, month: str | None, day: str) -> date | None:
    try:
        return date(int(year), int(month or 0), int(day))
    except ValueError:
        return None


def of_file(path: Path, name: str, store: str, known: Format) -> Proposal:
    """`propose` for a file of a format that goes to the store of that name; only counts of stock have habits."""
    if known.facts != "inventory":
        return propose(path, name)
    shops = stores.all_stores()
    numbers = shops.loc[shops["name"] == store, "store_id"]
    return propose(path, name, habit(None if numbers.empty else int(numbers.iloc[0]), known.name))


def is_asked(stage: Staged) -> bool:
    """Whether a staged file is a count of stock that does not say its own day."""
    is_count = stage.recognised.format.facts == "inventory"
    return is_count and "as_of" not in stage.duck.table("levels_new").columns


def habit(store: int | None, format_name: str) -> Habit:
    """What was answered for files of a format in a store; nothing for a store that is new."""
    if store is None:
        return Habit()
    rows = db.read("imports/setting", name=_setting(store, format_name))
    return Habit(**json.loads(rows["value"].iloc[0])) if len(rows) else Habit()


def learn(cursor: Cursor, store: int, format_name: str, said: tuple[Path, str, date]) -> None:
    """Keep what an answer (path, name and day of a file) says about such files, in the caller's transaction."""
    path, name, answer = said
    known, found = habit(store, format_name), in_name(name)
    if len(found) == 2:
        if answer in found:
            known = replace(known, day_first=answer == found[0])
    elif found:
        known = replace(known, after_name=_habitual(answer, found[0]))
    else:
        known = replace(known, after_written=_habitual(answer, written_on(path)))
    value: dict[str, Any] = {name: getattr(known, name) for name in ("day_first", "after_name", "after_written")}
    db.run(cursor, "load/keep_setting", name=_setting(store, format_name), value=json.dumps(value))


def _habitual(answer: date, own: date) -> int:
    days = (answer - own).days
    return days if abs(days) <= HABIT else 0


def _setting(store: int, format_name: str) -> str:
    return f"counted_on/{store}/{format_name}"
