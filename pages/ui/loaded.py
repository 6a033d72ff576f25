"""Loading the dropped files with a moving bar, and what became of them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import streamlit as st

from analytics import imports, wording
from analytics.errors import DatabaseUnavailable, Refused
from analytics.ingest.formats import all_formats
from analytics.ingest.load import Options, load
from pages.ui import agreement, columns, forecast_runs, gate, reads, states, tables

RESULTS = "import_results"


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
    if (folder := st.session_state.pop("upload_folder", None)) is not None:
        folder.cleanup()  # archives and first rows hold names and addresses as well
    for kept in ("previews", "sheets", "trials", "unpacked", columns.OPEN):
        st.session_state.pop(kept, None)
    forecast_runs.begin()
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
        for store in _compared_stores(loaded):
            agreement.agreement_line(store)
        asked = _their_days(loaded)
        with st.container(horizontal=True):
            st.page_link("pages/overview/overview.py", label="Open the overview", icon=":material/today:")
            st.page_link(
                "pages/sales/sales.py",
                label="Open sales of these days",
                icon=":material/show_chart:",
                query_params=asked,
            )


def _compared_stores(loaded: list[dict[str, Any]]) -> list[str]:
    """The stores whose agreement with the platform's report may have changed."""
    kinds = imports.kinds()
    compared = ("orders", "transactions", "returns", "control totals")
    return list(dict.fromkeys(str(each["store"]) for each in loaded if kinds.get(each["format"]) in compared))


def _their_days(loaded: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The parameters of a view of all days that the loaded orders cover; the usual days if there were no orders."""
    orders = {known.name for known in all_formats() if known.facts == "orders"}
    sold = [result for result in loaded if result["format"] in orders and result["start"]]
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
    st.success(states.plain(" ".join([said, *notices])), title=f"{result['file']} is in")
    if result["rejected"]:
        set_aside(result["import_id"], result["file"])


def set_aside(import_id: int, file: str) -> None:
    """The rows that an import set aside: what is wrong with each, and the file of them to mend."""
    tables.show(imports.rejects(import_id), tables.REJECTS, f"Rows set aside from {file}", key=f"rejects_{import_id}")
    st.caption(
        "To load these rows too, download them, correct the cells at fault and drop the file here. It holds the whole of "
        "each order or stock count concerned, and no names, streets or phone numbers."
    )
    st.download_button(
        "Download the rows to mend",
        gate.file(lambda: imports.rejected_file(import_id)),
        imports.rejected_name(import_id),
        "text/csv",
        key=f"mend_{import_id}",
        on_click="ignore",
        icon=":material/download:",
    )
