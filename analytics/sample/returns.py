"""What came back to Nordlicht Mode as its returns portal keeps it: units, reasons, conditions, what was put back, comments.

The portal takes what was sold online. What came back over the till's counter, and a tenth of the rest, is known by its refund alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from analytics.sample import catalogue, export, fates, ledger, seasons
from analytics.sample.catalogue import TYPES
from analytics.sample.orders import Line, Order

COLUMNS = (
    "Return number", "Order", "SKU", "Product", "Quantity", "Return date", "Kind", "Reason", "Condition", "Restocked",
    "Resolution", "Comment",
)  # fmt: skip
SHARE = 0.9  # of the returns from online orders that went through the portal
UNKNOWN_WORD = "Kratzt"  # a reason that the shop's own staff types, and no list knows
# how often each reason is told, in a hundred; what has no size is not too small
OF_SIZES = {
    "Too small": 24, "Too large": 21, "Does not fit": 9, "Not as described": 11, "Changed my mind": 15, "Damaged": 4,
    "Defective": 4, "Wrong item": 3, "Arrived too late": 3, "Ordered by mistake": 2, "": 4,
}  # fmt: skip
OF_OTHERS = {
    name: weight for name, weight in OF_SIZES.items() if name not in ("Too small", "Too large", "Does not fit")
}
GERMAN = {"Too small": "Zu klein", "Too large": "Zu groß", "Changed my mind": "Gefällt nicht", "Damaged": "Beschädigt"}
SMALL = {"Too small": 88, "Does not fit": 7, "Changed my mind": 5}
CONDITIONS = {"Damaged": "Damaged", "Defective": "Defective"}
BACK_ON_SHELF = {"New": "yes", "Like new": "yes", "Worn": "no", "Damaged": "no", "Defective": "no"}
COMMENTS = {
    "Too small": "Runs a size small, order 112-5550199-4477201 was the same.",
    "Too large": "Sleeves far too long.",
    "Not as described": "The colour is darker than in the picture.",
    "Defective": "A seam is open after 2 days.",
    "Damaged": "The parcel was wet, 3 of 4 corners torn.",
    UNKNOWN_WORD: "Scratches on the neck, 100 % wool or not.",
}
SOLE = "The sole comes off after two days."
# people write how they can be reached; none of these numbers belongs to anybody
CONTACTS = (
    "Please write to {email}.", "Please call me on +49 30 23125 417.", "My number is 0171 3920045, or {email}.",
    "Call (030) 23125-188 after 6 pm.",
)  # fmt: skip
COMMENTED, REACHED, CHECKED, WAITED = 0.3, 6, 17, 30


@dataclass(slots=True)
class Back:
    """One line that came back, on which day, why, in which condition and what was done about it."""

    order: Order
    line: Line
    day: date
    reason: str
    condition: str
    is_restocked: str  # yes, no, or blank while nobody has looked
    resolution: str
    comment: str
    number: int = 0


def place(rng: Random, placed: list[Order], last_day: date) -> list[Back]:
    """Every line that the portal took back, by day, numbered."""
    found = []
    for order in placed:
        lines = _came_back(order)
        is_planted = fates.runs_small(order) or fates.is_spoilt(order, last_day)
        if lines and order.source != "pos" and (rng.random() < SHARE or is_planted):
            found += [_back(rng, order, line, last_day) for line in lines]
    found.sort(key=lambda back: (back.day, back.order.number))
    numbers: dict[int, int] = {}
    for back in found:
        back.number = numbers.setdefault(back.order.number, 1001 + len(numbers))
    return found


def _came_back(order: Order) -> list[Line]:
    """The goods of a refund that is the whole order, the order minus a return fee, or exactly one line."""
    if not order.refunded or order.cancelled_at:
        return []
    goods = [line for line in order.lines if line.kind == "goods"]
    if order.refunded == order.total or ledger.kept_fee(order):
        return goods
    worth = zip(order.lines, order.taxable, strict=False)
    same = [line for line, value in worth if value == order.refunded and line.kind == "goods"]
    return same if len(same) == 1 else []


def _back(rng: Random, order: Order, line: Line, last_day: date) -> Back:
    is_spoilt = fates.is_spoilt(order, last_day)
    reason = "Defective" if is_spoilt else _drawn(rng, _reasons(line))
    usual = {"New": 62, "Like new": 26, "Worn": 12}
    condition = CONDITIONS.get(reason) or _drawn(rng, usual)
    refunded = (order.refunded_at or order.created).date()
    day = max(order.created.date() + timedelta(days=2), refunded - timedelta(days=order.number % 3))
    resolution = _drawn(rng, {"Refund": 84, "Exchange": 9, "Store credit": 7} if line.variant else {"Refund": 1})
    return Back(
        order,
        line,
        min(day, refunded),
        GERMAN.get(reason, reason) if order.number % 4 == 0 else reason,
        condition,
        _restocked(line, condition, order, last_day),
        resolution,
        _comment(rng, order, SOLE if is_spoilt else COMMENTS.get(reason, "")),
    )


def _reasons(line: Line) -> dict[str, int]:
    if line.variant and (line.variant.title, line.variant.size) == (catalogue.RUNS_SMALL, catalogue.RUNS_SMALL_SIZE):
        return SMALL
    kind = line.product.type if line.product else ""
    told = OF_SIZES if TYPES.get(kind, ("",))[0] else OF_OTHERS
    return told | {UNKNOWN_WORD: 12} if kind == "Knitwear" else told


def _restocked(line: Line, condition: str, order: Order, last_day: date) -> str:
    """Whether it lies on the shelf again; some nobody has looked at, and the bestseller waits while it is short."""
    refunded = (order.refunded_at or order.created).date()
    first, last = (last_day - timedelta(days=age) for age in seasons.STOCKOUT)
    is_short = first - timedelta(days=WAITED) <= refunded <= last + timedelta(days=1)
    if order.number % CHECKED == 0 or (is_short and line.product and line.product.title == catalogue.BESTSELLER):
        return ""
    return BACK_ON_SHELF[condition]


def _comment(rng: Random, order: Order, said: str) -> str:
    if not said or rng.random() > COMMENTED:
        return ""
    contact = CONTACTS[order.number // REACHED % len(CONTACTS)].format(email=export.email(order) or "shop@example.com")
    return f"{said} {contact}" if order.number % REACHED == 0 else said


def _drawn(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def put_back(found: list[Back], since: date) -> dict[str, int]:
    """Pieces on the shelf again from that day on, by the name of their line."""
    pieces: dict[str, int] = {}
    for back in found:
        if back.is_restocked == "yes" and (back.order.refunded_at or back.order.created).date() >= since:
            pieces[back.line.name] = pieces.get(back.line.name, 0) + back.line.quantity
    return pieces


def rows(found: list[Back]) -> Iterator[dict[str, str]]:
    """One row a line, the oldest return first."""
    for back in found:
        yield {
            "Return number": f"R-{back.number}",
            "Order": f"#{back.order.number}",
            "SKU": back.line.variant.sku if back.line.variant else "",
            "Product": back.line.name,
            "Quantity": str(back.line.quantity),
            "Return date": back.day.isoformat(),
            "Kind": "exchange" if back.resolution == "Exchange" else "return",
            "Reason": back.reason,
            "Condition": back.condition,
            "Restocked": back.is_restocked,
            "Resolution": back.resolution,
            "Comment": back.comment,
        }


def answers(found: list[Back], last_day: date) -> list[tuple[str, str, str]]:
    """What the returns file must say, as (key, exact value, meaning)."""
    small = [back for back in found if _reasons(back.line) is SMALL]
    said = {**{german: english for english, german in GERMAN.items()}}
    bad = [back for back in found if fates.is_spoilt(back.order, last_day)]
    first = last_day - timedelta(days=fates.BAD_BATCH_DAYS.stop - 1)
    before = [
        back for back in found
        if back.line.name.startswith(catalogue.BAD_BATCH) and back.order.created.date() < first
    ]  # fmt: skip
    contacts = [back for back in found if "call" in back.comment.lower() or "@" in back.comment]
    return [
        ("returns_rows", str(len(found)), "rows of the returns table"),
        ("returned_orders", str(len({back.order.number for back in found})), "orders in it"),
        ("returned_units", _units(found), "pieces that came back through the portal"),
        ("returned_too_small", _units([b for b in found if said.get(b.reason, b.reason) == "Too small"]), "too small"),
        ("returned_without_reason", _units([b for b in found if not b.reason]), "pieces without a reason"),
        ("unknown_reason", UNKNOWN_WORD, "a reason that no list knows, told of knitwear"),
        ("unknown_reason_units", _units([b for b in found if b.reason == UNKNOWN_WORD]), "pieces"),
        ("runs_small_units_back", _units(small), "pieces of the size that runs small that came back"),
        (
            "runs_small_units_too_small",
            _units([b for b in small if said.get(b.reason, b.reason) == "Too small"]),
            "of them because they are too small",
        ),
        ("restocked_units", _units([b for b in found if b.is_restocked == "yes"]), "pieces on the shelf again"),
        (
            "not_restocked_units",
            _units([b for b in found if b.is_restocked == "no"]),
            "pieces that cannot be sold again",
        ),
        ("exchanged_units", _units([b for b in found if b.resolution == "Exchange"]), "pieces exchanged"),
        ("store_credit_units", _units([b for b in found if b.resolution == "Store credit"]), "pieces for store credit"),
        ("comments", str(sum(bool(back.comment) for back in found)), "rows with a comment"),
        ("comments_with_contact", str(len(contacts)), "of them with an e-mail address or a phone number"),
        ("bad_batch_product", catalogue.BAD_BATCH, "a bad batch of it was sold in the last six weeks"),
        ("bad_batch_first_day", first.isoformat(), "the first day on which it was sold"),
        ("bad_batch_units_back", _units(bad), "pieces of it that came back, all of them defective"),
        ("bad_batch_units_back_before", _units(before), "pieces of the product sold before that day that came back"),
    ]


def _units(found: list[Back]) -> str:
    return str(sum(back.line.quantity for back in found))
