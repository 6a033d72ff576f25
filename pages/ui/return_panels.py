"""What the pages of returns consist of: the cards, rates over time, reversals by kind, products and one product's variants."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analytics import ranking, wording
from analytics.returns import costs, products, rates
from pages.ui import (
    access,
    cards,
    charts,
    choices,
    own,
    panels,
    picks,
    product_panels,
    reads,
    return_charts,
    return_cost_panels,
    states,
    tables,
)
from pages.ui.cards import Card
from pages.ui.filters import View

GRAINS = ("week", "month", "quarter", "year")
RATE_OF = {"auto": "what is known", "units": "units", "lines": "order lines"}
KINDS = {
    "return": "Returns",
    "cancellation": "Cancellations",
    "edit": "Edits of orders",
    "goodwill": "Goodwill",
    "chargeback": "Chargebacks",
    "unknown": "Of unknown kind",
}
# The metrics that a rate over time divides: what was sold, what came back.
SOLD = rates.MEASURES | {"units": ("units", "units_returned")}
NO_UNITS = "No file names the units: a table of returns does."
MOST_BARS = 10


def nothing_came_back(kinds: pd.DataFrame) -> None:
    """Nothing that is known came back in these days: what is there instead, and which file tells more."""
    instead = "" if kinds.empty else f" What was taken back is {_kinds(kinds)}, which is no return."
    st.info(
        f"No return of a known line belongs to the orders of these days.{instead} Refunds stand in a Shopify orders export "
        "and, with their days, in its transactions export; units, reasons and conditions in a table of returns or Amazon's "
        "return reports (Data › File formats).",
        title="Nothing came back",
    )
    access.import_link()


def _kinds(kinds: pd.DataFrame) -> str:
    return wording.listed([KINDS.get(kind, kind).lower() for kind in kinds["kind"]])


def overview(view: View, now: "pd.Series[Any]", before: "pd.Series[Any] | None") -> None:
    """The cards: three rates by the order's day, the ratio on the other clock, days to return, and what returns cost."""

    is_ripe = reads.of(rates.is_mature, view.scope)

    def card(name: str, note: str = "", is_comparable: bool = is_ripe) -> Card:
        # a rate that still grows would look better than that of older days
        earlier = before[name] if before is not None and is_comparable else None
        return Card(name, now[name], note, earlier, panels.AGAINST.get(view.comparison, ""), view.scope)

    growing = "" if is_ripe else "returns still come in"
    units = "" if now["units_coverage"] == 1 or not now["value_returned"] else NO_UNITS
    if units and now["units_returned"] is not None:
        units = f"Units are known of {wording.percent(now['units_coverage'])} of the value."
    within = f"9 of 10 within {now['days_to_return_p90']} days" if now["days_to_return_p90"] is not None else ""
    besides = now["value_without_lines"] + now["value_of_unknown_kind"]
    cards.row(
        [
            card("return_rate_by_orders", growing),
            card("return_rate_by_units", units or growing),
            card("return_rate_by_value", growing),
            card("period_return_ratio", "by the day of the refund", is_comparable=True),
            Card("days_to_return_median", now["days_to_return_median"], within),
            return_cost_panels.card(reads.of(costs.summary, replace(view.scope, basis="order_date"))),
        ],
        view.currency,
    )
    unclear = f" {wording.money(besides, view.currency)} taken back without known lines or kind stand beside them."
    st.caption(
        "Rates and costs are of the orders of these days, whenever something came back; the clock moves reversals by kind alone."
        + (unclear if besides else "")
    )


