"""The shops that are looked at: one store, several or all of them, as one thing with a name and days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics import periods, wording
from pages.ui import reads

ALL_STORES = "All stores"


@dataclass(frozen=True)
class Shop:
    """One store, several, or all of them (`stores` is ()), with the first and last day of their data."""

    stores: tuple[int, ...]
    names: tuple[str, ...]
    name: str
    currency: str | None
    time_zone: str | None
    first_day: date | None
    last_day: date | None

    @property
    def last_complete_day(self) -> date:
        """The last day that is over and has data."""
        return periods.last_complete_day(self.time_zone, self.last_day)


def known() -> dict[str, Shop]:
    """Every store by its name."""
    found = reads.all_stores()
    rows: list[dict[Any, Any]] = found.astype(object).where(found.notna(), None).to_dict("records")
    facts = ("name", "currency", "time_zone", "first_day", "last_day")
    return {
        row["name"]: Shop((row["store_id"],), (row["name"],), **{name: row[name] for name in facts}) for row in rows
    }


def together(known: Mapping[str, Shop], names: Sequence[str]) -> Shop:
    """The stores of these names as one, all of them for none; what they do not share is None."""
    shops = [known[name] for name in names] or list(known.values())
    if len(known) == 1:
        return shops[0]
    is_all = len(shops) == len(known)
    currencies, zones = {shop.currency for shop in shops}, {shop.time_zone for shop in shops}
    return Shop(
        stores=() if is_all else tuple(sorted(number for shop in shops for number in shop.stores)),
        names=tuple(shop.name for shop in shops),
        name=ALL_STORES if is_all else wording.listed([shop.name for shop in shops]),
        currency=currencies.pop() if len(currencies) == 1 else None,
        time_zone=zones.pop() if len(zones) == 1 else None,
        first_day=min((shop.first_day for shop in shops if shop.first_day), default=None),
        last_day=max((shop.last_day for shop in shops if shop.last_day), default=None),
    )
