"""Dropped files: kept in a folder of the session, shown before they are loaded, and asked only what they cannot tell."""

import re
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import streamlit as st

from analytics import stores, watch, wording
from analytics.errors import DatabaseUnavailable, Refused, Unrecognised
from analytics.ingest.counted_on import NAME, Proposal
from analytics.ingest.load import Options
from analytics.ingest.preview import Preview, preview
from analytics.ingest.reader import unpack
from pages.ui import columns, reads, rows, states

TYPES = ["csv", "tsv", "txt", "xlsx", "zip", "gz"]
CURRENCIES = ["EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK", "PLN", "CAD", "AUD"]


def choose_store() -> str | None:
    """The name of the store the files belong to: one that exists, or a new one typed in; None until one is chosen.

    Of several stores none is taken for granted: a file in the wrong one is hard to find again.
    """
    known = list(reads.all_stores()["name"])
    return st.selectbox(
        "Store",
        known or [stores.DEFAULT_NAME],
        index=0 if len(known) < 2 else None,
        key="import_store",
        accept_new_options=True,
        placeholder="Choose a store, or type a new name",
        help="Choose one, or type the name of a new one.",
        width=320,
    )


def too_large(store: str | None) -> None:
    """What to do with a file that is too large for a browser: the folder that is watched, and the line to type."""
    limit = int(st.get_option("server.maxUploadSize"))
    named = f' --store "{store}"' if store else ""
    with st.expander(f"Files larger than {limit:,} MB"):
        st.write(
            f"A browser hands a dropped file over through memory, so this page takes files up to {limit:,} MB. "
            "A larger one is read from disk, whatever its size. Open a terminal in Storeledger's folder and import it:"
        )
        st.code(f'python -m analytics import "FILE.csv"{named}', language=None, wrap_lines=True)
        st.write("Or let it watch a folder, and put files there; each is imported once it is complete:")
        st.code(f'python -m analytics watch "{watch.place(None)}"{named}', language=None, wrap_lines=True)


def _folder() -> Path:
    folder = st.session_state.get("upload_folder")
    if folder is None:
        folder = st.session_state["upload_folder"] = tempfile.TemporaryDirectory(prefix="storeledger-upload-")
    return Path(folder.name)


def on_disk(upload: Any) -> Path:
    """Where the session keeps a dropped file; written once."""
    # the name decides nothing here, so nobody's file name becomes a path
    suffix = "".join(Path(upload.name).suffixes[-2:])[:12]
    path = _folder() / f"{upload.file_id}{suffix if suffix.replace('.', '').isalnum() else ''}"
    if not path.exists():
        path.write_bytes(upload.getbuffer())
    return path


def tables_of(upload: Any) -> list[tuple[str, Path]]:
    """The tables in a dropped file, each with the name to show: a zip or a workbook may hold several.

    None, after saying why, if it cannot be opened.
    """
    path = on_disk(upload)
    kept: dict[str, list[tuple[str, Path]] | str] = st.session_state.setdefault("unpacked", {})
    if path.name not in kept:
        folder = _folder() / f"tables-{path.name}"
        folder.mkdir(exist_ok=True)
        try:
            kept[path.name] = [
                (name, _own_name(table, path, at)) for at, (name, table) in enumerate(unpack(path, folder, upload.name))
            ]
        except Refused as refused:
            kept[path.name] = str(refused)
    found = kept[path.name]
    if isinstance(found, str):
        with st.container(border=True):
            st.markdown(f"**:material/description: {states.plain(upload.name)}**")
            st.error(found, title="This file cannot be loaded")
        return []
    return found


def _own_name(table: Path, upload: Path, at: int) -> Path:
    """A table's file under a name that no other dropped file has: two archives may hold a table of one name."""
    if table == upload:
        return table
    return table.rename(table.with_name(f"{upload.stem}-{at}{table.suffix}"))


def show(name: str, path: Path, store: str | None) -> tuple[Path, Options] | None:
    """A table's card: what it is and what loading it would do; None while it cannot be loaded."""
    with st.container(border=True):
        st.markdown(f"**:material/description: {states.plain(name)}**")
        said = Options(store=store, file_name=name, time_zone=_time_zone())
        try:
            if columns.is_open(path):
                columns.choose(path, _folder(), said)
                return None
            return _known(path, said)
        except Unrecognised as unknown:
            columns.choose(path, _folder(), said, str(unknown))
        except (Refused, DatabaseUnavailable) as refused:
            # the file is called otherwise where the session keeps it
            st.error(str(refused).replace(path.name, name), title="This file cannot be loaded")
    return None


