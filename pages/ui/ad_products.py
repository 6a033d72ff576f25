"""What the page of spend on products consists of: what is wasted, every product with its ads, and what campaigns are for, to edit."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import ranking, wording
from analytics.ads import mapping, spend
from analytics.ads.mapping import Saying
from analytics.metrics import METRICS
from pages.ui import access, cards, charts, editors, reads, states, tables
from pages.ui.cards import Card
from pages.ui.filters import View

CARDS = ("ad_spend", "mapped_share", "wasted_spend", "spend_while_out", "spend_below_zero", "spend_on_returns")
CHANGES = {
    "said_at": tables.Column("Changed at", "time"),
    "campaign": tables.Column("Campaign"),
    "was": tables.Column("Before"),
    "means": tables.Column("Since then"),
    "platform": tables.Column("Platform"),
    "said_by": tables.Column("By"),
}
BY_NAME = "what its name says"


def overview(view: View, now: "pd.Series[Any]") -> None:
    """The cards: what is known by product, and what of it is wasted and why."""
    notes = {
        "mapped_share": f"{wording.money(now['mapped_spend'], view.currency)} by name, SKU or your word",
        "wasted_spend": f"of {wording.count(int(now['products']), 'product')} with ads; each amount once",
    }
    cards.row([Card(name, now[name], notes.get(name, "")) for name in CARDS], view.currency)


def wasted(view: View, now: "pd.Series[Any]", rows: pd.DataFrame) -> None:
    """The products whose ads are wasted, the most first, as bars; then every product with ads as a table."""
    period = wording.days(view.scope.start, view.scope.stop)
    if rows.empty:
        st.info(
            "No campaign of these days names a product of yours. Say below which product or category each is for.",
            title="No ads are known by product",
        )
        return
    lost = rows[rows["wasted_spend"] > 0]
    shown, amount = (lost, "wasted_spend") if len(lost) else (rows, "ad_spend")
    charts.heading(finding(now, lost, view.currency), f"{METRICS[amount].label}, {view.currency}, {period}")
    named = shown.assign(value=shown["product"])
    charts.bars(ranking.top(named, amount), "name", amount, tables.metric(amount, view.currency).label)
    st.subheader("Every product with ads")
    names = (
        "wasted_spend", "ad_spend", "profit_before_ads", "left_after_ads", "net_sales", "spend_while_out", "ad_days_out",
        "return_rate", "category_rate",
    )  # fmt: skip
    metrics = {name: tables.metric(name, view.currency) for name in names}
    columns = {
        "title": tables.Column("Product"),
        "wasted_spend": metrics.pop("wasted_spend"),
        "reasons": tables.Column("Why"),
        **metrics,
        "profit_is": tables.Column("Profit is"),
        "category": tables.Column("Category"),
        "known_by": tables.Column("Known by"),
    }
    told = rows.assign(known_by=["name, guessed" if each else "SKU or your word" for each in rows["is_guessed"]])
    tables.show(told, columns, "Spend by product")
    with st.expander("How is this computed?"):
        for name in (
            "mapped_share",
            *names[:2],
            "spend_while_out",
            "spend_below_zero",
            "spend_on_returns",
            *names[2:4],
        ):
            st.markdown(f"**{METRICS[name].label}** = {METRICS[name].formula}")
        st.markdown(
            "A campaign for a whole product with sizes or colours is held against all of them: it was out when each that sold within a "
            "year was. A report of a longer period counts as out of stock only if the product was out on all of its days."
        )


def finding(now: "pd.Series[Any]", lost: pd.DataFrame, currency: str) -> str:
    """What is wasted, on what and why, as a sentence."""
    if lost.empty:
        return "No ads for products that are out of stock, below zero or come back too often"
    first = lost.iloc[0]
    share = spend.over(now["wasted_spend"], now["ad_spend"])
    return (
        f"{wording.money(now['wasted_spend'], currency)} of ads ({wording.percent(share)}) went to products that were out, lose money or "
        f"come back; most to {states.plain(str(first['title']))} ({first['reasons']})"
    )


def editor(view: View) -> None:
    """What each campaign is for, to edit, what was only guessed marked; every change is kept and counts at once."""
    st.subheader("What each campaign is for")
    editors.told()
    store = view.scope.only_store
    if store is None:
        st.info("Campaigns are told store by store. Choose one above.", title="Which store?")
        return
    rows = reads.of(mapping.campaigns, view.scope)
    known = rows[(rows["currency"] == view.currency) & (rows["origin"] != mapping.BY_SKU)]
    known = known.drop_duplicates(["platform", "campaign"]).reset_index(drop=True)
    if known.empty:
        st.write("The reports of these days name the products themselves.")
        return
    st.caption(
        "Guessed from words that a campaign's name shares with just one title, SKU or category; what is not sure is left open. Choose "
        "what is right: it counts at once for all days. “The whole shop” is for campaigns of no product. Empty gives back what the "
        "name says."
    )
    offered = reads.of(mapping.choices, view.scope)
    labels = {target: shown for shown, target in offered.items()}
    frame = _frame(known, labels)
    key = f"edit_campaigns_{store}_{st.session_state.get('edited', 0)}"
    made = access.table(frame, column_config=_columns(view, frame, offered), hide_index=True, width="stretch", key=key)
    if access.button("Save campaigns", type="primary"):
        wanted = changed(known, frame, made, offered)
        if wanted:
            said = f"{wording.count(len(wanted), 'campaign')} told. Every page follows."
            editors.keep(lambda: _save(store, wanted), said)
        else:
            st.info("No campaign was changed, so there is nothing to save.")
    _told(store)


def _save(store: int, wanted: list[Saying]) -> None:
    mapping.save(store, wanted)


def _frame(known: pd.DataFrame, labels: dict[tuple[str, str | None], str]) -> pd.DataFrame:
    rows = known.to_dict("records")
    return pd.DataFrame(
        {
            "campaign": [row["campaign"] for row in rows],
            "for": [
                None if row["kind"] is None else labels.get((row["kind"], row["value"]), row["title"]) for row in rows
            ],
            "origin": [row["origin"] for row in rows],
            "ad_spend": pd.to_numeric(known["ad_spend"]).astype(float),
            "platform": [spend.PLATFORMS[row["platform"]] for row in rows],
        }
    ).astype({"campaign": object, "for": object, "origin": object, "platform": object})


def _columns(view: View, frame: pd.DataFrame, offered: dict[str, tuple[str, str | None]]) -> dict[str, Any]:
    # a variant that a name's SKU told is no choice of the list, but stands
    more = [each for each in frame["for"].dropna() if each not in offered]
    return {
        "campaign": st.column_config.TextColumn("Campaign", disabled=True),
        "for": st.column_config.SelectboxColumn("Is for", options=[*offered, *dict.fromkeys(more)], width="medium"),
        "origin": st.column_config.TextColumn("Told by", disabled=True),
        "ad_spend": st.column_config.NumberColumn(
            tables.metric("ad_spend", view.currency).label, disabled=True, format="%,.2f"
        ),
        "platform": st.column_config.TextColumn("Platform", disabled=True),
    }


def changed(
    known: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame, offered: dict[str, tuple[str, str | None]]
) -> list[Saying]:
    """What was edited: each campaign with what it is for now, nothing for what its name says."""
    found = []
    for row, old, new in zip(known.to_dict("records"), before["for"], after["for"], strict=True):
        is_empty = spend.is_unknown(new)
        if (None if is_empty else new) == old or (not is_empty and new not in offered):
            continue
        kind, value = (None, None) if is_empty else offered[new]
        found.append(Saying(row["platform"], row["campaign"], kind, value))
    return found


def _told(store: int) -> None:
    """Every change, who made it, and what the campaign was for before."""
    told = reads.of_store(mapping.changes, store)
    if told.empty:
        return
    st.caption("Every change, the newest first:")
    named = {name: [each or BY_NAME for each in told[name]] for name in ("was", "means")}
    shown = told.assign(**named, platform=[spend.PLATFORMS[each] for each in told["platform"]])
    tables.show(shown, CHANGES, "Changes of campaigns")
