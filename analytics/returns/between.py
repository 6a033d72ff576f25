"""Between what the sum of expected returns lies four of five times: of all what was learnt, of parts of it what chance adds.

Whole pieces come back by chance, at a rate that is itself uncertain, of each product and of all. The sum has a gamma distribution;
its ends are told by Wilson and Hilferty, “The Distribution of Chi-Square”, Proceedings of the National Academy of Sciences 17 (1931).
"""

from decimal import Decimal
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from analytics.returns.outstanding import PARTS, Outstanding

Z = NormalDist().inv_cdf(0.9)
CENT = Decimal("0.01")
Ends = tuple[Decimal, Decimal]


def of_days(known: Outstanding, days: pd.DataFrame) -> Ends:
    """Of days of orders (day, value, units, to_come): what was learnt if all that is expected is of them."""
    if days["to_come"].sum() == known.days["to_come"].sum():
        told = known.value
        return _cents(told.lower - told.returned), _cents(told.upper - told.returned)
    amounts = days["to_come"].to_numpy(dtype=float) / PARTS
    prices = np.array([price(row) for row in days.to_dict("records")])
    return gamma(float(amounts.sum()), float((amounts * prices).sum()), uncertain(known))


def of_products(known: Outstanding, cells: pd.DataFrame, keys: list[str]) -> list[Ends]:
    """Of rows of open_products.of, for each group by some keys, in their order."""
    amounts = cells["to_come"].to_numpy(dtype=float) / PARTS
    prices = cells["value"].to_numpy(dtype=float) / cells["units"].to_numpy(dtype=float)
    told = cells.assign(amount=amounts, chance=amounts * prices)
    # the rate of a product is uncertain as a whole, those of several each for itself
    products = told.groupby(list(dict.fromkeys([*keys, "product_key"]))).agg(
        {"amount": "sum", "rate_variance": "first"}
    )
    of_rates = (products["amount"] ** 2 * products["rate_variance"]).groupby(level=keys).sum()
    sums = told.groupby(keys, sort=True)[["amount", "chance"]].sum().assign(of_rates=of_rates)
    found = []
    for mean, chance, of_rate in sums.itertuples(index=False):
        relative = (uncertain(known) ** 2 + of_rate / max(mean, 1e-9) ** 2) ** 0.5
        found.append(gamma(mean, chance, relative))
    return found


def price(row: dict[Any, Any]) -> float:
    """What a piece sold for on average."""
    return float(row["value"]) / max(float(row["units"]), 1e-9)


def uncertain(known: Outstanding) -> float:
    """The standard deviation of all that is to come, relative to it."""
    told = known.value
    return (told.upper - told.lower) / 2 / Z / max(told.expected - told.returned, 1e-9)


def gamma(mean: float, chance: float, relative: float) -> Ends:
    """The ends of four fifths round a mean, in whole pieces: `chance` is Σ amount × price of a piece, the variance of so many pieces
    that each come or not, `relative` the standard deviation of the mean itself, relative to it."""
    if not mean > 0 or not chance > 0:
        return Decimal(0), Decimal(0)
    shape = mean**2 / (chance + (mean * relative) ** 2)
    low, high = (mean * max(1 - 1 / (9 * shape) + each / (3 * shape**0.5), 0) ** 3 for each in (-Z, Z))
    piece = chance / mean
    return _cents(np.floor(low / piece) * piece), _cents(np.floor(high / piece + 0.5) * piece)


def _cents(amount: float) -> Decimal:
    return Decimal(repr(float(amount))).quantize(CENT)
