"""What the views of purchases show, each in a sentence with its numbers."""

from typing import Any

import pandas as pd

from analytics import wording


def orders(frame: pd.DataFrame, currency: str) -> str:
    """Of purchase_orders.orders in one currency: the one that is most late, else what is on its way."""
    is_open = frame[frame["open_units"] > 0]
    if is_open.empty:
        return "Nothing is on its way in"
    total = wording.money(sum(value for value in is_open["open_value"] if value is not None), currency)
    coming = f"{total} are to come in {wording.count(len(is_open), 'order')}"
    late = is_open.loc[[not pd.isna(days) and days > 0 for days in is_open["days_late"]]]
    if late.empty:
        return f"{coming}, none of them late"
    worst = late.loc[late["days_late"].astype(int).idxmax()]
    return (
        f"{worst['order_no']} of {worst['supplier']} is {wording.count(int(worst['days_late']), 'day')} late; {coming}"
    )


def order(row: "pd.Series[Any]") -> str:
    """What a row of purchase_orders.orders says of days and money, such as “Ordered on Mon 5 Jan 2026, expected on …”."""
    unit = row["currency"]
    days = [
        f"{words} {wording.day(row[name])}"
        for name, words in (
            ("ordered_on", "ordered on"),
            ("expected_on", "expected on"),
            ("last_received_on", "last received on"),
        )
        if _is_known(row[name])
    ]
    where = [f"to {row['location']}"] if _is_known(row["location"]) else []
    money = [
        f"{words} {wording.exact(row[name])} {unit}"
        for name, words in (("freight", "freight"), ("duty", "duty"))
        if row[name]
    ]
    if _is_known(row["deposit"]):
        due = f" due on {wording.day(row['deposit_due_on'])}" if _is_known(row["deposit_due_on"]) else ""
        money.append(f"deposit {wording.exact(row['deposit'])} {unit}{due}")
    if _is_known(row["balance_due_on"]):
        money.append(f"balance due on {wording.day(row['balance_due_on'])}")
    said = "; ".join(part for part in (", ".join([*days, *where]), ", ".join(money)) if part)
    note = f" Note: {row['note']}" if _is_known(row["note"]) else ""
    return f"{said[:1].upper()}{said[1:]}.{note}" if said else note.strip()


def _is_known(value: Any) -> bool:
    return value is not None and not pd.isna(value)


def slowest(scores: pd.DataFrame) -> str:
    """Of scorecard.by_supplier: who takes longest."""
    known = scores.dropna(subset=["lead_time_p90"])
    if known.empty:
        return "Nothing of these orders has come yet"
    worst = known.loc[known["lead_time_p90"].astype(float).idxmax()]
    share = worst["on_time_share"]
    kept = f", and {wording.percent(share)} of its lines in time" if share is not None and not pd.isna(share) else ""
    return f"{worst['supplier']} takes longest: nine of ten deliveries within {worst['lead_time_p90'].normalize():f} days{kept}"


def highest_week(weeks: pd.DataFrame, currency: str) -> str:
    """Of cash.calendar in one currency: when most is due, and how much is in all."""
    total = sum(weeks["payments_due"])
    if not total:
        return "Nothing is due in the next 13 weeks"
    highest = weeks.loc[weeks["payments_due"].astype(float).idxmax()]
    return (
        f"{wording.money(highest['payments_due'], currency)} of {wording.money(total, currency)} are due in the week from "
        f"{wording.day(highest['week'])}"
    )
