"""Where stock stands that is planned for: what was counted, rolled forward by what moved since, and what is on its way."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import stores
from analytics.scope import Scope
from analytics.stock import books, channel_locations, inventory, purchase_orders, walk
from analytics.stock.books import PARTS, Book, Part

EVERYWHERE, ELSEWHERE = "all locations", "all other locations"
PURCHASES, COUNT, NONE = "purchase orders", "the count", "nothing on order"
# An older count is not rolled forward: more would have moved since than is known.
MOST_DAYS = 371
NAMES = (
    "store_id", "product_key", "sku", "title", "category", "as_of", "available", "incoming", "currency", "price", "unit_cost",
)  # fmt: skip
MOVES = ("sold_since", "back_since", "received_since", "found_since")
NOUGHT, DAY = Decimal(0), timedelta(days=1)
Row = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A location with the channels that it serves; without names all locations, all channels."""

    name: str = EVERYWHERE
    locations: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    @property
    def part(self) -> Part:
        """The part of the stock that lies there."""
        return Part(None, self.locations, self.channels)


def places(scope: Scope) -> list[Place]:
    """The places that are planned for apart: those locations that channels are mapped to, and the rest; else all as one."""
    mapped = channel_locations.of(scope.only_store) if scope.only_store else {}
    if not mapped:
        return [Place()]
    known = set(stores.choices(scope.stores)["channel"])
    found = [
        Place(name, (name,), tuple(sorted(channel for channel, place in mapped.items() if place == name)))
        for name in sorted(set(mapped.values()))
    ]
    rest = known - set(mapped)
    others = set(inventory.counted(scope, by_location=True)["location"]) - set(mapped.values())
    return found + ([Place(ELSEWHERE, tuple(sorted(others)), tuple(sorted(rest)))] if rest and others else [])


def at(scope: Scope, place: Place, last_day: date | None) -> list[Row]:
    """A row a product that was counted at a place: NAMES, counted_on, counted (available then) and MOVES (None without orders
    after the count).

    `available` is what was counted, less what was sold since, more what was put back and received, and what must have come because
    more was sold than there was (found_since): stock as history walks it, up to `last_day`, the last one of orders, which is
    `as_of` then. Receipts count up to the day of the plan, so that what came is never missing from both stock and incoming. What
    is not stocked is None.
    """
    rows = _counted(scope, place)
    known = [row for row in rows if not unknown(row["available"])]
    if last_day is None or not known:
        return rows
    end = max(last_day, purchase_orders.day_of(scope))
    start = max(min(row["as_of"] for row in known), end - timedelta(days=MOST_DAYS))
    if start < end:
        _roll(_book(scope, place, known, (start, last_day, end)), known)
        for row in known:
            if row["as_of"] >= last_day and not any(row[name] for name in MOVES):
                row |= dict.fromkeys(MOVES)
            elif row["sold_since"] is not None:
                row["as_of"] = max(row["as_of"], last_day)
    return rows


def _counted(scope: Scope, place: Place) -> list[Row]:
    """The newest counts at a place, a row a product."""
    rows = inventory.counted(scope, bool(place.locations)).to_dict("records")
    found: dict[str, Row] = {}
    for row in rows:
        if not place.locations or row["location"] in place.locations:
            blank = {name: row[name] for name in NAMES} | dict.fromkeys(("available", "incoming"))
            known = found.setdefault(row["product_key"], blank)
            known["as_of"] = max(known["as_of"], row["as_of"])
            for name in ("available", "incoming"):
                if not unknown(row[name]):
                    known[name] = (known[name] or NOUGHT) + row[name]
    return [
        row | {"counted_on": row["as_of"], "counted": row["available"]} | dict.fromkeys(MOVES) for row in found.values()
    ]


def _book(scope: Scope, place: Place, rows: list[Row], days: tuple[date, date, date]) -> Book:
    """The book of rows from a day up to another one, without sales after the last day of orders or counts after the rows' own."""
    start, last_day, end = days
    part = replace(place.part, products=[row["product_key"] for row in rows])
    book = books.read(int(scope.only_store or 0), start, end + DAY, part)
    sold, counted = ((day - start).days + 1 for day in (last_day, max(row["as_of"] for row in rows)))
    for matrix in (book.sold, book.restocked):
        matrix[:, max(sold, 0) :] = 0
    book.available[:, counted:], book.is_counted[:, counted:] = np.nan, False
    return book


def _roll(book: Book, rows: list[Row]) -> None:
    stock = walk.of_book(book).stock
    place_of = {key: number for number, key in enumerate(book.keys)}
    for row in rows:
        number = place_of.get(row["product_key"])
        since = (row["as_of"] - book.first).days + 1
        if number is None or not 0 < since < stock.shape[1]:
            continue
        moves = [_pieces(each[number, since:].sum()) for each in (book.sold, book.restocked, book.received)]
        now = _pieces(stock[number, -1])
        found = now - (row["counted"] - moves[0] + moves[1] + moves[2])
        row |= dict(zip(MOVES, (*moves, found), strict=True)) | {"available": now}


def _pieces(parts: Any) -> Decimal:
    return Decimal(repr(float(np.round(parts)))) / PARTS


def coming(scope: Scope, place: Place, without: str | None = None) -> dict[str, list[tuple[date, Decimal]]]:
    """What sent orders bring to a place, by product: day and units. An order that names no location brings it to all others; the
    one called `without` brings nothing."""
    found: dict[str, list[tuple[date, Decimal]]] = {}
    for row in purchase_orders.incoming(scope).to_dict("records"):
        named = row["location"] in place.locations or (place.name == ELSEWHERE and unknown(row["location"]))
        if row["product_key"] is not None and row["order_no"] != without and (not place.locations or named):
            found.setdefault(row["product_key"], []).append((row["due_on"], Decimal(row["units"])))
    return found


def arrivals(row: Row, ordered: list[tuple[date, Decimal]] | None) -> Row:
    """What comes, and when. Purchase orders say both; what a count alone says is taken to come in time."""
    if ordered:
        units = sum((each for _, each in ordered), start=NOUGHT)
        return {"incoming": units, "incoming_basis": PURCHASES, "arrivals": tuple(sorted(ordered))}
    counted = NOUGHT if unknown(row["incoming"]) else Decimal(row["incoming"])
    if counted <= 0:
        return {"incoming": NOUGHT, "incoming_basis": NONE, "arrivals": ()}
    return {"incoming": counted, "incoming_basis": COUNT, "arrivals": ((row["as_of"], counted),)}


def unknown(value: Any) -> bool:
    """Whether a cell tells nothing."""
    return value is None or bool(pd.isna(value))
