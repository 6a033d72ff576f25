"""The shops whose data stand in the database."""

from typing import Any
from zoneinfo import available_timezones

import pandas as pd
from psycopg2.extensions import cursor as Cursor

from analytics import actor, audit, db, rollups
from analytics.errors import NotAllowed, Refused
from analytics.scope import Stores, chosen

DEFAULT_NAME = "My shop"


def all_stores() -> pd.DataFrame:
    """One row a store: store_id, name, currency, time_zone, data_version, leaves_cancelled_out, and first_day and last_day of
    its orders."""
    return db.read("stores/all")


def find(name: str) -> int:
    """The store's number. Raises Refused if there is no store of that name."""
    stores = all_stores()
    found = stores.loc[stores["name"] == name, "store_id"]
    if found.empty:
        known = ", ".join(stores["name"]) or "none yet"
        raise Refused(f"There is no store called {name}. The stores are: {known}.")
    return int(found.iloc[0])


def chosen_name(name: str | None) -> str:
    """The name of the store a file goes to; without one the only store there is, or “My shop”.

    Raises Refused if there are several stores and none is named, NotAllowed if whoever acts may only see others.
    """
    if name is None:
        stores = all_stores()
        if len(stores) > 1:
            raise Refused(f"There are several stores: {', '.join(stores['name'])}. Say which one the file belongs to.")
        name = str(stores["name"].iloc[0]) if len(stores) else DEFAULT_NAME
    if not name.strip():
        raise Refused("A store needs a name.")
    if actor.current().stores is not None and name.strip() not in set(all_stores()["name"]):
        raise NotAllowed(f"{name.strip()} is not among the stores of {actor.current().name}. Ask an owner.")
    return name.strip()


def claim(cursor: Cursor, name: str, time_zone: str | None = None) -> int:
    """The store's number, made in this transaction if it is new, and its write lock, held to the transaction's end.

    Raises Refused for a time zone that does not exist.
    """
    _check_zone(time_zone)
    db.run(cursor, "load/add_store", name=name, time_zone=time_zone)
    db.run(cursor, "load/store_id", name=name)
    row = cursor.fetchone()
    store = int(row[0]) if row else 0
    db.lock(cursor, store)
    return store


def _check_zone(time_zone: str | None) -> None:
    if time_zone and time_zone not in available_timezones():
        raise Refused(f"{time_zone} is not a time zone. Write it as Europe/Berlin or America/New_York.")


def move(store: int, time_zone: str | None) -> None:
    """Say in which time zone a store lives (None: not known), which decides what its yesterday is and cuts the days of files
    that print UTC; those imported before keep the days they have.

    The data version rises, so that views are drawn anew. Raises Refused for a time zone that does not exist.
    """
    actor.require("settings")
    _check_zone(time_zone)
    with db.transaction(store) as cursor:
        db.run(cursor, "load/set_time_zone", store_id=store, time_zone=time_zone)
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "settings", "time zone", store, time_zone=time_zone)


def leave_cancelled_out(store: int, is_left_out: bool) -> int:
    """Say whether a store's cancelled orders are left out of every number; its sums are all computed anew.

    Without that a cancelled order is a sale on its day and a reversal on the day of the cancellation. Orders cancelled before
    they were paid never count. Gives the new version of the data. Raises Refused if there is no such store.
    """
    actor.require("settings")
    with db.transaction(store) as cursor:
        db.run(cursor, "load/leave_cancelled_out", store_id=store, is_left_out=is_left_out)
        row = cursor.fetchone()
        if row is None:
            raise Refused(f"There is no store number {store}.")
        db.run(cursor, "load/images/begin")  # the tables in which the refresh looks for what was touched
        rollups.refresh(cursor, store, everything=True)
        audit.record(cursor, "settings", "cancelled orders", store, are_left_out=is_left_out)
    return int(row[0])


def currency(name: str) -> str | None:
    """The currency of the store of that name, None until a file has said it or if there is no such store."""
    stores = all_stores()
    found = stores.loc[stores["name"] == name, "currency"]
    return None if found.empty or pd.isna(found.iloc[0]) else str(found.iloc[0])


def time_zone(name: str) -> str | None:
    """The time zone of the store of that name, None if it has none or there is no such store."""
    stores = all_stores()
    found = stores.loc[stores["name"] == name, "time_zone"]
    return None if found.empty or pd.isna(found.iloc[0]) else str(found.iloc[0])


def among(store: Stores, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """Those of all_stores() that are asked for; `known` is all_stores() if it was read before."""
    known, wanted = all_stores() if known is None else known, chosen(store)
    return known[known["store_id"].isin(wanted)] if wanted else known


def versions(store: Stores, known: pd.DataFrame | None = None) -> tuple[tuple[int, int], ...]:
    """Those stores, as far as whoever acts may see them, each with the version of its data: what an answer that is kept is of."""
    found = among(store, known)[["store_id", "data_version"]]
    return tuple(found.itertuples(index=False, name=None))


def choices(store: Stores) -> dict[str, list[Any]]:
    """What the filters offer: channels, countries, categories and currencies that occur, each sorted."""
    found = db.read("stores/choices", store_ids=list(chosen(store)) or None)
    names = ("channel", "country", "category", "currency")
    return {name: list(found.loc[found["what"] == name, "value"]) for name in names}
