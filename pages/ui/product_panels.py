"""What the page of products consists of: its choices, ranking, movers, new and fading products, and one product."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from analytics import (
    bundles,
    comparisons,
    periods,
    product_life,
    product_options,
    product_rows,
    products,
    ranking,
    wording,
)
from analytics.metrics import METRICS
from analytics.product_life import Limits
from analytics.product_rows import Look
from analytics.scope import Scope
from pages.ui import (
    address,
    charts,
    choices,
    forecast_links,
    gate,
    over_time,
    product_charts,
    product_tables,
    reads,
    states,
    tables,
)
from pages.ui.filters import View

RANKED = {METRICS[name].label.lower(): name for name in product_rows.METRICS}
NEW_FOR = {"in the period": None, "last 30 days": 30, "last 90 days": 90, "last 180 days": 180}
FALLEN_TO = {"75 %": Decimal("0.75"), "50 %": Decimal("0.5"), "25 %": Decimal("0.25")}
MOST_TO_CHOOSE = 500


def look(view: View) -> Look:
    """The page's own choices: metric, products or variants, and bundles as sold or as components where there are any."""
    has_bundles = "bundles" in st.query_params or not reads.of(bundles.parts, Scope(store=view.scope.store)).empty
    with st.container(horizontal=True, gap="medium"):
        metric = choices.switch("metric", "Metric", {each: each for each in RANKED}, next(iter(RANKED)))
        level = choices.switch("rows", "Rows", {each: each for each in product_rows.LEVELS}, product_rows.LEVELS[0])
        ways = {each: each for each in product_rows.BUNDLES}
        way = (
            choices.switch("bundles", "Bundles", ways, product_rows.BUNDLES[0])
            if has_bundles
            else product_rows.BUNDLES[0]
        )
    return Look(RANKED[metric], level, way)


def unit(name: str, view: View) -> str:
    """A metric's label with its unit: “Net sales, EUR”, “Units”."""
    about = METRICS[name]
    return f"{about.label}, {view.currency}" if about.unit == "money" else about.label


def ranked(view: View, rows: pd.DataFrame, chosen: Look) -> None:
    """The ten that lead, how few bring how much, and all of them as a table whose rows can be opened."""
    days = wording.days(view.scope.start, view.scope.stop)
    known = rows[rows[chosen.metric].notna()].assign(value=lambda frame: frame["product"])
    left, right = st.columns(2, gap="large")
    with left:
        charts.heading(_leader(known, chosen), f"{unit(chosen.metric, view)}, refunds on the {view.clock}, {days}")
        charts.bars(ranking.top(known, chosen.metric), "name", chosen.metric, unit(chosen.metric, view))
    with right:
        curve = products.concentration(rows)
        of_a = int((rows["abc"] == "A").sum())
        things = wording.count(int(rows["abc"].notna().sum()), chosen.level)
        until = reads.of(products.borders, Scope(store=view.scope.store))
        charts.heading(
            f"{of_a:,} of {things} bring {wording.whole_percent(until[0])} of net sales",
            "Cumulative share of net sales, the best first",
        )
        product_charts.concentration(curve, "Cumulative share of net sales", until)
    find = st.text_input(
        "Find", key="find", bind="query-params", placeholder="Titles or SKUs, parted by commas", width=420
    )
    found = products.matching(rows, find)
    name = f"{chosen.level.capitalize()}s by {METRICS[chosen.metric].label.lower()}"
    st.subheader(name)
    if found.empty:
        st.info("No product of these days has that in its title or SKU.", title="Nothing found")
        return
    more = tables.More(lambda: choices.clicked(name, "product", list(found["parent"])))
    tables.clickable(found, product_tables.ranking(chosen, view.currency), name, more)


def _leader(rows: pd.DataFrame, chosen: Look) -> str:
    if rows.empty:
        return f"{METRICS[chosen.metric].label} are not known of any product"
    total = sum(rows[chosen.metric], start=Decimal(0))
    share = Decimal(rows[chosen.metric].iloc[0]) / total if total > 0 else None
    return f"{rows['title'].iloc[0]} leads with {wording.percent(share)} of {METRICS[chosen.metric].label.lower()}"


def movers(view: View, chosen: Look) -> None:
    """What sold more and what sold less than in the compared days: the ten biggest changes, and all of them."""
    if view.before is None:
        st.info("Choose above with which days to compare.", title="Nothing to compare with")
        return
    rows = reads.of(products.movers, view.scope, view.before, chosen)
    if rows.empty:
        st.info("Every product sold exactly as in the compared days.", title="Nothing moved")
        return
    rows = rows.assign(name=ranking.names(rows.assign(value=rows["product"])))
    ups, downs = (rows[rows["direction"] == direction] for direction in ("up", "down"))
    label = unit(chosen.metric, view)
    charts.heading(
        f"{wording.count(len(ups), chosen.level)} went up and {len(downs):,} down",
        f"{label}, {wording.days(view.scope.start, view.scope.stop)} against "
        f"{comparisons.in_words(view.before)}: the five that changed most either way",
    )
    product_charts.ups_and_downs(pd.concat([ups.head(5), downs.head(5).iloc[::-1]]), f"Change: {label}")
    st.subheader("What changed")
    tables.show(rows, product_tables.movers(chosen, view.currency), "Movers")


