"""The carrier's invoices of the last twelve months: a row a parcel out and a row a parcel back, each with its order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from analytics.sample import export, money
from analytics.sample.orders import Order
from analytics.sample.returns import Back

COLUMNS = export.columns("Date,Order,Service,Country,Amount,Currency")
DAYS = 365
# cents without tax of a parcel to each country; more pieces need a larger one
OUT = {"DE": 435, "AT": 890, "NL": 790, "FR": 980, "BE": 890, "DK": 890, "SE": 1120, "CH": 1490, "US": 2250}
LARGE_FROM, LARGER = 4, 160
# the shop pays the way back within the European Union alone
BACK = {"DE": 390, "AT": 720, "NL": 690, "FR": 790, "BE": 720, "DK": 790, "SE": 890}


@dataclass(frozen=True)
class Parcel:
    """One parcel: the day, the order, what the carrier calls it, and its price in cents."""

    day: date
    order: Order
    service: str
    price: int


def sent(placed: list[Order], back: list[Back], last_day: date) -> list[Parcel]:
    """Every parcel of the last twelve months, oldest first."""
    found = [_out(order) for order in placed if order.source != "pos" and order.fulfilled_at and _is_goods(order)]
    returned = {each.order.number: each for each in back if each.order.country in BACK}
    found += [Parcel(each.day, each.order, "Return", BACK[each.order.country]) for each in returned.values()]
    recent = [parcel for parcel in found if (last_day - parcel.day).days < DAYS]
    return sorted(recent, key=lambda parcel: (parcel.day, parcel.service, parcel.order.number))


def _is_goods(order: Order) -> bool:
    return any(line.kind == "goods" for line in order.lines)


def _out(order: Order) -> Parcel:
    pieces = sum(line.quantity for line in order.lines if line.kind == "goods")
    is_large = pieces >= LARGE_FROM
    day = (order.fulfilled_at or order.created).date()
    return Parcel(day, order, "Parcel L" if is_large else "Parcel S", OUT[order.country] + LARGER * is_large)


def rows(parcels: list[Parcel]) -> Iterator[dict[str, str]]:
    """One row a parcel, oldest first."""
    for parcel in parcels:
        yield {
            "Date": parcel.day.isoformat(),
            "Order": f"#{parcel.order.number}",
            "Service": parcel.service,
            "Country": parcel.order.country,
            "Amount": money.text(parcel.price),
            "Currency": "EUR",
        }


def answers(parcels: list[Parcel]) -> list[tuple[str, str, str]]:
    """What the invoices come to: key, exact value, meaning."""
    out = [parcel for parcel in parcels if parcel.service != "Return"]
    back = [parcel for parcel in parcels if parcel.service == "Return"]
    home = [parcel for parcel in out if parcel.order.country == "DE"]
    return [
        ("parcels_out", str(len(out)), "parcels to buyers in 365 days"),
        ("labels", money.text(sum(parcel.price for parcel in out)), "what they cost"),
        ("parcels_out_de", str(len(home)), "of them within Germany"),
        ("labels_de", money.text(sum(parcel.price for parcel in home)), "what those cost"),
        ("parcels_back", str(len(back)), "parcels from buyers"),
        ("return_labels", money.text(sum(parcel.price for parcel in back)), "what they cost"),
        ("carrier_total", money.text(sum(parcel.price for parcel in parcels)), "the invoices' total"),
    ]
