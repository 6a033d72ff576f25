"""What the page of the cost of returns consists of: cards, the parts, what became of the money, and products by cost."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.metrics import METRICS
from analytics.product_rows import LEVELS
from analytics.returns import costs, rates, retained
from pages.ui import access, cards, charts, choices, panels, reads, states, tables
from pages.ui.cards import Card
from pages.ui.filters import View

SETTINGS_PAGE = "pages/data/settings.py"
# What fills a part of which nothing is known.
FILLS = {
    "contribution_lost": "costs of goods (a products export with “Cost per item”) and returned units (a table of returns)",
    "write_off": "a table of returns with a column “restocked”, Amazon's FBA customer returns, or a share in Settings",
    "outbound_shipping": "what a label out costs, in Settings",
    "return_label": "what a label back costs, in Settings",
    "handling": "what handling a parcel costs, in Settings",
    "fees_kept": "payments with their fees (Shopify's payouts export, Amazon's settlements)",
}
NOT_KNOWN, ASSUMED, FROM_FILES = "not known", "assumed (Settings)", "from files"
MOST_UNKNOWN = 2


def card(summary: pd.DataFrame) -> Card:
    """The cost of returns of the only row of costs.summary as a card."""
    row = panels.one(summary)
    if row is None:
        return Card(costs.TOTAL, None, "nothing came back")
    if row[costs.TOTAL] is None:
        return Card(costs.TOTAL, None, "No file and no setting tells any part of it.")
    unknown = wording.count(int(row["unknown_parts"]), "part")
    note = f"{unknown} of it not known, so it is more" if row["unknown_parts"] else ""
    return Card(costs.TOTAL, row[costs.TOTAL], note or f"every part known of {_covered(row)}")


def _covered(row: "pd.Series[Any]") -> str:
    return f"{wording.percent(row['cost_coverage'])} of the value"


def head(view: View, now: pd.DataFrame, kept: "pd.Series[Any]") -> None:
    """The cards: what returns cost, for each of them and each unit of money, what was given back and what stayed."""
    row = now.iloc[0]
    outcome = f"known of {wording.percent(kept['outcome_coverage'])} of the value"
    cards.row(
        [
            card(now),
            Card("cost_per_return", row["cost_per_return"], wording.count(int(row["orders_with_return"]), "order")),
            Card("cost_share", row["cost_share"]),
            Card("value_returned", row["value_returned"], "stands beside the cost: it is none"),
            Card("retained_share", kept["retained_share"], outcome),
        ],
        view.currency,
    )


def parts(view: View, rows: pd.DataFrame) -> None:
    """The parts as a walk to the cost, with a heading that says the largest; under it each with how far it is known."""
    known = rows[rows["amount"].notna()]
    shown = known.assign(
        label=[_label(row) for row in known.to_dict("records")],
        is_total=[part == costs.TOTAL for part in known["part"]],
    )
    charts.heading(
        _finding(view, known),
        f"{view.currency}, without tax, {wording.days(view.scope.start, view.scope.stop)}, returns on the {view.clock}"
        + growing(view),
    )
    if costs.TOTAL in set(known["part"]):
        charts.waterfall(shown, f"Cost of returns, {view.currency}", is_cost=True)
    else:
        st.info("Costs of goods, fees of payments and the settings of returns tell it.", title="Not known")
    _unknown(rows)


def _finding(view: View, known: pd.DataFrame) -> str:
    amounts = dict(zip(known["part"], known["amount"], strict=True))
    if costs.TOTAL not in amounts:
        return "What returns cost is not known"
    largest = max((part for part in costs.COSTS if part in amounts), key=lambda part: amounts[part])
    return (
        f"Returns cost {wording.money(amounts[costs.TOTAL], view.currency)}; the largest part is "
        f"{METRICS[largest].label.lower()}, {wording.money(amounts[largest], view.currency)}"
    )


def _label(row: dict[Any, Any]) -> str:
    is_part = row["part"] != costs.TOTAL
    return METRICS[row["part"]].label + (" (assumed)" if row["is_assumed"] and is_part else "")


def _unknown(rows: pd.DataFrame) -> None:
    """Which parts nobody knows, and what fills them: in one line if they are few, else the way to the settings."""
    names = [part for part in rows.loc[rows["amount"].isna(), "part"] if part in FILLS]
    if names:
        told = "; ".join(f"**{METRICS[name].label}**: {FILLS[name]}" for name in names)
        states.partial(f"Not known, and so not in the cost. {told}.")
    if set(names) & {*costs.OF_SETTINGS, "write_off"} and access.may("settings"):
        st.page_link(SETTINGS_PAGE, label="Say what a parcel costs", icon=":material/settings:")


def growing(view: View) -> str:
    """What is said beside numbers of orders of which more will come back; nothing on the refund's clock or of old orders."""
    is_growing = view.scope.basis == "order_date" and not reads.of(rates.is_mature, view.scope)
    return "; returns still come in" if is_growing else ""


