"""What people say instead of the models: for some weeks a percentage more or less, or an amount a week, with its reason.

Nothing of it is ever changed: what is taken back gets a time, and stays to be held against what came."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import actor, audit, db, grains, settings
from analytics.errors import Refused
from analytics.scope import Scope

KINDS = ("percent", "amount")
LEVELS = {
    "units": ("store", "category", "product", "location"),
    "net_sales": ("store", "channel", "category"),
}
LEAST_PERCENT, MOST_PERCENT = Decimal(-100), Decimal(1000)
LONGEST_REASON = 300
MOST_WEEKS = 26


def of(scope: Scope) -> pd.DataFrame:
    """One row an override of the stores, the newest last, also those taken back (withdrawn_at): store_id, override_id, measure,
    level, series_key, location_key, currency, first_day, last_day, kind, value, reason, made_by, made_at, withdrawn_at."""
    return db.read("forecasts/overrides", store_ids=scope.params()["store_ids"])


def save(store: int, row: dict[str, Any]) -> int:
    """Say something instead of the models; the number it gets.

    `row` has measure, level, series_key (of the store none), first_day and last_day (the whole weeks they touch count), kind
    percent (10: a tenth more than the models) or amount (units or money a week), value, reason, and where it applies
    location_key, currency and made_by. Raises Refused naming what is missing or wrong."""
    actor.require("edit")
    told = _checked(store, row)
    with db.transaction(store) as cursor:
        db.run(cursor, "load/forecasts/add_override", store_id=store, **told)
        number = cursor.fetchone()
        _raise_version(cursor, store)
        audit.record(cursor, "edit", "what somebody knows better", store, number=number and number[0])
    return int(number[0]) if number else 0


def withdraw(store: int, override_id: int) -> None:
    """Take back what was said; it stays in the list, and is still held against what came until then. Raises Refused."""
    actor.require("edit")
    with db.transaction(store) as cursor:
        db.run(cursor, "load/forecasts/withdraw_override", store_id=store, override_id=override_id)
        if cursor.fetchone() is None:
            raise Refused(f"There is no override number {override_id} of this store, or it was taken back before.")
        _raise_version(cursor, store)
        audit.record(cursor, "edit", "what somebody knows better", store, taken_back=override_id)


def _raise_version(cursor: Any, store: int) -> None:
    # views are drawn anew, yet nothing that the forecasts are made from has changed
    db.run(cursor, "load/raise_version", store_id=store, currency=None)
    db.run(cursor, "load/forecasts/keep_seen", store_id=store)


def _checked(store: int, row: dict[str, Any]) -> dict[str, Any]:
    given = {name: None if row.get(name) is None or row[name] != row[name] else row[name] for name in row}
    measure, level = given.get("measure"), given.get("level")
    if level not in LEVELS.get(str(measure), ()):
        raise Refused(f"Nothing can be said of {measure} by {level}. Choose a measure and a level that are forecast.")
    key = "" if level == "store" else str(given.get("series_key") or "")
    if level in ("product", "location") and not key:
        raise Refused("Which product is it about? Choose one.")
    first, last = _weeks(store, given.get("first_day"), given.get("last_day"))
    reason = str(given.get("reason") or "").strip()
    if not reason:
        raise Refused("Write why: in some weeks somebody will ask what was known here that the models did not know.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"A reason has at most {LONGEST_REASON} letters.")
    kind = given.get("kind")
    value = _value(str(kind), given.get("value"))
    return {
        "measure": measure,
        "level": level,
        "series_key": key,
        "location_key": str(given.get("location_key") or ""),
        "currency": str(given.get("currency") or "") if measure == "net_sales" else "",
        "first_day": first,
        "last_day": last,
        "kind": kind,
        "value": value,
        "reason": reason,
        "made_by": given.get("made_by"),
    }


def _weeks(store: int, first: date | None, last: date | None) -> tuple[date, date]:
    """The first and the last day of the whole weeks that are touched."""
    if first is None or last is None:
        raise Refused("From which week to which does it hold? Say both.")
    if last < first:
        raise Refused(f"It ends on {last}, before it begins on {first}.")
    calendar = settings.of(store)
    begins = grains.first_day(first, "week", calendar)
    ends = grains.first_day(last, "week", calendar) + timedelta(days=6)
    if (ends - begins).days >= 7 * MOST_WEEKS:
        raise Refused(f"At most {MOST_WEEKS} weeks can be said at once: further ahead nothing is forecast.")
    return begins, ends


def _value(kind: str, given: Any) -> Decimal:
    if kind not in KINDS:
        raise Refused(f"An override is a {' or an '.join(KINDS)}, not {kind}.")
    value = None if given is None else Decimal(str(given))
    if value is None or not value.is_finite():
        raise Refused("How much is it to be? Write a number.")
    if kind == "percent" and not LEAST_PERCENT <= value <= MOST_PERCENT:
        raise Refused(f"A percentage is from {LEAST_PERCENT} (nothing at all) to {MOST_PERCENT:,}, not {value}.")
    if kind == "amount" and value < 0:
        raise Refused(f"An amount a week is 0 or more, not {value}.")
    return value
