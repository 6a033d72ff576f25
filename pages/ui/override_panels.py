"""What people say instead of the models: the form, the list of what was said, and taking it back."""

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.forecasts import below, overrides
from analytics.forecasts.course import Look
from analytics.forecasts.overrides import KINDS
from pages.ui import access, editors, forecast_tables, reads, tables
from pages.ui.filters import View

WAYS = {KINDS[0]: "percent more (+) or less (−) than the models", KINDS[1]: "an amount a week"}


def show(view: View, look: Look, title: str, days: list[Any]) -> None:
    """Say something else for some of the weeks ahead of a series, and all that was said of it; daily steps follow their weeks."""
    editors.told()
    found = of_series(reads.of(overrides.of, view.scope.over(None, None)), look, view.currency)
    standing = found[found["withdrawn_at"].isna()] if len(found) else found
    label = f"Say otherwise ({wording.count(len(standing), 'override')} in force)" if len(standing) else "Say otherwise"
    with st.expander(label, icon=":material/edit:"):
        if look.grain == "week" and access.may():
            _form(view, look, title, days)
        elif look.grain != "week":
            st.write("Overrides are said by week: choose weeks above. Days follow their week.")
        if len(found):
            tables.show(shown(found, look, view.currency), forecast_tables.OVERRIDES, f"Overrides of {title}")
        if access.may():
            _withdraw(view, standing, look)


def of_series(found: pd.DataFrame, look: Look, currency: str) -> pd.DataFrame:
    """Those of all overrides that are about one series, the newest first."""
    is_its = (found["measure"] == look.measure) & (found["level"] == look.level) & (found["series_key"] == look.key)
    if look.measure == "net_sales" and currency:
        is_its &= found["currency"] == currency
    return found[is_its].iloc[::-1].reset_index(drop=True)


def shown(found: pd.DataFrame, look: Look, currency: str) -> pd.DataFrame:
    """Overrides as their table has them."""
    return found.assign(
        weeks=[
            wording.days(first, last + below.DAY)
            for first, last in zip(found["first_day"], found["last_day"], strict=True)
        ],
        said=[words(row, look, currency) for row in found.to_dict("records")],
        made_by=[each or wording.BLANK for each in found["made_by"]],
    )


def words(row: dict[Any, Any], look: Look, currency: str) -> str:
    """“+10 %”, “120 pieces a week”."""
    if row["kind"] == KINDS[0]:
        return wording.change(row["value"] / 100)
    unit = "pieces" if look.measure == "units" else currency
    return f"{wording.exact(row['value'])} {unit} a week"


def _form(view: View, look: Look, title: str, days: list[Any]) -> None:
    named = {day: wording.day(day) for day in days}
    with st.form("override", border=False, clear_on_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            first = st.selectbox("First week", days, format_func=named.get, width=190)
            last = st.selectbox("Last week", days, format_func=named.get, width=190)
            kind = st.selectbox("Say", list(WAYS), format_func=WAYS.get, width=330)
            value = st.number_input("Value", value=None, format="%.2f", width=150)
        reason = st.text_input(
            "Reason", max_chars=overrides.LONGEST_REASON, placeholder="What do you know that the models do not?"
        )
        pressed = st.form_submit_button("Keep it", type="primary")
    if pressed:
        row = {
            "measure": look.measure, "level": look.level, "series_key": look.key, "currency": view.currency, "kind": kind,
            "first_day": first, "last_day": last, "value": None if value is None else Decimal(str(value)), "reason": reason,
        }  # fmt: skip
        store = view.scope.only_store or 0
        editors.keep(
            lambda: _save(store, row), f"What you say of {title} is kept beside what the models say; both are scored."
        )


def _save(store: int, row: dict[str, Any]) -> None:
    overrides.save(store, row)


def _withdraw(view: View, standing: pd.DataFrame, look: Look) -> None:
    if standing.empty:
        return
    options = {
        int(
            row["override_id"]
        ): f"{words(row, look, view.currency)}, {wording.days(row['first_day'], row['last_day'] + below.DAY)}"
        for row in standing.to_dict("records")
    }
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        number = st.selectbox("Take back", list(options), format_func=options.get, width=420, key="withdrawn")
        if st.button("Take it back", key="take_back", icon=":material/undo:"):
            store = view.scope.only_store or 0
            editors.keep(lambda: overrides.withdraw(store, int(number)), "It is taken back, and stays in the list.")
