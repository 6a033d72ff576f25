"""What of the ad spend belongs to a part of the shop: each day's, or period's, by the net sales of its days."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from analytics.profit import ads_of, sums
from analytics.profit.sums import NOUGHT, Row
from analytics.scope import Scope

Nets = dict[tuple[str, date], Decimal]


def of(scope: Scope, told: list[Row]) -> ads_of.Spent:
    """The ad spend of the scope; where the scope is a part of the shop, its share of what each period brought by net sales.

    Amazon's ads belong to the channels of Amazon, where it sold anything in the period.
    """
    spent = ads_of.spent(scope, any(store["has_ads"] for store in told))
    if not sums.is_part(scope) or not spent.rows:
        return spent
    first = min(row["first_day"] for row in spent.rows)
    after = max(row["last_day"] for row in spent.rows) + timedelta(days=1)
    part = replace(scope, start=first, stop=after)
    whole = replace(part, channels=(), countries=(), categories=())
    amazon = {row["value"] for row in sums.of(whole, "channel", told) if ads_of.is_of_amazon(row["value"])}
    nets = _nets(part, told), _nets(whole, told)
    of_amazon = _nets(_among(part, amazon), told), _nets(_among(whole, amazon), told)
    rows = []
    for row in spent.rows:
        days = _days(row)
        own, all_of_it = _between(nets, row["currency"], days)
        if row["platform"] == ads_of.AMAZON:
            on_amazon = _between(of_amazon, row["currency"], days)
            own, all_of_it = on_amazon if on_amazon[1] else (own, all_of_it)
        share = ads_of.parts(row["spend"], [own, all_of_it - max(own, NOUGHT)], int(row["digits"]))[0]
        rows.append(row | {"spend": share})
    return ads_of.Spent(tuple(rows), spent.is_told)


def _among(scope: Scope, channels: set[str]) -> Scope | None:
    """The scope within some channels; None if none of them is left."""
    left = tuple(sorted(channels & set(scope.channels) if scope.channels else channels))
    return replace(scope, channels=left) if left else None


def _nets(scope: Scope | None, told: list[Row]) -> Nets:
    """Net sales by currency and day."""
    if scope is None:
        return {}
    return {
        (row["currency"], date.fromisoformat(row["value"])): row["net_sales"] for row in sums.of(scope, "day", told)
    }


def _days(row: Row) -> list[date]:
    """The days of a period, the last one included."""
    return [row["first_day"] + timedelta(days=at) for at in range((row["last_day"] - row["first_day"]).days + 1)]


def _between(nets: tuple[Nets, Nets], currency: str, days: Iterable[date]) -> tuple[Decimal, Decimal]:
    """Net sales of the part and of the whole on some days."""
    wanted = [(currency, day) for day in days]
    own, whole = (sum((each.get(key, NOUGHT) for key in wanted), start=NOUGHT) for each in nets)
    return own, whole
