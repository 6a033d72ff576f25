"""What is known of contribution, its costs and payouts, as the command line asks for it by name."""

from typing import Any

from analytics.profit import contribution

# The function, what it answers, and the options it takes beside the scope.
OPTIONS: dict[str, tuple[Any, ...]] = {
    "profit.summary": (
        contribution.summary,
        "what is left of net sales after goods (CM1), sending and fees (CM2), and ads (CM3), and of how much it is known",
    ),
    "profit.over_time": (
        contribution.over_time,
        "contribution over time; --grain day, week, month, quarter or year",
        ("grain",),
    ),
    "profit.waterfall": (contribution.waterfall, "from gross sales to CM3, step by step, what is not covered included"),
    "profit.by": (
        contribution.by,
        "contribution by --dimension channel, country, category, vendor or product",
        ("dimension",),
    ),
}
