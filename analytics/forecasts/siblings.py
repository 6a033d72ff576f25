"""Which product a new one is expected to sell like, as somebody said: forecasts of it follow that one's first weeks."""

from dataclasses import dataclass

import pandas as pd

from analytics import actor, audit, db, product_rows
from analytics.errors import Refused
from analytics.scope import Scope

COLUMNS = ("store_id", "product", "title", "sibling", "sibling_title", "named_by", "named_at")


@dataclass(frozen=True)
class Sibling:
    """A product that another one is said to sell like: its title, and the keys of its variants."""

    title: str
    keys: tuple[str, ...]


def of(scope: Scope) -> pd.DataFrame:
    """One row a product that a sibling was named of, by title: COLUMNS; `product` and `sibling` are keys of products, all variants
    together."""
    rows = db.read("forecasts/siblings", store_ids=scope.params()["store_ids"])
    titles = {parent: title for parent, _, title in _variants(scope)}
    rows = rows.assign(
        title=[titles.get(key, key) for key in rows["product"]],
        sibling_title=[titles.get(key, key) for key in rows["sibling"]],
    )
    return rows.sort_values(["store_id", "title", "product"], ignore_index=True)[list(COLUMNS)]


def save(store: int, product: str, sibling: str | None, by: str | None = None) -> None:
    """Keep which product a product of a store is expected to sell like; None takes it back. Both are keys of products as the launches
    have them. The store's data version rises, so that forecasts are made anew. Raises Refused for a product that is not known, and for
    one that is its own sibling."""
    actor.require("edit")
    known = {parent for parent, _, _ in _variants(Scope(store))}
    for each in (product, sibling):
        if each is not None and each not in known:
            raise Refused(f"There is no product “{each}” in this store. Choose one of its products.")
    if product == sibling:
        raise Refused(
            "A product cannot be named as its own sibling. Choose another product, one that was sold before it."
        )
    with db.transaction(store) as cursor:
        db.run(
            cursor, "load/forecasts/name_sibling", store_id=store, product_key=product, sibling_key=sibling, named_by=by
        )
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "edit", "siblings of products", store, product=product, sibling=sibling)


def named(store: int) -> dict[str, Sibling]:
    """The sibling of each variant that one was named of, by the variant's key."""
    told = of(Scope(store))
    if told.empty:
        return {}
    keys: dict[str, list[str]] = {}
    for parent, key, _ in _variants(Scope(store)):
        keys.setdefault(parent, []).append(key)
    return {
        key: Sibling(title, tuple(keys[sibling]))
        for product, sibling, title in zip(told["product"], told["sibling"], told["sibling_title"], strict=True)
        for key in keys.get(product, ())
        if sibling in keys
    }


def _variants(scope: Scope) -> list[tuple[str, str, str]]:
    """Every variant: the key and title of its product around its own key."""
    rows = product_rows.told(scope)
    return list(zip(rows["parent"], rows["product_key"], rows["parent_title"], strict=True))
