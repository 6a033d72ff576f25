"""What the pages of contribution consist of: cards, the walk, contribution over time, by side, by product, by order."""

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from analytics import grains, ranking, wording
from analytics.metrics import METRICS
from analytics.profit import beside, contribution
from analytics.profit.sums import COSTS
from pages.ui import (
    access,
    cards,
    charts,
    choices,
    over_time,
    own,
    panels,
    profit_charts,
    profit_panels,
    reads,
    states,
    tables,
)
from pages.ui.cards import Card
from pages.ui.filters import View

AFTER = {"cm1": "goods", "cm2": "sending and fees", "cm3": "ads"}
# What is left out of a walk because nobody knows it all is drawn hollow.
OPEN = ("cm1_uncovered", "cm1_left_out")
FIGURES = ("cm1", "cm2", "cm3", "cm1_share", "cm2_share", "cm3_share", "net_sales")
DETAILS = (
    "landed_cost",
    "shipping",
    *COSTS,
    "other_fee",
    "ad_spend",
    "cm1_coverage",
    "cm2_coverage",
    "estimated_share",
)
SIDES = {
    "channel": "channel",
    "country": "country",
    "category": "category",
    "vendor": "brand",
    "discount_code": "discount code",
}


def now(view: View) -> "pd.Series[Any]":
    """The figures of the view; stops the page, saying what fills it, where nothing is sold or no cost is known."""
    row = panels.one(reads.of(contribution.summary, view.scope))
    if row is None:
        states.nothing_in_scope()
        st.stop()
    if row["cm1"] is None:
        states.empty(states.COSTS)
        st.stop()
    return row


def deepest(row: "pd.Series[Any]") -> str:
    """The last stage of contribution that is known: cm3, cm2 or cm1."""
    return next(stage for stage in reversed(beside.STAGES) if row[stage] is not None)


def stage_of(row: "pd.Series[Any]") -> str:
    """The stage of contribution that is looked at, of those that are known: after goods, sending and fees, or ads."""
    known = {stage: words for stage, words in AFTER.items() if row[stage] is not None}
    return choices.switch("after", "Contribution after", known, deepest(row))


def head(view: View, row: "pd.Series[Any]") -> None:
    """The six cards, and under them what they do without."""
    earlier = panels.one(reads.of(contribution.summary, view.before)) if view.before else None
    stage = deepest(row)
    shown = [panels.card(name, row, earlier, view) for name in ("net_sales", *beside.STAGES, f"{stage}_share")]
    shown.append(
        Card(f"{'cm1' if stage == 'cm1' else 'cm2'}_coverage", row[f"{'cm1' if stage == 'cm1' else 'cm2'}_coverage"])
    )
    cards.row([_noted(card, row, earlier) for card in shown], view.currency)
    missing(row, view)


def _noted(card: Card, row: "pd.Series[Any]", earlier: "pd.Series[Any] | None") -> Card:
    stage = card.name.removesuffix("_share")
    if stage not in beside.STAGES:
        return Card(card.name, card.value, card.note, card.before, card.before_is)
    then = card.before if beside.is_comparable(row, earlier, stage) else None
    if card.name != stage:
        return Card(card.name, card.value, "", then, card.before_is)
    if card.value is None:
        return Card(
            card.name, None, "A report of an ad platform fills it." if card.name == "cm3" else "Fees or rules fill it."
        )
    covered = row["cm1_coverage" if card.name == "cm1" else "cm2_coverage"]
    note = f"of {wording.percent(covered)} of net sales"
    return Card(card.name, card.value, note, then, card.before_is)


def missing(row: "pd.Series[Any]", view: View) -> None:
    """What the figures do without, what is estimated and what is left out, each with what fills it."""
    said = []
    untold = str(row["untold"] or "")
    if "selling fees" in untold:
        said.append("Without selling fees: import payments or settlements with their fees, or add a rule.")
    if "sending" in untold:
        said.append("Without sending costs: import a carrier’s invoice, or add a rule.")
    if "advertising" in untold:
        said.append("Without ad spend: import a report of each ad platform; until then there is no CM3.")
    if row["estimated_share"]:
        said.append(
            f"{wording.percent(row['estimated_share'])} of the costs of selling and sending are estimated by rules."
        )
    if row["ad_spend_left_out"]:
        amount = wording.money(row["ad_spend_left_out"], view.currency)
        said.append(f"{amount} of ad spend is of periods that reach beyond these days and is left out.")
    if said:
        states.partial(" ".join(said))
    if untold or row["estimated_share"]:
        with st.container(horizontal=True, gap="small"):
            st.page_link(profit_panels.RULES_PAGE, label="Costs of orders", icon=":material/price_change:")
            access.import_link()


def walk(view: View, row: "pd.Series[Any]") -> None:
    """From gross sales to what is left, step by step; what nobody knows is a hollow step."""
    steps = reads.of(contribution.waterfall, view.scope)
    stage = deepest(row)
    share = row[f"{stage}_share"]
    charts.heading(
        f"{wording.money(row[stage], view.currency)} are left after {AFTER[stage]}: {wording.percent(share)} of the net sales "
        "of which all of it is known",
        _subtitle(view) + ("; hollow: sales of which a cost is not known" if set(OPEN) & set(steps["step"]) else ""),
    )
    charts.waterfall(steps.assign(is_open=steps["step"].isin(OPEN)), f"Amount, {view.currency}")


