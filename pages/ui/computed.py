"""How a number is computed: its formula, the rows that add up to it, and the queries that ran, for everybody to check."""

import tempfile
import zipfile
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import IO, cast

import streamlit as st

from analytics import proof, wording
from analytics.metrics import METRICS
from analytics.proof import Behind
from analytics.scope import Scope
from pages.ui import gate, reads, tables

# Beyond so many rows the file is packed: it is a tenth of the size.
PACKED_FROM = 100_000
# what was converted has more digits than there is money
CENT = Decimal("0.01")


@gate.dialog("How this is computed", width="large")
def explain(name: str, scope: Scope, currency: str) -> None:
    """A metric of a scope: the formula in words; the rows of each of its parts, as a file too; the queries to copy."""
    about = METRICS[name]
    st.markdown(f"**{about.label}** = {about.formula}")
    with st.spinner("Reading the ledger"):
        found: list[Behind] = reads.of(proof.behind, scope, name)
    if scope.into:
        found = [replace(part, total=part.total.quantize(CENT, ROUND_HALF_UP)) for part in found]
    if len(found) == 2:
        st.markdown(_division(found, currency))
    for part in found:
        _rows(part, scope, currency)
    with st.expander("The query that ran", key=f"query_{name}", on_change="rerun") as query:
        if query.open:
            st.caption("With the values of this view. It runs as it stands in any PostgreSQL client on this database.")
            for statement in reads.of(proof.ran, scope, name):
                st.code(statement, language="sql", height=280)


def _division(found: list[Behind], currency: str) -> str:
    """The two parts of a quotient with their numbers; what comes out stands on the card."""
    above, below = (f"{METRICS[part.metric].label} {_said(part.metric, part.total, currency)}" for part in found)
    return f"{above} ÷ {below}"


def _said(metric: str, total: Decimal, currency: str) -> str:
    """A sum as it is shown: amounts to the cent or beyond, counts whole where they are."""
    if METRICS[metric].unit == "money":
        return f"{wording.exact(total)} {currency}"
    return f"{total.normalize():,f}"


def _rows(part: Behind, scope: Scope, currency: str) -> None:
    """What a sum is made of: how many rows, the first of them, and the file of all."""
    about = METRICS[part.metric]
    is_people = part.metric in proof.PEOPLE
    is_back = part.metric in proof.RETURNS
    rows = wording.count(part.count, "customer" if is_people else "reversal" if is_back else "line")
    of = "" if is_people or is_back else " of the ledger"
    st.markdown(f"{about.label}: {rows}{of} add up to **{_said(part.metric, part.total, currency)}**.")
    columns = (PEOPLE if is_people else RETURNS if is_back else LINES) | {
        "amount": tables.Column(f"Adds to {about.label.lower()}", about.unit)
    }
    name = f"{about.label} rows"
    if part.count <= len(part.rows):
        tables.show(part.rows, columns, name, key=f"behind_{part.metric}")
        return
    tables.grid(part.rows, columns, name, key=f"behind_{part.metric}")
    st.caption(f"The first {len(part.rows):,} of them. The file has all of them.")
    is_packed = part.count > PACKED_FROM
    st.download_button(
        f"All {part.count:,} as CSV{', packed' if is_packed else ''}",
        gate.file(lambda: whole_file(scope, part.metric, columns, is_packed)),
        f"{name.lower().replace(' ', '_')}.{'zip' if is_packed else 'csv'}",
        "application/zip" if is_packed else "text/csv",
        key=f"all_{part.metric}",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
    )


def whole_file(scope: Scope, metric: str, columns: dict[str, tables.Column], is_packed: bool) -> bytes:
    """All rows of a sum as CSV, in a ZIP archive if told, written piece by piece."""
    with tempfile.TemporaryFile() as file:
        if is_packed:
            with (
                zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
                archive.open(f"{metric}.csv", "w") as member,
            ):
                _write(member, scope, metric, columns)
        else:
            _write(cast(IO[bytes], file), scope, metric, columns)
        file.seek(0)
        return file.read()


def _write(file: IO[bytes], scope: Scope, metric: str, columns: dict[str, tables.Column]) -> None:
    is_first = True
    for frame in proof.in_parts(scope, metric):
        content = tables.csv(tables.labelled(frame, columns))
        file.write(content if is_first else content.partition(b"\r\n")[2])
        is_first = False


LINES = {
    "order_name": tables.Column("Order"),
    "amount": tables.money("Amount"),
    "ordered_on": tables.day("Ordered on"),
    "booked_on": tables.day("Booked on"),
    "entry": tables.Column("Entry"),
    "kind": tables.Column("Kind"),
    "line_kind": tables.Column("What"),
    "sku": tables.Column("SKU"),
    "title": tables.Column("Title"),
    "units": tables.metric("units"),
    "channel": tables.Column("Channel"),
    "country": tables.Column("Country"),
}
PEOPLE = {
    "customer": tables.Column("Customer"),
    "amount": tables.count("Amount"),
    "orders": tables.metric("orders"),
    "orders_ever": tables.count("Orders ever"),
    "first_ordered_on": tables.day("First order on"),
}
# The amount that a row adds stands behind the first column.
RETURNS = {
    "order_name": tables.Column("Order"),
    "amount": tables.money("Amount"),
    "ordered_on": tables.day("Ordered on"),
    "booked_on": tables.day("Booked on"),
    "days_back": tables.metric("days_back"),
    "kind": tables.Column("Kind"),
    "title": tables.Column("Title"),
    "sku": tables.Column("SKU"),
    "units": tables.metric("units"),
    "reason": tables.Column("Reason"),
    "inferred": tables.Column("Inferred"),
    "file": tables.Column("Told by"),
    "channel": tables.Column("Channel"),
    "country": tables.Column("Country"),
}
