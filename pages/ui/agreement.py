"""Agreement with the platform's report: the line after an import, the days, and one day taken apart."""

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from analytics import agreement, stores, wording
from analytics.agreement import Day
from analytics.metrics import METRICS
from analytics.scope import Scope
from pages.ui import charts, choices, over_time, reads, states, tables
from pages.ui.filters import View

PAGE = "pages/data/agreement.py"


def agreement_line(store: str) -> None:
    """After an import: on how many days the store's numbers are the platform's to the cent, and the way to the page.

    Nothing is drawn for a store without a report of its platform. `store` is its name.
    """
    found = agreement.totals(Scope(store=stores.find(store)))
    said = agreement.line(found)
    if said is None:
        return
    made = agreement.summary(found)
    with st.container(horizontal=True, vertical_alignment="center"):
        if made.compared and made.same == made.compared:
            st.success(said, icon=":material/balance:")
        else:
            st.info(said, icon=":material/balance:")
        st.page_link(PAGE, label="Open the agreement", icon=":material/arrow_forward:", query_params={"store": store})


def label(metric: str) -> str:
    """A total's name, as on every other page."""
    return METRICS[metric].label if metric in METRICS else metric.replace("_", " ").capitalize()


def headline(found: pd.DataFrame, days: pd.DataFrame, currency: str) -> None:
    """The finding: on how many days nothing differs; under it which days were compared, and where most is apart."""
    made = agreement.summary(found)
    st.subheader(made.headline)
    first, last = min(found["day"]), max(found["day"])
    said = [
        f"The platform's report covers {wording.days(first, date.fromordinal(last.toordinal() + 1))}; a day agrees if every "
        "total of it is the same to the cent. Refunds count on their own day, as the platform has them."
    ]
    if made.outside:
        more = wording.count(made.outside, "day")
        said.append(f"{more} of the report are not compared: no orders file that was imported holds them.")
    if made.same < made.compared:
        worst = days[days["differing"] > 0].iloc[0]
        said.append(
            f"Furthest apart: {wording.day(worst['day'])}, {label(worst['metric']).lower()} "
            f"{_signed(worst['difference'])} {currency}."
        )
    st.caption(" ".join(said))


def _signed(amount: object) -> str:
    return f"{'+' if amount > 0 else ''}{wording.exact(amount)}"  # type: ignore[operator,arg-type]


def chart(found: pd.DataFrame, metric: str, view: View) -> None:
    """The difference of one total, a column a day, with the events of those days."""
    currency = view.currency
    rows = found[found["metric"] == metric]
    summed = rows.groupby("day", as_index=False)["difference"].sum()
    unit = "" if metric == "orders" else f", {currency}"
    apart = int(sum(bool(each) for each in rows["difference"]))
    finding = f"{label(metric)}: " + (
        "no day differs" if not apart else f"{wording.count(apart, 'day differs', 'days differ')}"
    )
    charts.heading(finding, f"Here less the platform's report, by day{unit}.")
    over_time.every_day(view.scope, summed, "difference", f"Difference{unit}")


DAY_COLUMNS = {
    "day": tables.day("Day"),
    "difference": tables.money("Difference"),
    "differing": tables.count("Totals that differ"),
    "ours": tables.money("Here"),
    "platform": tables.money("Platform"),
    "store": tables.Column("Store"),
    "report_as_of": tables.day("Report of"),
    "orders_as_of": tables.day("Orders of"),
}
TOTAL_COLUMNS = {
    "label": tables.Column("Total"),
    "difference": tables.money("Difference"),
    "ours": tables.money("Here"),
    "platform": tables.money("Platform"),
}
ORDER_COLUMNS = {
    "order_name": tables.Column("Order"),
    "total_sales": tables.metric("total_sales"),
    "why": tables.Column("Why it is looked at"),
    **{
        name: tables.metric(name)
        for name in ("orders", "gross_sales", "discounts", "reversals", "net_sales", "shipping", "tax")
    },
    "ordered_on": tables.day("Ordered on"),
    "counted_on": tables.day("Counted on"),
}


def day_columns(view: View, metric: str) -> dict[str, tables.Column]:
    """The table of days; the store only where there are several."""
    unit = "" if metric == "orders" else f", {view.currency}"
    named = {
        name: replace(about, label=f"{about.label}{unit}") if name in ("difference", "ours", "platform") else about
        for name, about in DAY_COLUMNS.items()
    }
    return {name: about for name, about in named.items() if name != "store" or view.scope.only_store is None}


def choose_day(days: pd.DataFrame, view: View) -> "pd.Series[object] | None":
    """The day to take apart: the one that the address names, else the one furthest apart; None if it is not there."""
    keys = {_key(row, view): at for at, row in enumerate(days.to_dict("records"))}
    picked = choices.one_of("at", "Day", {key: _said(days.iloc[at], view) for key, at in keys.items()})
    return None if picked is None else days.iloc[keys[picked]]


def _key(row: dict[object, object], view: View) -> str:
    return str(row["day"]) if view.scope.only_store is not None else f"{row['day']} {row['store']}"


def _said(row: "pd.Series[object]", view: View) -> str:
    where = "" if view.scope.only_store is not None else f" · {row['store']}"
    apart = f"{row['differing']} of its totals differ" if row["differing"] else "every total is the same"
    return f"{wording.day(row['day'])}{where} · {apart}"  # type: ignore[arg-type]


def of_day(view: View, row: "pd.Series[object]") -> Day:
    """The chosen day, taken apart."""
    store = view.scope.only_store
    if store is None:
        known = reads.all_stores()
        store = int(known.loc[known["name"] == row["store"], "store_id"].iloc[0])
    scope = Scope(store=store, currency=view.currency)
    with st.spinner("Looking at the orders of the day"):
        seen: Day = reads.of(agreement.of_day, scope, row["day"])
    return seen


def reasons(seen: Day) -> None:
    """Why the day differs, in sentences; what makes up the whole difference is marked as that."""
    if not any(seen.totals["difference"]):
        st.write("Every total of this day is the same to the cent.")
        return
    for cause in seen.causes:
        if cause.is_exact:
            st.markdown(f":material/check: **{states.plain(cause.sentence)}**")
    if seen.is_explained:
        st.caption("Marked with ✓: with it, every total of the day is the same to the cent.")
    else:
        st.write(
            "Nothing that was tried makes up the whole difference: refunds without a date, the other clock, cancelled and "
            "voided orders, another time zone, a single order. The orders of the day are below."
        )
    for cause in seen.causes:
        if not cause.is_exact:
            st.caption(states.plain(cause.sentence))


def day_tables(seen: Day, day: object) -> None:
    """The orders of the day, those that a reason names first, and the totals beside the platform's."""
    st.markdown(f"**The orders of {wording.day(day)}**")  # type: ignore[arg-type]
    tables.show(seen.orders, ORDER_COLUMNS, f"Orders of {day}", key="agreement_orders")
    with st.expander("Every total of this day"):
        totals = seen.totals.assign(label=[label(metric) for metric in seen.totals["metric"]])
        tables.show(totals, TOTAL_COLUMNS, f"Totals of {day}", key="agreement_totals")
