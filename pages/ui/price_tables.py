"""The columns of the tables of prices."""

from pages.ui import tables
from pages.ui.tables import Column


def changes(currency: str) -> dict[str, Column]:
    """Lasting changes of prices."""
    return {
        "title": Column("Product"),
        "day": tables.day("Since"),
        "price_change": tables.metric("price_change"),
        "price_before": tables.metric("price_before", currency),
        "price": tables.metric("lasting_price", currency),
        "weekly_units_before": tables.metric("weekly_units_before"),
        "weekly_units_after": tables.metric("weekly_units_after"),
        "units_change": tables.metric("units_change"),
        "told_by": Column("Told by"),
    }


def course(currency: str) -> dict[str, Column]:
    """The table of a product's weeks or days."""
    return {
        "period": Column("When"),
        "realised_price": tables.metric("realised_price", currency),
        "units": tables.metric("units"),
        "full_price": tables.metric("full_price", currency),
        "listed_price": tables.metric("listed_price", currency),
        "discount_depth": tables.metric("discount_depth_of_price"),
        "unit_cost": tables.metric("piece_cost", currency),
        "piece_margin": tables.metric("piece_margin", currency),
        "margin_at_price": tables.metric("margin_at_price"),
        "costed_share": tables.metric("costed_share"),
    }


def elasticities(by: str, currency: str) -> dict[str, Column]:
    """The table of elasticities."""
    first = {"title": Column("Product" if by == "product" else "Category")}
    shares = ("elasticity", "low_80", "high_80", "low_95", "high_95", "own_elasticity", "own_share")
    prices = ("usual_price", "lowest_price", "highest_price", "price_range", "promotion_weeks", "weeks_out")
    more = {"category": Column("Category"), "units": tables.metric("units"), "weeks": tables.metric("weeks_told")}
    if by != "product":
        counted = {"products": tables.metric("products_told"), "units": tables.metric("units")}
        return first | {name: tables.metric(name) for name in shares[:5]} | counted
    return (
        first
        | {name: tables.metric(name) for name in shares}
        | more
        | {name: tables.metric(name, currency) for name in prices}
    )


def refused(label: str) -> dict[str, Column]:
    """What cannot be told, and why."""
    return {
        "title": Column(label),
        "reason": Column("Why, and what would help", width="large"),
        "units": tables.metric("units"),
        "price_range": tables.metric("price_range"),
    }


def curve(currency: str) -> dict[str, Column]:
    """What prices would do."""
    names = ("units_low", "units_high", "weekly_sales", "contribution_low", "contribution_high")
    return {
        "price": tables.metric("price_asked", currency),
        "weekly_units": tables.metric("weekly_units"),
        "price_contribution": tables.metric("price_contribution", currency),
        "price_change": tables.metric("price_change"),
        **{name: tables.metric(name, currency) for name in names},
    }


def promotions(currency: str) -> dict[str, Column]:
    """What promotions brought."""
    first = ("net_incremental_contribution", "net_incremental_units")
    names = (
        "given_away", "net_incremental_sales", "baseline_units", "incremental_units", "pull_forward_units", "incremental_sales",
        "pull_forward_sales", "incremental_contribution_low", "incremental_contribution_high", "costed_share",
    )  # fmt: skip
    return {
        "promotion": Column("Promotion"),
        **{name: tables.metric(name, currency) for name in first},
        "starts_on": tables.day("From"),
        "ends_on": tables.day("To"),
        **{name: tables.metric(name, currency) for name in names},
        "units_sold": tables.metric("units_in_promotion"),
        "promotion_kind": Column("Known from"),
        "categories": Column("Categories"),
    }


def markdowns(currency: str) -> dict[str, Column]:
    """The plan of markdowns."""
    names = (
        "better_than_holding", "held_money", "recovered_low", "recovered_high", "units_to_clear", "units_cleared", "units_uncleared",
        "price_now", "deepest", "elasticity", "markdown_margin",
    )  # fmt: skip
    return {
        "title": Column("Product"),
        "markdown_path": Column("Prices"),
        "recovered": tables.metric("recovered", currency),
        **{name: tables.metric(name, currency) for name in names},
        "tied_up": tables.metric("cost_to_clear", currency),
        "cleared_by": tables.day("Cleared by"),
        "state": Column("State"),
        "told_from": Column("Elasticity is"),
        "is_beyond_seen": Column("Deeper than seen"),
        "sku": Column("SKU"),
        "category": Column("Category"),
    }
