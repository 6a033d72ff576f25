"""What the page of reasons consists of: shares, products and sizes with intervals, and what buyers wrote."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.returns import comments, reason_orders, reasons, words
from analytics.scope import Scope
from pages.ui import cards, charts, choices, own, reads, return_charts, return_panels, states, tables
from pages.ui.cards import Card
from pages.ui.filters import View

MOST_BARS = 10
EVERY = "every reason"
NO_REASON = (
    "No file tells why these goods came back. Reasons stand in a table of returns (its template is under Data › File formats) and "
    "in Amazon's return reports; a refund alone has none."
)
COMMENTS = {
    "returned_at": tables.day("Came back"),
    "title": tables.Column("Product"),
    "name": tables.Column("Reason"),
    "comment": tables.Column("What was written", width="large"),
    "condition": tables.Column("Condition"),
    "resolution": tables.Column("Resolution"),
    "order_name": tables.Column("Order"),
}


def overview(view: View, now: "pd.Series[Any]", found: pd.DataFrame) -> None:
    """The cards of reasons: what came back, how much of it has a reason, sizes that stand out, words to explain."""
    unknown = reads.of(words.unknown, Scope(store=view.scope.store), "reason")
    counted = reasons.counted(found)
    cards.row(
        [
            Card("value_returned", now["value_returned"]),
            Card("units_returned", now["units_returned"]),
            Card("reason_coverage", now["reason_coverage"]),
            Card("reason_flagged", counted["flagged"], return_panels.by_chance(counted)),
            Card("unknown_words", unknown, "explain them below" if unknown else ""),
        ],
        view.currency,
    )


def shares(view: View, rows: pd.DataFrame, what: str) -> None:
    """The reasons or conditions as bars of value, and as a table with their shares."""
    told = rows[rows["share_of_value"].notna()]
    first = told.iloc[0]
    charts.heading(
        f"{first['name']}: {wording.percent(first['share_of_value'])} of the value of which a {what} is told",
        f"Value returned by {what}, {view.currency}, {wording.days(view.scope.start, view.scope.stop)}, on the {view.clock}",
    )
    charts.bars(rows, "name", "value_returned", f"Value returned, {view.currency}")
    shown = rows.rename(columns={"units": "units_back", "orders": "orders_with_return"})
    names = (
        "share_of_value", "share_before", "points_gained", "value_returned", "units_back", "share_of_units", "units_restocked",
        "restocked_share", "orders_with_return",
    )  # fmt: skip
    columns = {
        name: tables.metric(name, view.currency)
        for name in names
        if name in shown.columns and shown[name].notna().any()
    }
    tables.show(shown, {"name": tables.Column(what.capitalize())} | columns, f"Returns by {what}")


def look() -> tuple[str, str]:
    """The page's own choices: one reason or every one, by size or whole products."""
    options = {"": EVERY} | {name: label for name, label in words.LABELS["reason"].items() if name != words.NOT_TOLD}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        reason = own.one("reason", "Reason", options, width=260)
        level = choices.switch("rows", "Rows", {each: f"{each}s" for each in reasons.LEVELS}, "size")
    return reason, level


def sizes(view: View, rows: pd.DataFrame, reason: str) -> None:
    """Products and sizes by money beyond their category × certainty, with intervals; all of them as a table."""
    rows = rows.assign(label=[_label(row, reason) for row in rows.to_dict("records")])
    rate_of = "units" if rows["rate_of"].iloc[0] == "units" else "lines"
    charts.heading(
        _outlier(rows),
        f"Rate for the reason, of {return_panels.RATE_OF[rate_of]}, by the day of the order. Thin line: 95 % interval; grey mark: the "
        "same reason in its category",
    )
    drawn = rows.head(MOST_BARS).assign(
        name=rows["label"],
        return_rate=rows["reason_rate"],
        sold=rows[f"{rate_of}_sold"],
        returned=rows[f"{rate_of}_returned"],
    )
    return_charts.rates(drawn, "category_reason_rate", "Rate for the reason")
    names = (
        "reason_rate", "category_reason_rate", "units", "units_returned", "lines_sold", "lines_returned", "value_returned",
        "excess_value", "certain_excess",
    )  # fmt: skip
    columns = {
        "title": tables.Column("Product"),
        "size": tables.Column("Size"),
        "name": tables.Column("Reason"),
        **{name: tables.metric(name, view.currency) for name in names},
        "lower": tables.metric("lower"),
        "upper": tables.metric("upper"),
        "category": tables.Column("Category"),
    }
    shown = rows.rename(columns={"units_sold": "units"})
    tables.show(shown if shown["size"].notna().any() else shown.drop(columns="size"), columns, "Reasons by product")


def _label(row: Mapping[Any, Any], reason: str) -> str:
    sized = f"{row['title']} / {row['size']}" if row["size"] else str(row["title"])
    return sized if reason else f"{sized}: {row['name']}"


def _outlier(rows: pd.DataFrame) -> str:
    flagged = rows.loc[[bool(each) for each in rows["is_flagged"]]]
    if flagged.empty:
        return "No product and size has a reason surely more often than its category"
    first = flagged.iloc[0]
    return (
        f"{states.plain(str(first['label']).partition(':')[0])} comes back as “{first['name']}”: {wording.percent(first['reason_rate'])} "
        f"against {wording.percent(first['category_reason_rate'])} in its category"
    )


def behind(view: View, reason: str) -> None:
    """The orders behind the reason; nothing is read before it is opened."""
    panel = st.expander("The orders behind it", icon=":material/receipt_long:", on_change="rerun", key="behind")
    if not panel.open:
        return
    with panel:
        found = reads.of(reason_orders.of, view.scope, reason)
        if found.empty:
            st.write("No order of these days gave something back for this reason.")
            return
        columns = {
            "order_name": tables.Column("Order"),
            "title": tables.Column("Product"),
            "name": tables.Column("Reason"),
            "reason": tables.Column("In the file"),
            "units": tables.count("Units"),
            "amount": tables.money(f"Amount, {view.currency}"),
            "ordered_on": tables.day("Ordered on"),
            "booked_on": tables.day("Taken back on"),
            "condition": tables.Column("Condition"),
            "store": tables.Column("Store"),
        }
        tables.show(found, columns, "Orders behind a reason")


def written(view: View, reason: str) -> None:
    """What buyers wrote, for those who may read it; nothing is read before it is opened."""
    if not comments.may_see():
        return
    panel = st.expander("What buyers wrote", icon=":material/chat:", on_change="rerun", key="comments")
    if not panel.open:
        return
    with panel:
        found = reads.of(comments.of, view.scope, reason)
        if found.empty:
            st.write(
                "No file has a comment on these returns. A table of returns and Amazon's FBA customer returns may have one."
            )
            return
        st.caption(
            "E-mail addresses and phone numbers were blotted out when the file was imported. Only analysts see this."
        )
        tables.show(found, COMMENTS, "What buyers wrote")
