"""What the pages of seasons share: which days and which measure they look at, their choices, their sentences."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.scope import Scope
from analytics.seasons import by_event, index, preseason, season_calendar, uplift
from pages.ui import choices, own, reads, season_series, states
from pages.ui.filters import View

FILTERS = ("channel", "country", "category", "currency", "converts")
NEEDS = states.Needs(
    "when the shop and its products sell most, what holidays bring, what to have in stock by when, and how launches do",
    "an orders export that covers two years (one year shows a first picture)",
    "In Shopify: Orders › Export › All orders › Plain CSV file. Older orders can be imported later, in any order.",
)
MEASURES = {"units": "units", "net_sales": "net sales"}
GRAINS = {"month": "months", "week": "weeks"}
LEVELS = {"shop": "whole shop", "category": "categories", "product": "products"}
LAYOUTS = {"month": "days × months", "week": "weeks × weekdays"}
BARS, EVENTS = 40, 12
STOCKOUTS = "Days out of stock do not look like low season: what they hid is put back, or for single products such days are left out."


def whole(view: View) -> Scope:
    """The page's filters over all days: seasons are told from every year there is."""
    return view.scope.over(None, None)


def measure(usual: str = "units") -> str:
    """Units or net sales."""
    return choices.switch("measure", "Of", MEASURES, usual)


def look() -> tuple[str, str, str]:
    """Of what, how finely, and of which measure an index is looked at."""
    with st.container(horizontal=True, gap="medium"):
        by = choices.switch("by", "Of the", LEVELS, "shop")
        grain = choices.switch("grain", "By", GRAINS, "month")
        return by, grain, measure()


def refused(rows: pd.DataFrame) -> bool:
    """Whether nothing is told of a series; says why."""
    if not rows["is_refused"].astype(bool).all():
        return False
    st.info(str(rows["reason"].iloc[0]), title="No season can be told")
    return True


def index_said(rows: pd.DataFrame, what: str) -> str:
    """What stands under the chart of an index."""
    first = rows.iloc[0]
    share = first["put_back_share"]
    put_back = f" {wording.percent(share)} of its units are put back for stockouts." if share else ""
    return f"{what} The season is {first['season_basis']}.{put_back} {STOCKOUTS}"


def extremes(rows: pd.DataFrame) -> tuple[Any, Any]:
    """The rows with the highest and the lowest index."""
    ordered = rows.sort_values("season_index", kind="stable")
    return ordered.iloc[-1], ordered.iloc[0]


def events_shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The events that are drawn: those that moved sales most, of which anything is told."""
    told = rows[~rows["is_refused"].astype(bool)]
    names = list(dict.fromkeys(told["event"]))[:EVENTS]
    return told[told["event"].isin(names)]


def events_counted(rows: pd.DataFrame) -> dict[str, Any]:
    """Figures of events: events_told, and the rows of the one that brought most and of the one that cost most."""
    during = rows[(rows["phase"] == uplift.DURING) & rows["is_certain"].astype(bool)]
    ordered = during.sort_values("uplift", kind="stable")
    return {
        "events_told": len(during),
        "rows": {"highest_uplift": ordered.iloc[-1], "lowest_uplift": ordered.iloc[0]} if len(during) else {},
    }


def of_event(row: Any) -> str:
    """“Black Friday, 2 years seen; at least +187 %”."""
    seen = wording.count(int(row["times_seen"]), "year")
    low, high = (wording.change(row[name]) for name in ("uplift_low_80", "uplift_high_80"))
    return f"{states.plain(str(row['event']))}, {seen} seen; 80 % sure: {low} to {high}"


def seasons_counted(rows: pd.DataFrame) -> dict[str, int]:
    """seasonal_products, products_without_season, products_season_unknown."""
    first = rows.drop_duplicates("series")["season_state"]
    return {
        "seasonal_products": int((first == season_calendar.SEASON).sum()),
        "products_without_season": int((first == season_calendar.NONE).sum()),
        "products_season_unknown": int((first == season_calendar.UNKNOWN).sum()),
    }


def searched(rows: pd.DataFrame, scope: Scope, by: str) -> pd.DataFrame:
    """The rows of the products that are looked for, those of all categories; says so where nothing has that name."""
    if by != index.PRODUCT:
        return rows
    found = rows[rows["series"].isin(set(season_series.found(scope)["product"]))]
    if found.empty:
        season_series.nothing_found()
    return found


def seasons_shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The seasons that are drawn: those of the products that sell most, by their start."""
    told = rows[rows["season_state"] == season_calendar.SEASON]
    names = list(told.sort_values("units_sold", ascending=False, kind="stable")["series"].drop_duplicates().head(BARS))
    return told[told["series"].isin(names)]


def weeks_ahead() -> int:
    """How far ahead the plan looks."""
    return int(own.few("ahead", "Seasons that start within", ("26 weeks", "13 weeks", "8 weeks")).split()[0])


def event(view: View) -> str | None:
    """The event that two years are aligned by."""
    names = reads.of(by_event.choices, whole(view))
    return choices.one_of("event", "Event", {name: name for name in names}, 260) if names else None


def aligned(view: View) -> tuple[str | None, int, str]:
    """The event, how many days before it are shown, and the measure."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        picked = event(view)
        ahead = int(own.few("before", "From so many days before", ("56", "28", "84")))
        return picked, ahead, measure("net_sales")


def launch_choices(view: View) -> tuple[int, str, str]:
    """How many weeks are projected, the siblings that were named, by commas, and the measure."""
    titles = sorted(set(reads.of(index.products, whole(view))["title"]))
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        of = measure()
        weeks = int(own.few("weeks", "First weeks", ("26 weeks", "13 weeks")).split()[0])
        return weeks, ",".join(own.several("siblings", "Siblings (its category unless named)", titles, width=420)), of


def launched(rows: pd.DataFrame) -> str | None:
    """The launch that is looked at: the youngest unless told."""
    return choices.one_of("product", "Launch", dict(zip(rows["product"], rows["title"], strict=True)), 420)


def planned(rows: pd.DataFrame, currency: str) -> pd.DataFrame:
    """The rows of a plan in the page's currency, and those whose currency nobody knows."""
    return rows.loc[[each in (currency, None) for each in rows["currency"]]].reset_index(drop=True)


def projected(row: Any, measure: str, currency: str) -> str:
    """The interval of a projection in words; why there is none."""
    if row["projected_low_80"] is None:
        return str(row["reason"] or "")
    ends = [row["projected_low_80"], row["projected_high_80"]]
    low, high = (f"{each:,.0f}" if measure == "units" else wording.money(each, currency) for each in ends)
    return f"first {row['horizon_weeks']} weeks; 80 % sure: {low} to {high}"


METHOD = preseason.METHOD
