"""The shops whose data stand in the database."""

from typing import Any

import pandas as pd

from analytics import db
from analytics.errors import Refused

DEFAULT_NAME = "My shop"


def all_stores() -> pd.DataFrame:
    """One row a store: store_id, name, currency, time_zone, data_version, first_day and last_day of its orders."""
    return db.read("stores/all")


def find(name: str) -> int:
    """The store's number. Raises Refused if there is no store of that name."""
    stores = all_stores()
    found = stores.loc[stores["name"] == name, "store_id"]
    if found.empty:
        known = ", ".join(stores["name"]) or "none yet"
        raise Refused(f"There is no store called {name}. The stores are: {known}.")
    return int(found.iloc[0])


def find_or_create(name: str | None) -> int:
    """The store's number, made if it is new; without a name the only store there is, or one called “My shop”.

    Raises Refused if there are several stores and none is named.
    """
    stores = all_stores()
    if name is None:
        if len(stores) > 1:
            raise Refused(f"There are several stores: {', '.join(stores['name'])}. Say which one the file belongs to.")
        name = stores["name"].iloc[0] if len(stores) else DEFAULT_NAME
    name = name.strip()
    if not name:
        raise Refused("A store needs a name.")
    if name not in set(stores["name"]):
        with db.transaction() as cursor:
            db.run(cursor, "load/add_store", name=name)
    return find(name)


def currency(store: int) -> str | None:
    """The store's own currency, None until a file has said it."""
    stores = all_stores()
    found = stores.loc[stores["store_id"] == store, "currency"]
    return None if found.empty or pd.isna(found.iloc[0]) else str(found.iloc[0])


def data_version(store: int | None) -> int:
    """A number that rises with every change of the store's data (of any store's, for None)."""
    stores = all_stores()
    chosen = stores if store is None else stores[stores["store_id"] == store]
    return int(chosen["data_version"].sum()) if len(chosen) else 0


def choices(store: int | None) -> dict[str, list[Any]]:
    """What the filters offer: channels, countries, categories and currencies that occur, each sorted."""
    found = db.read("stores/choices", store_id=store)
    names = ("channel", "country", "category", "currency")
    return {name: list(found.loc[found["what"] == name, "value"]) for name in names}
