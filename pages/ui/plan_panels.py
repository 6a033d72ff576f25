"""The plan of orders: its chart by week, its tables, one supplier's order, one product opened, and what would be if."""

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.metrics import METRICS
from analytics.scope import Scope
from analytics.stock import arithmetic, plan_summary, projection, purchase_orders
from analytics.stock.planning import Change
from pages.ui import access, charts, choices, forecast_links, own, reads, states, tables
from pages.ui.filters import View

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#8A8F98")
SHOWN = {
    "safety_stock": "planned_safety",
    "reorder_point": "planned_point",
    "order_value": "suggested_value",
    "lead_time_days": "planned_lead_time",
}
PLAN = (
    "suggested_order", "suggested_value", "available", "incoming", "late_days", "days_short", "margin_at_risk", "units_to_come",
    "resellable_units",
)  # fmt: skip
ORDER = ("suggested_order", "order_unit_cost", "suggested_value", "available", "incoming")
TERMS = {"minimum_order": tables.count("Minimum of the product"), "pack_size": tables.count("Pack size")}
RATES = ("velocity", "planned_safety", "planned_point", "planned_lead_time", "cover")
ORDERS = "pages/stock/purchase_orders.py"
AS_SET, LEVELS = "as set", ("80", "85", "90", "92", "94", "95", "96", "97", "98", "99", "99.5")
SHARES = tuple(str(each) for each in range(50, 201, 10))
THREE = ("now", "changed", "difference")
STEPS = {
    "number": tables.Column("Number"),
    "value": tables.Column("Value"),
    "how": tables.Column("How"),
    "formula": tables.Column("Formula"),
    "with_numbers": tables.Column("With its numbers"),
    "basis": tables.Column("From"),
    "location": tables.Column("Location"),
}


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Suggestions as their tables have them."""
    return frame.rename(columns=SHOWN)


def columns(currency: str) -> dict[str, tables.Column]:
    """Every product of the plan."""
    return {
        "title": tables.Column("Product"),
        "order_by": tables.day("Order by"),
        **{name: tables.metric(name, currency) for name in PLAN},
        "supplier": tables.Column("Supplier"),
        **{name: tables.metric(name) for name in RATES},
        "stockout_on": tables.day("Out of stock on"),
        "reason": tables.Column("Why", width="large"),
        "sku": tables.Column("SKU"),
        "location": tables.Column("Location"),
        "class": tables.Column("Class"),
        "rule": tables.Column("Rule", width="medium"),
        "demand_basis": tables.Column("Demand from"),
        "velocity_basis": tables.Column("Velocity over"),
        "lead_time_basis": tables.Column("Lead time from"),
        "z_basis": tables.Column("Safety factor from"),
    }


def weeks(frame: pd.DataFrame, view: View) -> None:
    """Order value by week of order-by, a colour a supplier."""
    found = plan_summary.by_week(frame, purchase_orders.day_of(view.scope.over(None, None)))
    if found.empty:
        st.caption("No order of a known cost falls into the next 12 weeks.")
        return
    names = sorted(set(found["supplier"]), key=lambda each: (each == plan_summary.OTHERS, each))
    data = charts.plain(found, ("day", "order_value")).assign(
        day=pd.to_datetime(found["day"]).dt.strftime("%-d %b %Y").to_numpy() if len(found) else [],
        at=pd.to_datetime(found["day"]).dt.strftime("%Y-%m-%d").to_numpy(), supplier=found["supplier"].to_numpy(),
    )  # fmt: skip
    label = f"Orders, {view.currency}"
    encoding = {
        "x": {"field": "at", "type": "ordinal", "timeUnit": "yearmonthdate", "axis": charts.DAYS | {"labelAngle": 0}},
        "y": {"field": "order_value", "type": "quantitative", "stack": True, "axis": charts.axis(label)},
        "color": {
            "field": "supplier", "type": "nominal", "scale": {"domain": names, "range": list(COLOURS[: len(names)])},
            "legend": {"orient": "bottom", "title": None} if len(names) > 1 else None,
        },
        "tooltip": [
            charts.tip("day", "Week of", "nominal"), charts.tip("supplier", "Supplier", "nominal"),
            charts.tip("order_value", label, "quantitative", ",.2f"),
        ],
    }  # fmt: skip
    spec = {"mark": {"type": "bar"}, "encoding": encoding, "height": charts.HEIGHT}
    charts.draw(data, spec, "Order value by week and supplier")


def supplier(frame: pd.DataFrame, view: View) -> None:
    """One supplier's order, and the button that makes a draft of it."""
    st.subheader("One supplier's order")
    names = plan_summary.suppliers(frame)
    if not names:
        st.caption("Nothing is due today.")
        return
    name = choices.one_of("supplier", "Supplier", names)
    if name is None:
        return
    due = plan_summary.of_supplier(frame, name)
    st.caption(plan_summary.of_minimum(due, name))
    about = {"title": tables.Column("Product"), **{each: tables.metric(each, view.currency) for each in ORDER}, **TERMS}
    tables.show(
        shown(due),
        about | {"sku": tables.Column("SKU"), "reason": tables.Column("Why", width="large")},
        f"Order of {name}",
    )
    _draft(due, name, view)


