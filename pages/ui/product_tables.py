"""The columns of the tables of products; a phone shows the first three."""

import pandas as pd

from analytics.metrics import METRICS
from analytics.product_rows import Look
from pages.ui import tables
from pages.ui.tables import Column

LIFE = {
    "title": Column("Product"),
    "units": tables.count("Units"),
    "pace_left": tables.percent("Of former pace"),
    "units_missing": Column("Units missing", "days"),
    "pace": Column("Units a day", "rate"),
    "former_pace": Column("Former units a day", "rate"),
    "net_sales": tables.money("Net sales"),
    "first_day": tables.day("First sold"),
    "last_day": tables.day("Last sold"),
}


def _metric(name: str, currency: str) -> Column:
    about = METRICS[name]
    return tables.money(f"{about.label}, {currency}") if about.unit == "money" else tables.count(about.label)


def ranking(look: Look, currency: str) -> dict[str, Column]:
    """The ranking: its title, the metric it is ranked by and the class first."""
    names = (
        look.metric, "abc", "share", "cumulative_share", "net_sales", "units", "net_units", "units_returned", "average_price",
        "gross_sales", "discounts", "reversals", "gross_profit", "gross_margin", "covered_share",
    )  # fmt: skip
    shares = {
        "abc": Column("Class"),
        "share": tables.percent("Share"),
        "cumulative_share": tables.percent("Up to here"),
        "gross_margin": tables.percent("Gross margin"),
        "covered_share": tables.percent("Covered share"),
    }
    about = {name: shares.get(name) or _metric(name, currency) for name in dict.fromkeys(names)}
    own = {"variants": tables.count("Variants")} if look.level == "product" else {"sku": Column("SKU")}
    return {"title": Column("Product"), **about, **own, "category": Column("Category"), "vendor": Column("Brand")}


def movers(look: Look, currency: str) -> dict[str, Column]:
    """The movers: how much each changed first."""
    kind, label = _metric(look.metric, currency).kind, METRICS[look.metric].label.lower()
    in_money = f", {currency}" if kind == "money" else ""
    return {
        "name": Column("Product"),
        "change": Column(f"Change of {label}{in_money}", kind),
        "relative_change": tables.percent("Change"),
        "now": Column(f"Now{in_money}", kind),
        "before": Column(f"Compared{in_money}", kind),
    }


def variants(currency: str) -> dict[str, Column]:
    """The variants of a product."""
    names = ("net_sales", "units", "net_units", "gross_sales", "discounts", "reversals", "gross_profit")
    about = {name: _metric(name, currency) for name in names}
    return {"title": Column("Variant"), **about, "share": tables.percent("Share"), "sku": Column("SKU")}


def daily(currency: str) -> dict[str, Column]:
    """The days of a product."""
    names = ("net_sales", "units", "gross_sales", "discounts", "reversals")
    return {"day": tables.day("Day"), **{name: _metric(name, currency) for name in names}}


def matrix(table: pd.DataFrame, metric: str) -> dict[str, Column]:
    """A size a column, the totals in the first row and the last column."""
    kind = "money" if METRICS[metric].unit == "money" else "count"
    return {"colour": Column("Colour"), **{name: Column(name, kind) for name in table.columns[1:]}}
