"""What the pages of contribution share: how far costs are known, what is missing and what fills it, cards and columns."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.metrics import METRICS
from pages.ui import charts, profit_charts, states, tables
from pages.ui.filters import View

RULES_PAGE = "pages/profit/cost_rules.py"
COVERAGE = {
    "what": tables.Column("Cost"),
    "orders_known_share": tables.metric("orders_known_share"),
    "orders": tables.metric("orders"),
    "with_lines": tables.metric("with_lines"),
    "with_estimate": tables.metric("with_estimate"),
    "with_nothing": tables.metric("with_nothing"),
    "filled_by": tables.Column("What tells the rest"),
}


def coverage(view: View, found: pd.DataFrame) -> None:
    """Of how many orders each cost is known, as bars, a table and a sentence for each group."""
    groups = {row["cost"]: row for row in found.to_dict("records") if row["is_group"]}
    selling, sending = groups["selling_fees"], groups["sending"]
    charts.heading(
        f"Selling fees are known of {_known(selling)}, sending of {_known(sending)}",
        f"Orders placed {wording.days(view.scope.start, view.scope.stop)}, by where it is known from what they cost",
    )
    indented = found.assign(
        what=[
            what if is_group else f"· {what}" for what, is_group in zip(found["what"], found["is_group"], strict=True)
        ]
    )
    profit_charts.coverage(indented)
    tables.show(indented, COVERAGE, "Costs of orders that are known")
    st.page_link(
        states.IMPORT_PAGE, label="Import payments, settlements or a carrier's invoice", icon=":material/upload_file:"
    )


def _known(row: dict[Any, Any]) -> str:
    return (
        f"{wording.percent(row['orders_known_share'])} of the orders"
        if row["with_nothing"] < row["orders"]
        else "no order"
    )


def rules(view: View, found: pd.DataFrame) -> None:
    """What each rule says of the orders of these days, and for how many of them a file says it instead."""
    if found.empty:
        st.write("There is no rule yet. Add a usual one above, change its amounts, and save.")
        return
    st.subheader("What the rules say of these days")
    columns = {
        "rule": tables.Column("Rule"),
        "rule_cost": tables.metric("rule_cost"),
        "orders": tables.metric("orders"),
        "orders_with_lines": tables.metric("orders_with_lines"),
        "currency": tables.Column("Currency"),
    }
    tables.show(found, columns, "Rules of costs")
    idle = found.loc[found["orders"] == 0, "rule"]
    if len(idle):
        st.caption(
            f"No order of these days falls under: {states.plain('; '.join(idle))}. The rule stays for orders to come; check its "
            "conditions."
        )


def how(names: tuple[str, ...]) -> None:
    """How each figure is computed, in words."""
    with st.expander("How each figure is computed"):
        frame = pd.DataFrame(
            {"figure": [METRICS[name].label for name in names], "how": [METRICS[name].formula for name in names]}
        )
        tables.guide(frame, {"figure": tables.Column("Figure"), "how": tables.Column("How it is computed")})
