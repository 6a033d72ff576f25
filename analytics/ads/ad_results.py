"""What is known of advertising, as the command line asks for it by name."""

from typing import Any

from analytics.ads import campaigns, spend, totals

# The function, what it answers, and the options it takes beside the scope.
OPTIONS: dict[str, tuple[Any, ...]] = {
    "ads.summary": (
        totals.summary,
        "spend, MER, ROAS, CAC, the overclaim ratio and every other figure of advertising, one row a currency",
    ),
    "ads.over_time": (
        totals.over_time,
        "spend, net sales and their ratios over time; --grain day, week, month, quarter or year; --platform; --campaign",
        ("grain", "platform", "campaign"),
    ),
    "ads.by": (
        campaigns.by,
        "ads by --dimension platform, campaign or day, with the share of what all platforms claim; --platform",
        ("dimension", "platform"),
    ),
    "ads.left_out": (spend.left_out, "spend that is in no figure of the days, and why"),
}
