"""A table of series (unique_id, ds, y) made ready to forecast: sorted, on one grid, its gaps filled.

What is done to it: rows may stand in any order. Two rows of one series and time are refused: whether they are parts of a sum or
one row twice, only the user knows. y without a value is unknown. A step that is not in the table, or whose y is unknown,
counts as 0 where the table never writes a 0 and holds counts, or the series has fewer than three of four steps (what was
not sold has no row there); else it is drawn between its neighbours. Forecasts start after a series' last known value.
"""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analytics.errors import Refused
from analytics.forecasts import stamps, steps
from analytics.forecasts.panel import Matrix, Panel
from analytics.forecasts.stamps import Written
from analytics.forecasts.steps import Step

COLUMNS = ("unique_id", "ds", "y")
UNKNOWN = ("", "NA", "N/A", "NaN", "nan", "NULL", "null", "None", "none", "-", "–")
KEPT_STEPS, FEWEST_KEPT, CELLS = 1_500, 400, 60_000_000  # older steps teach nothing about the next
MOST_MISSING = 0.25
DAY = 86_400


@dataclass(frozen=True)
class Table:
    """The series, how their stamps are written, and what is to be said about them."""

    panel: Panel
    how: Written
    notices: tuple[str, ...]


def read(path: Path) -> pd.DataFrame:
    """The columns unique_id, ds and y of a file as text, by line. Raises Refused where the file is no such table."""
    from analytics.ingest import reader  # only the command line reads files

    with tempfile.TemporaryDirectory(prefix="storeledger-forecast-") as work:
        found = reader.open_table(path, Path(work))
        names = [name.strip().lower() for name in found.head[0]]
        lacking = [name for name in COLUMNS if name not in names]
        if lacking:
            raise Refused(
                f"{path.name} has no column {' and no column '.join(lacking)}; it has {', '.join(found.head[0])}. A table to "
                "forecast has the columns unique_id (the series), ds (a day or a whole number) and y (the value)."
            )
        try:
            wide = pd.read_csv(
                found.path,
                sep=found.delimiter,
                dtype=str,
                keep_default_na=False,
                names=range(len(names) + 1),
                header=None,
                skiprows=1,
                encoding="utf-8-sig",
                skip_blank_lines=False,
            )
        except (pd.errors.ParserError, UnicodeDecodeError) as error:
            told = str(error).rpartition("error: ")[2].strip()
            raise Refused(f"{path.name} is no table whose rows have the same cells: {told}. Mend that line.") from error
    # the header stands on the first line; cells that run over several lines would only make the numbers too low
    wide.index = pd.RangeIndex(2, len(wide) + 2, name="line")
    beyond = wide[len(names)].fillna("") != ""
    if beyond.any():
        raise Refused(f"line {beyond.idxmax()}: it has more cells than the header. Was a number written with a comma?")
    wide = wide.iloc[:, [names.index(name) for name in COLUMNS]].set_axis(list(COLUMNS), axis=1)
    wide = wide[(wide.fillna("") != "").any(axis=1)]
    if found.delimiter != ",":
        wide["y"] = wide["y"].str.replace(",", ".", regex=False)
    return wide


def tidied(frame: pd.DataFrame, frequency: str | None = None) -> Table:
    """The table as a panel. frequency: D, W or M, where it is not to be found from the stamps.

    Raises Refused, naming the line (or row) that cannot be used."""
    lacking = [name for name in COLUMNS if name not in frame.columns]
    if lacking:
        raise Refused(f"The table has no column {', '.join(lacking)}. It needs unique_id, ds and y.")
    if frequency is not None and frequency not in steps.TOLD:
        raise Refused(f"{frequency} is no frequency. Give D (days), W (weeks) or M (months), or leave it out.")
    if frame.empty:
        raise Refused("The table has no rows. It needs rows of unique_id, ds and y.")
    codes, ids = _series(frame)
    y = _numbers(frame["y"])
    when, how = stamps.parsed(frame["ds"])
    known = np.isfinite(y)
    notices = _without_values(codes, ids, known)
    lines = frame.index.to_numpy()[known]
    codes, when, y = codes[known], when[known], y[known]
    order = np.lexsort((when, codes))
    codes, when, y, lines = codes[order], when[order], y[order], lines[order]
    same = codes[1:] == codes[:-1]
    word = frame.index.name or "row"
    _refuse_twice(same & (when[1:] == when[:-1]), (codes, ids, lines, when), word)
    step = steps.found(when, same, frequency)
    if np.issubdtype(when.dtype, np.datetime64) and step.kind != "seconds":
        how = replace(how, seconds=int(np.bincount(when.astype(int) % DAY).argmax()))
    shift = _shift(step, when, same)
    moved = when if shift is None or step.kind == "months" else when - shift * DAY
    position, is_on_grid = steps.positions(step, moved)
    if not is_on_grid.all():
        at = int(np.flatnonzero(~is_on_grid)[0])
        raise Refused(
            f"{word} {lines[at]}: {ids[codes[at]]} has a point at {_shown(when[at])}, between the steps of the table, which are "
            f"{step.every if step.every > 1 else ''} {steps.WORDS[step.kind]} apart. Bring all series to the same steps.".replace(
                "  ", " "
            )
        )
    within = f"within {steps.WORDS[step.kind]}, after"
    _refuse_twice(same & (position[1:] == position[:-1]), (codes, ids, lines, when), word, within)
    values, last, row_ids, filled = _on_grid(codes, position, y, ids)
    ends = np.append(~same, True)
    panel = Panel(values, np.isfinite(values).sum(axis=1), last, step, row_ids, None if shift is None else shift[ends])
    return Table(panel.filled(), how, (*notices, *filled))


