"""Tables on the page, and the same rows as CSV or Excel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from analytics import workbook
from analytics.metrics import METRICS
from analytics.workbook import safe
from pages.ui import address, gate

GREY = "color: #8A8F98"
EXCEL_ROWS = 1_048_575
# as the cards write percentages
ONE_DECIMAL = "%,.1f %%"


@dataclass(frozen=True)
class Column:
    """How a column is shown: its header, whether it is text, money, count, percent or day, and what it means."""

    label: str
    kind: str = "text"
    width: str | None = None
    help: str | None = None


REJECTS: dict[str, Column] = {
    "line": Column("Line", "count"),
    "column_name": Column("Column"),
    "value": Column("Value"),
    "reason": Column("Reason"),
    "record": Column("Row"),
}
FRESHNESS: dict[str, Column] = {
    "kind": Column("Data"),
    "through": Column("Through", "day"),
    "days_old": Column("Days old", "count"),
    "part": Column("Of it"),
    "main_reason": Column("Main reason"),
    "first_day": Column("Since", "day"),
    "rate_since": Column("Rate since", "percent"),
    "rate_before": Column("Rate before", "percent"),
    "lines_returned": Column("Order lines returned", "count"),
    "lines_sold": Column("Order lines", "count"),
    "rise_value": Column("Beyond the rate before", "money"),
    "rise_certainty": Column("Certainty of a rise", "percent"),
}
# A finding's proof shows those of these columns that its rows have.
PROOFS: dict[str, Column] = {
    "title": Column("Product"),
    "order_name": Column("Order"),
    "kind": Column("Data"),
    "days_waiting": Column("Days waiting", "count"),
    "amount": Column("Amount", "money"),
    "difference": Column("Difference", "money"),
    "reason": Column("Reason"),
    "available": Column("Available", "count"),
    "days_of_cover": Column("Days of cover", "days"),
    "net_sales": Column("Net sales", "money"),
    "cost_of_goods_sold": Column("Cost of goods sold", "money"),
    "gross_profit": Column("Gross profit", "money"),
    "profit_before_ads": Column("Profit before ads", "money"),
    "reasons": Column("Why"),
    "ad_spend": Column("Ad spend", "money"),
    "wasted_spend": Column("Spend wasted", "money"),
    "ad_days_out": Column("Days out with ads", "count"),
    "units": Column("Units", "count"),
    "sku": Column("SKU"),
    "ordered_on": Column("Ordered on", "day"),
    "fulfillment_status": Column("Sent"),
    "channel": Column("Channel"),
    "country": Column("Country"),
    "through": Column("Through", "day"),
    "days_old": Column("Days old", "count"),
}
IMPORTS: dict[str, Column] = {
    "file": Column("File"),
    "days": Column("Days"),
    "status": Column("Status"),
    "store": Column("Store"),
    "format": Column("Format"),
    "rows": Column("Rows", "count"),
    "loaded": Column("New", "count"),
    "updated": Column("Changed", "count"),
    "unchanged": Column("The same", "count"),
    "duplicate": Column("Repeated", "count"),
    "rejected": Column("Set aside", "count"),
    "ignored": Column("Not data", "count"),
    "currency": Column("Currency"),
    "started_at": Column("Imported at", "time"),
    "imported_by": Column("Imported by"),
    "seconds": Column("Seconds", "count"),
    "notices": Column("Notices"),
}

TEMPLATE: dict[str, Column] = {
    "column": Column("Column"),
    "what": Column("What belongs there"),
    "example": Column("Example"),
}
HEADERS: dict[str, Column] = {"column": Column("Column"), "also": Column("Also read from")}


@dataclass(frozen=True)
class More:
    """What a table may have beside its rows: what a click on a row does, which rows are grey, and what its downloads hold
    if that is more than is shown."""

    on_click: Callable[[], None]
    is_grey: Sequence[bool] = ()
    whole: Callable[[], pd.DataFrame] | None = None


def metric(name: str, currency: str = "") -> Column:
    """A metric's column: header, format and meaning are the catalogue's, amounts with their currency."""
    about = METRICS[name]
    label = f"{about.label}, {currency}" if about.unit == "money" and currency else about.label
    return Column(label, "rate" if about.unit == "ratio" else about.unit, help=f"{about.label} = {about.formula}")


def money(label: str) -> Column:
    """Amounts with two decimals; the unit belongs into the label."""
    return Column(label, "money")


def count(label: str) -> Column:
    """Whole numbers, or pieces by weight."""
    return Column(label, "count")


def percent(label: str) -> Column:
    """Shares from 0 to 1, as percentages with one decimal."""
    return Column(label, "percent")


def share(label: str) -> Column:
    """Shares of a whole, from 0 to 1, as bars."""
    return Column(label, "share")


def day(label: str) -> Column:
    """Days."""
    return Column(label, "day")


def show(frame: pd.DataFrame, columns: Mapping[str, Column], name: str, key: str | None = None) -> None:
    """The columns named of a frame as a table, the first one pinned, with its two downloads under it."""
    columns = {column: about for column, about in columns.items() if column in frame.columns}
    grid(frame, columns, name, key)
    downloads(frame, columns, name, key)


def grid(frame: pd.DataFrame, columns: Mapping[str, Column], name: str, key: str | None = None) -> None:
    """The same without the downloads, for rows that are only the first of many."""
    st.dataframe(_cells(frame, columns), key=f"table_{key or name}", alt=name, **_look(columns))


def labelled(frame: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """The columns named of a frame, under the headers that they have on the page."""
    return frame[[*columns]].rename(columns={column: about.label for column, about in columns.items()})


def clickable(frame: pd.DataFrame, columns: Mapping[str, Column], name: str, more: More) -> None:
    """The same as `show`, with a click on a row and with grey rows; the selection is under “table_<name>”."""
    columns = {column: about for column, about in columns.items() if column in frame.columns}
    cells: Any = _cells(frame, columns)
    grey = dict(enumerate(more.is_grey))
    if any(grey.values()):
        cells = cells.style.apply(lambda row: [GREY if grey.get(row.name) else ""] * len(row), axis=1)
    st.dataframe(
        cells,
        key=f"table_{name}",
        alt=name,
        on_select=gate.callback(more.on_click),
        selection_mode="single-row",
        **_look(columns),
    )
    downloads(more.whole or frame, columns, name)


def _cells(frame: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    return pd.DataFrame({column: _for_screen(frame[column], about.kind) for column, about in columns.items()})


def _look(columns: Mapping[str, Column]) -> dict[str, Any]:
    first = next(iter(columns))
    config = {column: _config(about, column == first) for column, about in columns.items()}
    return {"hide_index": True, "column_config": config, "placeholder": "–"}


def guide(frame: pd.DataFrame, columns: Mapping[str, Column]) -> None:
    """The columns named of a frame of sentences: all of it at once, every sentence in full."""
    st.table(frame[[*columns]].rename(columns={name: about.label for name, about in columns.items()}), hide_index=True)


def downloads(
    frame: pd.DataFrame | Callable[[], pd.DataFrame], columns: Mapping[str, Column], name: str, key: str | None = None
) -> None:
    """The two buttons that save a frame's columns; the files are made, and a frame to be read is read, when one is pressed."""

    def rows() -> pd.DataFrame:
        return labelled(frame() if callable(frame) else frame, columns)

    kinds = [about.kind for about in columns.values()]
    about = [("Table", name), *said, *workbook.definitions(list(columns))] if (said := address.about()) else []
    file = name.lower().replace(" ", "_")
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "CSV",
            gate.file(lambda: csv(rows())),
            f"{file}.csv",
            "text/csv",
            key=f"csv_{key or name}",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
            help="Exact numbers, UTF-8. Text that a spreadsheet would run as a formula starts with an apostrophe.",
        )
        if callable(frame) or len(frame) <= EXCEL_ROWS:
            st.download_button(
                "Excel",
                gate.file(lambda: workbook.excel(rows(), kinds, about)),
                f"{file}.xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                key=f"xlsx_{key or name}",
                on_click="ignore",
                icon=":material/download:",
                type="tertiary",
            )


