"""Which product or category each campaign is for: as somebody said, else guessed from its name; and what was said so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import actor, audit, db, people, product_rows, stores
from analytics.ads import names
from analytics.ads.names import CATEGORY, NONE, PRODUCT, Known, Target
from analytics.ads.spend import Row, check
from analytics.errors import Refused
from analytics.product_rows import framed
from analytics.scope import Scope, Stores, chosen

CAMPAIGN_COLUMNS = ("store_id", "platform", "campaign", "currency", "ad_spend", "kind", "value", "title", "origin")
CHANGE_COLUMNS = ("said_at", "said_by", "platform", "campaign", "was", "means")
SAID, GUESSED, BY_SKU, OPEN = "you", "guessed", "the report's SKU", "not known"
WHOLE_SHOP = "the whole shop"


@dataclass(frozen=True)
class Saying:
    """What a campaign of a store is for, as somebody there said; kind None gives back what its name says."""

    platform: str
    campaign: str
    kind: str | None
    value: str | None = None


def campaigns(scope: Scope) -> pd.DataFrame:
    """One row a store, currency and campaign of the scope: CAMPAIGN_COLUMNS, those not known first, then by spend.

    `origin` says how it is known: you, guessed, the report's SKU (its rows name products themselves), or not known. `value` is a
    product's key or its parent's, or a category.
    """
    sums: dict[Any, Row] = {}
    for row in targeted(scope):
        target = row["target"]
        key = (row["store_id"], row["currency"], row["platform"], row["campaign"], row["origin"] == BY_SKU)
        kept = sums.setdefault(
            key, {name: row[name] for name in ("store_id", "platform", "campaign", "currency", "origin")}
        )
        kept["ad_spend"] = kept.get("ad_spend", Decimal(0)) + row["ad_spend"]
        if row["origin"] == BY_SKU:
            kept |= {"kind": PRODUCT, "value": None, "title": "the products that its rows name"}
        else:
            kept |= {"kind": target and target.kind, "value": target and target.value, "title": target and target.title}
    rows = sorted(sums.values(), key=lambda row: (row["origin"] != OPEN, -row["ad_spend"], row["campaign"]))
    return framed(rows, CAMPAIGN_COLUMNS)


def targeted(scope: Scope) -> list[Row]:
    """The spend of the scope, a row a store, currency, platform, campaign, SKU and days, with its `target` and `origin`."""
    check(scope)
    names_of = ("store_ids", "start", "stop", "currency", "into")
    params = scope.params()
    rows = db.read("ads/campaigns", **{name: params[name] for name in names_of}).to_dict("records")
    if not rows:
        return []
    said = {(row["store_id"], row["platform"], row["campaign"]): row for row in _said(scope.stores)}
    by_store = {store: _names(int(store)) for store in {row["store_id"] for row in rows}}
    for row in rows:
        row["target"], row["origin"] = _target(row, by_store[row["store_id"]], said)
    return rows


@dataclass(frozen=True)
class _Names:
    """The products of a store by SKU and by name; what was guessed of a campaign is kept."""

    known: Known
    by_sku: dict[str, Row]
    titles: dict[tuple[str, str], str]
    guesses: dict[str, Target | None]


def _names(store: int) -> _Names:
    rows = products(store)
    by_sku = {row["sku"].casefold(): row for row in rows if row["sku"]}
    return _Names(names.known(rows), by_sku, titles(rows), {})


def _target(row: Row, told: _Names, said: dict[Any, Row]) -> tuple[Target | None, str]:
    named = told.by_sku.get((row["sku"] or "").casefold())
    if named is not None:
        return Target(PRODUCT, named["product_key"], named["title"] or named["sku"]), BY_SKU
    saying = said.get((row["store_id"], row["platform"], row["campaign"]))
    if saying is not None and (saying["kind"] == NONE or (saying["kind"], saying["value"]) in told.titles):
        title = WHOLE_SHOP if saying["kind"] == NONE else told.titles[saying["kind"], saying["value"]]
        return Target(saying["kind"], saying["value"], title), SAID
    if row["campaign"] not in told.guesses:
        told.guesses[row["campaign"]] = names.guess(row["campaign"], told.known)
    found = told.guesses[row["campaign"]]
    return found, GUESSED if found else OPEN


def products(store: int) -> list[Row]:
    """A row a product of a store: product_key, sku, title, category, parent, parent_title."""
    told = {row["product_key"]: row for row in product_rows.told(Scope(store)).to_dict("records")}
    found = []
    for row in db.read("inventory/named_products", store_id=store).to_dict("records"):
        family = told.get(row["product_key"], {})
        parent = family.get("parent") or row["product_key"]
        found.append(row | {"parent": parent, "parent_title": family.get("parent_title") or row["title"] or parent})
    return found


def titles(rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    """What a campaign can be for, by kind and value: every product with all its variants, each variant, each category."""
    found = {(PRODUCT, row["product_key"]): str(row["title"] or row["product_key"]) for row in rows}
    found |= {(PRODUCT, row["parent"]): str(row["parent_title"]) for row in rows}
    return found | {(CATEGORY, row["category"]): str(row["category"]) for row in rows if row["category"]}


def choices(scope: Scope) -> dict[str, tuple[str, str | None]]:
    """What the campaigns of the scope's one store can be said to be for, by what it is called: kind and value."""
    store = scope.only_store
    rows = products(store) if store is not None else []
    parents = {(PRODUCT, row["parent"]): str(row["parent_title"]) for row in rows}
    categories = {(CATEGORY, row["category"]): row["category"] for row in rows if row["category"]}
    found: dict[str, tuple[str, str | None]] = {_told(NONE, WHOLE_SHOP): (NONE, None)}
    for (kind, value), title in sorted({**categories, **parents}.items(), key=lambda each: (each[0][0], each[1])):
        shown = _told(kind, title)
        found[shown if shown not in found else f"{shown} ({value})"] = (kind, value)
    return found


