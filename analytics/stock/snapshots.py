"""The counts of stock as they were made: what lay there on each day that was counted, and what it was worth."""

import pandas as pd

from analytics import db
from analytics.sales import ratios
from analytics.scope import Scope

COLUMNS = (
    "day", "currency", "products", "on_hand", "value_at_cost", "value_at_retail", "covered_share", "locations",
    "locations_known", "is_partial",
)  # fmt: skip


def history(scope: Scope) -> pd.DataFrame:
    """One row a currency and day of counts, in order. Columns: COLUMNS.

    All locations count, each as it was last counted by then: `is_partial` where not all of the `locations_known` were counted
    on the day itself. Cost is the one valid on that day, retail is at today's prices; covered_share is the share of units on
    hand with a known cost.
    """
    asked = {name: scope.params()[name] for name in ("store_ids", "start", "stop", "categories", "currency")}
    frame = db.read("inventory/snapshots", **asked)
    shares = ratios(frame["units_covered"], frame["units"])
    return frame.assign(covered_share=shares, is_partial=frame["locations"] < frame["locations_known"])[list(COLUMNS)]
