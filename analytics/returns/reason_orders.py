"""The orders behind each reason: every line that came back for it, by order number, with the words of its file."""

import pandas as pd

from analytics import stores
from analytics.returns import orders, words
from analytics.scope import Scope

COLUMNS = (*orders.COLUMNS, "name")
OF_CLOCK = {"order_date": "returned", "refund_date": "returned in period"}


def of(scope: Scope, reason: str = "") -> pd.DataFrame:
    """One row a line that came back for the reason, or for any: orders.COLUMNS, and `name`, what the words of `reason` mean.

    Amounts and units add up to those of reasons.of on the scope's clock. Raises ValueError for a reason that there is not, or
    if the scope holds several currencies.
    """
    if reason and reason not in words.LABELS["reason"]:
        raise ValueError(f"reason is one of {', '.join(words.LABELS['reason'])}, not {reason!r}")
    rows = orders.rows(scope, OF_CLOCK[scope.basis])
    names = dict(zip(*(stores.all_stores()[column] for column in ("store_id", "name")), strict=True))
    known = {
        (names[row["store_id"]], row["words"]): row["means"]
        for row in words.occurring(scope, "reason").to_dict("records")
    }
    means = [
        words.NOT_TOLD if said is None else known.get((store, said), words.OTHER)
        for store, said in zip(rows["store"], rows["reason"], strict=True)
    ]
    named = rows.assign(name=[words.LABELS["reason"][each] for each in means])
    kept = named.loc[[reason in ("", each) for each in means]]
    return kept[list(COLUMNS)].reset_index(drop=True)
