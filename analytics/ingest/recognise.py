"""Which format a table is, where its header is, and which column is which."""

from collections.abc import Mapping as Known
from dataclasses import dataclass

from analytics.errors import Refused, Unrecognised
from analytics.ingest import headers
from analytics.ingest.formats import Format, all_formats
from analytics.ingest.headers import plain
from analytics.ingest.mapping import Mapping
from analytics.ingest.reader import TextTable


@dataclass(frozen=True)
class Recognised:
    """A table whose columns are known: `columns` holds, in the file's order, our name or None for a column not used."""

    format: Format
    header: tuple[str, ...]
    columns: tuple[str | None, ...]
    skip: int  # physical lines up to and including the header
    ignored: int  # records before the header
    mapping: Mapping | None = None  # what somebody said about these columns
    written: str = ""  # how a file of rows set aside says that its numbers and days are written


def recognise(table: TextTable, wanted: str | None = None, said: Known[str, Mapping] | None = None) -> Recognised:
    """The format whose required columns stand in one of the table's first records; `said` are mappings by signature.

    What somebody said about just these columns goes before what their names suggest. Raises Unrecognised for an unknown
    table, naming what the nearest format would have needed.
    """
    formats = all_formats()
    if wanted:
        formats = [known for known in formats if known.name == wanted]
        if not formats:
            names = ", ".join(known.name for known in all_formats())
            raise Refused(f"There is no format {wanted}. The formats are: {names}.")
    for at, record in enumerate(table.head[:30]):
        mapping = _said(record, said or {})
        for known in formats:
            if mapping and mapping.format == known.name:
                return Recognised(
                    known, record, mapping.applied(record), table.lines[at], at, mapping, _written(table, at)
                )
        for known in formats:
            columns = _with_rest(known, record, _matched(known, record))
            if not _missing(known, columns) and not _belongs_elsewhere(known, record):
                return Recognised(known, record, columns, table.lines[at], at, written=_written(table, at))
    raise Unrecognised(_why_not(table, formats))


def _said(header: tuple[str, ...], said: Known[str, Mapping]) -> Mapping | None:
    """The mapping of that header row, or of a file of rows set aside: it has the mapped columns and no others."""
    if (exact := said.get(headers.signature(header))) is not None:
        return exact
    names = {plain(label) for label in headers.labels(header) if not headers.is_ours(label)}
    return next((each for each in said.values() if {plain(label) for _, label in each.columns} == names), None)


def _written(table: TextTable, at: int) -> str:
    header = [plain(name) for name in table.head[at]]
    if plain(headers.WRITTEN) not in header:
        return ""
    place = header.index(plain(headers.WRITTEN))
    return next((record[place] for record in table.head[at + 1 :] if len(record) > place and record[place]), "")


def _matched(known: Format, header: tuple[str, ...]) -> tuple[str | None, ...]:
    targets = {plain(name): target for target, names in known.columns.items() for name in reversed(names)}
    rank = {(target, plain(name)): at for target, names in known.columns.items() for at, name in enumerate(names)}
    said = [_said_by(known, name, targets) for name in header]
    best: dict[str, int] = {}
    for at, name in enumerate(said):
        target = targets.get(name)
        if target and (target not in best or rank[target, name] < rank[target, said[best[target]]]):
            best[target] = at
    chosen = {at: target for target, at in best.items()}
    return tuple(chosen.get(at) for at in range(len(header)))


def _said_by(known: Format, name: str, targets: dict[str, str]) -> str:
    """A header as the format knows it: without the currency of its amounts, where that may stand in it."""
    said = plain(name)
    return headers.without_currency(said) if known.has_currency_in_headers and said not in targets else said


def _with_rest(known: Format, header: tuple[str, ...], columns: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """Where a format's unknown columns are facts (a column a location), they are kept under their own headers."""
    if not known.rest or known.rest in columns:
        return columns
    return tuple(
        name or (None if headers.is_ours(head) else f"{known.rest}: {head.strip()}")
        for name, head in zip(columns, header, strict=True)
    )


def _missing(known: Format, columns: tuple[str | None, ...]) -> list[str]:
    """The headers without which the file says too little for this format."""
    missing = [known.columns[name][0] for name in known.required if name not in columns]
    missing += [
        " or ".join(known.columns[name][0] for name in group)
        for group in known.any_of
        if not any(name in columns for name in group)
    ]
    if known.rest and not any((name or "").startswith(known.rest) for name in columns):
        missing.append(known.columns[known.rest][0])
    return missing


def _belongs_elsewhere(known: Format, header: tuple[str, ...]) -> bool:
    names = {plain(name) for name in header}
    return any(name in names for name in known.not_with)


def _why_not(table: TextTable, formats: list[Format]) -> str:
    nearest: tuple[float, Format, list[str]] | None = None
    for record in table.head[:30]:
        for known in formats:
            columns = _with_rest(known, record, _matched(known, record))
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
    return (
        f"This file's columns are not known ({shown} …). Known are: {known_labels}. "
        "On the Import page you can say once which column is which; from then on the file is known."
    )
