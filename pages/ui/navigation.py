"""Every page of the app: its script under pages/, its name in the menu, its icon and address, and what it answers."""

from dataclasses import dataclass
from typing import Any

import streamlit as st


@dataclass(frozen=True)
class Place:
    """A page; `address` is the last part of its URL where it is not the script's name."""

    script: str
    title: str
    icon: str
    answers: str
    address: str | None = None


PLACES: dict[str, list[Place]] = {
    "": [
        Place("overview/overview", "Overview", "today", "Yesterday against other days, and what deserves attention."),
    ],
    "Sales": [
        Place("sales/sales", "Sales", "show_chart", "Sales over time, and the bridge to what was collected."),
    ],
    "Stock": [
        Place("stock/stock", "Stock", "inventory_2", "What is in stock, its worth, how long it lasts, what to reorder."),
    ],
    "Data": [
        Place("data/import_files", "Import", "upload_file", "Drop exports in, see what they are, load them.", "import"),
        Place("data/agreement", "Agreement", "balance", "Your numbers beside the platform's own report, day by day."),
        Place("data/templates", "File formats", "table_view", "Every file that can be imported, with templates.", "formats"),
        Place("data/calendar", "Calendar", "event", "Promotions, price changes, stockouts, launches, holidays and notes."),
        Place("data/targets", "Targets", "flag", "What each month should bring, and how far it has come."),
        Place("data/history", "History", "history", "Every file that was imported, and how fresh the data are."),
        Place("data/settings", "Settings", "settings", "When a store's week and fiscal year start, and whose holidays count."),
    ],
}  # fmt: skip


def menu() -> Any:
    """The menu of all pages; gives the one that the address asks for."""
    return st.navigation(
        {section: [_page(place) for place in places] for section, places in PLACES.items()}, position="top"
    )


def _page(place: Place) -> Any:
    return st.Page(
        f"pages/{place.script}.py",
        title=place.title,
        icon=f":material/{place.icon}:",
        url_path=place.address,
        default=place is PLACES[""][0],
        help=place.answers,
    )