def life(view: View, chosen: Look) -> None:
    """What is new, and what sells at a fraction of its former pace."""
    with st.container(horizontal=True, gap="medium"):
        new_for = choices.switch("new", "New: first sold", {each: each for each in NEW_FOR}, "in the period")
        fallen = choices.switch("pace", "Fading: fallen to", {each: each for each in FALLEN_TO}, "50 %")
    limits = Limits(NEW_FOR[new_for], FALLEN_TO[fallen])
    rows = reads.of(product_life.life, view.scope, chosen, limits)
    new, fading = (rows[rows["state"] == state].reset_index(drop=True) for state in ("new", "fading"))
    charts.heading(
        f"{wording.count(len(fading), chosen.level)} sold at {fallen} of the former pace or less",
        f"Units missing against the pace of the 12 weeks before, {wording.days(view.scope.start, view.scope.stop)}",
    )
    if not fading.empty:
        named = fading.assign(value=fading["product"])
        charts.bars(ranking.top(named, "units_missing"), "name", "units_missing", "Units missing")
    st.caption(
        f"Everything together sold {wording.percent(product_life.pace_of_all(rows))} of its former pace. A fall is told "
        f"where the former pace would have sold at least {product_life.LEAST_EXPECTED} units, of what was on sale for "
        f"{product_life.YOUNGEST.days} days before."
    )
    tables.show(fading, product_tables.LIFE, "Fading products")
    st.subheader(f"{wording.count(len(new), 'new ' + chosen.level)}, first sold {_since(new_for)}")
    begins = reads.of(product_life.history_begins, view.scope)
    st.caption(f"History starts on {wording.day(begins)}: what was sold before that cannot be known to be new.")
    tables.show(new, product_tables.LIFE, "New products")


def _since(new_for: str) -> str:
    return new_for if new_for == "in the period" else f"in the {new_for}"


def one(view: View, rows: pd.DataFrame, chosen: Look) -> None:
    """One product, chosen by the address or by a click: its days, its sizes and colours, its variants."""
    st.subheader("One product")
    product = picked(view, rows)
    if product is None:
        return
    days = reads.of(products.daily, view.scope, product, chosen)
    if days.empty:
        states.nothing_in_scope()
        return
    before = reads.of(products.daily, view.before, product, chosen) if view.before else None
    charts.heading(
        f"Net sales of {st.session_state['product_title']}",
        f"{view.currency} a day, refunds on the {view.clock}, {wording.days(view.scope.start, view.scope.stop)}"
        + (f", dashed: {view.comparison}" if before is not None and len(before) else ""),
    )
    compared = before if before is not None and len(before) else None
    over_time.marked(view, periods.beside(days, compared, "net_sales"), "net_sales", f"Net sales, {view.currency}")
    forecast_links.of_variants(view, str(st.session_state["product_title"]))
    _sizes(view, product, chosen)
    with st.expander("Its days as a table"):
        tables.show(days, product_tables.daily(view.currency), "Days of a product")


def picked(view: View, rows: pd.DataFrame) -> str | None:
    """The key of the product that is looked at, None for none or for one that is not there, which is said."""
    titles = dict(zip(rows["product"], rows["title"], strict=True))
    options = {key: title for key, title in titles.items() if key is not None}
    asked = st.session_state.get("product") or st.query_params.get("product")
    kept = dict(list(options.items())[:MOST_TO_CHOOSE])
    if asked is not None and asked not in kept:
        known = reads.of(product_rows.told, Scope(store=view.scope.store))
        known = known[known["parent"] == asked]
        if known.empty:
            st.warning(
                f"The address asks for the product “{states.plain(asked)}”, which is not there. Choose one below.",
                title="This view does not exist",
            )
            st.session_state.pop("product", None)
        else:
            kept[asked] = known["parent_title"].iloc[0]
    if asked in kept:
        st.session_state["product"] = asked

    def keep() -> None:
        st.query_params["product"] = st.session_state["product"]

    chosen = st.selectbox(
        "Product",
        list(kept),
        index=None,
        format_func=lambda key: kept[key],
        key="product",
        on_change=gate.callback(keep),
        placeholder="Choose one, or click a row of the ranking",
        width=420,
    )
    st.session_state["product_title"] = kept.get(chosen)
    if chosen is not None:
        address.note("product", str(chosen))
    return chosen


def _sizes(view: View, product: str, chosen: Look) -> None:
    """A product's sizes and colours as a map with its totals, and its variants."""
    found = reads.of(product_options.cells, view.scope, product, chosen)
    variants = reads.of(products.variants, view.scope, product, chosen)
    if len(found) > 1:
        charts.heading(
            "By size and colour", f"{wording.days(view.scope.start, view.scope.stop)}, as variants are called"
        )
        counted = choices.switch("cells", "Fields", {"units": "units", "net sales": "net sales"}, "units")
        name = counted.replace(" ", "_")
        order = product_options.in_order(list(found["size"]))
        product_charts.sizes(found, name, unit(name, view), order)
        table = product_options.matrix(found, name)
        tables.show(table, product_tables.matrix(table, name), "Sizes and colours")
    st.markdown(f"**{wording.count(len(variants), 'variant')} sold**")
    tables.show(variants, product_tables.variants(view.currency), "Variants")
