"""What the pages of prices share: which product is looked at, their tables, and the sentences above their charts."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import events, wording
from analytics.metrics import METRICS
from analytics.prices import elasticity
from analytics.scope import Scope
from pages.ui import choices, price_tables, reads, states, tables
from pages.ui.filters import View

MOST = 500
NEEDS = states.Needs(
    "what things were listed and sold at, how buyers answer to prices, what promotions brought and how to clear what lies there",
    "an orders export that covers half a year or more; product exports of several days tell what was listed, costs what is left",
    "In Shopify: Orders › Export › All orders › Plain CSV file, and Products › Export › All products, whenever prices change.",
)
CHANGES = "Lasting changes of prices"


def product(view: View, rows: pd.DataFrame) -> str | None:
    """The product that is looked at, of rows that have `product` and `title`: the first one unless told."""
    options = dict(zip(rows["product"].head(MOST), rows["title"].head(MOST), strict=True))
    asked = st.query_params.get("product")
    if asked in set(rows["product"]) and asked not in options:
        options[str(asked)] = rows.loc[rows["product"] == asked, "title"].iloc[0]
    return choices.one_of("product", "Product", options, 420)


def lettered(changes: pd.DataFrame, days: list[Any]) -> pd.DataFrame:
    """Where the changes of one product stand on its chart: day, letters."""
    ordered = changes.sort_values("day", kind="stable")
    marked = pd.DataFrame({
        "letter": [events.LETTERS[at % len(events.LETTERS)] for at in range(len(ordered))],
        "starts_on": list(ordered["day"]),
    })  # fmt: skip
    return events.marks(marked, days)


def course_said(frame: pd.DataFrame, currency: str) -> str:
    """What the course of a product's price shows, in a sentence."""
    known = frame[frame["realised_price"].notna()]
    if known.empty:
        return "Nothing of it was sold in these days"
    low, high, last = min(known["realised_price"]), max(known["realised_price"]), known.iloc[-1]
    title, grain = states.plain(str(last["title"])), "week" if "week" in str(last["period"]) else "day"
    return (
        f"{title} brought {wording.money(last['realised_price'], currency)} in the last {grain} with sales; between "
        f"{wording.money(low, currency)} and {wording.money(high, currency)} before"
    )


def latest(frame: pd.DataFrame, name: str) -> Any:
    """The last known value of a column, None if there is none."""
    known = frame[name].dropna()
    return None if known.empty else known.iloc[-1]


def changes_table(changes: pd.DataFrame, currency: str) -> None:
    """The lasting changes of all products; a click opens the product."""
    st.subheader(CHANGES)
    if changes.empty:
        st.info(
            "No price changed by 2 % or more and stayed there for two weeks, and no two product exports list one differently.",
            title="No lasting change",
        )
        return
    clicked = tables.More(lambda: choices.clicked(CHANGES, "product", list(changes["product"])))
    tables.clickable(changes, price_tables.changes(currency), CHANGES, clicked)


def refused(rows: pd.DataFrame, by: str) -> None:
    """What could not be told, and why."""
    none = rows[rows["is_refused"].astype(bool)]
    if none.empty:
        return
    st.subheader("What cannot be told")
    st.write(
        f"Of {wording.count(len(none), by, 'categories' if by == 'category' else None)} nothing can be said, each for its reason:"
    )
    tables.show(none, price_tables.refused(by.capitalize()), f"Refused, by {by}")


def refused_rows(rows: pd.DataFrame, name: str, label: str) -> None:
    """The same of promotions or markdowns, whose names stand in the column `name`, under a label."""
    none = rows[rows["is_refused"].astype(bool)]
    if not none.empty:
        st.subheader("What cannot be told")
        shown = none.assign(title=list(none[name]))
        columns = {key: about for key, about in price_tables.refused(label).items() if key in ("title", "reason")}
        tables.show(shown, columns, f"Refused: {label.lower()}s")


def elasticity_said(rows: pd.DataFrame, by: str) -> str:
    """What the elasticities show, in a sentence."""
    told = rows[~rows["is_refused"].astype(bool)]
    if told.empty:
        return f"No {by} of these days has a price that varied enough"
    low = min(told.to_dict("records"), key=lambda row: row["elasticity"])
    firm = sum(row["high_80"] < -1 for row in told.to_dict("records"))
    things = wording.count(len(told), by, "categories" if by == "category" else None)
    return (
        f"{states.plain(str(low['title']))} answers most to its price (ε {low['elasticity']:.2f}); of {things}, {firm} for sure more "
        "than in proportion"
    )


def products_of(view: View) -> pd.DataFrame:
    """The products that were sold in whole weeks, those sold most first, with their elasticities as far as they can be told."""
    found: pd.DataFrame = reads.of(elasticity.of, whole(view), "product")
    return found


def whole(view: View) -> Scope:
    """The page's filters over all days: elasticities are told from every week there is."""
    return view.scope.over(None, None)


def interval(row: Any) -> str:
    """The 80 % interval of an elasticity in words; nothing where it is refused."""
    if row["is_refused"] or row["low_80"] is None:
        return ""
    return f"80 % sure: {row['low_80']:.2f} to {row['high_80']:.2f}"


def told_first(products: pd.DataFrame) -> pd.DataFrame:
    """The products whose elasticity can be told, then the others."""
    return products.sort_values("is_refused", kind="stable")


def valued(about: Any, currency: str) -> tuple[str, str]:
    """What the curve is of: contribution, or sales where no cost is known; with its label."""
    name = "weekly_sales" if about["unit_cost"] is None else "price_contribution"
    return name, f"{METRICS[name].label}, {currency}"


def banded(rows: pd.DataFrame, value: str) -> pd.DataFrame:
    """The rows of a curve with the ends of its interval as `low` and `high`."""
    ends = ("sales_low", "sales_high") if value == "weekly_sales" else ("contribution_low", "contribution_high")
    return rows.assign(low=rows[ends[0]], high=rows[ends[1]])


def marked(about: Any, price: Any) -> list[tuple[float, str]]:
    """The prices that stand out on the curve, with what they are; one that lies outside of it is not drawn."""
    low, high = about["lowest_price"], about["highest_price"]
    named = [(about["price_now"], "now"), (about["best_price"], "leaves most"), (price, "asked")]
    kept: dict[float, str] = {}
    for at, said in named:
        if at is not None and low <= at <= high:
            kept.setdefault(float(at), said)
    return list(kept.items())
