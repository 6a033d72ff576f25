"""The rules of costs as a table to edit: what they are offered from, the presets, and saving."""

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from analytics import stores
from analytics.profit import cost_rules
from analytics.scope import Scope
from pages.ui import access, editors, reads, stock_editors
from pages.ui.filters import View

HUNDRED = Decimal(100)
DRAFT = "cost_rules_draft"
KINDS = {name: kind for kind, name in cost_rules.NAMES.items()}
# What is usual, to begin with: a rule of it stands in the table until it is saved or left.
PRESETS: dict[str, dict[str, Any]] = {
    "Packaging 0.80 an order": {"cost_kind": "pick_pack", "per_order": Decimal("0.80")},
    "Label 4.90 an order": {"cost_kind": "label", "per_order": Decimal("4.90")},
    "Shopify Payments 1.9 % + 0.25": {
        "cost_kind": "payment_fee",
        "per_order": Decimal("0.25"),
        "share": Decimal("0.019"),
        "payment_method": "Shopify Payments",
    },
    "PayPal 2.49 % + 0.35": {
        "cost_kind": "payment_fee",
        "per_order": Decimal("0.35"),
        "share": Decimal("0.0249"),
        "payment_method": "PayPal",
    },
    "Marketplace 15 %": {"cost_kind": "marketplace_fee", "share": Decimal("0.15")},
}
LEAVE = "Leave them as they were"


def show(view: View, store: int) -> None:
    """The presets, the table and “Save rules”, which keeps them all or says what is wrong."""
    kept = reads.of(cost_rules.of, Scope(store))
    offered = _offered(view, store)
    if access.may():
        _presets(view, store, offered)
    drafted: list[dict[str, Any]] = st.session_state.get(DRAFT, {}).get(store, [])
    rows = pd.DataFrame([*kept.to_dict("records"), *drafted], columns=list(cost_rules.EDITED), dtype=object)
    after = stock_editors.edited("cost_rules", _in_words(rows), _columns(view, rows, offered), view)
    wanted = [_rule(row) for row in after.to_dict("records")]
    with st.container(horizontal=True):
        if access.button("Save rules", type="primary"):
            _save(store, [int(number) for number in kept["rule_no"]], wanted)
        if drafted and st.button(LEAVE):
            _begin_anew()
            st.rerun()


def _save(store: int, known: list[int], wanted: list[dict[str, Any]]) -> None:
    def write() -> None:
        cost_rules.save(store, known, wanted)
        st.session_state.pop(DRAFT, None)

    with st.spinner("Working out what every order costs"):
        editors.keep(write, "The rules are kept, and what orders cost is told by them.")


def _begin_anew() -> None:
    st.session_state.pop(DRAFT, None)
    st.session_state["edited"] = st.session_state.get("edited", 0) + 1


def _offered(view: View, store: int) -> dict[str, list[str]]:
    """What orders of the store have: the values that a condition can be chosen from."""
    found: dict[str, list[str]] = reads.of_store(stores.choices, (store,))
    paid = reads.of(cost_rules.payment_methods, Scope(store))
    return {
        "channel": [value for value in found.get("channel", []) if value],
        "country": [value for value in found.get("country", []) if value],
        "payment_method": list(paid["payment_method"]),
    }


def _presets(view: View, store: int, offered: dict[str, list[str]]) -> None:
    st.caption("Usual ones to begin with; change the amounts to those of your contract:")
    with st.container(horizontal=True, gap="small"):
        for name, rule in PRESETS.items():
            if st.button(name, icon=":material/add:", key=f"preset_{name}"):
                method = rule.get("payment_method")
                printed = next((each for each in offered["payment_method"] if method and method in each), None)
                draft = rule | {"payment_method": printed, "currency": view.currency}
                st.session_state.setdefault(DRAFT, {}).setdefault(store, []).append(draft)
                st.session_state["edited"] = st.session_state.get("edited", 0) + 1
                st.rerun()


def _in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """The rules as they are typed: the kind by its name, shares in percent."""
    percents = [None if pd.isna(share) else share * HUNDRED for share in rows["share"]]
    shown = rows.assign(
        cost_kind=[cost_rules.NAMES.get(kind) for kind in rows["cost_kind"]], share=pd.Series(percents, dtype=object)
    )
    return shown.reset_index(drop=True)


def _rule(row: dict[Any, Any]) -> dict[str, Any]:
    share = row["share"]
    return {str(name): value for name, value in row.items()} | {
        "cost_kind": KINDS.get(row["cost_kind"]),
        "share": None if share is None else Decimal(str(share)) / HUNDRED,
    }


def _columns(view: View, rows: pd.DataFrame, offered: dict[str, list[str]]) -> dict[str, Any]:
    def condition(name: str, label: str) -> Any:
        known = [str(value) for value in rows[name].dropna()]
        return stock_editors.choice(label, list(dict.fromkeys([*offered[name], *known])))

    return {
        "rule_no": None,
        "cost_kind": stock_editors.choice("Cost", list(KINDS)),
        "per_order": stock_editors.number("An order", format="%.2f"),
        "per_unit": stock_editors.number("A unit", format="%.2f"),
        "share": stock_editors.number("Of what was paid, %", format="%.2f"),
        "country": condition("country", "Only to country"),
        "channel": condition("channel", "Only of channel"),
        "payment_method": condition("payment_method", "Only paid by"),
        "weight_from": stock_editors.number("Above, g", format="%.0f"),
        "weight_to": stock_editors.number("Up to, g", format="%.0f"),
        "valid_from": stock_editors.day("Since"),
        "currency": st.column_config.TextColumn("Currency", default=view.currency, max_chars=3),
    }
