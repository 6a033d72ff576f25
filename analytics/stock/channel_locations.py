"""Which location each channel of a store sells from: what replenishment needs to plan locations apart."""

from analytics import actor, audit, db, stores
from analytics.errors import Refused


def of(store: int) -> dict[str, str]:
    """The location of each channel that has one of its own."""
    rows = db.read("replenishment/channel_locations", store_id=store)
    return dict(zip(rows["channel"], rows["location"], strict=True))


def counted(store: int) -> list[str]:
    """The locations that were ever counted in a store, by name."""
    return list(db.read("inventory/locations", store_id=store)["location"])


def save(store: int, chosen: dict[str, str]) -> None:
    """Keep the location of each channel instead of what was said before; the data version rises, so that views are drawn anew.

    Raises Refused for a channel that the store does not have, or a location that was never counted.
    """
    actor.require("edit")
    channels, places = set(stores.choices((store,))["channel"]), set(counted(store))
    for channel, place in chosen.items():
        if channel not in channels:
            raise Refused(f"No order of this store came by the channel “{channel}”.")
        if place not in places:
            raise Refused(f"No stock was ever counted at “{place}”. The locations are: {', '.join(sorted(places))}.")
    with db.transaction(store) as cursor:
        db.run(cursor, "load/stock/forget_locations", store_id=store)
        for channel, place in chosen.items():
            db.run(cursor, "load/stock/set_location", store_id=store, channel=channel, location=place)
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "edit", "locations of channels", store, locations=chosen)