def _shift(step: Step, when: Matrix, same: Matrix) -> Matrix | None:
    """How many days the steps of each row's series begin after those of the grid: each series may have a weekday, or a day of the
    month, of its own."""
    days, begins = when.astype("datetime64[D]"), np.append(True, ~same)
    if step.kind == "weeks":
        first = days[begins].astype(int)
        return np.asarray(((first - step.offset) % (7 * step.every))[np.cumsum(begins) - 1])
    if step.kind != "months" or len(np.unique(steps.day_of_month(days))) == 1 or step.at_end:
        return None
    at = np.flatnonzero(begins)
    # the 31st stands for the last day of every month
    day = np.where(
        np.logical_and.reduceat(steps.is_last(days), at), 31, np.maximum.reduceat(steps.day_of_month(days), at)
    )
    return np.asarray((day - 1)[np.cumsum(begins) - 1])


def _series(frame: pd.DataFrame) -> tuple[Matrix, Matrix]:
    column = frame["unique_id"]
    missing = (column.isna() | (column.astype(str).str.strip() == "")).to_numpy()
    if missing.any():
        raise Refused(f"{frame.index.name or 'row'} {frame.index[int(missing.argmax())]}: unique_id is empty.")
    codes, ids = pd.factorize(column, sort=True)
    return codes, np.asarray(ids)


def _numbers(column: pd.Series) -> Matrix:
    """The values as numbers, NaN where they are unknown."""
    if not pd.api.types.is_numeric_dtype(column):
        text = column.where(column.notna(), "").astype(str).str.strip()
        unknown = text.isin(UNKNOWN)
        found = pd.to_numeric(text.mask(unknown), errors="coerce")
        bad = (found.isna() & ~unknown).to_numpy()
        if bad.any():
            at = int(bad.argmax())
            raise Refused(f"{column.index.name or 'row'} {column.index[at]}: y ({text.iloc[at]}) is not a number.")
        column = found
    values = column.to_numpy(dtype=float, na_value=np.nan)
    if np.isinf(values).any():
        at = int(np.isinf(values).argmax())
        raise Refused(
            f"{column.index.name or 'row'} {column.index[at]}: y is infinite. Leave it empty if it is not known."
        )
    return values


def _without_values(codes: Matrix, ids: Matrix, known: Matrix) -> tuple[str, ...]:
    some = np.bincount(codes, weights=known, minlength=len(ids)) > 0
    if not some.any():
        raise Refused("No series has a value: y is empty or NaN everywhere.")
    lacking = np.flatnonzero(~some)
    if not len(lacking):
        return ()
    names = ", ".join(str(ids[at]) for at in lacking[:5])
    return (f"{len(lacking):,} series without any value are not forecast: {names}{' …' if len(lacking) > 5 else ''}",)


def _refuse_twice(twice: Matrix, of: tuple[Matrix, Matrix, Matrix, Matrix], word: str, where: str = "at") -> None:
    if twice.any():
        codes, ids, lines, when = of
        at = int(twice.argmax())
        first, second = sorted((lines[at], lines[at + 1]))
        raise Refused(
            f"{word}s {first} and {second} are both of series {ids[codes[at]]} {where} {_shown(when[at])} "
            f"({int(twice.sum()):,} such pairs). Add them up, or leave one of them out."
        )


def _shown(stamp: Any) -> str:
    return str(stamp).replace("T00:00:00", "")


def _on_grid(codes: Matrix, position: Matrix, y: Matrix, ids: Matrix) -> tuple[Matrix, Matrix, Matrix, tuple[str, ...]]:
    """A row a series with values, aligned at its end; the last position; the names; what is filled (steps that
    do not count as 0 are NaN)."""
    present, row = np.unique(codes, return_inverse=True)
    ends = np.append(np.flatnonzero(np.diff(row)), len(row) - 1)
    starts = np.append(0, ends[:-1] + 1)
    last, span = position[ends], position[ends] - position[starts] + 1
    width = int(min(span.max(), KEPT_STEPS, max(CELLS // len(present), FEWEST_KEPT)))
    column = width - 1 - (last[row] - position)
    kept = column >= 0
    values = np.full((len(present), width), np.nan)
    values[row[kept], column[kept]] = y[kept]
    begins = width - np.minimum(span, width)
    missing = ~np.isfinite(values) & (np.arange(width) >= begins[:, None])
    is_counted = bool((y > 0).all() and (y == np.round(y)).all())
    never_zero = bool((y > 0).all())
    share = missing.sum(axis=1) / np.minimum(span, width)
    as_zero = missing & ((share > MOST_MISSING) | is_counted)[:, None] & never_zero
    values[as_zero] = 0
    return values, last, ids[present], _told(int(as_zero.sum()), int((missing & ~as_zero).sum()))


def _told(zeros: int, drawn: int) -> tuple[str, ...]:
    said = [
        (zeros, "steps without a row count as 0: the table writes no zeros"),
        (drawn, "steps without a value are drawn between their neighbours"),
    ]
    return tuple(f"{count:,} {what}" for count, what in said if count)
