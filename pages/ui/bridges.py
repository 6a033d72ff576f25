"""The three walks of the Bridge page: each a waterfall, what it says in words, its table, and how each step is computed."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from analytics import bridge, change, comparisons, gap, ranking, wording
from analytics.metrics import METRICS
from pages.ui import access, agreement, charts, choices, panels, reads, states, tables
from pages.ui.filters import View

WALKS = {
    "collected": "Gross to collected",
    "changed": "Last period to this one",
    "platform": "Ours to the platform's",
}
EFFECTS = {"": "Largest"} | {name: METRICS[f"effect_{name}"].label for name in change.EFFECTS}
FIGURES = {name: METRICS[name].label for name in ("total_sales", "net_sales", "gross_sales", "collected")}
MOST_PRODUCTS = 8
# The share of the larger total from which a step is drawn beside it.
VISIBLE = Decimal("0.25")

PRODUCT_COLUMNS = {
    "title": tables.Column("Product"),
    "amount": tables.money("Effect"),
    "units": tables.count("Units"),
    "units_before": tables.count("Units before"),
    "net_sales": tables.money("Net sales"),
    "net_sales_before": tables.money("Net sales before"),
    "average_price": tables.money("Average price"),
    "average_price_before": tables.money("Average price before"),
    "sku": tables.Column("SKU"),
    "category": tables.Column("Category"),
}


def collected(view: View) -> None:
    """From gross sales to what was collected, and beyond it to the orders' own totals and the platform's report."""
    steps = reads.of(bridge.steps, view.scope)
    if steps.empty:
        states.nothing_in_scope()
        return
    walked = panels.walk(steps)
    first, last = walked.iloc[0], walked.iloc[-1]
    charts.heading(
        f"{wording.money(first['amount'], view.currency)} gross sales are "
        f"{wording.money(last['amount'], view.currency)} {last['label'].lower()}",
        _subtitle(view),
    )
    charts.waterfall(walked, f"Amount, {view.currency}")
    tables.show(steps, {"label": tables.Column("Step"), "amount": _money("Amount", view)}, "Gross to collected")
    _how(dict(zip(steps["label"], map(bridge.how, steps["step"]), strict=True)))


def changed(view: View) -> None:
    """Why net sales changed since the compared days, and the products behind an effect."""
    if view.before is None:
        st.info("Choose above what these days are compared with.", title="Nothing to compare with")
        return
    place = st.container()
    picked = choices.switch("effect", "Effect", EFFECTS, "")
    found = reads.of(change.explained, view.scope, view.before, picked or None)
    with place:
        if found.steps.empty:
            states.nothing_in_scope()
            return
        st.markdown(f"**{states.plain(found.answer)}**")
        _caution(view)
        st.caption(f"Net sales, {_subtitle(view)}, against {comparisons.in_words(view.before)}")
        charts.waterfall(*_drawn(found.steps, "Change", view))
        tables.show(
            found.steps,
            {
                "label": tables.Column("Step"),
                "amount": _money("Amount", view),
                "of_before": tables.percent("Of net sales before"),
            },
            "Last period to this one",
        )
        _how({EFFECTS[name]: METRICS[f"effect_{name}"].formula for name in change.EFFECTS})
        st.subheader("The products behind an effect")
    _behind(view, found)


def _drawn(steps: pd.DataFrame, name: str, view: View) -> tuple[pd.DataFrame, str]:
    """A walk as it is drawn, and its axis: without the two totals where beside them the steps would be slivers."""
    is_total = steps["is_total"].astype(bool)
    between = steps[~is_total]
    if between.empty or max(map(abs, between["amount"])) >= VISIBLE * max(map(abs, steps.loc[is_total, "amount"])):
        return steps, f"Amount, {view.currency}"
    whole = {"label": f"{name} in all", "amount": sum(between["amount"]), "is_total": True}
    st.caption(f"The {name.lower()} alone is drawn; the two totals are far larger and stand in the table.")
    return pd.concat([between, pd.DataFrame([whole], dtype=object)], ignore_index=True), f"{name}, {view.currency}"


def _behind(view: View, found: change.Change) -> None:
    if found.products.empty:
        st.write("This effect comes from no product.")
        return
    label, whole = METRICS[f"effect_{found.effect}"].label, sum(found.products["amount"])
    many = wording.count(len(found.products), "product")
    charts.heading(
        f"{label}: {_signed(whole, view.currency)} from {many}",
        f"{label} = {METRICS[f'effect_{found.effect}'].formula}",
    )
    top = ranking.top(found.products.assign(value=found.products["product_key"]), "amount", MOST_PRODUCTS)
    shown = top.rename(columns={"name": "label"}).assign(is_total=False)
    total = pd.DataFrame({"label": [f"{label} in all"], "amount": [whole], "is_total": [True]}, dtype=object)
    charts.waterfall(pd.concat([shown, total], ignore_index=True), f"{label}, {view.currency}")
    columns = PRODUCT_COLUMNS | {"amount": _money(label, view)}
    tables.show(found.products, columns, f"{label} by product", key="effect_products")


def _caution(view: View) -> None:
    """The compared days may begin before the data do: then what looks new is only what is not there."""
    first, start = view.shop.first_day, view.before.start if view.before else None
    if first and start and start < first:
        states.partial(f"The data begin on {wording.day(first)}: the compared days are not there in full.")


def platform(view: View) -> None:
    """From our figure to the platform's, of its report or typed in, each difference named."""
    figure = choices.switch("figure", "Figure", FIGURES, "total_sales")
    typed = st.text_input(
        f"The platform's figure, {view.currency}",
        key="platform",
        bind="query-params",
        placeholder="From its report",
        width=260,
        help="What the platform shows for these days. Left empty, it is taken from the platform's report, if one was imported.",
    )
    label = FIGURES[figure]
    found = reads.of(gap.read, view.scope, figure, gap.typed(typed) if typed else None)
    if found is None:
        _no_figure(label)
        return
    st.markdown(f"**{states.plain(gap.answer(found))}**")
    st.caption(f"{label}, {_subtitle(view)}")
    steps = gap.walk(found)
    charts.waterfall(*_drawn(steps, "Difference", view))
    columns = {"label": tables.Column("Step"), "amount": _money("Amount", view), "why": tables.Column("Why")}
    tables.show(steps, columns, "Ours to the platform's")
    _how(
        {"This figure": METRICS[figure].formula} | {each.name: each.sentence for each in (*found.certain, *found.exact)}
    )
    _beyond(view, found)


