"""Shares of few drawn towards that of their group, as far as chance may have made the difference."""

from dataclasses import dataclass
from typing import Any

import numpy as np

Values = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Drawn:
    """Each row's share, and of how many in all it speaks: its own, and as many as its group stands for (infinite where all
    differences between rows may be chance)."""

    share: Values
    weight: Values


def drawn(happened: Values, of: Values, groups: Any) -> Drawn:
    """Each row's share of what happened `of` so many, drawn towards its group's, and that towards the share of all.

    Bühlmann and Straub (1970), for shares: share = (happened + k · group's share) ÷ (of + k), k = variance within a row, p(1 − p),
    ÷ variance of the rows' true shares round their group's. Where chance explains all differences, k is infinite. Groups are
    drawn towards the share of all in the same way.
    """
    codes = np.unique(groups, return_inverse=True)[1]
    size, came = np.bincount(codes, of).astype(float), np.bincount(codes, happened).astype(float)
    whole = np.full(len(size), happened.sum() / max(of.sum(), 1e-9))
    of_group = came / np.maximum(size, 1e-9)
    k = _against(happened, of, of_group[codes], len(size))
    centre = _towards(came, size, whole, _against(came, size, whole, 1))
    return Drawn(_towards(happened, of, centre[codes], k), of + k)


def _against(happened: Values, of: Values, centre: Values, groups: int) -> float:
    within = centre * (1 - centre)
    is_there = of > 0
    rate = np.divide(happened, of, out=np.zeros_like(of), where=is_there)
    chance = within[is_there].sum() * (1 - groups / max(is_there.sum(), 1))
    apart = (of * (rate - centre) ** 2).sum() - chance
    total = of.sum()
    between = apart / max(total - (of**2).sum() / max(total, 1e-9), 1e-9)
    mean = float((of * within).sum() / max(total, 1e-9))
    return mean / between if between > 0 else float("inf")


def _towards(happened: Values, of: Values, centre: Any, k: float) -> Values:
    if np.isinf(k):
        return np.zeros_like(of) + centre
    shares: Values = (happened + k * centre) / np.maximum(of + k, 1e-9)
    return shares
