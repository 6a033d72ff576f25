"""What recurs, as the command line asks for it by name."""

from typing import Any

from analytics.seasons import by_event, day_map, index, launches, preseason, season_calendar, uplift

# The function, what it answers, and the options it takes beside the scope.
OPTIONS: dict[str, tuple[Any, ...]] = {
    "seasons.index": (
        index.of,
        "the seasonal index with its intervals; --by shop, category or product; --grain month or week; --measure units or net_sales; "
        "--product one product",
        ("by", "grain", "measure", "product"),
    ),
    "seasons.days": (day_map.of, "every day of every year: net sales, units, holidays, days without an order"),
    "seasons.uplift": (
        uplift.of,
        "what holidays and events brought before, during and after them, with intervals; --measure units or net_sales",
        ("measure",),
    ),
    "seasons.calendar": (
        season_calendar.of,
        "when the season of each product starts, peaks and ends, or that it has none; --by product or category",
        ("by",),
    ),
    "seasons.plan": (
        preseason.of,
        "what to have in stock for the seasons of the next --weeks 26: demand, stock then, what is missing, by when to order",
        ("weeks",),
    ),
    "seasons.by_event": (
        by_event.of,
        "this year against last, days aligned by --event Black Friday, Easter, …; --days 56 before it; --measure net_sales or units",
        ("event", "days", "measure"),
    ),
    "seasons.launches": (
        launches.of,
        "new products beside siblings at equal age; --weeks 13 or 26 to project; --siblings names by commas; --measure units or net_sales",
        ("weeks", "siblings", "measure"),
    ),
    "seasons.launch": (
        launches.curve,
        "one launch week by week beside its siblings, and its projection; --product, --weeks, --siblings, --measure",
        ("product", "weeks", "siblings", "measure"),
    ),
}
