"""How estimates of single products are drawn towards their category's mean, and that towards the shop's (empirical Bayes)."""

from dataclasses import dataclass
from typing import Any

import numpy as np

Values = np.ndarray[Any, Any]
# Before any data: published elasticities have a mean of about −2 (Tellis 1988: −1.8, Bijmolt, van Heerde and Pieters 2005: −2.6), and
# products differ by about 1. That counts as much as so many products.
USUAL, USUAL_ERROR, USUAL_SPREAD = -2.0, 1.5, 1.0
AS_PRODUCTS = 4.0
# What lies beyond tells nothing of others.
SENSIBLE = (-12.0, 8.0)
LEAST_SPREAD, MOST_SPREAD = 0.15, 1.5
# Noise is only estimated, and that of small counts is skew: so much wider, intervals of thin products of simulated shops hold the truth
# as often as they say.
ALLOWANCE = 1.06
# Of fewer products nothing can be said about how they differ.
LEAST = 5


@dataclass(frozen=True)
class Pool:
    """`towards` and `spread`, what each product's slope is drawn to and how far they truly differ; `centre` and `centre_error` of each
    category, `whole` and `whole_error` of the shop; `doubt`, the standard error of `towards`."""

    towards: Values
    spread: float
    doubt: Values
    centre: Values
    centre_error: Values
    whole: float
    whole_error: float


def first(products: int, group: Values) -> Pool:
    """What is assumed before anything is known."""
    groups = int(group.max(initial=0)) + 1
    usual = np.full(products, USUAL)
    doubt = np.full(products, USUAL_ERROR)
    of_groups = np.full(groups, USUAL), np.full(groups, USUAL_ERROR)
    return Pool(usual, USUAL_SPREAD, doubt, *of_groups, USUAL, USUAL_ERROR)


def pooled(own: Values, variance: Values, group: Values) -> Pool:
    """What the products together say: how far those of a category differ, the mean of each category, and of all.

    The spread within categories and that between them follow DerSimonian and Laird (1986), drawn towards what is usual.
    """
    groups = int(group.max(initial=0)) + 1
    own = np.clip(own, *SENSIBLE)
    within = _spread(own, variance, group, AS_PRODUCTS * USUAL_SPREAD**2)
    weight = 1 / (variance + within)
    sums = np.bincount(group, weight, groups)
    mean = np.where(sums > 0, np.bincount(group, weight * own, groups) / np.maximum(sums, 1e-12), USUAL)
    error = np.where(sums > 0, 1 / np.maximum(sums, 1e-12), 1e6)
    between = _spread(mean, error, np.zeros(groups, dtype=int), AS_PRODUCTS * 0.25)
    of_groups = 1 / (error + between)
    sharp = of_groups.sum() + 1 / USUAL_ERROR**2
    whole = float((of_groups @ mean + USUAL / USUAL_ERROR**2) / sharp)
    pull = error / (error + between)
    centre = (1 - pull) * mean + pull * whole
    doubt = np.sqrt(error * between / (error + between) + pull**2 / sharp)
    return Pool(centre[group], float(np.sqrt(within)), doubt[group], centre, doubt, whole, float(np.sqrt(1 / sharp)))


def _spread(own: Values, variance: Values, group: Values, usual: float) -> float:
    """The true variance of estimates around the mean of their group, beyond what their own variances explain."""
    weight = 1 / (variance + USUAL_SPREAD**2)
    groups = int(group.max(initial=0)) + 1
    sums = np.maximum(np.bincount(group, weight, groups), 1e-12)
    mean = np.bincount(group, weight * own, groups) / sums
    squares = np.bincount(group, weight**2, groups) / sums
    apart = float((weight * (own - mean[group]) ** 2).sum())
    by_chance = float((weight * variance).sum() - (np.bincount(group, weight**2 * variance, groups) / sums).sum())
    size = float(weight.sum() - squares.sum())
    # what tells little by itself counts as part of a product
    known = float((USUAL_SPREAD**2 * weight).sum()) - groups
    found = max((apart - by_chance) / size, 0.0) if size > 1e-9 else 0.0
    known = max(known, 0.0)
    return float(np.clip((usual + known * found) / (AS_PRODUCTS + known), LEAST_SPREAD**2, MOST_SPREAD**2))


def answers(own: Values, variance: Values, pool: Pool) -> tuple[Values, Values, Values]:
    """Slope, standard error and the share of the answer that is a product's own."""
    share = pool.spread**2 / (pool.spread**2 + variance)
    slope = share * own + (1 - share) * pool.towards
    # the last part is that of not knowing exactly how far products differ (Morris 1983)
    unsure = 2 / (AS_PRODUCTS + len(own)) * ((1 - share) * (own - pool.towards)) ** 2 * share
    error = np.sqrt(share * variance + ((1 - share) * pool.doubt) ** 2 + unsure)
    return slope, ALLOWANCE * error, share


def means(values: Values, variance: Values, group: Values) -> Values:
    """The mean of each group, drawn towards that of all as if it had a few products more."""
    groups = int(group.max(initial=0)) + 1
    weight = 1 / variance
    whole = float((weight @ values) / weight.sum())
    usual = AS_PRODUCTS * float(np.median(weight))
    return np.asarray(
        (np.bincount(group, weight * values, groups) + usual * whole) / (np.bincount(group, weight, groups) + usual)
    )
