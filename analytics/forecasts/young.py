"""Products too young to know their season: half of what is said of them is their share of their category, which knows it."""

from dataclasses import replace

import numpy as np

from analytics.forecasts.demand import Demand
from analytics.forecasts.fits import Fitted
from analytics.forecasts.kinds import Kind

WEEKS = 8  # so many of the last ones tell the share, as far as the product is so old
MODEL = "0.50 CategoryShare"


def shares(products: Demand, categories: Demand) -> dict[str, float]:
    """What part of its category each product was of late, by its key; none of a category that sold nothing meanwhile."""
    place = {key: at for at, key in enumerate(categories.keys["series_key"])}
    found = {}
    for own, key, category in zip(
        products.panel.values[:, -WEEKS:], products.keys["series_key"], products.keys["category"], strict=True
    ):
        if category not in place:
            continue
        whole = categories.panel.values[place[category], -WEEKS:][-len(own) :]
        known = np.isfinite(own) & np.isfinite(whole)
        if whole[known].sum() > 0:
            found[key] = float(own[known].sum() / whole[known].sum())
    return found


def with_shares(own: Fitted, above: Fitted, share: dict[str, float]) -> Fitted:
    """The products' forecasts, those of young ones the mean of their own and of their share of what the category's says; not where
    the category itself is young, or nothing is known of the share."""
    place = {key: at for at, key in enumerate(above.keys["series_key"])}
    base, models = np.maximum(own.base, 0.0), own.models.copy()
    for row in np.flatnonzero(own.kinds == Kind.YOUNG):
        at, part = place.get(own.keys["category"].iloc[row]), share.get(own.keys["series_key"].iloc[row])
        if at is not None and part is not None and above.kinds[at] != Kind.YOUNG:
            base[row] = (base[row] + part * np.maximum(above.base[at], 0.0)) / 2
            if not models[row].startswith(MODEL):  # what was taken from the last run has its name already
                models[row] = f"{MODEL} + 0.50 of ({models[row]})"
    return replace(own, base=base, models=models)
