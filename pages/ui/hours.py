"""The map of hours and weekdays, what cannot be on it, and the same numbers by hour and by weekday alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analytics import hours, periods, wording
from analytics.hours import WEEKDAYS
from pages.ui import charts, reads, slice_charts, states, tables
from pages.ui.filters import MONEY, View

# reversals stand under the hour of the sale, so that there is no clock to choose
FILTERS = ("days", "compare", "channel", "country", "category", *MONEY)
MEASURES = {"orders": "orders", "net_sales": "net sales", "units": "units"}
PER = {"average": "on average", "total": "in all"}


@dataclass(frozen=True)
class Asked:
    """The view, which measure it looks at, and whether on average or in all."""

    view: View
    measure: str
    per: str


def label(asked: Asked) -> str:
    """“Orders an hour”, “Net sales in all, EUR”."""
    name = MEASURES[asked.measure].capitalize()
    unit = f", {asked.view.currency}" if asked.measure == "net_sales" else ""
    return f"{name} {'a day' if asked.per == 'average' else 'in all'}{unit}"


def told(grid: pd.DataFrame, view: View) -> None:
    """How many orders are on no hour, because their files print no time of day; nothing if there are none."""
    without = hours.untimed(grid)
    if not without["orders"] and not without["net_sales"]:
        return
    states.partial(
        f"{wording.count(int(without['orders']), 'order')} ({wording.percent(without['share'])}) with net sales of "
        f"{wording.money(without['net_sales'], view.currency)} stand on no hour: their files print the day without the "
        "time. They are left out here, so that no false peak stands at midnight."
    )


def is_silent(found: pd.DataFrame) -> bool:
    """Whether nothing of the view is on any hour; says why, and what brings it."""
    if hours.peak(found) is not None:
        return False
    st.info(
        "The files of these days print no time of day, so the hours are not known. An orders export of the platform itself "
        "usually has the time; a table of your own can bring it in its date column, as 2026-03-01 14:30.",
        title="No hours are known",
    )
    return True


def map_of(found: pd.DataFrame, week: Sequence[int], asked: Asked) -> None:
    """The map; its title names the highest field."""
    highest = hours.peak(found)
    assert highest is not None
    number = wording.money(highest["value"], asked.view.currency) if asked.measure == "net_sales" else None
    said = number or f"{highest['value']:,.1f} {MEASURES[asked.measure]}"
    when = f"{highest['weekday_name']}s from {highest['hour']:02d}:00 to {(highest['hour'] + 1) % 24:02d}:00"
    charts.heading(
        f"Most is sold on {when}: {said} {PER[asked.per]}",
        f"{label(asked)}, by hour of the shop's time{_zone(asked)} and weekday, "
        f"{wording.days(asked.view.scope.start, asked.view.scope.stop)}. "
        + ("What was taken back stands under the hour of its sale." if asked.measure == "net_sales" else ""),
    )
    slice_charts.heat(found, label(asked), [WEEKDAYS[weekday - 1] for weekday in week])


def _zone(asked: Asked) -> str:
    return f" ({asked.view.shop.time_zone})" if asked.view.shop.time_zone else ""


def bars(grid: pd.DataFrame, before: pd.DataFrame | None, name: str, asked: Asked) -> None:
    """The measure by hour or weekday alone, beside the compared days; weekdays in the shop's order."""
    now = hours.by(grid, name, asked.measure, asked.per).rename(columns={"value": "amount"})
    if name == "weekday":
        week = list(reads.of_store(hours.week, asked.view.shop.stores))
        now = now.set_index(name).loc[week].reset_index()
    other = None if before is None or before.empty else hours.by(before, name, asked.measure, asked.per)
    then = None if other is None else other.set_index(name)["value"].reindex(now[name]).to_numpy()
    shown = now.assign(before=then)
    pairs = zip(shown["amount"], shown["before"], strict=True)
    shown["change"] = pd.Series([periods.change(value, earlier) for value, earlier in pairs], dtype=object)
    shown["name"] = [f"{each}" if name == "hour" else WEEKDAYS[each - 1][:3] for each in shown[name]]
    against = f", grey: {asked.view.comparison}" if asked.view.before else ""
    charts.heading(f"By {name}", f"{label(asked)}{against}")
    slice_charts.cycle(shown, "amount", label(asked))


def columns(week: Sequence[int], asked: Asked) -> dict[str, tables.Column]:
    """The table of hours: a column a weekday in the shop's order."""
    kind = "money" if asked.measure == "net_sales" else "rate" if asked.per == "average" else "count"
    days = {WEEKDAYS[weekday - 1]: tables.Column(WEEKDAYS[weekday - 1], kind) for weekday in week}
    return {"time": tables.Column("Hour"), **days}