def _no_figure(label: str) -> None:
    st.info(
        f"No report of the platform has {label.lower()} for these days, or nothing was sold in them. Type the platform's "
        "figure above, or import its sales report.",
        title="Nothing to compare with",
    )
    access.import_link("Import its report")


def _beyond(view: View, found: gap.Gap) -> None:
    """What was tried, nearest first, and the days of the report that differ."""
    if found.difference and len(found.tried):
        with st.expander("What was tried, the nearest first", expanded=bool(found.unexplained)):
            st.caption("What each would change our figure by, and what would then be left to explain.")
            columns = {
                "label": tables.Column("If the platform has it so"),
                "amount": _money("It changes", view),
                "remaining": _money("Would be left", view),
                "why": tables.Column("What it means"),
            }
            tables.show(found.tried, columns, "Causes tried")
    if found.days is not None and len(found.days):
        st.markdown(f"**{wording.count(len(found.days), 'day of the report differs', 'days of the report differ')}**")
        tables.show(found.days, panels.CONTROL_COLUMNS, "Days that differ")
        st.page_link(
            agreement.PAGE,
            label="Take a day apart",
            icon=":material/balance:",
            query_params={"store": list(view.shop.names)},
        )


def _how(formulas: dict[str, str]) -> None:
    with st.expander("How each step is computed"):
        frame = pd.DataFrame({"step": list(formulas), "how": list(formulas.values())})
        tables.guide(frame, {"step": tables.Column("Step"), "how": tables.Column("How it is computed")})


def _subtitle(view: View) -> str:
    return f"{view.currency}, refunds on the {view.clock}, {wording.days(view.scope.start, view.scope.stop)}"


def _money(label: str, view: View) -> tables.Column:
    return tables.money(f"{label}, {view.currency}")


def _signed(amount: object, currency: str) -> str:
    return f"{'+' if amount > 0 else ''}{wording.money(amount, currency)}"  # type: ignore[operator,arg-type]
