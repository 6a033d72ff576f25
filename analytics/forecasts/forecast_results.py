"""What is kept of forecasts, as the command line asks for it by name."""

from typing import Any

from analytics.forecasts import locations, overrides, projection, runs, siblings, stored

SERIES = ("measure", "level", "grain", "key")
# The function, what it answers, and the options it takes beside the scope.
OPTIONS: dict[str, tuple[Any, ...]] = {
    "forecasts.runs": (runs.of, "the runs of forecasts that are kept, the newest first"),
    "forecasts.series": (
        stored.series,
        "what is forecast of each series over the next steps; --measure units or net_sales, --level store, channel, category, "
        "product or location, --grain week or day, --number 13",
        ("measure", "level", "grain", "number"),
    ),
    "forecasts.steps": (
        stored.steps,
        "what is forecast day by day or week by week, with its intervals; --measure, --level, --grain, --key one series",
        SERIES,
    ),
    "forecasts.locations": (
        locations.ahead,
        "units of each product at each location over the next weeks; --number 4 weeks, --location, --key of one product",
        ("number", "location", "key"),
    ),
    "forecasts.location_weeks": (
        locations.by_week,
        "units of each location week by week, of all its products; --location, --key of one product",
        ("location", "key"),
    ),
    "forecasts.siblings": (
        siblings.of,
        "which product each new one is said to sell like: forecasts of it follow that one's first weeks",
    ),
    "forecasts.said": (
        stored.said,
        "what was said some weeks ago against what came; --measure, --level, --weeks_ago 4, 8 or 13, --key",
        ("measure", "level", "weeks_ago", "key"),
    ),
    "forecasts.scores": (
        stored.scores,
        "how far each model, the ensemble, the seasonal guess and people were off; --measure, --level, --grain",
        ("measure", "level", "grain"),
    ),
    "forecasts.components": (
        stored.components,
        "the trend, seasons, holidays and events that a forecast is put together from; --measure, --level, --grain, --key",
        SERIES,
    ),
    "forecasts.overrides": (overrides.of, "what people said instead of the models, and why, also what was taken back"),
    "forecasts.projection": (
        projection.month_end,
        "what this month's net sales will come to, in four cases of five, beside the target",
    ),
}
