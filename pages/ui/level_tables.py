"""The columns of tables about stock: name and what matters most first, because a phone shows three columns."""

from pages.ui import tables

LEVELS = ("on_hand", "days_of_cover", "cost_value", "retail_value", "available", "velocity", "units_sold")
ORDERED = (
    "reorder_point", "safety_stock", "committed", "incoming", "units_to_come", "resellable_units", "unit_cost",
)  # fmt: skip
GROUPED = ("value_at_cost", "share_of_stock", "on_hand", "value_at_retail", "days_of_cover", "available", "incoming")
COVERED = "Units on hand of products with a known cost ÷ units on hand: value at cost leaves the others out."


def levels(currency: str) -> dict[str, tables.Column]:
    """Stock by product, or by product and location."""
    return {
        "title": tables.Column("Product"),
        **{name: tables.metric(name, currency) for name in LEVELS},
        "velocity_basis": tables.Column("Velocity over"),
        "abc": tables.Column("ABC"),
        "xyz": tables.Column("XYZ"),
        "sku": tables.Column("SKU"),
        "location": tables.Column("Location"),
        **{name: tables.metric(name, currency) for name in ORDERED},
        "category": tables.Column("Category"),
        "vendor": tables.Column("Brand"),
        "as_of": tables.day("As of"),
    }


def groups(what: str, currency: str) -> dict[str, tables.Column]:
    """Stock by category, location, supplier, brand or class."""
    return {
        "name": tables.Column(what.capitalize()),
        **{name: tables.metric(name, currency) for name in GROUPED},
        "covered_share": tables.Column("Covered share", "percent", help=COVERED),
        "products": tables.metric("products"),
        "negative": tables.metric("negative"),
        "not_stocked": tables.metric("not_stocked"),
        "as_of": tables.day("As of"),
    }


def matrix(names: list[str], currency: str) -> dict[str, tables.Column]:
    """Value at cost by ABC class down and XYZ class across."""
    return {"abc": tables.Column("Class"), **{name: tables.money(f"{name}, {currency}") for name in names}}


def excess(currency: str) -> dict[str, tables.Column]:
    """Dead stock and overstock, with the money in it."""
    names = ("tied_up", "excess_units", "on_hand", "available", "days_of_cover", "velocity", "days_since_sale")
    return {
        "title": tables.Column("Product"),
        **{name: tables.metric(name, currency) for name in names},
        "last_sold_on": tables.day("Last sold"),
        "age_days": tables.metric("age_days"),
        "age_basis": tables.Column("Age from"),
        "sku": tables.Column("SKU"),
        "location": tables.Column("Location"),
        "category": tables.Column("Category"),
        "vendor": tables.Column("Brand"),
        "unit_cost": tables.metric("unit_cost", currency),
    }


def brackets(currency: str) -> dict[str, tables.Column]:
    """Stock by age."""
    names = ("value_at_cost", "share_of_stock", "on_hand", "products")
    return {"bracket": tables.Column("Age"), **{name: tables.metric(name, currency) for name in names}}


def ages(currency: str) -> dict[str, tables.Column]:
    """How long each product has lain there."""
    names = ("age_days", "cost_value", "on_hand")
    return {
        "title": tables.Column("Product"),
        **{name: tables.metric(name, currency) for name in names},
        "age_basis": tables.Column("Age from"),
        "sku": tables.Column("SKU"),
        "location": tables.Column("Location"),
        "category": tables.Column("Category"),
    }


def runs(currency: str) -> dict[str, tables.Column]:
    """Styles that miss sizes."""
    names = ("missed_units", "missing_share", "units_left", "value_left")
    return {
        "title": tables.Column("Product"),
        "colour": tables.Column("Colour"),
        "missing": tables.Column("Missing"),
        **{name: tables.metric(name, currency) for name in names},
        "sizes_left": tables.Column("There"),
    }


def turns(currency: str) -> dict[str, tables.Column]:
    """How well each product sells through, turns and earns."""
    names = (
        "sell_through",
        "stock_turn",
        "gmroi",
        "sell_through_of_start",
        "average_stock",
        "cost_of_goods_sold",
        "gross_profit",
    )
    return {
        "title": tables.Column("Product"),
        **{name: tables.metric(name, currency) for name in names},
        "sku": tables.Column("SKU"),
        "category": tables.Column("Category"),
    }


def history(currency: str) -> dict[str, tables.Column]:
    """Every day of counts."""
    names = ("value_at_cost", "on_hand", "value_at_retail")
    return {
        "day": tables.day("Counted on"),
        **{name: tables.metric(name, currency) for name in names},
        "covered_share": tables.Column("Covered share", "percent", help=COVERED),
        "products": tables.metric("products"),
        "is_partial": tables.Column("Only some locations"),
    }
