"""Why a day's totals differ from the platform's report: what it counts otherwise, each tried out to the cent.

A cause, or two or three together, that makes every total of the day the same is exact: then it is the whole difference.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import wording
from analytics.compared import AMOUNTS, Cause, Effect, Near, amount, by_order, closes, exact, plus, sums, whole

MARGIN = timedelta(days=2)
MOST_HOURS = 14
MOST_NAMED = 5
ORDER_COLUMNS = (
    "order_name", "why", "total_sales", "orders", "net_sales", "gross_sales", "discounts", "reversals", "shipping", "tax",
    "ordered_on", "counted_on",
)  # fmt: skip
SHORT = {
    "undated": "refund without a date",
    "other_clock": "taken back on another day than ordered",
    "cancelled": "cancelled",
    "cancelled_out": "cancelled, left out here",
    "left_out": "left out here",
    "unreconciled": "does not add up",
    "zone": "near midnight",
    "without": "not in the report of this day",
    "with": "in the report of this day",
    "by_order": "otherwise in the report by order",
}


def find(near: Near, undated: Callable[[Decimal], pd.DataFrame]) -> list[Cause]:
    """The causes of a day's difference, the exact ones first; none for a day that agrees.

    `undated` gives the earlier refunds without a date that are worth an amount.
    """
    gap = near.gap(near.day)
    if not any(gap.values()):
        return []
    if by_its_orders := _by_order(near, gap):
        return [by_its_orders]
    ways = (_undated_here, _other_clock, _cancelled, _cancelled_out, _left_out, _unreconciled, _zone)
    tried = [cause for cause in (way(near) for way in ways) if cause]
    whole_of_it = exact(gap, tried) or exact(gap, [*tried, *_single(near, gap)])
    # a time zone that is not the reason is no news; the others may be a part of it
    others = [each for each in tried if each.name not in {one.name for one in whole_of_it} | {"zone"}]
    return whole_of_it + others + _about_files(near) + ([] if whole_of_it else _elsewhere(gap, undated))


def _undated_here(near: Near) -> Cause | None:
    rows = near.counted[near.counted["is_undated"].astype(bool)]
    if rows.empty:
        return None
    sentence = (
        f"Refunds of {_named(rows)} ({_worth(rows)}) have no date in the orders export, so they stand on the day of their "
        "order; the platform counts them on their own day. A transactions export dates them."
    )
    return Cause("undated", sentence, _orders(rows), sums(rows, -1))


def _other_clock(near: Near) -> Cause | None:
    moved = near.entries[
        (near.entries["entry"] == "reversal") & (near.entries["ordered_on"] != near.entries["booked_on"])
    ]
    away, here = moved[moved["booked_on"] == near.day], moved[moved["ordered_on"] == near.day]
    both = pd.concat([away, here])
    if both.empty:
        return None
    sentence = f"What was taken back of {_named(both)} counts here on its own day; the report may count it on the day of the order."
    return Cause("other_clock", sentence, _orders(both), plus(sums(away, -1), sums(here)))


def _cancelled(near: Near) -> Cause | None:
    rows = near.counted[near.counted["cancelled_on"].notna()]
    if rows.empty:
        return None
    sentence = f"{_named(rows)}{_are(rows, ' cancelled')}: sold and taken back here; the report may leave that out."
    return Cause("cancelled", sentence, _orders(rows), sums(rows, -1))


def _cancelled_out(near: Near) -> Cause | None:
    rows = near.left_out[near.left_out["is_cancelled_out"].astype(bool)]
    if rows.empty:
        return None
    sentence = (
        f"{_named(rows)}{_are(rows, ' cancelled')} and left out here by the store's settings; the report may count it."
    )
    return Cause("cancelled_out", sentence, _orders(rows), sums(rows))


def _left_out(near: Near) -> Cause | None:
    rows = near.left_out[~near.left_out["is_cancelled_out"].astype(bool)]
    if rows.empty:
        return None
    why = ", ".join(dict.fromkeys(str(each) for each in rows["financial_status"] if each)) or "cancelled before payment"
    sentence = f"{_named(rows)} ({_worth(rows)}){_are(rows, ' left out here')} ({why}); the report may count it."
    return Cause("left_out", sentence, _orders(rows), sums(rows))


def _unreconciled(near: Near) -> Cause | None:
    rows = near.unreconciled
    if rows.empty:
        return None
    apart = sum((Decimal(each) for each in rows["difference"]), start=Decimal(0))
    sentence = (
        f"{_named(rows)} {'does' if len(rows) == 1 else 'do'} not add up in the orders export itself "
        f"({'; '.join(dict.fromkeys(rows['reason']))}): {wording.exact(apart)} between the printed total and its parts."
    )
    # which of its parts the platform counts otherwise is not known
    return Cause("unreconciled", sentence, _orders(rows), {"total_sales": whole(apart), "orders": 0})


def _zone(near: Near) -> Cause | None:
    """Whether the day agrees if everything happened some hours earlier or later: another zone cuts the days elsewhere."""
    around = [near.day + timedelta(days=number) for number in (-1, 0, 1)]
    gaps = {day: gap for day in around if (gap := near.gap(day))}
    best, most = None, sum(not any(gap.values()) for gap in gaps.values())
    for hours in sorted((n for n in range(-MOST_HOURS, MOST_HOURS + 1) if n), key=lambda n: (abs(n), n)):
        moved_to = _days(near.entries, hours)
        shifts = {day: _shift(near, day, moved_to) for day in gaps}
        agreeing = sum(all(gap[name] + shifts[day][name] == 0 for name in gap) for day, gap in gaps.items())
        if closes(gaps[near.day], shifts[near.day]) and agreeing > most:
            best, most = hours, agreeing
    if best is None:
        return None
    rows = _moving(near, best)
    sentence = (
        f"Moving the store's time zone by {best:+d} {'hour' if abs(best) == 1 else 'hours'} makes the day agree (then "
        f"{most} of the {len(gaps)} days around it do): {_named(rows)} {'was' if len(_orders(rows)) == 1 else 'were'} "
        "that near to midnight. The report was made in another time zone than the orders export."
    )
    return Cause("zone", sentence, _orders(rows), _shift(near, near.day, _days(near.entries, best)))


def _days(entries: pd.DataFrame, hours: int) -> "pd.Series[Any]":
    """The day of each entry if everything happened so many hours later; what has a day and no hour keeps its day."""
    at = pd.to_datetime(entries["happened_at"])
    booked = pd.to_datetime(entries["booked_on"])
    is_timed = (at.dt.normalize() == booked) & (at != at.dt.normalize())
    return (at + timedelta(hours=hours)).dt.normalize().where(is_timed, booked).dt.date


def _shift(near: Near, day: date, moved_to: "pd.Series[Any]") -> Effect:
    return plus(sums(near.entries[moved_to == day]), sums(near.entries[near.entries["booked_on"] == day], -1))


def _moving(near: Near, hours: int) -> pd.DataFrame:
    """The entries that so many hours move into the day or out of it."""
    return near.entries[(_days(near.entries, hours) == near.day) != (near.entries["booked_on"] == near.day)]


def _single(near: Near, gap: Effect) -> list[Cause]:
    """An order that is the very difference: one of the day that the report lacks, or one of a neighbouring day it has."""
    found = []
    for row in by_order(near.entries).to_dict("records"):
        effect, name, day = {metric: int(row[metric]) for metric in AMOUNTS}, row["order_name"], row["booked_on"]
        worth = wording.exact(amount(abs(effect["total_sales"])))
        without = {metric: -each for metric, each in effect.items()}
        if day == near.day and closes(gap, without):
            sentence = (
                f"Without {name} ({worth}) the day agrees: the report does not have it, or has it on another day."
            )
            found.append(Cause(f"without {name}", sentence, (name,), without))
        elif day != near.day and closes(gap, effect):
            sentence = f"With {name} of {wording.day(day)} ({worth}) the day agrees: the report counts it here."
            found.append(Cause(f"with {name}", sentence, (name,), effect))
    return found


def _by_order(near: Near, gap: Effect) -> Cause | None:
    """The orders that the platform's report by order has otherwise, if that report adds up to the one by day."""
    if near.order_totals.empty:
        return None
    theirs: dict[str, Effect] = {}
    for row in near.order_totals.to_dict("records"):
        theirs.setdefault(row["order_name"], {})[row["metric"]] = whole(row["amount"])
    ours = {row["order_name"]: row for row in by_order(near.counted).to_dict("records")}
    known = [name for name in AMOUNTS if name in set(near.order_totals["metric"])]
    effects = {
        order: {name: theirs.get(order, {}).get(name, 0) - int(ours.get(order, {}).get(name, 0)) for name in known}
        for order in dict.fromkeys([*theirs, *ours])
    }
    apart = {order: effect for order, effect in effects.items() if any(effect.values())}
    summed = {name: sum(effect[name] for effect in apart.values()) for name in known}
    if not closes(gap, summed):
        return None
    leading = next((name for name in ("total_sales", "net_sales") if name in known), known[0])
    listed = [f"{order} ({wording.exact(amount(-effect[leading]))} more here)" for order, effect in apart.items()]
    more = f" and {len(listed) - MOST_NAMED:,} more" if len(listed) > MOST_NAMED else ""
    sentence = f"The platform's report by order has these otherwise: {', '.join(listed[:MOST_NAMED])}{more}."
    return Cause("by_order", sentence, tuple(apart), summed, is_exact=True)


