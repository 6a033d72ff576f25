"""A metric over time as it is drawn: which metric and grain, its events and target, and the same as a table."""

from collections.abc import Iterable
from datetime import date

import pandas as pd
import streamlit as st

from analytics import events, grains, periods, targets, trend, wording
from analytics.metrics import METRICS
from analytics.returns import after, outstanding
from analytics.scope import Scope
from analytics.trend import Drawn
from pages.ui import access, charts, own, reads, states, tables
from pages.ui.filters import View

LABELS = {name: METRICS[name].label for name in trend.METRIC_NAMES}
SMOOTH = ("each day", "7-day mean too")
CALENDAR = "pages/data/calendar.py"


def chosen(view: View) -> tuple[Drawn, bool]:
    """What the page's own controls and the address ask for, and whether the moving mean is wanted."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        metric = own.one("metric", "Metric", LABELS, width=220)
        grain = own.few("grain", "Each point is a", grains.GRAINS)
        is_smooth = grain == "day" and own.few("smooth", "Line of", SMOOTH) == SMOOTH[1]
    shop = view.shop
    return Drawn(metric, grain, view.comparison, shop.last_day and shop.last_complete_day, shop.first_day), is_smooth


def show(view: View) -> None:
    """The controls, the chart with its events, the target, and the table."""
    drawn, is_smooth = chosen(view)
    frame = reads.of(trend.of, view.scope, view.before, drawn)
    if frame.empty:
        states.nothing_in_scope()
        return
    if drawn.metric == "net_sales":
        told = reads.of(outstanding.of, view.scope.over(None, None))
        frame = after.beside(frame, after.by_period(view.scope, told, drawn.grain, drawn.last_day))
    draw(view, drawn, frame, is_smooth)
    _against_target(view, drawn.metric)
    about = METRICS[drawn.metric]
    with st.expander(f"{about.label} over time, as a table"):
        label = trend.unit(drawn.metric, view.currency)
        tables.show(frame, _columns(drawn, label, is_smooth), f"{about.label} by {drawn.grain}")


def draw(view: View, drawn: Drawn, frame: pd.DataFrame, is_smooth: bool = False) -> None:
    """The chart of a frame of trend.COLUMNS with its heading, and the events of its days explained under it."""
    about, label = METRICS[drawn.metric], trend.unit(drawn.metric, view.currency)
    charts.heading(trend.finding(frame, drawn, view.currency), _subtitle(view, frame, label, is_smooth))
    shown = frame if is_smooth else frame.drop(columns="moving")
    marked(view, shown, "amount", label, ".0%" if about.unit == "percent" else "~s")


def marked(view: View, frame: pd.DataFrame, name: str, label: str, form: str = "~s") -> None:
    """A chart over time, see charts.trend, with the events of the view's days, explained under it."""
    found = reads.of(events.of, view.scope)
    charts.trend(frame.assign(letters=events.letters(found, list(frame["day"]))), name, label, form)
    explain(found)


def marks(scope: Scope, days: Iterable[date]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The events of a scope, to be explained under a chart, and where they stand on a chart of such days."""
    found = reads.of(events.of, scope)
    return found, events.marks(found, days)


def every_day(scope: Scope, frame: pd.DataFrame, name: str, label: str) -> None:
    """A column a day, see charts.columns, with the events of the scope's days, explained under it."""
    first, last = min(frame["day"]), max(frame["day"])
    # an event between two days of the frame stands on its own day
    found, placed = marks(scope.over(first, last + periods.DAY), periods.days(first, last))
    charts.columns(frame, name, label, placed)
    explain(found)


def _subtitle(view: View, frame: pd.DataFrame, label: str, is_smooth: bool) -> str:
    said = [f"{label}, refunds on the {view.clock}, {wording.days(view.scope.start, view.scope.stop)}"]
    if view.before:
        against = view.against.removeprefix("against ")
        is_known = frame["before"].notna().any()
        said.append(f"dashed: {against}" if is_known else f"nothing is known of {against}")
    if is_smooth:
        said.append("thin: mean of the 7 days up to each")
    if frame["target"].notna().any():
        said.append("dotted: target")
    if "after" in frame and frame["after"].notna().any():
        said.append("dotted in the same colour: after the returns still expected of these orders")
    parts = "Hollow: a part of its period, beside the same part of the other." if frame["is_partial"].any() else ""
    return f"{', '.join(said)}. {parts}".strip()


def explain(found: pd.DataFrame) -> None:
    """What the letters on the rules of a chart stand for, and where events are entered."""
    if found.empty:
        if not access.may():
            return
        st.page_link(CALENDAR, label="Mark an event of your own", icon=":material/event:")
        return
    said = [
        f"**{row['letter']}** {_when(row['starts_on'], row['ends_on'])} {row['kind']}: {states.plain(row['title'])}"
        + (f" ({states.plain(row['note'])})" if row["note"] else "")
        for row in found.to_dict("records")
    ]
    st.caption("  \n".join(said))


def _when(first: date, last: date) -> str:
    return wording.days(first, date.fromordinal(last.toordinal() + 1))


def _against_target(view: View, metric: str) -> None:
    """Each month's sum beside what the target asks for up to the same day; a target is of what was sold in its currency."""
    if view.scope.into:
        return
    found = reads.of(targets.progress, view.scope)
    for row in found[(found["metric"] == metric) & (found["currency"] == view.currency)].tail(3).to_dict("records"):
        st.markdown(f":material/flag: {targets.in_words(row)}")


def _columns(drawn: Drawn, label: str, is_smooth: bool) -> dict[str, tables.Column]:
    unit = METRICS[drawn.metric].unit
    kind = {"money": "money", "percent": "percent"}.get(unit, "rate")
    columns = {
        "period": tables.Column("Period"),
        "amount": tables.Column(label, kind),
        "before": tables.Column("Compared", kind),
        "change": tables.Column("Change", "percent"),
        "days": tables.count("Days in it"),
        "period_days": tables.count("Days of the period"),
        "moving": tables.Column("7-day mean", kind),
        "target": tables.Column("Target", kind),
        "after": tables.metric("net_sales_after", label.partition(", ")[2]),
        "day": tables.day("First day"),
    }
    return {name: about for name, about in columns.items() if name != "moving" or is_smooth}
