"""Which rows of ad spend count, so that no amount counts twice: of a campaign and day one level, days before longer spans.

It is worked out from all that is known now, so that it does not matter in which order files came or went.
"""

from collections import Counter, defaultdict
from typing import Any

from psycopg2.extensions import cursor as Cursor

from analytics import db


def settle(cursor: Cursor, store: int) -> list[tuple[int, str, int]]:
    """Say of every row of a store whether it counts; gives import, reason and number of the rows that count no longer."""
    db.run(cursor, "load/ad_spend/levels", store_id=store)
    db.run(cursor, "load/ad_spend/spans")
    names = [column.name for column in cursor.description or ()]
    spans = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    db.run(cursor, "load/ad_spend/leave_out", unit_nos=_covered(spans))
    db.run(cursor, "load/ad_spend/keep_levels", store_id=store)
    changed = Counter((int(import_id), str(reason)) for import_id, reason in cursor.fetchall() if reason)
    return [(import_id, reason, number) for (import_id, reason), number in sorted(changed.items())]


def _covered(spans: list[dict[str, Any]]) -> list[int]:
    """The spans that others of their campaign cover in part: a higher level goes first, then the newer export."""
    kept: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    out = []
    for span in sorted(spans, key=lambda each: each["place"]):
        others = kept[span["platform"], span["account"], span["family"]]
        if any(_overlap(span, other) for other in others):
            out.append(int(span["unit_no"]))
        else:
            others.append(span)
    return out


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two spans tell the same spend of some days; campaigns that only share their name do not."""
    is_apart = one["campaign_id"] and other["campaign_id"] and one["campaign_id"] != other["campaign_id"]
    return not is_apart and one["first_day"] <= other["last_day"] and other["first_day"] <= one["last_day"]