def csv(frame: pd.DataFrame) -> bytes:
    """The frame as CSV in UTF-8 with a byte order mark (Excel asks for it); unknown is empty, amounts are exact."""
    text = frame.map(lambda value: _digits(value) if isinstance(value, Decimal) else safe(value))
    return text.rename(columns=safe).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _digits(value: Decimal) -> str:
    """Every digit of a number, without zeros beyond the cents that only say how it is kept."""
    _, _, exponent = value.as_tuple()
    return format(value if not isinstance(exponent, int) or exponent >= -2 else value.normalize(), "f")


def _for_screen(values: "pd.Series[Any]", kind: str) -> "pd.Series[Any]":
    if kind in ("money", "count", "percent", "share", "days", "rate"):
        # the browser draws floating point only; the downloads keep the exact number
        shown = pd.to_numeric(values, errors="coerce").astype(float)
        return shown * 100 if kind in ("percent", "share") else shown
    return values


def _config(about: Column, is_first: bool) -> Any:
    if about.kind == "money":
        return st.column_config.NumberColumn(about.label, help=about.help, format="%,.2f", pinned=is_first)
    if about.kind == "count":
        return st.column_config.NumberColumn(about.label, help=about.help, format="localized", pinned=is_first)
    if about.kind in ("days", "rate"):
        form = "%.1f" if about.kind == "days" else "%.2f"
        return st.column_config.NumberColumn(about.label, help=about.help, format=form, pinned=is_first)
    if about.kind == "percent":
        return st.column_config.NumberColumn(about.label, help=about.help, format=ONE_DECIMAL, pinned=is_first)
    if about.kind == "share":
        return st.column_config.ProgressColumn(
            about.label, help=about.help, format=ONE_DECIMAL, min_value=0, max_value=100
        )
    if about.kind == "day":
        return st.column_config.DateColumn(
            about.label, help=about.help, format="YYYY-MM-DD", pinned=is_first, width="small"
        )
    if about.kind == "time":
        return st.column_config.DatetimeColumn(about.label, help=about.help, format="YYYY-MM-DD HH:mm")
    return st.column_config.TextColumn(about.label, help=about.help, pinned=is_first)
