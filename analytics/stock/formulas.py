"""What stock theory says: safety stock, reorder points, order quantities, and the service that they buy.

Pure functions of numbers or numpy arrays of them; demand and lead time are in the same unit of time, and so are their
deviations. The sources are Silver, Pyke and Peterson (1998), Nahmias (2009), Axsäter (2006) and Snyder and Shen (2019).
"""

import math
from collections.abc import Callable
from decimal import ROUND_CEILING, Decimal
from statistics import NormalDist
from typing import Any

import numpy as np

Values = np.ndarray[Any, np.dtype[np.float64]]
Number = float | Values
NORMAL = NormalDist()
# Beyond so many deviations nothing is asked for.
FAR = 8.0


def z_of(service: float) -> float:
    """The standard normal quantile: the factor under which a share `service` of cycles ends without a stockout."""
    return NORMAL.inv_cdf(service)


def deviation_over_lead_time(deviation: Number, demand: Number, lead_time: Number, lead_time_deviation: Number) -> Any:
    """√(L·σ_d² + d̄²·σ_L²): how far demand over a lead time strays that is itself not sure."""
    return np.sqrt(np.asarray(lead_time * deviation**2 + demand**2 * lead_time_deviation**2))


def safety_stock(z: Number, spread: Number) -> Any:
    """z × the deviation of demand over the lead time."""
    return z * spread


def reorder_point(demand: Number, lead_time: Number, safety: Number) -> Any:
    """d̄·L + safety stock."""
    return demand * lead_time + safety


def economic_order_quantity(order_cost: Number, demand: Number, holding_cost: Number) -> Any:
    """√(2·K·D ÷ h): the quantity at which ordering and holding cost the least together; K an order, D and h of one period."""
    return np.sqrt(np.asarray(2 * order_cost * demand / holding_cost))


def newsvendor_ratio(price: float, cost: float, salvage: float = 0) -> float:
    """(p − c) ÷ (p − s): the share of seasons that should end with everyone served when what is left fetches `salvage`.

    Raises ValueError unless salvage < cost < price.
    """
    if not salvage < cost < price:
        raise ValueError(f"salvage < cost < price is needed, not {salvage}, {cost}, {price}")
    return (price - cost) / (price - salvage)


def newsvendor_quantity(ratio: float, mean: float, deviation: float) -> float:
    """What to buy once for a season of normal demand."""
    return mean + z_of(ratio) * deviation


def newsvendor_of_demands(ratio: float, demands: Values) -> float:
    """What to buy once, if the season's demand is one of these, each as likely: the smallest that serves the share `ratio`."""
    known = np.sort(demands)
    return float(known[max(math.ceil(ratio * len(known) - 1e-9) - 1, 0)])


def normal_loss(z: float) -> float:
    """φ(z) − z·(1 − Φ(z)): deviations of demand expected above mean + z deviations, the standard loss function."""
    return NORMAL.pdf(z) - z * (1 - NORMAL.cdf(z))


def z_of_loss(loss: float) -> float:
    """The z at which normal_loss(z) is `loss`."""
    return _solved(lambda z: normal_loss(z) - loss, -max(FAR, loss), FAR)


def reorder_for_cycles(service: float, mean: float, deviation: float) -> float:
    """The reorder point under which a share `service` of cycles ends without a stockout (type 1 service)."""
    return mean + z_of(service) * deviation


def reorder_for_fill_rate(fill_rate: float, quantity: float, mean: float, deviation: float) -> float:
    """The reorder point under which a share `fill_rate` of demand is met from stock (type 2 service), orders of `quantity`.

    n(r) = (1 − β)·Q with n(r) = σ·normal_loss((r − μ) ÷ σ), demand over the lead time being normal.
    """
    return mean + z_of_loss((1 - fill_rate) * quantity / deviation) * deviation


def quantity_and_reorder(
    order_cost: float, holding_cost: float, shortage_cost: float, demand: tuple[float, float, float]
) -> tuple[float, float]:
    """The cheapest (Q, r) of continuous review, demand over the lead time being normal: Hadley and Whitin's iteration.

    `demand` is that of a period, and mean and deviation of that over the lead time; costs are of an order, of holding one piece
    for a period, and of each piece short.
    """
    yearly, mean, deviation = demand
    quantity = float(economic_order_quantity(order_cost, yearly, holding_cost))
    while True:
        z = z_of(1 - quantity * holding_cost / (shortage_cost * yearly))
        short = deviation * normal_loss(z)
        better = math.sqrt(2 * yearly * (order_cost + shortage_cost * short) / holding_cost)
        if abs(better - quantity) < 1e-9:
            return better, mean + z * deviation
        quantity = better


def reorder_of_demands(fill_rate: float, quantity: float, demands: Values) -> float:
    """reorder_for_fill_rate where demand over the lead time is one of these, each as likely, as it was or was drawn.

    For lumpy or low demand, where the normal formula misses its target: the smallest r at which the mean of what is above r is
    (1 − β)·Q. The loss is a straight line between two demands, so the answer is exact.
    """
    known = np.sort(demands)[::-1]
    allowed = (1 - fill_rate) * quantity * len(known)
    # above known[i] lie known[:i]: Σ known[:i] − i·known[i] grows with i
    counts = np.arange(1, len(known) + 1)
    sums = np.cumsum(known)
    losses = np.append(sums[:-1] - counts[:-1] * known[1:], np.inf)
    at = int(np.argmax(losses >= allowed))
    return float((sums[at] - allowed) / counts[at])


def lead_time_demands(daily: Values, lead_time: float, lead_time_deviation: float, draws: int = 2000) -> Values:
    """Demand over so many drawn lead times: each a run of days as they were, from a drawn day on, of a drawn length.

    Runs keep what a day's demand says about the next one's; the draws are the same each time.
    """
    draw = np.random.default_rng(7)
    longest = max(len(daily) - 1, 1)
    lengths = np.clip(np.rint(draw.normal(lead_time, lead_time_deviation, draws)), 1, longest).astype(int)
    sums = np.concatenate([[0.0], np.cumsum(daily)])
    first = (draw.random(draws) * (len(daily) - lengths + 1)).astype(int)
    return np.asarray(sums[first + lengths] - sums[first])


def rounded_up(units: Decimal, minimum: Decimal | None = None, pack: Decimal | None = None) -> Decimal:
    """An order of at least `units` and at least the minimum, in whole packs or whole pieces; 0 if nothing is needed.

    Raises ValueError for a pack size of 0 or less, or a minimum below 0.
    """
    if pack is not None and pack <= 0:
        raise ValueError(f"pack_size is more than 0, not {pack}")
    if minimum is not None and minimum < 0:
        raise ValueError(f"minimum_order is 0 or more, not {minimum}")
    if units <= 0:
        return Decimal(0)
    size = pack or Decimal(1)
    return (max(units, minimum or Decimal(0)) / size).to_integral_value(ROUND_CEILING) * size


def _solved(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function is 0, by halving."""
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) > 0 else (low, middle)
    return (low + high) / 2