def _draft(due: pd.DataFrame, name: str, view: View) -> None:
    rows, store = plan_summary.lines(due), view.scope.only_store
    if name == plan_summary.UNKNOWN or store is None or not rows:
        st.caption(
            "A draft needs one store, a supplier and products with a SKU. Import suppliers to say who sells what."
        )
        return
    if access.button("Make a draft", type="primary", icon=":material/add_shopping_cart:", key="make_draft"):
        with states.in_words():
            st.session_state["drafts_made"] = [
                purchase_orders.draft(store, name, part) for part in plan_summary.by_location(rows)
            ]
            st.rerun()
    if made := st.session_state.pop("drafts_made", None):
        said = "is a draft now" if len(made) == 1 else "are drafts now, one for each location"
        st.success(
            f"{wording.listed(made)} {said}. What is in a draft counts as incoming once it is sent.",
            title=f"{wording.count(len(made), 'purchase order')} drafted",
        )
        for number in made:
            words = {"store": view.shop.name, "order": number}
            st.page_link(ORDERS, label=f"Open {number}", icon=":material/arrow_forward:", query_params=words)


def one(frame: pd.DataFrame, view: View, change: Change = Change()) -> None:
    """One product opened: every number with its arithmetic, and its stock of the next 26 weeks."""
    st.subheader("One product")
    known = {row["sku"]: f"{row['title']} ({row['sku']})" for row in frame.to_dict("records") if row["sku"]}
    if not known:
        return
    sku = choices.one_of("product", "Product", known)
    if sku is None:
        return
    forecast_links.of_product(view, str(frame.loc[frame["sku"] == sku, "product_key"].iloc[0]))
    scope = view.scope.over(None, None)
    with states.in_words():
        days = reads.of(projection.of, scope, sku, change)
        for place, rows in days.groupby("location", sort=False):
            said = projection.finding(rows, sku) + ("" if place == "all locations" else f" at {place}")
            basis = frame.loc[(frame["sku"] == sku) & (frame["location"] == place), "demand_basis"].iloc[0]
            charts.heading(
                said, f"Projected stock, pieces, 26 weeks: dotted, 80 % band; o ordered, a arrives; demand from {basis}"
            )
            projected(rows)
    with states.in_words():
        steps = reads.of(arithmetic.of, scope, sku, change)
        named = [each.replace("_", " ") for each in steps["number"]]
        found = steps.assign(
            number=named,
            value=[_said(each) for each in steps["value"]],
            how=[_how(*pair) for pair in zip(steps["formula"], steps["with_numbers"], strict=True)],
        )
        places = ("location",) if steps["location"].nunique() > 1 else ()
        st.markdown("**How each number came about**")
        tables.guide(found, {name: STEPS[name] for name in ("number", "value", "how", "basis", *places)})
        columns = {name: STEPS[name] for name in ("number", "value", "formula", "with_numbers", "basis", *places)}
        tables.downloads(found, columns, f"Arithmetic of {sku}")


def _how(formula: str, numbers: str) -> str:
    return f"{formula}: {numbers}" if numbers else formula


def projected(days: pd.DataFrame) -> None:
    """Stock to come as a dotted line in its band, orders and arrivals marked."""
    names = ("day", "stock", "lowest", "highest")
    data = charts.plain(days, names).assign(day=pd.to_datetime(days["day"]).to_numpy(), note=days["note"].to_numpy())
    x = {"field": "day", "type": "temporal", "axis": charts.DAYS}
    y = {"field": "stock", "type": "quantitative", "axis": charts.axis("Stock, pieces")}
    hover = [charts.tip("day", "Day", "temporal")]
    hover += [charts.tip(name, name.capitalize(), "quantitative", ",.1f") for name in names[1:]]
    hover.append(charts.tip("note", "Happens", "nominal"))
    line = {"type": "line", "color": charts.NOW, "strokeDash": [2, 3], "strokeWidth": 2, "tooltip": True}
    noted = days[days["note"].notna()]
    marks = noted.assign(letters=["o" if each > 0 else "a" for each in noted["ordered"]])
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "area", "color": charts.NOW, "opacity": 0.2},
            "encoding": {"x": x, "y": y | {"field": "lowest"}, "y2": {"field": "highest"}},
        },
        *charts.event_marks(marks),
        {"mark": line, "encoding": {"x": x, "y": y}},
        {"mark": {"type": "point", "opacity": 0, "size": 80}, "encoding": {"x": x, "y": y, "tooltip": hover}},
    ]
    charts.draw(data, {"layer": layers, "height": charts.HEIGHT}, "Projected stock")


def change() -> Change:
    """The sliders of what if, kept in the address."""
    service, lead, asked = st.columns(3, gap="large")
    with service:
        level = own.step("service", "Service level", (AS_SET, *LEVELS), AS_SET)
    with lead:
        times = own.step("lead", "Lead times, % of now", SHARES, "100")
    with asked:
        pieces = own.step("demand", "Demand, % of now", SHARES, "100")
    return Change(None if level == AS_SET else Decimal(level) / 100, Decimal(times) / 100, Decimal(pieces) / 100)


def compared(rows: pd.DataFrame, currency: str) -> None:
    """What changes, as a table: metric, now, then, difference."""
    named = rows.assign(
        metric=[METRICS[name].label for name in rows["number"]],
        what=[METRICS[name].formula for name in rows["number"]],
        **{each: [_figure(*pair, currency) for pair in zip(rows["number"], rows[each], strict=True)] for each in THREE},
    )
    about = {"metric": tables.Column("What"), "now": tables.Column("Now"), "changed": tables.Column("Then")}
    about |= {"difference": tables.Column("Difference"), "what": tables.Column("How it is computed", width="large")}
    tables.show(named, about, "What if")


def _figure(name: str, value: Any, currency: str) -> str:
    if value is None:
        return wording.BLANK
    unit = METRICS[name].unit
    if unit == "percent":
        return wording.percent(value)
    return f"{value:,.2f} {currency}" if unit == "money" else f"{value:,.0f}"


def _said(value: Any) -> str:
    if value is None or value != value:
        return wording.BLANK
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def scope_of(view: View) -> Scope:
    """A plan is made of what is known now, whatever the days."""
    return view.scope.over(None, None)
