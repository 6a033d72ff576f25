"""What a platform may count otherwise in a whole period, each with what it comes to in one figure.

An effect is what ours would change by if the platform's way were followed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from analytics import causes, db, sales, wording
from analytics.compared import CHARGES, NET, Cause, whole
from analytics.scope import BASES, Scope

TOTAL = NET | dict.fromkeys(CHARGES, 1)
# How each figure is made of its parts.
FIGURES: dict[str, Mapping[str, int]] = {
    "gross_sales": {"gross_sales": 1},
    "net_sales": NET,
    "total_sales": TOTAL,
    "collected": TOTAL | {"tips": 1, "gift_cards": 1},
}
# What else a platform may mean by a figure's name, as parts of ours.
MEANINGS: tuple[Mapping[str, int], ...] = (
    *FIGURES.values(),
    {"gross_sales": 1, "discounts": -1},
    {"gross_sales": 1, "discounts": -1, "shipping": 1},
    {"gross_sales": 1, "discounts": -1, "tax": 1},
    {"gross_sales": 1, "discounts": -1, "shipping": 1, "tax": 1},
    NET | {"shipping": 1},
    NET | {"tax": 1},
    NET | {"shipping": 1, "tax": 1},
)
PARTS = {
    "gross_sales": "Gross sales",
    "discounts": "Discounts",
    "reversals": "Reversals",
    "shipping": "Shipping",
    "tax": "Tax",
    "duties": "Duties",
    "fees": "Fees",
    "tips": "Tips",
    "gift_cards": "Gift cards sold",
}
TAKEN_OFF = ("discounts", "reversals")
CANCELLED_OUT = causes.SHORT["cancelled_out"].capitalize()
MOST_HOURS = 14
Amounts = Mapping[Any, Any]


@dataclass(frozen=True)
class Asked:
    """One figure of a scope in one currency, with our sums of the same days on either clock."""

    scope: Scope
    figure: str
    sums: Mapping[str, Amounts]

    @property
    def ours(self) -> Decimal:
        """The figure as we have it."""
        return value(self.sums[self.scope.basis], FIGURES[self.figure])


def value(amounts: Amounts, parts: Mapping[str, int]) -> Decimal:
    """A figure made of its parts."""
    return sum((sign * Decimal(amounts[name]) for name, sign in parts.items()), start=Decimal(0))


def asked(scope: Scope, figure: str) -> Asked | None:
    """Our sums of a scope of one currency; None where no currency was asked for and nothing happened.

    Raises ValueError for several currencies.
    """
    found = {basis: sales.summary(replace(scope, basis=basis)) for basis in BASES}
    currencies = {currency for frame in found.values() for currency in frame["currency"]} or {scope.currency} - {None}
    if len(currencies) > 1:
        raise ValueError("currency: the scope holds several; choose one")
    if not currencies:
        return None
    nothing = dict.fromkeys(sales.SUMMARY_COLUMNS, Decimal(0))
    sums = {basis: nothing if frame.empty else dict(frame.iloc[0]) for basis, frame in found.items()}
    return Asked(replace(scope, currency=currencies.pop()), figure, sums)


def meanings(question: Asked) -> list[list[Cause]]:
    """Ways to read the figure's name otherwise, on either clock, each as the parts that make the difference."""
    found = []
    for basis in sorted(BASES, key=lambda each: each != question.scope.basis):
        clock = _clock(question) if basis != question.scope.basis else None
        for meant in MEANINGS:
            way = [clock] if clock else []
            if way := way + _toggled(question, meant, question.sums[basis]):
                found.append(way)
    return found


def _toggled(question: Asked, meant: Mapping[str, int], amounts: Amounts) -> list[Cause]:
    """The parts that one of both holds and the other does not."""
    known = FIGURES[question.figure]
    signs = {name: meant.get(name, 0) - known.get(name, 0) for name in PARTS}
    causes = (_part(question, name, sign * Decimal(amounts[name])) for name, sign in signs.items() if sign)
    return [cause for cause in causes if cause]


def _part(question: Asked, name: str, change: Decimal) -> Cause | None:
    """A part that only one of both figures holds."""
    is_ours, what = name in FIGURES[question.figure], PARTS[name].lower()
    if name in TAKEN_OFF:
        said = f"The platform {'does not take' if is_ours else 'takes'} {what} off."
    else:
        said = f"The platform's figure {'does not hold' if is_ours else 'holds'} {what}{'' if is_ours else ', too'}."
    return _cause(question, PARTS[name], said, change)


def _cause(question: Asked, name: str, sentence: str, change: Decimal, orders: tuple[str, ...] = ()) -> Cause | None:
    return Cause(name, sentence, orders, {question.figure: whole(change)}) if whole(change) else None