def over_time(view: View) -> None:
    """The rate by period of orders beside the compared days; periods whose returns still come in are drawn apart."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        measure = own.few("measure", "Rate by", tuple(rates.MEASURES))
        grain = own.few("grain", "Each point is a", GRAINS)
    frame = reads.of(rates.trend, view.scope, grain, measure, view.before)
    ripe = reads.of_store(rates.maturity, view.scope.stores)
    known = frame[frame["return_rate"].notna()]
    label = f"Return rate by {measure}"
    charts.heading(_finding(known, label, grain), f"{label}, by the day of the order{_beside(view)}")
    if known.empty:
        st.info(NO_UNITS if measure == "units" else "Nothing was sold in these days.", title="Not known")
        return
    shown = known.assign(state=[_state(row) for row in known.to_dict("records")])
    return_charts.over_time(shown, label)
    how = "it is assumed that nine of ten returns" if ripe.is_assumed else "nine of ten returns"
    if not known["is_mature"].all():
        st.caption(f"Dotted: returns still come in, because {how} take up to {ripe.days} days. These rates will rise.")
    with st.expander("Over time, as a table"):
        sold, returned = SOLD[measure]
        listed = shown.rename(columns={"sold": sold, "returned": returned})
        tables.show(listed, _over_time_columns(view, sold, returned), f"Return rates by {grain}")


def _beside(view: View) -> str:
    return f", dashed: {view.comparison}" if view.before is not None else ""


def _finding(known: pd.DataFrame, label: str, grain: str) -> str:
    whole = known.loc[[row["is_mature"] and not row["is_partial"] for row in known.to_dict("records")]]
    if len(whole) < 2:
        return f"{label} and {grain}"
    top = max(whole.to_dict("records"), key=lambda row: row["return_rate"])
    where = f"the {top['period']}" if grain == "week" else top["period"]
    return f"{label}: highest for {where}, {wording.percent(top['return_rate'])}"


def _state(row: dict[Any, Any]) -> str:
    said = [] if row["is_mature"] else ["returns still come in"]
    return ", ".join([*said, *(["only in part here"] if row["is_partial"] else [])]) or "complete"


def _over_time_columns(view: View, sold: str, returned: str) -> dict[str, tables.Column]:
    return {
        "period": tables.Column("Ordered in"),
        "return_rate": tables.percent("Return rate"),
        "state": tables.Column("State"),
        returned: tables.metric(returned, view.currency),
        sold: tables.metric(sold, view.currency),
        "before": tables.percent("Compared"),
        "change": tables.percent("Change, in points"),
    }


def by_kind(view: View, kinds: pd.DataFrame) -> None:
    """What was taken back of goods by kind: bars, with a heading that says the largest."""
    named = kinds.assign(name=[KINDS.get(kind, kind) for kind in kinds["kind"]])
    first = named.iloc[0]
    charts.heading(
        f"{first['name']}: {wording.percent(first['share_of_reversals'])} of what was taken back",
        f"Reversals, {view.currency}, without tax, refunds on the {view.clock}",
    )
    draw = picks.bars(
        "name", lambda name: choices.choose("behind", dict(zip(named["name"], kinds["kind"], strict=True)).get(name))
    )
    charts.bars(named, "name", "amount", f"Reversals, {view.currency}", draw)


def kinds_table(view: View, kinds: pd.DataFrame) -> None:
    """The same as a table."""
    named = kinds.assign(name=[KINDS.get(kind, kind) for kind in kinds["kind"]])
    columns = {
        "name": tables.Column("Kind"),
        "amount": tables.money(f"Reversals, {view.currency}"),
        "share_of_reversals": tables.share("Share of reversals"),
        "orders": tables.count("Orders"),
        "units_taken_back": tables.metric("units_taken_back"),
        "units_coverage": tables.percent("With known units"),
    }
    name = "Reversals by kind"
    more = tables.More(on_click=lambda: choices.clicked(name, "behind", list(kinds["kind"])))
    tables.clickable(named.rename(columns={"units": "units_taken_back"}), columns, name, more)
    st.caption("A click on a row or a bar lists its orders below.")


def look() -> tuple[str, str]:
    """The page's own choices: products or variants, and what rates are of."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        level = choices.switch("rows", "Rows", {each: each for each in ("variant", "product")}, "variant")
        by = choices.switch("rate", "Rate of", RATE_OF, "auto")
    return level, by


def ranked(view: View, rows: pd.DataFrame, level: str) -> None:
    """The rows that cost most and surely, with their intervals, and all of them as a table whose rows can be opened."""
    rate_of = "units" if rows["rate_of"].iloc[0] == "units" else "lines"
    back = rows.loc[[bool(value) for value in rows["value_returned"]]]
    shown = back.assign(name=ranking.names(back.assign(value=back["product"]))).head(MOST_BARS)
    charts.heading(
        leader(rows, level),
        f"Return rate of {RATE_OF[rate_of]}, {wording.days(view.scope.start, view.scope.stop)}, by money beyond the category × "
        "certainty. Thin line: 95 % interval; grey mark: its category",
    )
    drawn = shown[shown["return_rate"].notna()]
    if drawn.empty:
        st.info(NO_UNITS, title="Not known")
    else:
        parents = dict(zip(drawn["name"], drawn["parent"], strict=True))
        draw = picks.bars("name", lambda name: choices.choose("product", parents.get(name)))
        return_charts.rates(_with_parts(drawn, rate_of), "category_rate", "Return rate", draw)
    name = f"Returned {level}s"
    st.subheader(name)
    tables.clickable(
        rows.rename(columns={"units_sold": "units"}),
        _columns(view, level),
        name,
        tables.More(lambda: choices.clicked(name, "product", list(rows["parent"]))),
    )
    st.caption("A click on a row or a bar opens its product's sizes and colours. Recent orders may still come back.")