def parts_table(view: View, rows: pd.DataFrame) -> None:
    """The parts as a table, each with how far and from where it is known."""
    listed = rows.rename(columns={"covered_share": "part_coverage"}).assign(
        label=[METRICS[part].label for part in rows["part"]],
        source=[_source(row) for row in rows.to_dict("records")],
    )
    columns = {
        "label": tables.Column("Part"),
        "amount": tables.money(f"Amount, {view.currency}"),
        "source": tables.Column("Known"),
        "part_coverage": tables.metric("part_coverage"),
    }
    tables.show(listed, columns, "Cost of returns by part")


def _source(row: dict[Any, Any]) -> str:
    if row["amount"] is None:
        return NOT_KNOWN
    if row["part"] == costs.TOTAL:
        return "partly assumed" if row["is_assumed"] else FROM_FILES
    return ASSUMED if row["is_assumed"] else FROM_FILES


def outcomes(view: View, kept: "pd.Series[Any]") -> None:
    """What became of what came back, and what was exchanged into what."""
    named = pd.DataFrame(
        {
            "name": [METRICS[name].label for name in retained.OUTCOMES],
            "amount": [kept[name] for name in retained.OUTCOMES],
        }
    )
    said = f"{wording.percent(kept['retained_share'])} of the value returned stayed: exchanged or store credit"
    charts.heading(
        said if kept["retained_share"] is not None else "What became of what came back is not known",
        f"Value returned, {view.currency}, by what became of it",
    )
    charts.bars(named, "name", "amount", f"Value returned, {view.currency}")
    rows = reads.of(retained.exchanges, view.scope)
    if rows.empty:
        st.caption(
            "What was exchanged into what is known where a table of order lines has the new line in the same order, dated on the "
            "day of the exchange. A returns file tells exchanges and store credit by its columns kind and resolution."
        )
        return
    columns = {
        "title": tables.Column("Product"),
        "returned": tables.Column("Came back"),
        "taken": tables.Column("Taken for it"),
        **{
            name: tables.metric(name, view.currency)
            for name in ("exchanges", "value_back", "value_taken", "value_gained")
        },
        "change": tables.Column("What differs"),
    }
    tables.show(rows, columns, "Exchanges")


def products(view: View) -> None:
    """What the returns of each product cost, by part."""
    level = choices.switch("rows", "Rows", {each: each for each in LEVELS}, "product")
    rows = reads.of(costs.by_product, view.scope, level)
    named = (costs.TOTAL, "value_returned", "cost_share", "cost_coverage", *costs.PARTS)
    own = {"sku": tables.Column("SKU")} if level == "variant" else {"variants": tables.count("Variants")}
    columns = {
        "title": tables.Column("Product"),
        **{name: tables.metric(name, view.currency) for name in named},
        "category": tables.Column("Category"),
        **own,
    }
    tables.show(rows, columns, f"Cost of returns by {level}")


def how() -> None:
    """How each part is computed, in words."""
    with st.expander("How each part is computed"):
        names = (*costs.PARTS, costs.TOTAL)
        frame = pd.DataFrame(
            {"part": [METRICS[name].label for name in names], "how": [METRICS[name].formula for name in names]}
        )
        tables.guide(frame, {"part": tables.Column("Part"), "how": tables.Column("How it is computed")})