def _told(kind: str, title: str) -> str:
    return f"Category: {title}" if kind == CATEGORY else title[:1].upper() + title[1:] if kind == NONE else title


def _said(store: Stores) -> list[Row]:
    return db.read("ads/said", store_ids=list(chosen(store)) or None).to_dict("records")


def changes(store: Stores) -> pd.DataFrame:
    """One row a saying of what a campaign is for, the newest first: CHANGE_COLUMNS; None is what its name says."""
    frame = db.read("ads/sayings", store_ids=list(chosen(store)) or None)
    known = {number: titles(products(number)) for number in stores.among(store)["store_id"]}
    every = {key: title for each in known.values() for key, title in each.items()}
    rows = []
    for row in frame.to_dict("records"):
        for name, end in (("was", "_before"), ("means", "")):
            kind, value = row[f"kind{end}"], row[f"value{end}"]
            row[name] = WHOLE_SHOP if kind == NONE else every.get((kind, value), value)
        rows.append(row)
    return framed(rows, CHANGE_COLUMNS)


def save(store: int, wanted: Sequence[Saying]) -> int:
    """Keep what campaigns are for from now on, in one transaction under the store's lock; gives how many changed.

    Each change is a row of its own with who made it and when. Raises Refused for a product or category that the store does not
    have; then nothing is changed.
    """
    actor.require("edit")
    known = titles(products(store))
    for each in wanted:
        if each.kind not in (None, NONE) and (each.kind, each.value) not in known:
            raise Refused(
                f"The store has no {each.kind} “{each.value}”, so no campaign can be for it. Choose one of the list."
            )
    with db.transaction(store) as cursor:
        said = {(row["platform"], row["campaign"]): (row["kind"], row["value"]) for row in _said(store)}
        changed = [
            each for each in wanted if (each.kind, each.value) != said.get((each.platform, each.campaign), (None, None))
        ]
        for each in changed:
            db.run(
                cursor, "load/add_campaign_product", store_id=store, platform=each.platform, campaign=each.campaign,
                kind=each.kind, value=each.value if each.kind != NONE else None, said_by=people.acting(),
            )  # fmt: skip
        if changed:
            db.run(cursor, "load/raise_version", store_id=store, currency=None)
            audit.record(cursor, "edit", "products of campaigns", store, changed=len(changed))
    return len(changed)