def leader(rows: pd.DataFrame, level: str) -> str:
    """The finding of a ranking: which rows come back more often than their category, and how much of that chance would do."""
    flagged = rows.loc[[bool(each) for each in rows["is_flagged"]]]
    if flagged.empty:
        return f"No {level} comes back surely more often than its category"
    first = flagged.iloc[0]
    is_of_units = first["rate_of"] == "units"
    sold = f"{first['units_sold']:,} sold" if is_of_units else f"{first['lines_sold']:,} order lines"
    many = f" and {len(flagged) - 1:,} more come back more often than their category"
    return (
        f"{states.plain(str(first['title']))}{many if len(flagged) > 1 else ' comes back more often than its category'}: "
        f"{wording.percent(first['return_rate'])} against {wording.percent(first['category_rate'])}, {sold}"
    )


def by_chance(counted: dict[str, Any]) -> str:
    """How many rows would be flagged if every one of them came back exactly as its category does."""
    return f"by chance alone at most about {counted['by_chance']:.0f} of {counted['rated']:,} would be"


def _with_parts(rows: pd.DataFrame, rate_of: str) -> pd.DataFrame:
    return rows.assign(sold=rows[f"{rate_of}_sold"], returned=rows[f"{rate_of}_returned"])


def _columns(view: View, level: str) -> dict[str, tables.Column]:
    names = (
        "return_rate", "category_rate", "lower", "upper", "units", "units_returned", "lines_sold", "lines_returned",
        "value_returned", "excess_value", "certainty", "certain_excess", "counted_share",
    )  # fmt: skip
    own_column = {"sku": tables.Column("SKU")} if level == "variant" else {"variants": tables.count("Variants")}
    return {
        "title": tables.Column("Product"),
        **{name: tables.metric(name, view.currency) for name in names},
        "category": tables.Column("Category"),
        **own_column,
    }


def one(view: View, parents: pd.DataFrame, by: str) -> tuple[str, str, pd.DataFrame] | None:
    """One product, chosen by the address or by a click: its variants, sizes or colours side by side.

    Gives the product, the side and its rows; None if nothing is shown.
    """
    st.subheader("One product")
    product = product_panels.picked(view, parents)
    if product is None:
        return None
    side = choices.switch("side", "Side by side", {each: f"{each}s" for each in products.SIDES}, "variant")
    rows = reads.of(products.variants, view.scope, product, side, by)
    if rows.empty:
        states.nothing_in_scope()
        return None
    charts.heading(_outlier(rows, side), "Return rate, its 95 % interval, and the whole product's (grey mark)")
    drawn = rows[rows["return_rate"].notna()]
    if not drawn.empty:
        draw = picks.bars("name", lambda name: choices.choose("piece", name))
        return_charts.rates(
            _with_parts(drawn, drawn["rate_of"].iloc[0]), "product_rate", "Rate within the product", draw
        )
    name = f"Returns by {side}"
    more = tables.More(on_click=lambda: choices.clicked(name, "piece", list(rows["name"])))
    tables.clickable(rows.rename(columns={"units_sold": "units"}), _variant_columns(view, side), name, more)
    return product, side, rows


def _outlier(rows: pd.DataFrame, side: str) -> str:
    flagged = rows.loc[[bool(each) for each in rows["is_flagged"]]]
    title = states.plain(str(st.session_state["product_title"]))
    if flagged.empty:
        return f"{title}: no {side} comes back surely more often than the whole"
    first = max(flagged.to_dict("records"), key=lambda row: row["return_rate"])
    return (
        f"{title}: {states.plain(str(first['name']))} comes back most, {wording.percent(first['return_rate'])} "
        f"against {wording.percent(first['product_rate'])} of the whole"
    )


def _variant_columns(view: View, side: str) -> dict[str, tables.Column]:
    names = (
        "return_rate", "lower", "upper", "product_rate", "units", "units_returned", "lines_sold", "lines_returned",
        "value_returned", "counted_share",
    )  # fmt: skip
    sku = {"sku": tables.Column("SKU")} if side == "variant" else {}
    return {
        "name": tables.Column(side.capitalize()),
        **{name: tables.metric(name, view.currency) for name in names},
        **sku,
    }
