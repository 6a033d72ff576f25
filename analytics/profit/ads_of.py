"""Ad spend as contribution counts it: of whole periods, and of a part of the shop by its net sales."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from analytics import db
from analytics.scope import Scope

NOUGHT = Decimal(0)
AMAZON = "amazon"


@dataclass(frozen=True)
class Spent:
    """What was spent in the days of a scope, a row a currency, platform and period; None where no file ever told of ads."""

    rows: tuple[dict[str, Any], ...]
    is_told: bool

    @property
    def currencies(self) -> list[str]:
        """The currencies of the spend."""
        return sorted({row["currency"] for row in self.rows})

    def days(self, currency: str) -> list[date]:
        """The first and last days of the periods of a currency."""
        return [day for row in self.rows if row["currency"] == currency for day in (row["first_day"], row["last_day"])]

    def within(
        self, currency: str, start: date | None, stop: date | None, platforms: Sequence[str] | None = None
    ) -> tuple[Decimal | None, Decimal | None]:
        """What was spent in periods that lie in the days wholly, and in those that only reach into them."""
        if not self.is_told:
            return None, None
        inside, beyond = NOUGHT, NOUGHT
        first, after = start or date.min, stop or date.max
        for row in self.rows:
            if row["currency"] != currency or (platforms is not None and row["platform"] not in platforms):
                continue
            if row["first_day"] >= first and row["last_day"] < after:
                inside += row["spend"]
            elif row["last_day"] >= first and row["first_day"] < after:
                beyond += row["spend"]
        return inside, beyond

    def digits(self, currency: str) -> int:
        """How many decimals the currency's smallest coin has."""
        return next((int(row["digits"]) for row in self.rows if row["currency"] == currency), 2)


def spent(scope: Scope, is_told: bool) -> Spent:
    """What the ad platforms charged in periods that touch the days of the scope, of the whole shop whatever is filtered."""
    wanted = ("store_ids", "start", "stop", "currency", "into")
    params = {name: value for name, value in scope.params().items() if name in wanted}
    rows = db.read("profit/ad_spend", **params).to_dict("records") if is_told else []
    return Spent(tuple(rows), is_told)


def parts(amount: Decimal, weights: Sequence[Decimal], digits: int) -> list[Decimal]:
    """The parts of an amount in proportion to the weights, in whole coins, that add up to it; weights below 0 count 0.

    Without any weight there is nothing to go by: then every part is 0.
    """
    counted = [max(NOUGHT, weight) for weight in weights]
    whole, unit = sum(counted, start=NOUGHT), Decimal(1).scaleb(-digits)
    if not whole:
        return [NOUGHT for _ in counted]
    found, so_far, given = [], NOUGHT, NOUGHT
    for weight in counted:
        so_far += weight
        upto = amount if so_far == whole else _rounded(amount * so_far / whole, unit)
        found.append(upto - given)
        given = upto
    return found


def _rounded(amount: Decimal, unit: Decimal) -> Decimal:
    return (amount / unit).quantize(Decimal(1), ROUND_HALF_EVEN) * unit


def is_of_amazon(channel: str | None) -> bool:
    """Whether a channel is Amazon's, whose ads sell nothing elsewhere."""
    return AMAZON in (channel or "").lower()
