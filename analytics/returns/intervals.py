"""How far a share of few can be trusted: its interval, and how surely it lies above another share."""

import math
from decimal import Decimal

# The 97.5 % quantile of the normal distribution: 95 % of it lie within so many deviations of the mean.
Z = Decimal("1.959963984540054")


def wilson(happened: Decimal | int, of: Decimal | int, z: Decimal = Z) -> tuple[Decimal | None, Decimal | None]:
    """The score interval of a share, from 0 to 1, 95 % unless told; (None, None) of nothing. More than all counts as all.

    Edwin B. Wilson, “Probable Inference, the Law of Succession, and Statistical Inference”, Journal of the American
    Statistical Association 22 (1927), 209–212. 1 of 2 lies between 0.0945 and 0.9055, 10 of 100 between 0.0552 and 0.1744.
    """
    if of <= 0:
        return None, None
    number = Decimal(of)
    share = min(max(Decimal(happened), Decimal(0)), number) / number
    squared = z * z
    middle = share + squared / (2 * number)
    half = z * (share * (1 - share) / number + squared / (4 * number * number)).sqrt()
    below = 1 + squared / number
    # the ends of nothing and of all are exact: rounding must not put the one above a rate of 0
    return (
        (middle - half) / below if share > 0 else Decimal(0),
        (middle + half) / below if share < 1 else Decimal(1),
    )


def certainty(happened: Decimal | int, of: Decimal | int, usual: Decimal | None) -> Decimal | None:
    """How surely a share lies above the usual one, from 0 to 1: 1 − the probability that at the usual share so many or more
    happen by chance (exact binomial). None of nothing or without a usual one.

    Of a few it says less than the interval, which is made for many: 1 of 3 lies above 5 % with its whole interval, and yet
    happens in one of seven threes.
    """
    if of <= 0 or usual is None:
        return None
    number, times = math.ceil(of), math.floor(min(happened, of))
    return Decimal(str(round(1 - _so_many(times, number, min(max(float(usual), 0.0), 1.0)), 6)))


def _so_many(times: int, number: int, chance: float) -> float:
    """The probability that at least so many of a number happen."""
    if times <= 0 or chance in (0.0, 1.0):
        return 1.0 if times <= 0 or chance == 1.0 else 0.0
    is_upper = times > number * chance
    # from the border outwards the terms only shrink
    at = times if is_upper else times - 1
    odds = chance / (1 - chance) if is_upper else (1 - chance) / chance
    chosen = math.lgamma(number + 1) - math.lgamma(at + 1) - math.lgamma(number - at + 1)
    term = math.exp(chosen + at * math.log(chance) + (number - at) * math.log1p(-chance))
    whole = 0.0
    while term > whole * 1e-12:
        whole += term
        left = number - at if is_upper else at
        at += 1 if is_upper else -1
        term *= odds * left / (at if is_upper else number - at)
    return whole if is_upper else 1 - whole
