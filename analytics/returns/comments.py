"""What people wrote about returns, for those who may read it; addresses and phone numbers were blotted out at import."""

import pandas as pd

from analytics import actor, db
from analytics.errors import NotAllowed
from analytics.product_rows import framed
from analytics.returns import words
from analytics.scope import Scope

COLUMNS = (
    "returned_at", "title", "reason", "name", "comment", "condition", "resolution", "order_name", "sku",
)  # fmt: skip
MOST = 2_000


def may_see() -> bool:
    """Whether whoever acts may read what buyers wrote: analysts and owners."""
    return actor.current().may("edit")


def of(scope: Scope, reason: str = "") -> pd.DataFrame:
    """One row a comment, the newest 2,000 at most: COLUMNS; `reason` are the words of the file, `name` what they mean.

    `reason` given takes only those of one meaning. Raises NotAllowed to whoever may not read them, ValueError for a reason
    that there is not.
    """
    if not may_see():
        raise NotAllowed("What buyers wrote is shown to analysts only. Ask the owner of this shop.")
    if reason and reason not in words.LABELS["reason"]:
        raise ValueError(f"reason is one of {', '.join(words.LABELS['reason'])}, not {reason!r}")
    params = {name: value for name, value in scope.params().items() if name != "into"}
    rows = db.read("returns/comments", most=MOST, **params).to_dict("records")
    known = {
        (each["store_id"], each["words"]): each["means"] for each in words.occurring(scope, "reason").to_dict("records")
    }
    found = []
    for row in rows:
        said = row["reason"]
        means = words.NOT_TOLD if said is None else known.get((row["store_id"], said)) or words.usually("reason", said)
        if reason in ("", means or words.OTHER):
            found.append(row | {"name": words.LABELS["reason"][means or words.OTHER]})
    return framed(found, COLUMNS)