def named(question: Asked) -> list[Cause]:
    """Everything else that can be computed, the likeliest first, each by itself."""
    found = [_clock(question), *_otherwise(question)]
    for name in PARTS:
        known = FIGURES[question.figure].get(name, 0)
        sign = -known if known else -1 if name in TAKEN_OFF else 1
        if name != "gross_sales":
            found.append(_part(question, name, sign * Decimal(question.sums[question.scope.basis][name])))
    found += [*_printed(question), *_edge_days(question)]
    return [cause for cause in found if cause]


def _clock(question: Asked) -> Cause | None:
    other = next(basis for basis in BASES if basis != question.scope.basis)
    change = value(question.sums[other], FIGURES[question.figure]) - question.ours
    words = "its own day" if other == "refund_date" else "the day of its order"
    here = "the day of its order" if other == "refund_date" else "its own day"
    said = f"The platform counts what was taken back on {words}; here it counts on {here}."
    return _cause(question, "Reversals on the other clock", said, change)


def _otherwise(question: Asked) -> Iterator[Cause | None]:
    """Cancelled orders, refunds without a date, and orders that are left out here."""
    if question.scope.categories:
        return
    parts = FIGURES[question.figure]
    for row in db.read("sales/otherwise", **question.scope.params()).to_dict("records"):
        orders = tuple(row["order_names"])
        listed = f"{', '.join(orders)}{' and more' if row['orders'] > len(orders) else ''}"
        many = wording.count(row["orders"], "order")
        if row["reason"] == "cancelled":
            said = f"The platform leaves {many} out that {'was' if row['orders'] == 1 else 'were'} cancelled: {listed}."
            yield _cause(question, "Cancelled orders", said, -value(row, parts), orders)
        elif row["reason"] == "undated":
            said = f"Refunds of {many} have no date and stand on the day of the order; the platform has them on other days: {listed}."
            yield _cause(question, "Refunds without a date", said, -value(row, parts), orders)
        elif row["reason"] == "cancelled_out":
            said = (
                f"The platform counts {many} cancelled and therefore left out here by the store's settings: {listed}."
            )
            yield _cause(question, CANCELLED_OUT, said, value(row, parts), orders)
        else:
            status = row["status"] or "cancelled before payment"
            said = f"The platform counts {many} left out here ({status}): {listed}."
            yield _cause(question, f"Left out here: {status}", said, value(row, parts), orders)


def _printed(question: Asked) -> Iterator[Cause | None]:
    """What the orders print of themselves: tax inside their prices, and totals that do not follow from their parts."""
    if question.scope.categories:
        return
    documents = sales.documents(question.scope)
    for row in documents.to_dict("records"):
        if question.figure in ("gross_sales", "net_sales"):
            said = f"The platform leaves the tax in that is inside prices ({wording.exact(row['tax_inside'])}); here it is taken out."
            yield _cause(question, "Tax included in prices", said, Decimal(row["tax_inside"]))
        said = "Orders whose printed total does not follow from their parts; the platform counts the total as printed."
        yield _cause(question, "Orders that contradict themselves", said, Decimal(row["difference"]))


def _edge_days(question: Asked) -> Iterator[Cause | None]:
    """The first and the last day left out, and the days just before and after taken in."""
    start, stop = question.scope.start, question.scope.stop
    if start is None or stop is None:
        return
    one = timedelta(days=1)
    daily = sales.daily(question.scope.over(start - one, stop + one))
    known = dict(zip(daily["day"], daily[question.figure], strict=True))
    for day, sign in ((start, -1), (stop - one, -1), (start - one, 1), (stop, 1)):
        does = "leaves out" if sign < 0 else "holds"
        name = f"{wording.day(day)} {'left out' if sign < 0 else 'counted, too'}"
        change = sign * Decimal(known.get(day, 0))
        yield _cause(question, name, f"The platform's figure {does} {wording.day(day)}.", change)


def zones(question: Asked) -> list[Cause]:
    """What each other time zone, by whole hours, would move over the first and the last midnight; the nearest first."""
    scope = question.scope
    if scope.categories or (scope.start is None and scope.stop is None):
        return []
    rows = db.read("sales/midnight", **replace(scope, categories=()).params()).to_dict("records")
    parts = FIGURES[question.figure]
    moving = [(row["edge"], int(row["hour"]), value(row, parts)) for row in rows]
    found = []
    for hours in sorted((n for n in range(-MOST_HOURS, MOST_HOURS + 1) if n), key=lambda n: (abs(n), n)):
        # later by so many hours: what happened before the first midnight comes in, before the last one goes out
        moved = [(edge, at) for edge, hour, at in moving if (-hours <= hour < 0 if hours > 0 else 0 <= hour < -hours)]
        change = sum((at if (edge == "start") == (hours > 0) else -at for edge, at in moved), start=Decimal(0))
        said = f"The platform's days begin {abs(hours)} {'hour' if abs(hours) == 1 else 'hours'} "
        said += f"{'earlier' if hours > 0 else 'later'} than the shop's: another time zone."
        found.append(_cause(question, f"Time zone {hours:+d} h", said, change))
    return [cause for cause in found if cause]
