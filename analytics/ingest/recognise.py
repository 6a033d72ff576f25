"""Which format a table is, where its header is, and which column is which."""

import re
from dataclasses import dataclass

from analytics.errors import Refused
from analytics.ingest.formats import Format, all_formats
from analytics.ingest.reader import TextTable


@dataclass(frozen=True)
class Recognised:
    """A table whose columns are known: `columns` holds, in the file's order, our name or None for a column not used."""

    format: Format
    header: tuple[str, ...]
    columns: tuple[str | None, ...]
    skip: int  # physical lines up to and including the header
    ignored: int  # records before the header


def plain(name: str) -> str:
    """A header as it is compared: trimmed, one space between words, lower case."""
    return re.sub(r"\s+", " ", name.replace("\ufeff", " ")).strip().casefold()


def recognise(table: TextTable, wanted: str | None = None) -> Recognised:
    """The format whose required columns stand in one of the table's first records.

    Raises Refused for an unknown table, naming what the nearest format would have needed.
    """
    formats = all_formats()
    if wanted:
        formats = [known for known in formats if known.name == wanted]
        if not formats:
            names = ", ".join(known.name for known in all_formats())
            raise Refused(f"There is no format {wanted}. The formats are: {names}.")
    for at, record in enumerate(table.head[:30]):
        for known in formats:
            columns = _matched(known, record)
            if not _missing(known, columns) and not _belongs_elsewhere(known, record):
                return Recognised(known, record, _with_rest(known, record, columns), table.lines[at], at)
    raise Refused(_why_not(table, formats))


def _matched(known: Format, header: tuple[str, ...]) -> tuple[str | None, ...]:
    targets = {plain(name): target for target, names in known.columns.items() for name in reversed(names)}
    rank = {(target, plain(name)): at for target, names in known.columns.items() for at, name in enumerate(names)}
    best: dict[str, int] = {}
    for at, name in enumerate(header):
        target = targets.get(plain(name))
        if target and (target not in best or rank[target, plain(name)] < rank[target, plain(header[best[target]])]):
            best[target] = at
    chosen = {at: target for target, at in best.items()}
    return tuple(chosen.get(at) for at in range(len(header)))


def _with_rest(known: Format, header: tuple[str, ...], columns: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """Where a format's unknown columns are facts (a column a location), they are kept under their own headers."""
    if not known.rest or known.rest in columns:
        return columns
    return tuple(name or f"{known.rest}: {head.strip()}" for name, head in zip(columns, header, strict=True))


def _missing(known: Format, columns: tuple[str | None, ...]) -> list[str]:
    """The headers without which the file says too little for this format."""
    missing = [known.columns[name][0] for name in known.required if name not in columns]
    missing += [
        " or ".join(known.columns[name][0] for name in group)
        for group in known.any_of
        if not any(name in columns for name in group)
    ]
    return missing


def _belongs_elsewhere(known: Format, header: tuple[str, ...]) -> bool:
    names = {plain(name) for name in header}
    return any(name in names for name in known.not_with)


def _why_not(table: TextTable, formats: list[Format]) -> str:
    nearest: tuple[float, Format, list[str]] | None = None
    for record in table.head[:30]:
        for known in formats:
            columns = _matched(known, record)
            missing = _missing(known, columns)
            found = len(known.required) + len(known.any_of) - len(missing)
            is_near = found > len(missing) and (len(missing) == 1 or found > 5)
            share = found / (found + len(missing))
            if is_near and not _belongs_elsewhere(known, record) and (not nearest or share > nearest[0]):
                nearest = (share, known, missing)
    if nearest:
        _, known, missing = nearest
        return (
            f"This looks like {known.label}, but these columns are missing: {', '.join(missing)}. "
            "Export it again with all columns; a spreadsheet may have removed some."
        )
    header = max(table.head[:10], key=lambda record: sum(bool(cell.strip()) for cell in record))
    shown = ", ".join(cell.strip(" \ufeff") for cell in header[:8] if cell.strip())
    known_labels = ", ".join(known.label for known in all_formats())
    return f"This file's columns are not known ({shown} …). Known are: {known_labels}."
