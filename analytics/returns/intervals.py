"""How far a share of few can be trusted: its interval, and how surely it lies above another share."""

from decimal import Decimal
from statistics import NormalDist

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
    """How surely a share lies above the usual one, from 0 to 1, by the score test that Wilson's interval turns round.

    So it is above 0.975 exactly where the whole interval lies above the usual share. None of nothing or without a usual one.
    """
    if of <= 0 or usual is None:
        return None
    share = min(Decimal(happened) / Decimal(of), Decimal(1))
    if not 0 < usual < 1:
        return Decimal(1) if share > usual else Decimal(0)
    deviations = (share - usual) / (usual * (1 - usual) / Decimal(of)).sqrt()
    return Decimal(str(round(NormalDist().cdf(float(deviations)), 6)))
