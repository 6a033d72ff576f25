"""What happened besides the sales: the user's own events, and prices, stockouts, launches, rising returns and holidays found by
itself."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analytics import actor, audit, db, festivals, product_rows, sales, settings, wording
from analytics.errors import Refused
from analytics.returns import rises
from analytics.returns.weekly import WHOLE
from analytics.scope import Scope
from analytics.stock import stockouts

KINDS = ("promotion", "launch", "price change", "stockout", "note")
COLUMNS = ("letter", "starts_on", "ends_on", "kind", "title", "note", "is_own")
OWN_COLUMNS = ("event_id", "starts_on", "ends_on", "kind", "title", "note")
# The products that are looked at: those that sold most in the days asked for.
PRODUCTS = 50
MOST = 12
LONGEST_TITLE = 80
WEEK = timedelta(days=7)
# So many marks have room beside each other.
MARKS = 60
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


# first day, last day, kind, title, note
Told = tuple[date, date, str, str, str | None]
# day, kind, product, what happened to it, note; and the same behind its weight, 0 for the product that sold most
Happened = tuple[date, str, str, str, str | None]
Weighed = tuple[int, date, str, str, str, str | None]


def own(scope: Scope) -> pd.DataFrame:
    """One row an event that somebody entered and that touches the days: OWN_COLUMNS, `ends_on` its last day."""
    return db.read("calendar/own", **{name: scope.params()[name] for name in ("store_ids", "start", "stop")})


def save(store: int, known: list[int], rows: list[dict[str, Any]]) -> None:
    """Keep the events of a store as they were edited, in one transaction under its lock; its data version rises.

    `known` are the event_ids that stood in the table before: those missing from `rows` are deleted, those there changed,
    and a row without one is new; events that somebody else entered meanwhile stay. Raises Refused naming the row that is
    incomplete or wrong; then nothing is changed.
    """
    actor.require("edit")
    checked = [_checked(at, row) for at, row in enumerate(rows, start=1)]
    kept = [row["event_id"] for row in checked if row["event_id"] is not None]
    with db.transaction(store) as cursor:
        for gone in set(known) - set(kept):
            db.run(cursor, "load/delete_event", store_id=store, event_id=gone)
        for row in checked:
            db.run(cursor, "load/add_event" if row["event_id"] is None else "load/change_event", store_id=store, **row)
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "edit", "events", store, events=len(checked))


def _checked(at: int, row: dict[str, Any]) -> dict[str, Any]:
    given = {name: None if pd.isna(row.get(name)) else row[name] for name in OWN_COLUMNS}
    title = str(given["title"] or "").strip()
    if given["starts_on"] is None or not title:
        raise Refused(f"Row {at} needs a first day and a title. Fill them in, or delete the row.")
    if len(title) > LONGEST_TITLE:
        raise Refused(f"Row {at}: a title has at most {LONGEST_TITLE} letters; the rest can stand in the note.")
    last = given["ends_on"] or given["starts_on"]
    if last < given["starts_on"]:
        raise Refused(f"Row {at}: “{title}” ends on {last}, before it starts on {given['starts_on']}.")
    kind = given["kind"] or "note"
    if kind not in KINDS:
        raise Refused(f"Row {at}: an event is a {', '.join(KINDS[:-1])} or {KINDS[-1]}, not {kind}.")
    number = None if given["event_id"] is None else int(given["event_id"])
    note = str(given["note"] or "").strip() or None
    return {
        "event_id": number,
        "starts_on": given["starts_on"],
        "ends_on": last,
        "kind": kind,
        "title": title,
        "note": note,
    }


def found(scope: Scope) -> pd.DataFrame:
    """One row an event of the days that the data themselves tell, weightiest first: COLUMNS without `letter`.

    Of the 50 products that sold most in the scope: durable price changes, stockouts and launches by the rules in
    sql/queries/calendar/, and rises of returns, weighed by what the product sold. Then the public holidays of the store's countries.
    """
    goods = sales.products(scope).dropna(subset=["product_key"]).head(PRODUCTS)
    weights = {key: place for place, key in enumerate(dict.fromkeys(goods["product_key"]))}
    rows = [
        (weights[row["product_key"]], *tell(row))
        for name, tell in FOUND.items()
        for row in _read(name, scope, list(weights))
    ]
    rows += _stockouts(scope, weights) + _rises(scope, weights)
    return _frame(_by_product(sorted(rows, key=lambda row: (row[0], row[1]))) + _holidays(scope))


def _by_product(rows: list[Weighed]) -> list[Told]:
    """Variants of one product (“Title - option”) to which the same happened within a week are one event, on the day on which it
    happened to most of them."""
    groups: list[list[Weighed]] = []
    for row in rows:
        _, day, kind, title, said, _ = row
        for group in groups:
            _, first, first_kind, first_title, first_said, _ = group[0]
            is_same = (first_kind, _product(first_title), first_said) == (kind, _product(title), said)
            if is_same and abs(day - first) < WEEK:
                group.append(row)
                break
        else:
            groups.append([row])
    return [_told(group) for group in groups]


def _product(title: str) -> str:
    return title.split(" - ")[0]


def _told(group: list[Weighed]) -> Told:
    _, _, kind, title, said, note = group[0]
    days = Counter(row[1] for row in group)
    day = min(days, key=lambda each: (-days[each], each))
    variants = len({row[3] for row in group})
    if variants > 1:
        title = f"{_product(title)} ({variants} variants)"
    if len(group) > 1:
        note = note if len({row[5] for row in group}) == 1 else None
    return day, day, kind, f"{title} {said}", note


def _read(name: str, scope: Scope, products: list[str]) -> list[dict[Any, Any]]:
    if not products:
        return []
    return db.read(name, products=products, **scope.params()).to_dict("records")


def _price_change(row: dict[Any, Any]) -> Happened:
    moved = row["price"] / row["price_before"] - 1
    prices = f"{wording.exact(row['price_before'])} → {wording.exact(row['price'])} {row['currency']}"
    return row["day"], "price change", row["title"], prices, wording.change(moved)


def _stockouts(scope: Scope, weights: dict[str, int]) -> list[Weighed]:
    """Those that began in the days; one of all variants together weighs as the heaviest of them."""
    found = stockouts.runs(scope, list(weights)) if weights else pd.DataFrame()
    rows: list[Weighed] = []
    for row in found.to_dict("records"):
        back, day = row["back_on"], row["first_day"]
        note = "not back by the last count" if back is None else f"back on {wording.day(back)}"
        if scope.start is None or day >= scope.start:
            rows.append((weights[row["asked"]], day, "stockout", row["title"], "out of stock", note))
    return rows


def _rises(scope: Scope, weights: dict[str, int]) -> list[Weighed]:
    """Those that began in the days; what rose weighs as the variant of the product that sold most."""
    parents: dict[str, int] = {}
    for row in product_rows.told(scope).to_dict("records") if weights else ():
        if row["product_key"] in weights:
            parents[row["parent"]] = min(weights[row["product_key"]], parents.get(row["parent"], PRODUCTS))
    rows: list[Weighed] = []
    for row in rises.of(scope, tuple(parents)).to_dict("records") if parents else ():
        if scope.start is None or row["first_day"] >= scope.start:
            title = row["title"] if row["level"] == WHOLE else f"{row['title']} - {row['part']}"
            rates = f"{wording.percent(row['rate_since'])} of order lines, {wording.percent(row['rate_before'])} before"
            rows.append((parents[row["product"]], row["first_day"], "returns", title, "comes back more often", rates))
    return rows


def _launch(row: dict[Any, Any]) -> Happened:
    note = f"{wording.count(int(row['units']), 'unit')} in its first 28 days"
    return row["day"], "launch", row["title"], "first sold", note


FOUND: dict[str, Callable[[dict[Any, Any]], Happened]] = {
    "calendar/price_changes": _price_change,
    "calendar/launches": _launch,
}


def _holidays(scope: Scope) -> list[Told]:
    if scope.start is None or scope.stop is None:
        return []
    by_day: dict[tuple[date, str], list[str]] = {}
    for country in settings.of(scope.stores).countries:
        for year in range(scope.start.year, scope.stop.year + 1):
            for day, name in festivals.of_country(country, year):
                if scope.start <= day < scope.stop:
                    by_day.setdefault((day, name), []).append(country)
    return [(day, day, "holiday", name, ", ".join(codes)) for (day, name), codes in sorted(by_day.items())]


def of(scope: Scope, most: int = MOST) -> pd.DataFrame:
    """The events to mark on a chart of the scope, by day and lettered: COLUMNS.

    At most `most`: the user's own first, then what was found, weightiest first, leaving holidays up to half of the room.
    """
    entered = own(scope).assign(is_own=True)
    others = found(scope)
    is_holiday = others["kind"] == "holiday"
    told, holidays = others[~is_holiday], others[is_holiday]
    room = max(0, most - len(entered))
    told = told.head(room - min(len(holidays), room // 2))
    parts = [entered.head(most), told, holidays.head(room - len(told))]
    whole = pd.concat([part for part in parts if len(part)] or [others], ignore_index=True)
    whole = whole.sort_values("starts_on", kind="stable").reset_index(drop=True)
    return whole.assign(letter=[LETTERS[at % len(LETTERS)] for at in range(len(whole))])[list(COLUMNS)]


def _frame(rows: list[Told]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["starts_on", "ends_on", "kind", "title", "note"], dtype=object)
    return frame.assign(is_own=False)


def marks(marked: pd.DataFrame, days: Iterable[date]) -> pd.DataFrame:
    """Where the events stand on a chart of such days or periods, in whatever order: day, letters; no row for the others."""
    every = sorted(set(days))
    rows = [(day, said) for day, said in zip(every, letters(marked, every), strict=True) if said]
    return pd.DataFrame(rows, columns=["day", "letters"], dtype=object)


def letters(marked: pd.DataFrame, days: list[date]) -> list[str | None]:
    """For each period of a chart, known by its first day, the letters of the events that begin in it; None without one.

    An event that began before the first period stands on it. On a long chart letters that would touch stand together.
    """
    found: dict[int, list[str]] = {}
    for letter, starts_on in zip(marked["letter"], marked["starts_on"], strict=True):
        place = max((at for at, day in enumerate(days) if day <= starts_on), default=0)
        found.setdefault(place, []).append(letter)
    together: dict[int, list[str]] = {}
    for place in sorted(found):
        last = max(together, default=None)
        near = last is not None and place - last <= len(days) // MARKS
        together.setdefault(last if near and last is not None else place, []).extend(found[place])
    return [" ".join(together[at]) if at in together else None for at in range(len(days))]