def _known(path: Path, said: Options) -> tuple[Path, Options] | None:
    """The card of a file whose columns are known; None while something is to be answered."""
    found = _previewed(path, said)
    options = _asked(found, path, said)
    if options is not None:
        found = _previewed(path, options)
    if options is not None or "day_first" not in found.questions:
        _facts(found)
        for notice in found.notices:
            st.caption(f":material/info: {states.plain(notice)}")
        rows.problems(found)
    with st.expander("First rows"):
        rows.show(found)
    columns.reopen(path, found)
    return (path, options) if options is not None else None


def _time_zone() -> str | None:
    """The zone of whoever imports, which a new store takes for its own: files print local times without its name."""
    zone = st.context.timezone
    return zone if zone in available_timezones() else None


def _previewed(path: Path, options: Options) -> Preview:
    kept: dict[Any, Preview] = st.session_state.setdefault("previews", {})
    key = (path.name, options, reads.data_version(None))
    if key not in kept:
        with st.spinner("Looking at the file"):
            kept[key] = preview(path, options)
    return kept[key]


def _asked(found: Preview, path: Path, options: Options) -> Options | None:
    """What the file does not say itself, asked beside it; None until it is said."""
    is_complete = True
    with st.container(horizontal=True):
        if "as_of" in found.questions:
            options = replace(options, as_of=_counted_on(found.counted_on, path))
        if "day_first" in found.questions:
            is_day_first = _day_order(found.undecided, path)
            options, is_complete = replace(options, day_first=is_day_first), is_day_first is not None
        if "currency" in found.questions:
            currency = _currency(path)
            options, is_complete = replace(options, currency=currency), is_complete and currency is not None
    return options if is_complete else None


def _counted_on(told: Proposal, path: Path) -> date:
    """The day of a count that its file does not say: what is proposed, to be changed, and where that comes from."""
    day = st.date_input("Counted on", told.day, key=f"as_of_{path.name}", format="YYYY-MM-DD", width=160)
    if told.source == NAME:
        words = f"Proposed {told.words}."
    else:
        # a browser hands over a file without the day on which it was written
        words = (
            "Proposed: today."
            if told.day == date.today()
            else f"Proposed: {told.words.replace('written', 'dropped here')}."
        )
        words += " The file does not say its day; a date in its name would."
    if len(told.readings) == 2 and told.source != NAME:
        words = (
            f"Its name can mean {wording.day(told.readings[0])} and {wording.day(told.readings[1])}. Choose the day."
        )
    st.caption(words)
    return day if isinstance(day, date) else told.day


def _day_order(example: str, path: Path) -> bool | None:
    """Which of the two days a date in the file is; None until chosen."""
    first, second, year = (int(part) for part in re.findall(r"\d+", example)[:3])
    year += 2000 if year < 100 else 0
    readings = {True: date(year, second, first), False: date(year, first, second)}
    picked = st.radio(
        f"{example} in this file is",
        [True, False],
        index=None,
        format_func=lambda is_day_first: f"{readings[is_day_first].day} {readings[is_day_first]:%B %Y}",
        key=f"day_first_{path.name}",
        horizontal=True,
        help="Every date in the file can be read both ways, so the file itself does not tell.",
        width=360,
    )
    if picked is None:
        st.caption("Every date in this file can be read as day/month and as month/day. Choose which it is to go on.")
    return picked


def _currency(path: Path) -> str | None:
    picked: str | None = st.selectbox(
        "Currency",
        _likely_currencies(),
        index=0 if _said_elsewhere() else None,
        key=f"currency_{path.name}",
        accept_new_options=True,
        placeholder="Choose",
        help="The file does not say it. Choose it, or type another in three letters.",
        width=140,
    )
    if picked is None:
        st.caption("The file does not say in which currency its amounts are. Choose it to go on.")
    return picked


def _said_elsewhere() -> list[str]:
    """The currencies that the other dropped files say."""
    previews: dict[Any, Preview] = st.session_state.get("previews", {})
    return list(dict.fromkeys(each.currency for each in previews.values() if each.currency))


def _likely_currencies() -> list[str]:
    return list(dict.fromkeys([*_said_elsewhere(), *CURRENCIES]))


def _facts(found: Preview) -> None:
    said = [found.label, wording.count(found.rows, "row")]
    if found.start:
        said.append(wording.days(found.start, found.stop))
    st.write(" · ".join([*said, *([found.currency] if found.currency else [])]))
    counts = {"New": found.new, "Changed": found.changed, "The same": found.unchanged, "Repeated": found.duplicate}
    counts |= {"Set aside": found.rejected, "Not data": found.ignored}
    st.write("   ".join(f"{label} **{number:,}**" for label, number in counts.items() if number or label == "New"))
