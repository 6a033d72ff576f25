"""What a store assumes of its returns where no file says it: labels, handling, and how much cannot be sold again."""

from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from analytics import actor, audit, db
from analytics.errors import Refused
from analytics.scope import Stores
from analytics.scope import chosen as chosen_stores


@dataclass(frozen=True)
class ReturnSettings:
    """Amounts in the store's currency without tax, of a parcel; `written_off_share`, from 0 to 1, of the cost of goods of which
    no file says whether they went back on the shelf. None: not known."""

    outbound_label: Decimal | None = None
    return_label: Decimal | None = None
    handling: Decimal | None = None
    written_off_share: Decimal | None = None


NAMES = tuple(field.name for field in fields(ReturnSettings))


def of(store: Stores) -> ReturnSettings:
    """What a store assumes; of several or all of them, and of one that never said anything, nothing is known here."""
    asked = chosen_stores(store)
    if len(asked) != 1:
        return ReturnSettings()
    rows = db.read("returns/settings", store_id=asked[0])
    return ReturnSettings(**rows.iloc[0].to_dict()) if len(rows) else ReturnSettings()


def save(store: int, chosen: ReturnSettings) -> None:
    """Keep what a store assumes, in one transaction under its lock; its data version rises, so that views are drawn anew.

    Raises Refused for an amount below 0 or a share that is not between 0 and 1.
    """
    actor.require("settings")
    for name in NAMES:
        value, words = getattr(chosen, name), name.replace("_", " ")
        if value is not None and value < 0:
            raise Refused(f"“{words}” cannot be below 0; it is {value}.")
        if name == "written_off_share" and value is not None and value > 1:
            raise Refused(f"“{words}” is a share between 0 and 1, such as 0.2; it is {value}.")
    with db.transaction(store) as cursor:
        db.run(cursor, "load/returns/save_settings", store_id=store, **asdict(chosen))
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "settings", "costs of returns", store, **asdict(chosen))