def _about_files(near: Near) -> list[Cause]:
    row = near.totals[near.totals["day"] == near.day].iloc[0]
    report, orders = row["report_as_of"], row["orders_as_of"]
    if orders is None:
        return [
            Cause("outside", "No orders file that was imported holds this day. Import the orders of this day, too.")
        ]
    if report > orders:
        sentence = (
            f"The report was exported later than the orders ({wording.day(report)}, the orders {wording.day(orders)}): "
            "what happened in between is only in the report. Import a newer orders export."
        )
        return [Cause("newer_report", sentence)]
    if report <= near.day:
        return [Cause("day_not_over", "The report was exported before this day was over. Export it again.")]
    return []


def _elsewhere(gap: Effect, undated: Callable[[Decimal], pd.DataFrame]) -> list[Cause]:
    """Refunds of earlier orders that the report has on this day and the orders export does not date."""
    missing = gap.get("total_sales", gap.get("net_sales", 0))
    rows = undated(amount(missing)) if missing > 0 else pd.DataFrame()
    if rows.empty:
        return []
    listed = ", ".join(f"{row['order_name']} of {wording.day(row['ordered_on'])}" for row in rows.to_dict("records"))
    sentence = (
        f"A refund without a date is worth exactly {wording.exact(amount(missing))}: {listed}. The platform may have made it "
        "on this day. A transactions export dates it."
    )
    return [Cause("undated_elsewhere", sentence, _orders(rows))]


