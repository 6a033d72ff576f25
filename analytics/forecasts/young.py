"""Products too young to know their season: half of what is said of them follows a product that somebody named, else their category."""

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from analytics.forecasts.demand import Demand
from analytics.forecasts.fits import Fitted
from analytics.forecasts.kinds import Kind
from analytics.forecasts.panel import Matrix
from analytics.forecasts.siblings import Sibling

WEEKS = 8  # so many of the last ones tell the share, as far as the product is so old
AROUND = 4  # a sibling's share in a week is told with so many before and after it
RATIOS = (0.1, 10.0)
UNSEEN, YEAR = 4, 52  # weeks: what sold in the first ones of the data may be older, and is held against the year before
SHARE = "CategoryShare"
NAMED = re.compile(r"0\.50 (?:CategoryShare|like .*?) \+ 0\.50 of \((.*)\)")
# What is said of a row of the products besides what its own past says: the values, and by what.
Told = dict[int, tuple[Matrix, str]]


def shares(products: Demand, categories: Demand) -> dict[str, float]:
    """What part of its category each product was of late, by its key; none of a category that sold nothing meanwhile."""
    place = {key: at for at, key in enumerate(categories.keys["series_key"])}
    found = {}
    for own, key, category in zip(
        products.panel.values[:, -WEEKS:], products.keys["series_key"], products.keys["category"], strict=True
    ):
        if category in place:
            part = _part(own, categories.panel.values[place[category], -WEEKS:][-len(own) :])
            if np.isfinite(part):
                found[key] = part
    return found


def _part(own: Matrix, whole: Matrix) -> float:
    """What part of a whole the weeks have that both are known of; NaN where the whole sold nothing in them."""
    known = np.isfinite(own) & np.isfinite(whole)
    total = whole[known].sum()
    return float(own[known].sum() / total) if total > 0 else np.nan


def by_share(own: Fitted, above: Fitted, share: Mapping[str, float]) -> Told:
    """Of young products their share of what their category's forecast says; not where the category itself is young, or nothing
    is known of the share."""
    place = {key: at for at, key in enumerate(above.keys["series_key"])}
    found: Told = {}
    for row in np.flatnonzero(own.kinds == Kind.YOUNG):
        at, part = place.get(own.keys["category"].iloc[row]), share.get(own.keys["series_key"].iloc[row])
        if at is not None and part is not None and above.kinds[at] != Kind.YOUNG:
            found[int(row)] = part * np.maximum(above.base[at], 0.0), SHARE
    return found


def like_siblings(told: Told, products: Demand, categories: Demand, named: Mapping[str, Sibling]) -> Told:
    """The same, but for products with a named sibling: their share moves from week to week as that of the sibling in its category did when
    it was as old, and as it did in the same weeks a year ago; where both are known, as the geometric mean of the two."""
    keys = list(products.keys["series_key"])
    place = {key: at for at, key in enumerate(keys)}
    above = {key: at for at, key in enumerate(categories.keys["series_key"])}
    found = dict(told)
    for row, (values, _) in told.items():
        sibling = named.get(keys[row])
        rows = [place[key] for key in sibling.keys if key in place] if sibling else []
        category = above.get(products.keys["category"].iloc[rows[0]]) if rows else None
        if sibling is None or category is None:
            continue
        age = int(products.panel.length[row])
        course = _course(products.panel.values[rows], categories.panel.values[category], age, len(values))
        if course is not None:
            found[row] = values * course, f"like {sibling.title}"
    return found


def _course(variants: Matrix, whole: Matrix, age: int, steps: int) -> Matrix | None:
    """How a sibling's share of its category went on, each step ÷ the weeks before it; None where nothing tells it."""
    sold = np.isfinite(variants).any(axis=0)
    first = int(sold.argmax())
    own, whole = np.nansum(variants[:, first:], axis=0), whole[first:]
    starts = [len(own) - YEAR] if first < UNSEEN else [age, len(own) - YEAR]
    known = [each for each in (_from(own, whole, start, steps) for start in starts) if each is not None]
    return np.asarray(np.exp(np.mean(np.log(known), axis=0))) if known else None


def _from(own: Matrix, whole: Matrix, start: int, steps: int) -> Matrix | None:
    """The share in each step from a week on ÷ that of the weeks before; where the weeks end, as in the last ones."""
    last = len(own) - 1 - AROUND
    if not 0 < start <= last:
        return None
    before = slice(max(start - WEEKS, 0), start)
    then = _part(own[before], whole[before])
    around = [slice(max(at - AROUND, 0), at + AROUND + 1) for at in np.minimum(start + np.arange(steps), last)]
    parts = np.array([_part(own[each], whole[each]) for each in around])
    return np.clip(parts / then, *RATIOS) if then > 0 and np.isfinite(parts).all() else None


def mixed(own: Fitted, told: Told) -> Fitted:
    """The products' forecasts, those of which something else is told the mean of that and of their own."""
    base = np.maximum(own.base, 0.0)
    models = np.array([_alone(words) for words in own.models], dtype=object)
    for row, (values, words) in told.items():
        base[row] = (base[row] + values) / 2
        models[row] = f"0.50 {words} + 0.50 of ({models[row]})"
    return replace(own, base=base, models=models)


def _alone(words: str) -> str:
    """The models without what was told besides: what was taken over from the last run names that already."""
    found = NAMED.fullmatch(words)
    return found[1] if found else words
