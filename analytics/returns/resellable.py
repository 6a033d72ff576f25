"""How many of the pieces that come back go back on the shelf, as far as files say it."""

import numpy as np

from analytics import db
from analytics.returns.shrinkage import drawn
from analytics.scope import Scope

Key = tuple[int, str]


def shares(scope: Scope) -> dict[Key | None, float]:
    """By store and product, and of all under None: restocked ÷ returned pieces of which a file says whether they were restocked.

    A product's share is drawn towards that of all, see shrinkage.drawn. Empty where no file says it of any piece.
    """
    told = db.read("returns/restocked", **scope.params())
    if told.empty:
        return {}
    restocked, pieces = (told[name].to_numpy(dtype=float) for name in ("restocked", "told"))
    found = drawn(restocked, pieces, np.zeros(len(told)))
    keys = zip(told["store_id"], told["product_key"], strict=True)
    known: dict[Key | None, float] = {None: float(restocked.sum() / pieces.sum())}
    return known | {(int(store), key): float(share) for (store, key), share in zip(keys, found.share, strict=True)}
