"""Orders: searched by words, statuses and amount, in SQL, a page at a time, with what all that was found comes to."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd

from analytics import db, people
from analytics.scope import Scope

ROWS = 100
# so many letters of an order number are looked for as a part of it
SHORTEST = 2
SORTS = {"day": "day", "total": "order total", "order": "order number", "difference": "difference to its own total"}
COLUMNS = (
    "store", "store_id", "order_key", "order_name", "ordered_on", "total", "units", "discounts", "taken_back",
    "financial_status", "fulfillment_status", "discount_codes", "channel", "country", "customer_key", "is_counted",
    "cancelled_on", "difference", "unreconciled", "currency",
)  # fmt: skip
FOUND_COLUMNS = ("day", "currency", "documents", "orders", "total", "taken_back")


@dataclass(frozen=True)
class Search:
    """What orders are looked for. Empty: all of them.

    `words` are an order number, a part of one with a digit that no order has as a whole, SKUs separated by commas, part of a
    product's title as printed, a discount code, an e-mail address or a customer's code. Statuses are those of `statuses`;
    amounts are of the order's own total.
    """

    words: str = ""
    code: str | None = None
    payments: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    sort: str = "day"
    is_down: bool = True

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            raise ValueError(f"sort is {', '.join(SORTS)}, not {self.sort!r}")


def listed(scope: Scope, search: Search = Search(), page: int = 1, rows: int = ROWS) -> pd.DataFrame:
    """One row an order found, a page of them, pages counted from 1. Columns: COLUMNS.

    total is what the order prints; taken_back what was given back of it, with shipping and tax; is_counted is false for
    orders that count nowhere (voided, cancelled before payment). Raises ValueError for a page below 1.
    """
    if page < 1:
        raise ValueError(f"pages are counted from 1, not {page}")
    place = {"by_day": False, "first": (page - 1) * rows, "most_rows": rows}
    return db.read("orders/found", **place, **_asked(scope, search))[list(COLUMNS)]


def found(scope: Scope, search: Search = Search()) -> pd.DataFrame:
    """One row a currency and day with orders found. Columns: FOUND_COLUMNS.

    documents are all orders found, orders those that count; total and taken_back are sums over those that count.
    """
    place = {"by_day": True, "first": 0, "most_rows": 0}
    return db.read("orders/found", **place, **_asked(scope, search))[list(FOUND_COLUMNS)]


def totals(scope: Scope, search: Search = Search()) -> pd.DataFrame:
    """One row a currency: what all orders found come to. Columns: those of `found` without the day, and kept.

    kept is total − taken_back.
    """
    frame = found(scope, search).drop(columns="day")
    rows = [
        {"currency": currency, **{name: sum(of_currency[name]) for name in FOUND_COLUMNS[2:]}}
        for currency, of_currency in frame.groupby("currency", sort=True)
    ]
    summed = pd.DataFrame(rows, columns=list(FOUND_COLUMNS[1:]), dtype=object)
    return summed.assign(kept=summed["total"] - summed["taken_back"])


def together(frame: pd.DataFrame) -> "pd.Series[Any] | None":
    """The rows of `totals` as one: of several currencies the counts, but no amount (None), for those are never added.

    None if nothing was found.
    """
    if frame.empty:
        return None
    if len(frame) == 1:
        return frame.iloc[0]
    counts = {name: int(sum(frame[name])) for name in ("documents", "orders")}
    return pd.Series({**dict.fromkeys(frame.columns), **counts}, dtype=object)


def statuses(scope: Scope) -> dict[str, list[str]]:
    """The statuses that the stores' orders have: under payment and under sent, each sorted."""
    frame = db.read("orders/statuses", store_ids=list(scope.stores) or None)
    return {name: list(frame.loc[frame["what"] == name, "value"]) for name in ("payment", "sent")}


def show(scope: Scope, **said: Any) -> pd.DataFrame:
    """The orders found, as the command line asks: search, code, payment, sent, least, most, sort, page.

    Raises ValueError for a value that cannot be used.
    """
    search = Search(
        words=str(said.get("search", "")),
        code=said.get("code"),
        payments=_several(said.get("payment")),
        sent=_several(said.get("sent")),
        least=_amount(said, "least"),
        most=_amount(said, "most"),
        sort=str(said.get("sort", "day")),
    )
    page = str(said.get("page", 1))
    if not page.isdigit():
        raise ValueError(f"page is a number from 1, not {page!r}")
    return listed(scope, search, int(page))


def elsewhere(scope: Scope, search: Search) -> int:
    """How many orders the same search finds over all days."""
    frame = found(scope.over(None, None), search)
    return int(sum(frame["documents"]))


def of_code(code: str) -> Search:
    """The search for the orders of one discount code."""
    return replace(Search(), code=code)


def _asked(scope: Scope, search: Search) -> dict[str, Any]:
    """The bound parameters of a search; an e-mail address leaves this function only as its code."""
    words = search.words.strip()
    is_address = "@" in words and " " not in words
    is_person = is_address or bool(people.HASHED.fullmatch(words))
    text = "" if is_person else words
    parts = [part.strip() for part in text.split(",") if part.strip()]
    pattern = re.sub(r"([\\%_])", r"\\\1", text)
    given = {name: value for name, value in scope.params().items() if name != "basis"}
    return given | {
        "search": text or None,
        "names": [name for part in parts for name in (part, f"#{part}")],
        "parts": [part for part in parts if len(part) >= SHORTEST and any(each.isdigit() for each in part)],
        "skus": [part.lower() for part in parts],
        "title": f"%{pattern}%" if text else None,
        "customer": people.hashed(words, people.hash_key()) if is_person else text or None,
        "code": search.code,
        "payments": list(search.payments) or None,
        "sent": list(search.sent) or None,
        "least": search.least,
        "most": search.most,
        "sort": search.sort,
        "is_down": search.is_down,
    }


def _several(said: Any) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(said).split(",")) if said else ()


def _amount(said: dict[str, Any], name: str) -> Decimal | None:
    if name not in said:
        return None
    try:
        amount = Decimal(str(said[name]))
    except InvalidOperation as error:
        raise ValueError(f"{name} is an amount, not {said[name]!r}") from error
    if not amount.is_finite():
        raise ValueError(f"{name} is an amount, not {said[name]!r}")
    return amount
