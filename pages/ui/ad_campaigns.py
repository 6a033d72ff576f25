"""What the page of campaigns consists of: the biggest as bars, all of them as a table, and one of them in full."""

import pandas as pd
import streamlit as st

from analytics import grains, ranking, wording
from analytics.ads import campaigns, totals
from analytics.metrics import METRICS
from pages.ui import ad_charts, charts, choices, own, reads, states, tables
from pages.ui.ad_panels import days_columns, row_columns, rows_of_currency
from pages.ui.filters import View


def all_campaigns(view: View, platform: str) -> None:
    """The biggest campaigns as bars, all of them as a table, and one of them in full."""
    rows = rows_of_currency(reads.of(campaigns.by, view.scope, "campaign", platform), view)
    if rows.empty:
        states.nothing_in_scope()
        return
    first = rows.iloc[0]
    charts.heading(
        f"{states.plain(first['title'])} took {wording.percent(first['share_of_spend'])} of what ads cost",
        f"Ad spend, {view.currency}, {wording.days(view.scope.start, view.scope.stop)}, the ten biggest and the rest",
    )
    charts.bars(ranking.top(rows, "ad_spend"), "name", "ad_spend", tables.metric("ad_spend", view.currency).label)
    st.subheader("Every campaign")
    st.caption("A click on a row shows the campaign over time.")
    columns = {
        "title": tables.Column("Campaign"), **row_columns(view), "platform_name": tables.Column("Platform"), **days_columns(),
    }  # fmt: skip
    name = "Ads by campaign"
    tables.clickable(rows, columns, name, tables.More(lambda: choices.clicked(name, "campaign", list(rows["value"]))))
    _one_campaign(view, rows)


def _one_campaign(view: View, rows: pd.DataFrame) -> None:
    st.subheader("One campaign in full")
    titles = [f"{row['title']} · {row['platform_name']}" for row in rows.to_dict("records")]
    chosen = choices.one_of("campaign", "Campaign", dict(zip(rows["value"], titles, strict=True)))
    if chosen is None:
        return
    row = rows[rows["value"] == chosen].iloc[0]
    grain = own.few("grain", "Each point is a", grains.GRAINS)
    frame = rows_of_currency(reads.of(totals.over_time, view.scope, grain, row["platform"], row["campaign_key"]), view)
    charts.heading(
        f"{states.plain(row['title'])} claims {wording.money(row['attributed_revenue'], view.currency)} for "
        f"{wording.money(row['ad_spend'], view.currency)} of spend",
        f"Line: what the platform claims ({states.plain(row['attribution'] or 'its rule is not told')}); columns: spend; {view.currency}",
    )
    shown = frame.assign(ratio=frame["roas"])
    label = f"Amount, {view.currency}"
    ad_charts.over_time(shown, "attributed_revenue", label, ("Claimed revenue", METRICS["roas"].label))
    names = (
        "ad_spend",
        "attributed_revenue",
        "roas",
        "acos",
        "impressions",
        "clicks",
        "ctr",
        "cpc",
        "cpm",
        "conversions",
        "conversion_rate",
    )
    columns = {"period": tables.Column("Period"), **{name: tables.metric(name, view.currency) for name in names}}
    tables.show(frame, columns, f"Campaign by {grain}")
