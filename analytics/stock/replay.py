"""Days of demand played against a plan of ordering: what was served, and the stock it took. No day is seen before it comes."""

from dataclasses import dataclass
from typing import Any

import numpy as np

Matrix = np.ndarray[Any, Any]
# An order is on its way for fewer days than this.
LONGEST_DAYS = 400


@dataclass
class Shelves:
    """Stock of each product at the end of a day, what is on order, and what arrives on the days to come (a column each)."""

    on_hand: Matrix
    on_order: Matrix
    arriving: Matrix


def begin(plan: tuple[Matrix, Matrix], days: int) -> Shelves:
    """Shelves for so many days that start anywhere between reorder point and level, evenly over the products, as on any day of a
    cycle; nothing is on order."""
    point, level = plan
    evenly = np.arange(1, len(point) + 1) * ((5**0.5 - 1) / 2) % 1
    on_hand = np.ceil(np.maximum(point + evenly * (level - point), 0))
    return Shelves(on_hand, np.zeros(len(point)), np.zeros((len(point), days + LONGEST_DAYS)))


def lead_times(mean: Matrix, deviation: Matrix, days: int, seed: int = 7) -> Matrix:
    """Days until an order of each product (row) arrives that is placed on each day: whole, at least one, drawn from a normal
    distribution; the same draws each time."""
    draw = np.random.default_rng(seed).standard_normal((len(mean), days))
    return np.clip(np.rint(mean[:, None] + deviation[:, None] * draw), 1, LONGEST_DAYS - 1).astype(np.int64)


def pass_day(shelves: Shelves, day: int, demand: Matrix, plan: tuple[Matrix, Matrix], lead_time: Matrix) -> Matrix:
    """One day: what is due arrives, demand is served as far as there is stock (the rest is lost), and in the evening whatever
    stands at or below its reorder point, with what is on order, is ordered up to its level. Gives what was served.

    `plan` are reorder points and order-up-to levels; `day` counts from 0.
    """
    arrived = shelves.arriving[:, day]
    shelves.on_hand = shelves.on_hand + arrived
    served = np.minimum(shelves.on_hand, demand)
    shelves.on_hand = shelves.on_hand - served
    point, level = plan
    position = shelves.on_hand + shelves.on_order - arrived
    ordered = np.where(position <= point, np.maximum(np.ceil(level - position), 0), 0)
    at = np.flatnonzero(ordered)
    # one order a product and day: no two of them go to one cell
    shelves.arriving[at, day + lead_time[at]] += ordered[at]
    shelves.on_order = shelves.on_order - arrived + ordered
    return served
