"""What ads cost and what platforms say of it, as it is read: of which days it is told, what follows from it, what is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db, sales, wording
from analytics.errors import Refused
from analytics.scope import Scope, Stores, chosen

PLATFORMS = {
    "google": "Google Ads",
    "meta": "Meta Ads",
    "amazon": "Amazon Ads",
    "microsoft": "Microsoft Advertising",
    "tiktok": "TikTok Ads",
    "other": "Other ads",
}
SUMS = ("ad_spend", "attributed_revenue", "impressions", "clicks", "conversions")
# sums of the rows that tell both of what is divided
PARTS = (
    *SUMS, "spend_with_claims", "spend_with_impressions", "spend_with_clicks", "clicks_with_impressions",
    "impressions_with_clicks", "conversions_with_clicks", "clicks_with_conversions",
)  # fmt: skip
QUOTIENTS = ("roas", "acos", "ctr", "cpc", "cpm", "conversion_rate")
LEFT_OUT_COLUMNS = ("currency", "platform", "first_day", "last_day", "reason", "spend")
THOUSAND = Decimal(1000)
Row = dict[Any, Any]


@dataclass(frozen=True)
class Part:
    """Which ads: of one platform, of one of its campaigns ("" for all); and by what their rows are told apart."""

    platform: str = ""
    campaign: str = ""
    by: tuple[str, ...] = ()


def read(scope: Scope, part: Part = Part()) -> list[Row]:
    """A row a currency and what `part.by` names (platform, campaign, sku, day), with SUMS and the QUOTIENTS of sums.

    Rows of a period longer than a day have a first_day and a last_day of their own and count only if the scope contains them
    wholly. Raises ValueError for a platform that does not exist, Refused for a scope of channels, countries or categories.
    """
    check(scope, part.platform)
    frame = db.read("ads/spend", **_params(scope), **_part(part)).rename(columns={"spend": "ad_spend"})
    return [row | quotients(row) for row in frame.to_dict("records")]


def check(scope: Scope, platform: str = "") -> None:
    """Raise for what no ad platform tells: spend by channel, country or category, and platforms that there are not."""
    if scope.channels or scope.countries or scope.categories:
        raise Refused(
            "Ad platforms do not say for which channel, country or category they were paid. Ask for advertising without "
            "these filters."
        )
    if platform and platform not in PLATFORMS:
        raise ValueError(f"platform is {', '.join(PLATFORMS)}, not {platform!r}")


def _params(scope: Scope) -> Row:
    names = ("store_ids", "start", "stop", "currency", "into")
    params = scope.params()
    return {name: params[name] for name in names}


def _part(part: Part) -> Row:
    return {
        "platforms": [part.platform] if part.platform else None,
        "campaign": part.campaign or None,
        **{f"by_{name}": name in part.by for name in ("platform", "campaign", "sku", "day")},
    }


def summed(rows: Sequence[Row]) -> Row:
    """The sums of rows with the quotients that follow; what no row tells is None, and of no rows there is nothing at all."""
    if not rows:
        return {}
    sums = {}
    for name in PARTS:
        known = [row[name] for row in rows if not is_unknown(row[name])]
        sums[name] = sum(known, start=Decimal(0)) if known else None
    return sums | quotients(sums)


def quotients(row: Row) -> Row:
    """Quotients of the sums of those rows that tell both numbers; None where nothing is below the line."""
    claimed, spent = row["attributed_revenue"], row["spend_with_claims"]
    seen = row["spend_with_impressions"]
    return {
        "roas": over(claimed, spent),
        "acos": over(spent, claimed),
        "ctr": over(row["clicks_with_impressions"], row["impressions_with_clicks"]),
        "cpc": over(row["spend_with_clicks"], row["clicks"]),
        "cpm": over(None if is_unknown(seen) else seen * THOUSAND, row["impressions"]),
        "conversion_rate": over(row["conversions_with_clicks"], row["clicks_with_conversions"]),
    }


def over(above: Any, below: Any) -> Decimal | None:
    """An exact quotient; None where nothing is below the line or either is unknown."""
    if is_unknown(above) or is_unknown(below) or not below:
        return None
    return Decimal(above) / Decimal(below)


def is_unknown(value: Any) -> bool:
    """Whether a number is not known."""
    return value is None or bool(pd.isna(value))


def reach(store: Stores) -> pd.DataFrame:
    """One row a platform: platform, first_day and last_day of what is told of it ever, campaigns, has_periods."""
    return db.read("ads/reach", store_ids=list(chosen(store)) or None)


def told(scope: Scope) -> Scope | None:
    """The scope cut to the days that any platform's spend is told of; None if there are none."""
    known = reach(scope.stores)
    if known.empty:
        return None
    start = max(filter(None, (scope.start, min(known["first_day"]))))
    stop = min(filter(None, (scope.stop, max(known["last_day"]) + timedelta(days=1))))
    return scope.over(start, stop) if start < stop else None


