"""What is expected to come back of each product, beside its stock: information, in no quantity of stock and no suggestion.

A piece that is still with its buyer is not on the way; so it is not part of `incoming`, and how much of it can be sold again is a
share of few. Who orders sees it beside what is on order.
"""

from typing import Any

import pandas as pd

from analytics import stores
from analytics.errors import Refused
from analytics.returns import expected
from analytics.scope import Scope

COLUMNS = ("units_to_come", "resellable_units")


def by_product(scope: Scope) -> pd.DataFrame:
    """One row a store and product of which something is expected back: store_id, product_key and COLUMNS, all currencies together.
    Stores of which too little is known have none."""
    found = []
    for number in stores.among(scope.store)["store_id"]:
        try:
            found.append(expected.of(Scope(int(number))))
        except Refused:
            continue
    frame = pd.concat(found) if found else pd.DataFrame(columns=list(expected.COLUMNS), dtype=object)
    rows = frame.groupby(["store_id", "product_key"], as_index=False)[list(COLUMNS)].sum(min_count=1)
    return rows.astype(object).where(rows.notna(), None)


def beside(frame: pd.DataFrame, back: pd.DataFrame) -> pd.DataFrame:
    """Rows of stock by product (store_id, product_key) with COLUMNS; None where nothing is expected or known."""
    keys = [back[name] for name in ("store_id", "product_key", *COLUMNS)]
    known = {(int(store), key): parts for store, key, *parts in zip(*keys, strict=True)}
    nothing: list[Any] = [None] * len(COLUMNS)
    pairs = zip(frame["store_id"], frame["product_key"], strict=True)
    parts = [known.get((int(store), key), nothing) for store, key in pairs]
    columns = {
        name: pd.Series([part[at] for part in parts], index=frame.index, dtype=object)
        for at, name in enumerate(COLUMNS)
    }
    return frame.assign(**columns)
