"""The metrics of what forecasts are learnt from, each once; analytics/metrics.py joins them to the others."""

from analytics.metric import Metric

DEMAND_METRICS: tuple[Metric, ...] = (
    Metric(
        "spikes_found",
        "Large orders found",
        "days of a product on which one order brought at least half of what was sold, 6 deviations above the product's usual day with a sale; not explained by a promotion, event, holiday or the same weeks a year before, and not marked.",
        "count",
    ),
    Metric("spike_units", "Pieces in them", "units sold on those days.", "count"),
    Metric(
        "usual_units",
        "Usual day",
        "the median of the product's other days with a sale nearby, up to 40 on either side, in pieces.",
        "count",
    ),
    Metric(
        "deviations",
        "Times above usual",
        "(units of the day − usual day) ÷ the usual distance from it: 1.4826 × the median distance of those days, at least the root of the usual day.",
        "ratio",
    ),
    Metric("largest_order", "Largest order", "units of the product in the largest order of the day.", "count"),
    Metric("largest_share", "Of the day", "largest order ÷ units of the day.", "percent"),
    Metric(
        "days_marked",
        "Marks",
        "days of a product or of the whole shop that somebody marked as not to be learnt from, each range once, without those taken back.",
        "count",
    ),
    Metric(
        "raw",
        "As it was sold",
        "units sold on the day of the order; a bundle counts as its parts. Returns do not lower it.",
        "count",
    ),
    Metric(
        "corrected",
        "Learnt from",
        "sold, with what was to be expected in place of days without stock and marked days: the product's pace beside the others of its category on the days around, at what those sold that day.",
        "count",
    ),
    Metric(
        "weeks_out_of_stock",
        "Weeks out of stock",
        "weeks in part or whole without stock: known from counts, or told by a silence in sales that is no chance.",
        "count",
    ),
    Metric("weeks_marked", "Weeks marked", "weeks with a marked day.", "count"),
    Metric(
        "put_back", "Put back or taken off", "learnt from − sold; below 0 what marked days are taken down by.", "count"
    ),
)
