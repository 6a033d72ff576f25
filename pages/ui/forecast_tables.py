"""The columns of the tables of forecasts."""

from dataclasses import replace

from pages.ui import tables
from pages.ui.tables import Column

MODELS: dict[str, Column] = {
    "kind": Column("Kind of demand"),
    "model": Column("Model"),
    "wape": tables.metric("wape"),
    "bias": tables.metric("forecast_bias"),
    "coverage_80": tables.metric("coverage_80"),
    "coverage_95": tables.metric("coverage_95"),
    "weight": tables.metric("model_weight"),
    "series": tables.metric("series_held"),
}
STEPS: dict[str, Column] = {
    "step": Column("Steps ahead"),
    "ours": tables.metric("wape"),
    "naive": tables.metric("naive_wape"),
    "coverage_80": tables.metric("coverage_80"),
    "series": tables.metric("series_held"),
}
SCENARIO: dict[str, Column] = {
    "label": Column("What"),
    "now": Column("As forecast"),
    "changed": Column("As planned"),
    "difference": Column("Difference"),
    "change": tables.metric("planned_change"),
    "between": Column("Planned, in four of five cases"),
    "formula": Column("How it is computed", width="large"),
}


def course(measure: str, currency: str) -> dict[str, Column]:
    """The table of a series' steps."""
    kind = "money" if measure == "net_sales" else "rate"
    unit = f", {currency}" if measure == "net_sales" else ", pieces"
    texts = {
        "actual": "Sold", "forecast": "Forecast", "lo_80": "At least (80 %)", "hi_80": "At most (80 %)", "before": "A year before",
        "model": "Models alone", "naive": "Guess from last year", "lo_95": "At least (95 %)", "hi_95": "At most (95 %)",
        "corrected": "Learnt from instead",
    }  # fmt: skip
    columns = {name: Column(label + unit, kind) for name, label in texts.items()}
    return {"period": Column("When"), **columns, "why": Column("Note"), "day": tables.day("First day")}


def series(measure: str, level: str, currency: str) -> dict[str, Column]:
    """The table of the series of a level."""
    names = ("", "_low", "_high")
    sums = {f"forecast{name}": tables.metric(f"forecast_{measure}{name}", currency) for name in names}
    return {
        "name": Column(level.capitalize()),
        **sums,
        "before": tables.metric(f"{measure}_year_before", currency),
        "change": tables.metric("forecast_change"),
        "usual_miss": tables.metric("usual_miss"),
        "naive_miss": tables.metric("naive_wape"),
        "kind": Column("Kind of demand"),
    }


def said(measure: str, level: str, currency: str) -> dict[str, Column]:
    """The table of what was said of each series of a level and what came."""
    return {
        "name": Column(level.capitalize()),
        "wape": tables.metric("wape"),
        "said": tables.metric(f"{measure}_said", currency),
        "came": tables.metric(f"{measure}_came", currency),
        "bias": tables.metric("forecast_bias"),
        "naive_wape": tables.metric("naive_wape"),
        "inside": tables.metric("coverage_80"),
        "made": Column("Made"),
    }


def weeks_said(measure: str, currency: str) -> dict[str, Column]:
    """The table of the weeks of one series."""
    kind = "money" if measure == "net_sales" else "rate"
    unit = f", {currency}" if measure == "net_sales" else ", pieces"
    texts = {
        "said": "Said", "came": "Came", "lo_80": "At least (80 %)", "hi_80": "At most (80 %)", "naive": "Last year",
        "model": "Models alone", "lo_95": "At least (95 %)", "hi_95": "At most (95 %)",
    }  # fmt: skip
    return {"period": Column("When")} | {name: Column(label + unit, kind) for name, label in texts.items()}


PLACES: dict[str, Column] = {
    "name": Column("Product"),
    "location": Column("Location"),
    **{
        name: replace(tables.metric(name), kind="days")  # parts of pieces: a location's share of few
        for name in ("forecast_units", "forecast_units_low", "forecast_units_high")
    },
    "share_at_location": tables.metric("share_at_location"),
    **{name: replace(tables.metric(name), kind="days") for name in ("naive_units", "model_units")},
    "series_key": Column("SKU"),
    "category": Column("Category"),
    "kind": Column("Kind of demand"),
}
OVERRIDES: dict[str, Column] = {
    "name": Column("Of"),
    "weeks": Column("Weeks"),
    "said": Column("What"),
    "reason": Column("Reason", width="large"),
    "made_by": Column("By"),
    "made_at": Column("When", "time"),
    "withdrawn_at": Column("Withdrawn", "time"),
}
