"""The tables of seasons: which column shows what, of units or of net sales."""

import pandas as pd

from pages.ui import tables

INDEX = ("season_index", "index_low_80", "index_high_80", "index_low_95", "index_high_95", "years_seen")
UNITS = {
    "expected_sold": "expected_units_of_days", "really_sold": "sold_units_of_days", "extra_sold": "extra_units_of_days",
    "sold": "units_of_day", "sold_before": "units_of_day_before", "sold_so_far": "units_so_far",
    "sold_so_far_before": "units_so_far_before",
}  # fmt: skip
SALES = {
    "expected_sold": "expected_sales_of_days", "really_sold": "sold_sales_of_days", "extra_sold": "extra_sales_of_days",
    "sold": "sold_of_day", "sold_before": "sold_of_day_before",
}  # fmt: skip
LAUNCH_UNITS = {
    "sold_so_far": "launch_units", "siblings_median_so_far": "siblings_median_units", "projected": "projected_units",
    "projected_low_80": "projected_units_low", "projected_high_80": "projected_units_high",
}  # fmt: skip
LAUNCH_SALES = {
    "sold_so_far": "launch_sales", "siblings_median_so_far": "siblings_median_sales", "projected": "projected_sales",
    "projected_low_80": "projected_sales_low", "projected_high_80": "projected_sales_high",
}  # fmt: skip
PLAN = (
    "season_units", "available", "units_until", "incoming_before", "stock_at_start", "incoming_in_season", "missing_units",
    "suggested_order", "order_unit_cost", "suggested_value", "season_units_low", "season_units_high", "last_season_units",
)  # fmt: skip


def index() -> dict[str, tables.Column]:
    """The index by month or week."""
    return {
        "title": tables.Column("Of"), "period_name": tables.Column("When"),
        **{name: tables.metric(name) for name in INDEX}, "season_basis": tables.Column("Whose season"),
    }  # fmt: skip


def days(currency: str) -> dict[str, tables.Column]:
    """Every day."""
    return {
        "day": tables.day("Day"), "net_sales": tables.metric("net_sales", currency), "units": tables.metric("units"),
        "orders": tables.metric("orders"), "holiday": tables.Column("Holiday or event"),
    }  # fmt: skip


def of_measure(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Uplifts and days of an event with their columns named as the metrics of that measure are."""
    return frame.rename(columns=UNITS if measure == "units" else SALES)


def uplifts(measure: str, currency: str) -> dict[str, tables.Column]:
    """Events with their phases."""
    names = UNITS if measure == "units" else SALES
    return {
        "event": tables.Column("Event"), "phase": tables.Column("When"), "uplift": tables.metric("uplift"),
        **{name: tables.metric(name) for name in ("uplift_low_80", "uplift_high_80", "times_seen")},
        **{names[name]: tables.metric(names[name], currency) for name in ("extra_sold", "really_sold", "expected_sold")},
        "phase_days": tables.Column("Days of it"), "last_on": tables.day("Last on"), "next_on": tables.day("Next on"),
        "event_kind": tables.Column("Kind"), "reason": tables.Column("What to mind", width="large"),
    }  # fmt: skip


def seasons() -> dict[str, tables.Column]:
    """Products with their season, and those without one."""
    names = (
        "season_start_week", "season_peak_week", "season_end_week", "peak_index", "season_weeks", "season_share", "peak_from_week",
        "peak_to_week", "season_chance",
    )  # fmt: skip
    return {
        "title": tables.Column("Product"), "season_state": tables.Column("Season"),
        **{name: tables.metric(name) for name in names[:6]}, "season_starts_on": tables.day("Next from"),
        "season_ends_on": tables.day("Next until"), **{name: tables.metric(name) for name in names[6:]},
        "season_basis": tables.Column("Whose season"), "category": tables.Column("Category"),
        "reason": tables.Column("Why", width="large"),
    }  # fmt: skip


def plan(currency: str) -> dict[str, tables.Column]:
    """SKUs whose season starts soon."""
    return {
        "title": tables.Column("Product"), "order_by": tables.day("Order by"), "season_starts_on": tables.day("Season from"),
        **{name: tables.metric(name, currency) for name in PLAN}, "days_left": tables.metric("days_left"),
        "season_ends_on": tables.day("Season until"), "supplier": tables.Column("Supplier"), "sku": tables.Column("SKU"),
        "season_basis": tables.Column("Whose season"), "demand_basis": tables.Column("Demand from"),
        "lead_time_basis": tables.Column("Lead time from"),
        "location": tables.Column("Location"), "reason": tables.Column("Why", width="large"),
    }  # fmt: skip


def aligned(measure: str, currency: str) -> dict[str, tables.Column]:
    """Days of two years side by side."""
    names = UNITS if measure == "units" else SALES
    so_far = [names.get(name, name) for name in ("sold_so_far", "sold_so_far_before")]
    return {
        "days_to_event": tables.metric("days_to_event"), "day": tables.day("Day"),
        **{names[name]: tables.metric(names[name], currency) for name in ("sold", "sold_before")},
        **{name: tables.metric(name, currency) for name in so_far}, "change_so_far": tables.metric("change_so_far"),
        "day_before": tables.day("Day a year before"),
    }  # fmt: skip


def launches(measure: str, currency: str) -> dict[str, tables.Column]:
    """Launches beside their siblings."""
    names = list((LAUNCH_UNITS if measure == "units" else LAUNCH_SALES).values())
    return {
        "title": tables.Column("Product"), names[0]: tables.metric(names[0], currency), "age_weeks": tables.metric("age_weeks"),
        names[1]: tables.metric(names[1], currency), "siblings_below": tables.metric("siblings_below"),
        **{name: tables.metric(name, currency) for name in names[2:]}, "siblings": tables.metric("siblings"),
        "siblings_basis": tables.Column("Which siblings"), "first_sold_on": tables.day("First sold"),
        "category": tables.Column("Category"), "reason": tables.Column("What to mind", width="large"),
    }  # fmt: skip
