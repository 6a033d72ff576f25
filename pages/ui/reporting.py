"""The view on the screen as a report to hand on: PDF, HTML or Excel, made when it is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from analytics.reports import files
from analytics.reports.parts import Report
from pages.ui import gate, recorder


def popover(about: Sequence[tuple[str, str]]) -> None:
    """The three files of what this page shows once it is drawn; `about` are names and words for what it is of."""
    record = recorder.current()
    if record is None:
        return
    with st.popover("Report", icon=":material/description:", width="content"):
        st.caption(
            "What this page shows, as a file: the same days, numbers, charts and tables. Folded tables are in Excel."
        )

        def report() -> Report:
            view = replace(record.view(), about=tuple(about))
            return Report(f"{view.title}, {view.scope}", (view,))

        with st.container(horizontal=True, gap="small"):
            downloads(record.view().title, report)


def downloads(title: str, report: Callable[[], Report]) -> None:
    """A button for each kind of file; the report is made when one is pressed."""
    for kind, about in files.KINDS.items():
        st.download_button(
            about.name,
            gate.file(lambda kind=kind: files.made(report(), kind)),
            files.name(title, kind),
            about.media,
            key=f"report_{kind}",
            on_click="ignore",
            icon=":material/download:",
        )
