"""What the page of cohorts consists of: its choices, cards, the rate at one age over time, all ages as a map, and the table."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analytics import periods, wording
from analytics.returns import cohorts
from pages.ui import cards, charts, cohort_charts, own, tables
from pages.ui.cards import Card

AGES = tuple(f"{age} days" for age in reversed(cohorts.AGES))
SOLD = {
    "orders": ("orders", "orders_with_return"),
    "units": ("units", "units_returned"),
    "value": ("value_sold", "value_returned"),
}
# A map of more rows cannot be taken in; the table has them all.
MOST_ROWS = 16


@dataclass(frozen=True)
class Look:
    """How cohorts are looked at: weeks or months, by orders, units or value, and within how many days."""

    grain: str
    measure: str
    age: int

    @property
    def label(self) -> str:
        """“Back within 90 days, share of orders”."""
        return f"Back within {self.age} days, share of {self.measure}"


def look() -> Look:
    """What the page's own controls and the address ask for."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        grain = own.few("grain", "Each cohort is a", cohorts.GRAINS)
        measure = own.few("measure", "Rate by", cohorts.MEASURES)
        age = own.few("within", "Back within", AGES)
    return Look(grain, measure, int(age.split()[0]))


def overview(rows: pd.DataFrame, look: Look, currency: str) -> None:
    """The cards: the newest rate that is known, and what the newest cohort old enough to tell has so far and is expected to."""
    known, young = cohorts.newest(rows, look.age)
    shown = (
        [Card("cohort_return_rate", known["rate"], f"{known['period']}, the newest known")] if known is not None else []
    )
    if young is not None:
        shown += [
            Card("rate_so_far", young["rate"], young["period"]),
            Card("projected", young["projected"], f"{between(young)}, four of five times"),
        ]
    if shown:
        cards.row(shown, currency)


def between(row: "pd.Series[Any]") -> str:
    """“7.3 – 9.0 %”."""
    return f"{row['lower'] * 100:.1f} – {wording.percent(row['upper'])}"


def over_time(rows: pd.DataFrame, look: Look) -> None:
    """The rate of each cohort at one age; what is projected is hollow, with its interval."""
    at = rows[rows["age"] == look.age]
    # at least so many cohorts are shown that the old ones stand beside the young
    days = wording.days(min(rows["cohort"]), max(rows["ends_on"]) + periods.DAY)
    charts.heading(
        _finding(rows, look),
        f"{look.label}, by {look.grain} of the order, {days}. Hollow and dotted: projected, with its 80 % interval; grey: so far",
    )
    cohort_charts.over_time(_stated(at), look.label)


def _finding(rows: pd.DataFrame, look: Look) -> str:
    known, young = cohorts.newest(rows, look.age)
    if young is not None and young["lower"] != young["upper"]:
        return f"Orders of {_named(young, look)} have {wording.percent(young['rate'])} back so far; {between(young)} by {look.age} days"
    first = young if young is not None else known
    if first is None:
        return f"{look.label}: no cohort is old enough yet"
    share = first["rate"] if young is None else first["projected"]
    return f"Orders of {_named(first, look)} have {wording.percent(share)} back within {look.age} days"


def _named(row: "pd.Series[Any]", look: Look) -> str:
    return f"the {row['period']}" if look.grain == "week" else str(row["period"])


def _stated(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(state=[_state(row) for row in rows.to_dict("records")])


def _state(row: dict[Any, Any]) -> str:
    state = "known" if row["is_known"] else "projected" if row["projected"] is not None else "so far, not known yet"
    return f"{state}, in part" if row["is_partial"] else state


def by_age(rows: pd.DataFrame, look: Look) -> None:
    """Every cohort at every age as a map, the newest on top."""
    ages = len(cohorts.AGES)
    newest = rows.iloc[-MOST_ROWS * ages :]
    charts.heading(
        f"The last {wording.count(len(newest) // ages, look.grain)} by age",
        f"Share of {look.measure} back within so many days. Filled: known; outlined with ≈: projected; outlined with “so far”: "
        "not known yet",
    )
    cohort_charts.by_age(_stated(newest), cohorts.AGES)


def table(rows: pd.DataFrame, look: Look, currency: str) -> None:
    """All of it as a table, a row a cohort and age."""
    sold, returned = SOLD[look.measure]
    st.subheader("Cohorts by age")
    named = {"age": "within_days", "sold": sold, "returned": returned, "rate": "rate_so_far"}
    shown = _stated(rows).rename(columns=named | {"lower": "projected_lower", "upper": "projected_upper"})
    names = ("rate_so_far", "projected", "projected_lower", "projected_upper", returned, sold)
    columns = {
        "period": tables.Column("Ordered in"),
        "within_days": tables.metric("within_days"),
        **{name: tables.metric(name, currency) for name in names},
        "state": tables.Column("State"),
        "learnt_from": tables.metric("learnt_from"),
    }
    tables.show(shown.iloc[::-1], columns, f"Cohorts by {look.grain}")