def left_out(scope: Scope) -> pd.DataFrame:
    """One row a currency, platform and span of days whose spend is in no sum of the scope: LEFT_OUT_COLUMNS.

    `reason` is period (the days hold only a part of it), rate (no exchange rate) or currency (another one than asked for).
    """
    return db.read("ads/left_out", **_params(scope))[list(LEFT_OUT_COLUMNS)]


def cautions(scope: Scope) -> list[str]:
    """What belongs beside figures of ads: days that are not told, per platform, and spend that is in no sum."""
    return [*_untold(scope), *left_out_in_words(left_out(scope))]


def _untold(scope: Scope) -> list[str]:
    cut = told(scope)
    if cut is None:
        return []
    said = []
    if cut != scope and scope.start is not None:
        days = wording.days(cut.start, cut.stop)
        said.append(f"Ad spend is told of {days} alone, so sales are those of these days, too.")
    for row in reach(scope.stores).to_dict("records"):
        name = PLATFORMS[row["platform"]]
        if cut.stop and row["last_day"] < cut.stop - timedelta(days=1) and _touches(row, cut):
            said.append(f"{name} is told only to {wording.day(row['last_day'])}.")
        if cut.start and row["first_day"] > cut.start and _touches(row, cut):
            said.append(f"{name} is told only from {wording.day(row['first_day'])}.")
    return said


def _touches(row: Row, scope: Scope) -> bool:
    return row["last_day"] >= (scope.start or date.min) and row["first_day"] < (scope.stop or date.max)


def left_out_in_words(found: pd.DataFrame) -> list[str]:
    """A sentence a reason and platform: how much spend, of which days, and why it is not in the figures."""
    said = []
    for (reason, platform, currency), rows in found.groupby(["reason", "platform", "currency"], sort=True):
        amount = f"{wording.exact(sum(rows['spend']))} {currency} of {PLATFORMS[platform]}"
        days = wording.days(min(rows["first_day"]), max(rows["last_day"]) + timedelta(days=1))
        if reason == "period":
            said.append(
                f"{amount} is not in these figures: its report tells {days} as a whole, the days asked for hold only a part of it, "
                "and nobody knows which. A report by day settles it."
            )
        elif reason == "rate":
            said.append(f"{amount} ({days}) is not in these figures: there is no exchange rate.")
        else:
            said.append(f"{amount} ({days}) is not in these figures: it is in another currency.")
    return said


def by_words(row: Row) -> str:
    """The days of a row: “Sat 21 Nov 2026”, or of a longer period “1 – 31 Oct 2026 as a whole”."""
    if row["first_day"] == row["last_day"]:
        return wording.day(row["first_day"])
    return f"{wording.days(row['first_day'], row['last_day'] + timedelta(days=1))} as a whole"


def sales_by_currency(scope: Scope) -> dict[str, Row]:
    """What the shop sold itself, by currency: sales.summary of the days that ad spend is told of; nothing if there are none."""
    cut = told(scope)
    return {} if cut is None else {row["currency"]: row for row in sales.summary(cut).to_dict("records")}