def _orders(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rows["order_name"]))


def _named(rows: pd.DataFrame) -> str:
    known = _orders(rows)
    shown = ", ".join(known[:MOST_NAMED])
    return shown if len(known) <= MOST_NAMED else f"{shown} and {len(known) - MOST_NAMED:,} more"


def _worth(rows: pd.DataFrame) -> str:
    return wording.exact(amount(abs(sums(rows)["total_sales"])))


def _are(rows: pd.DataFrame, words: str) -> str:
    return f" {'is' if len(_orders(rows)) == 1 else 'are'}{words}"


def orders(near: Near, causes: Iterable[Cause]) -> pd.DataFrame:
    """The orders that make up ours of the day and those that a cause names, one row an order and day it counts on.

    Columns: ORDER_COLUMNS. Those that an exact cause names come first, then those of other causes, then the largest.
    """
    rank: dict[str, int] = {}
    words: dict[str, list[str]] = {}
    for cause in causes:
        for name in cause.orders:
            rank[name] = min(rank.get(name, 1), 0 if cause.is_exact else 1)
            words.setdefault(name, []).append(SHORT.get(cause.name.partition(" ")[0], "refund without a date"))
    is_shown = (near.entries["booked_on"] == near.day) | near.entries["order_name"].isin(list(words))
    left_out = near.left_out.assign(booked_on=None)
    found = pd.concat([by_order(near.entries[is_shown]).astype(object), left_out.astype(object)], ignore_index=True)
    rows = [
        {
            **{name: amount(int(row[name])) for name in AMOUNTS},
            **{name: row[name] for name in ("order_name", "ordered_on")},
            "counted_on": row["booked_on"],
            "orders": int(row["orders"]) // 10_000,
            "why": ", ".join(dict.fromkeys(words.get(row["order_name"], []))) or None,
        }
        for row in found.to_dict("records")
    ]
    rows.sort(key=lambda row: (rank.get(row["order_name"], 2), -abs(row["total_sales"]), row["order_name"]))
    return pd.DataFrame(rows, columns=list(ORDER_COLUMNS), dtype=object)
