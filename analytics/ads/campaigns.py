"""Ads by platform, campaign or day, beside what all platforms together claim."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from analytics.ads.spend import PLATFORMS, QUOTIENTS, SUMS, Part, Row, by_words, over, read, sales_by_currency
from analytics.product_rows import framed
from analytics.scope import Scope

DIMENSIONS = ("platform", "campaign", "day")
COLUMNS = (
    "value", "title", "platform", "platform_name", "campaign_key", "currency", "ad_spend", "share_of_spend",
    "attributed_revenue", "share_of_claimed", "roas", "acos", "tacos", "impressions", "clicks", "ctr", "cpc", "cpm",
    "conversions", "conversion_rate", "first_day", "last_day", "attribution",
)  # fmt: skip


def by(scope: Scope, dimension: str = "platform", platform: str = "") -> pd.DataFrame:
    """One row a currency and platform, campaign or day, spend descending (days in their order). Columns: COLUMNS.

    A campaign is told by the platform's number for it, where it has one: two of one name stay two, with the number beside the
    name. `share_of_claimed` is of what all platforms claim together; `tacos` is of all net sales. first_day and last_day are
    those of its rows. A report of a longer period is one row of its own by day, too. `platform` keeps one platform's. Raises
    ValueError for another dimension or platform.
    """
    if dimension not in DIMENSIONS:
        raise ValueError(f"dimension is {', '.join(DIMENSIONS)}, not {dimension!r}")
    told_by = {"platform": ("platform",), "campaign": ("platform", "campaign"), "day": ("day",)}[dimension]
    rows = read(scope, Part(platform, by=told_by))
    every = {row["currency"]: row for row in read(scope)}
    sold = sales_by_currency(scope)
    titled = TITLES[dimension](rows)
    found = []
    for row, (value, title) in zip(rows, titled, strict=True):
        whole, own = every[row["currency"]], sold.get(row["currency"], {})
        found.append({
            "value": value, "title": title, "currency": row["currency"], "platform": row["platform"],
            "platform_name": PLATFORMS.get(row["platform"]), "campaign_key": row["campaign_key"],
            **{name: row[name] for name in (*SUMS, *QUOTIENTS)}, "tacos": over(row["ad_spend"], own.get("net_sales")),
            "share_of_spend": over(row["ad_spend"], whole["ad_spend"]),
            "share_of_claimed": over(row["attributed_revenue"], whole["attributed_revenue"]),
            "first_day": row["since"], "last_day": row["until"], "attribution": row["attribution"],
        })  # fmt: skip
    if dimension != "day":
        found.sort(key=lambda row: (row["currency"], -row["ad_spend"], str(row["title"])))
    return framed(found, COLUMNS)


def _platforms(rows: list[Row]) -> list[tuple[str, str]]:
    return [(row["platform"], PLATFORMS[row["platform"]]) for row in rows]


def _campaigns(rows: list[Row]) -> list[tuple[str, str]]:
    """A campaign's key and its name, with the key beside it where several of a platform have one name."""
    names = [(row["currency"], row["platform"], row["campaign"]) for row in rows]
    return [
        (
            f"{row['platform']}:{row['campaign_key']}",
            f"{row['campaign']} ({row['campaign_key']})" if names.count(name) > 1 else row["campaign"],
        )
        for row, name in zip(rows, names, strict=True)
    ]


def _days(rows: list[Row]) -> list[tuple[str, str]]:
    return [(str(row["first_day"]), by_words(row)) for row in rows]


TITLES: dict[str, Callable[[list[Row]], list[tuple[str, Any]]]] = {
    "platform": _platforms,
    "campaign": _campaigns,
    "day": _days,
}