def steps_table(view: View) -> None:
    """The walk as a table, and how each of its steps is computed."""
    steps = reads.of(contribution.waterfall, view.scope)
    columns = {"label": tables.Column("Step"), "amount": tables.money(f"Amount, {view.currency}")}
    tables.show(steps, columns, "From gross sales to contribution")
    profit_panels.how(tuple(dict.fromkeys(steps["step"])))


def trend(view: View, row: "pd.Series[Any]") -> None:
    """A stage of contribution over time, beside the compared days."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        stage = stage_of(row)
        grain = own.few("grain", "Each point is a", grains.GRAINS)
    earlier = panels.one(reads.of(contribution.summary, view.before)) if view.before else None
    before = view.before if beside.is_comparable(row, earlier, stage) else None
    frame = reads.of(beside.over_time, view.scope, before, (stage, grain), view.comparison)
    label = f"{METRICS[stage].label}, {view.currency}"
    beside_it = f", dashed: {view.comparison}" if before else ""
    if view.before and before is None:
        beside_it = f"; of the compared days ({view.comparison}) too much more or less is known to stand beside it"
    charts.heading(f"{METRICS[stage].label} by {grain}", _subtitle(view) + beside_it)
    over_time.marked(view, frame, "amount", label)


def _subtitle(view: View) -> str:
    return f"{view.currency}, refunds on the {view.clock}, {wording.days(view.scope.start, view.scope.stop)}"


def columns(view: View, stage: str, rows: pd.DataFrame) -> dict[str, tables.Column]:
    """The table of a breakdown: the stage that is looked at, its share and net sales first, then what any of the rows has."""
    first = (stage, f"{stage}_share", "net_sales")
    more = (*(name for name in FIGURES if name not in first), *DETAILS, "ad_spend_spread")
    names = (*first, *(name for name in more if name in rows and any(rows[name])))
    return {name: tables.metric(name, view.currency) for name in names}


def sides(view: View, row: "pd.Series[Any]") -> None:
    """Contribution by channel, country, category or brand: bars of the ten largest, and all of them as a table."""
    offered = {side: words for side, words in SIDES.items() if side in contribution.DIMENSIONS}
    with st.container(horizontal=True, gap="medium"):
        side = choices.switch("by", "Broken down by", offered, "channel")
        stage = stage_of(row)
    rows = reads.of(contribution.by, view.scope, side)
    known = rows[rows[stage].notna()].sort_values(stage, ascending=False, key=lambda values: values.astype(float))
    label = f"{METRICS[stage].label}, {view.currency}"
    charts.heading(_leader(known, stage, SIDES[side]), _subtitle(view))
    charts.bars(ranking.top(known, stage), "name", stage, label)
    st.subheader(f"By {SIDES[side]}")
    named = rows.assign(name=ranking.names(rows))
    tables.show(
        named,
        {"name": tables.Column(SIDES[side].capitalize())} | columns(view, stage, rows),
        f"Contribution by {SIDES[side]}",
    )
    profit_panels.how((*beside.STAGES, *COSTS, "ad_spend_spread"))


def _leader(known: pd.DataFrame, stage: str, side: str) -> str:
    parts = known[~known["is_of_no_order"].astype(bool)]
    if parts.empty:
        return f"Contribution is not known of any {side}"
    below = [row for row in parts.to_dict("records") if row[stage] < 0]
    first = parts.iloc[0]
    share = wording.percent(first[f"{stage}_share"])
    said = f"{ranking.names(parts)[0]} leaves most: {share} of its net sales of which all of it is known"
    return said + (f"; {wording.count(len(below), side, f'{side} values')} lose money" if below else "")


def products(view: View, row: "pd.Series[Any]") -> None:
    """Contribution of each product or variant: those that lose most, or those that earn most, and all of them."""
    with st.container(horizontal=True, gap="medium"):
        stage = stage_of(row)
        level = choices.switch("rows", "Rows", {each: each for each in beside.LEVELS}, "product")
        first = choices.switch("first", "First", {"lost": "below zero", "earned": "best"}, "lost")
    rows = reads.of(beside.by_product, view.scope, level)
    known = rows[rows[stage].notna() & rows["product"].notna()].sort_values(
        stage, ascending=first == "lost", key=lambda values: values.astype(float)
    )
    below = known[known[stage].map(lambda amount: amount < 0)]
    shown = (below if first == "lost" and len(below) else known).head(10)
    charts.heading(_losses(view, below, stage, level), _subtitle(view))
    named = shown.assign(name=ranking.names(shown.assign(value=shown["product"])))
    profit_charts.signed(named, stage, f"{METRICS[stage].label}, {view.currency}")
    unknown = int(rows["product"].notna().sum()) - len(known)
    if unknown:
        things = wording.count(unknown, level)
        states.partial(
            f"Of {things} it is not known what is left after {AFTER[stage]}: a cost is missing. They stand last."
        )
    st.subheader(f"By {level}")
    listed = pd.concat([known, rows[~rows.index.isin(known.index)]], ignore_index=True)
    own_columns = {"title": tables.Column("Product")} | columns(view, stage, rows) | {"sku": tables.Column("SKU")}
    tables.show(listed, own_columns, f"Contribution by {level}")
    profit_panels.how((*beside.STAGES, *COSTS, "ad_spend_spread"))


def _losses(view: View, below: pd.DataFrame, stage: str, level: str) -> str:
    if below.empty:
        return f"No {level} of these days is below zero after {AFTER[stage]}"
    lost = -sum(below[stage], start=Decimal(0))
    verb = "loses" if len(below) == 1 else "lose"
    return f"{wording.count(len(below), level)} {verb} {wording.money(lost, view.currency)} after {AFTER[stage]}"
