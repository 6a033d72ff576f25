"""An unknown table: what it most likely is and which column is which, proposed, corrected by hand, tried and kept."""

from pathlib import Path
from typing import Any

import streamlit as st

from analytics import wording
from analytics.errors import Refused
from analytics.ingest import mapping, propose, sheet
from analytics.ingest.formats import Format
from analytics.ingest.load import Options
from analytics.ingest.mapping import Mapping
from analytics.ingest.preview import Preview, preview
from analytics.ingest.propose import Proposal
from analytics.ingest.sheet import Sheet
from pages.ui import rows, states

OPEN = "files_being_mapped"
EXAMPLE = 24


def is_open(path: Path) -> bool:
    """Whether somebody wants to say what a file's columns are, although they are known."""
    return path.name in st.session_state.get(OPEN, set())


def reopen(path: Path, found: Preview) -> None:
    """The way to say otherwise what the columns of a known file are."""
    label = "Change the columns" if found.is_mapped else f"Not {found.label}? Say what the columns are"
    if st.button(label, key=f"reopen_{path.name}", type="tertiary", icon=":material/view_column:"):
        st.session_state.setdefault(OPEN, set()).add(path.name)
        st.rerun()


def choose(path: Path, folder: Path, said: Options, why: str = "") -> None:
    """Ask what a table is and which column is which, everything proposed, with the rows as they would then load."""
    table = _sheet(path, folder)
    known = mapping.of(table.header)
    if why:
        # what else is known, and where to say it, are no help to who is there already
        what = why.partition(" Known are")[0]
        st.info(f"{what} Say once which column is which, and it is known from then on.")
    proposals = {each.format.name: each for each in propose.proposals(table.header, table.rows)}
    name = st.selectbox(
        "This table holds",
        list(proposals),
        index=list(proposals).index(known.format) if known and known.format in proposals else 0,
        format_func=lambda each: proposals[each].format.label,
        key=f"target_{path.name}",
        help="What the rows are facts of. The likeliest comes first.",
        width=320,
    )
    proposal = proposals[name]
    st.caption(f"It brings {proposal.format.brings}.")
    offered = dict(known.columns) if known and known.format == name else proposal.columns
    chosen = _chosen(table, proposal, offered, path)
    is_complete = _is_complete(proposal.format, chosen)
    said_now = Mapping(name, tuple(sorted(chosen.items())))
    if is_complete:
        _try_out(table, said, said_now)
    _finish(path, table, said_now, is_complete)


def _sheet(path: Path, folder: Path) -> Sheet:
    kept: dict[str, Sheet] = st.session_state.setdefault("sheets", {})
    if path.name not in kept:
        kept[path.name] = sheet.read(path, folder)
    return kept[path.name]


def _chosen(table: Sheet, proposal: Proposal, offered: dict[str, str], path: Path) -> dict[str, str]:
    """Our column and the label of the file's that was chosen for it; the needed and the found ones come first."""
    known = proposal.format
    needed = [*known.required, *(name for group in known.any_of for name in group)]
    first = [*dict.fromkeys(needed), *(name for name in known.columns if name in offered and name not in needed)]
    others = [name for name in known.columns if name not in first]
    picked = _grid(table, known, first, (offered, path))
    if others:
        with st.expander(f"{wording.count(len(others), 'more column')} that such a table may have"):
            picked |= _grid(table, known, others, (offered, path))
    used = set(picked.values())
    if unused := [label for label in table.labels if label not in used]:
        st.caption(f"Not taken: {states.plain(', '.join(unused))}. What is not taken is not saved.")
    return picked


def _grid(table: Sheet, known: Format, names: list[str], how: tuple[dict[str, str], Path]) -> dict[str, str]:
    offered, path = how
    picked = {}
    with st.container(horizontal=True):
        for name in names:
            label = st.selectbox(
                _title(known, name),
                table.labels,
                index=table.labels.index(offered[name]) if offered.get(name) in table.labels else None,
                format_func=lambda each: _with_example(table, each),
                key=f"column_{path.name}_{known.name}_{name}",
                placeholder="None" if name not in known.required else "Choose",
                help=known.meanings.get(name),
                width=230,
            )
            if label is not None:
                picked[name] = label
    return picked


def _title(known: Format, name: str) -> str:
    words = name.replace("_", " ")
    shown = "SKU" if words == "sku" else f"{words[:1].upper()}{words[1:]}"
    return f"{shown} (needed)" if name in known.required else shown


def _with_example(table: Sheet, label: str) -> str:
    example = table.example(label)
    short = example if len(example) <= EXAMPLE else f"{example[:EXAMPLE]}…"
    return f"{label} · {short}" if short else f"{label} · empty"


def _is_complete(known: Format, chosen: dict[str, str]) -> bool:
    """Whether everything the table needs is chosen, each from a column of its own; says what is not."""
    missing = [
        " or ".join(_title(known, name).removesuffix(" (needed)") for name in group)
        for group in propose.missing(known, chosen)
    ]
    if missing:
        st.warning(f"Still to choose: {'; '.join(missing)}.")
    labels = list(chosen.values())
    if twice := sorted({label for label in labels if labels.count(label) > 1}):
        st.warning(
            f"One column cannot be two things: {states.plain(', '.join(twice))}. Choose another for one of them."
        )
    return not missing and not twice


def _try_out(table: Sheet, said: Options, tried: Mapping) -> None:
    """The first rows as they would load under what is chosen now."""
    options = Options(store=said.store, as_of=said.as_of, file_name=said.file_name, mapping=(table.header, tried))
    kept: dict[Any, Preview | str] = st.session_state.setdefault("trials", {})
    key = (table.trial.name, tried, said.store)
    if key not in kept:
        try:
            kept[key] = preview(table.trial, options)
        except Refused as refused:
            kept[key] = str(refused)
    found = kept[key]
    if isinstance(found, str):
        st.warning(found)
        return
    st.markdown("**The first rows as they would load**")
    rows.show(found)
    rows.problems(found)


def _finish(path: Path, table: Sheet, said: Mapping, is_ready: bool) -> None:
    with st.container(horizontal=True):
        if st.button("Use these columns", type="primary", disabled=not is_ready, key=f"use_{path.name}"):
            mapping.save(table.header, said)
            _close(path)
        if is_open(path) and st.button("Leave it as it was", key=f"leave_{path.name}"):
            _close(path)
        if mapping.of(table.header) and st.button("Forget these columns", key=f"forget_{path.name}"):
            mapping.forget(table.header)
            _close(path)


def _close(path: Path) -> None:
    st.session_state.setdefault(OPEN, set()).discard(path.name)
    st.session_state["previews"] = {}
    st.rerun()
