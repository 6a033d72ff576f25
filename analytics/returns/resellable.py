"""How many of the pieces that come back go back on the shelf, as far as files say it."""

from collections import Counter
from dataclasses import replace

import numpy as np

from analytics import stores
from analytics.returns import reasons
from analytics.returns.shrinkage import drawn
from analytics.scope import Scope

Key = tuple[int, str]


def shares(scope: Scope) -> dict[Key | None, float]:
    """By store and product, and of all under None: units that can be sold again ÷ units judged, as in conditions.resellable_share.

    A product's share is drawn towards that of all, see shrinkage.drawn. Empty where no file says it of any piece.
    """
    judged, again = _told(scope)
    if not judged:
        return {}
    pieces, sellable = (np.array([float(told[key]) for key in judged]) for told in (judged, again))
    found = drawn(sellable, pieces, np.zeros(len(judged)))
    known: dict[Key | None, float] = {None: float(sellable.sum() / pieces.sum())}
    return known | {key: float(share) for key, share in zip(judged, found.share, strict=True)}


def _told(scope: Scope) -> tuple[Counter[Key], Counter[Key]]:
    """Units judged of each store and product, and those of them that can be sold again."""
    judged: Counter[Key] = Counter()
    again: Counter[Key] = Counter()
    for store in stores.among(scope.store)["store_id"]:
        for row in reasons.read(replace(scope, store=int(store), basis="order_date"), "condition", "product"):
            if not row["is_total"] and row["units_judged"]:
                judged[int(store), row["product_key"]] += row["units_judged"]
                again[int(store), row["product_key"]] += row["units_resellable"]
    return judged, again
