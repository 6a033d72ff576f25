"""Dropped files: kept in a folder of the session, shown before they are loaded, and loaded with a moving bar."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import streamlit as st

from analytics import imports, stores, wording
from analytics.errors import DatabaseUnavailable, Refused
from analytics.ingest.load import Options, as_of_day, load
from analytics.ingest.preview import Preview, preview
from pages.ui import reads, tables

TYPES = ["csv", "tsv", "txt", "xlsx", "zip", "gz"]
CURRENCIES = ["EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK", "PLN", "CAD", "AUD"]
RESULTS = "import_results"
ORDERS = ("shopify_orders", "order_lines")


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


def on_disk(upload: Any) -> Path:
    """Where the session keeps a dropped file; written once."""
    folder = st.session_state.get("upload_folder")
    if folder is None:
        folder = st.session_state["upload_folder"] = tempfile.TemporaryDirectory(prefix="storeledger-upload-")
    # the name decides nothing here, so nobody's file name becomes a path
    suffix = "".join(Path(upload.name).suffixes[-2:])[:12]
    path = Path(folder.name) / f"{upload.file_id}{suffix if suffix.replace('.', '').isalnum() else ''}"
    if not path.exists():
        path.write_bytes(upload.getbuffer())
    return path


def show(upload: Any, store: str | None) -> tuple[Path, Options] | None:
    """A dropped file's card: what it is and what loading it would do; None if it cannot be used."""
    path = on_disk(upload)
    with st.container(border=True):
        st.markdown(f"**:material/description: {_plain(upload.name)}**")
        said = Options(store=store, file_name=upload.name, time_zone=_time_zone())
        try:
            found = _previewed(path, said)
            options = _asked(found, path, said)
            if options is None:
                return None
            found = _previewed(path, options)
        except (Refused, DatabaseUnavailable) as refused:
            st.error(str(refused), title="This file cannot be loaded")
            return None
        _facts(found)
        for notice in found.notices:
            st.caption(f":material/info: {_plain(notice)}")
        with st.expander("First rows"):
            st.dataframe(found.sample, hide_index=True, alt=f"First rows of {upload.name}")
    return path, options


def _time_zone() -> str | None:
    """The zone of whoever imports, which a new store takes for its own: files print local times without its name."""
    zone = st.context.timezone
    return zone if zone in available_timezones() else None


def _plain(text: str) -> str:
    """Text from outside, with nothing in it that Markdown would act on."""
    return "".join(f"\\{each}" if each in r"\`*_{}[]()<>#+-!|$~:" else each for each in text)


def _previewed(path: Path, options: Options) -> Preview:
    kept: dict[Any, Preview] = st.session_state.setdefault("previews", {})
    key = (path.name, options, reads.data_version(None))
    if key not in kept:
        with st.spinner("Looking at the file"):
            kept[key] = preview(path, options)
    return kept[key]


def _asked(found: Preview, path: Path, options: Options) -> Options | None:
    """What the file does not say itself, asked beside it: the day stock was counted, the currency; None until said."""
    with st.container(horizontal=True):
        if "inventory" in found.format:
            day = st.date_input(
                "Counted on", as_of_day(path, options.file_name or ""), key=f"as_of_{path.name}", width=160
            )
            options = replace(options, as_of=day)
        if "currency" in found.questions:
            picked = st.selectbox(
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
                return None
            options = replace(options, currency=picked)
    return options


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
    # what would become of the rows; a row set aside is named with its reason after the import
    st.write("   ".join(f"{label} **{number:,}**" for label, number in counts.items() if number or label == "New"))


def run(ready: list[tuple[Path, Options]]) -> None:
    """Load the files one after the other; the results stay in the session, whatever happens to one of them."""
    results = []
    bar = st.progress(0.0)
    for at, (path, options) in enumerate(ready):
        name = options.file_name or path.name
        try:
            results.append(load(path, options, _moving(bar, name, at, len(ready))))
        except (Refused, DatabaseUnavailable) as refused:
            results.append({"file": name, "refused": str(refused)})
        path.unlink(missing_ok=True)  # it holds names and addresses, and is not needed any more
    finished(results)


def _moving(bar: Any, name: str, at: int, files: int) -> Callable[[float, str], None]:
    """What moves the bar while the file at this place of several is loaded."""

    def move(share: float, what: str) -> None:
        bar.progress(min((at + share) / files, 1.0), f"{name}: {what}")

    return move


def sample_shop() -> None:
    """Make the sample shop and load it, with a moving bar."""
    from analytics import sample  # the generator is not needed for anything else

    bar = st.progress(0.0)
    try:
        finished(sample.load(_moving(bar, "Sample shop", 0, 1)))
    except (Refused, DatabaseUnavailable) as refused:
        finished([{"file": "Sample shop", "refused": str(refused)}])


def finished(results: list[dict[str, Any]]) -> None:
    """Keep the results for the next run of the page, and empty the place where files are dropped."""
    reads.forget()
    st.session_state[RESULTS] = results
    st.session_state["uploader"] = st.session_state.get("uploader", 0) + 1
    st.session_state["previews"] = {}
    st.rerun()


def show_results() -> None:
    """What became of the last files: a line each, the rows set aside to download, and the way to the numbers."""
    results = st.session_state.get(RESULTS, [])
    for result in results:
        if "refused" in result:
            st.error(result["refused"], title=f"{result['file']} was not loaded")
            continue
        _result(result)
    loaded = [result for result in results if "refused" not in result]
    if loaded:
        asked = _their_days(loaded)
        with st.container(horizontal=True):
            st.page_link("pages/overview/overview.py", label="Open the overview", icon=":material/today:")
            st.page_link(
                "pages/sales/sales.py",
                label="Open sales of these days",
                icon=":material/show_chart:",
                query_params=asked,
            )


def _their_days(loaded: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The parameters of a view of all days that the loaded orders cover; the usual days if there were no orders."""
    sold = [result for result in loaded if result["format"] in ORDERS and result["start"]]
    asked = [("store", str(loaded[0]["store"]))]
    if not sold:
        return asked
    first, last = min(result["start"] for result in sold), max(result["stop"] for result in sold) - timedelta(days=1)
    return [*asked, ("days", first.isoformat()), ("days", last.isoformat())]


def _result(result: dict[str, Any]) -> None:
    names = {
        "loaded": "new",
        "updated": "changed",
        "unchanged": "the same as before",
        "duplicate": "repeated in the file",
        "rejected": "set aside",
        "ignored": "not data",
    }
    parts = [f"{result[name]:,} {words}" for name, words in names.items() if result[name]]
    said = f"{wording.count(result['rows'], 'row')}: {', '.join(parts) or 'nothing in it'}."
    notices = [notice for notice in result.get("notices", []) if notice]
    st.success(_plain(" ".join([said, *notices])), title=f"{result['file']} is in")
    if result["rejected"]:
        rejects = imports.rejects(result["import_id"])
        tables.show(
            rejects, tables.REJECTS, f"Rows set aside from {result['file']}", key=f"rejects_{result['import_id']}"
        )
