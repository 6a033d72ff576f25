"""What a plan of orders is made from: of each product its stock, what comes, its demand, its terms and its rule, and the factor."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, stores
from analytics.scope import Scope
from analytics.stock import buffers, classes, demand, formulas, past, policies, purchase_orders, suppliers
from analytics.stock.buffers import Supply

EVERYWHERE, ELSEWHERE = "all locations", "all other locations"
PURCHASES, COUNT, NONE = "purchase orders", "the count", "nothing on order"
LEARNT, NORMAL = "learnt from {} days of this store's sales", "normal distribution: too little is known to learn from"
# A product with a sibling sells as that does until it has been sold for so long.
NEW_DAYS = 56
NOUGHT, MILLIONTH, FACTOR = Decimal(0), Decimal("0.000001"), Decimal("0.01")
Row = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """What if: another share of demand to be met, lead times and demand so many times as long or as large."""

    service_level: Decimal | None = None
    lead_time: Decimal = Decimal(1)
    demand: Decimal = Decimal(1)


@dataclass(frozen=True)
class Place:
    """A location with the channels that it serves; without names all locations, all channels."""

    name: str = EVERYWHERE
    locations: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


def inputs(scope: Scope, change: Change = Change()) -> list[Row]:
    """One row a store, product and place: sku, title, store_id, product_key, location, as_of, available, incoming (of all sent
    orders, else as counted) with incoming_basis and arrivals (day, units), velocity, velocity_basis, deviation, z, z_basis,
    lead_time_days and its deviation and basis, cover_days, minimum_order, pack_size, supplier, landed_cost, price, currency, class,
    rule. What is not known is None."""
    found: list[Row] = []
    for store in stores.among(scope.store).to_dict("records"):
        of_store = replace(scope, store=int(store["store_id"]))
        for place in places(of_store):
            found += _of_place(of_store, store, place, change)
    return found


def places(scope: Scope) -> list[Place]:
    """The places that are planned for apart: those locations that channels are mapped to, and the rest; else all as one."""
    mapped = db.read("replenishment/channel_locations", store_id=scope.only_store)
    if mapped.empty:
        return [Place()]
    known = set(stores.choices(scope.stores)["channel"])
    levels = _levels(scope, True)
    found = [
        Place(name, (name,), tuple(sorted(group["channel"]))) for name, group in mapped.groupby("location", sort=True)
    ]
    rest = known - set(mapped["channel"])
    others = set(levels["location"]) - set(mapped["location"])
    return found + ([Place(ELSEWHERE, tuple(sorted(others)), tuple(sorted(rest)))] if rest and others else [])


def _levels(scope: Scope, by_location: bool) -> pd.DataFrame:
    asked = {name: scope.params()[name] for name in ("store_ids", "stop", "categories", "currency")}
    return db.read("inventory/levels", by_location=by_location, **asked)


def _of_place(scope: Scope, store: Row, place: Place, change: Change) -> list[Row]:
    of_place = replace(scope, channels=place.channels) if place.channels else scope
    sold = {row["product_key"]: row for row in demand.by_product(of_place).to_dict("records")}
    rows = [row | _asked(sold.get(row["product_key"])) for row in _counted(scope, place)]
    letters = {row.product_key: (row.abc or "") + (row.xyz or "") for row in classes.of(scope).itertuples()}
    terms = {row["product_key"]: row for row in suppliers.terms(scope).to_dict("records")}
    rules = policies.of_store(int(store["store_id"]))
    coming = _coming(scope, place)
    found = []
    for row in rows:
        key = row["product_key"]
        letter = letters.get(key, "")
        rule = policies.rule(rules, row["sku"], letter if len(letter) == 2 else "", place.name)
        said = {"location": place.name, "class": letter or None, "rule": rule.said, "_rule": rule}
        found.append(row | _terms(terms.get(key, {}), rule, change) | _arrivals(row, coming.get(key)) | said)
    _borrow(found, sold)
    _spread(of_place, store, found, change)
    return found


def _counted(scope: Scope, place: Place) -> list[Row]:
    """The newest counts at a place, a row a product."""
    names = (
        "store_id",
        "product_key",
        "sku",
        "title",
        "as_of",
        "available",
        "incoming",
        "currency",
        "price",
        "unit_cost",
    )
    rows = _levels(scope, bool(place.locations)).to_dict("records")
    if not place.locations:
        return [{name: row[name] for name in names} for row in rows]
    found: dict[str, Row] = {}
    for row in rows:
        if row["location"] in place.locations:
            known = found.setdefault(
                row["product_key"], {name: row[name] for name in names} | dict.fromkeys(("available", "incoming"))
            )
            known["as_of"] = max(known["as_of"], row["as_of"])
            for name in ("available", "incoming"):
                if not _unknown(row[name]):
                    known[name] = (known[name] or NOUGHT) + row[name]
    return list(found.values())


def _asked(row: Row | None) -> Row:
    if row is None or _unknown(row["velocity"]):
        return {"velocity": NOUGHT, "deviation": NOUGHT, "velocity_basis": "never sold", "first_sold_on": None}
    return {name: row[name] for name in ("velocity", "deviation", "velocity_basis", "first_sold_on")}


def _terms(known: Row, rule: policies.Rule, change: Change) -> Row:
    days, basis = known.get("lead_time_days"), known.get("lead_time_basis", suppliers.ASSUMED)
    if rule.lead_time_days is not None:
        days, basis = rule.lead_time_days, "a rule of replenishment"
    found = {name: _or_none(known.get(name)) for name in ("supplier", "minimum_order", "pack_size", "landed_cost")}
    return found | {
        "lead_time_days": Decimal(days or 0) * change.lead_time,
        "lead_time_deviation": Decimal(_or_none(known.get("lead_time_deviation")) or 0),
        "lead_time_basis": basis,
        "cover_days": rule.cover_days,
        "order_unit_cost": _or_none(known.get("unit_cost")),
    }


def _coming(scope: Scope, place: Place) -> dict[str, list[tuple[date, Decimal]]]:
    found: dict[str, list[tuple[date, Decimal]]] = {}
    for row in purchase_orders.incoming(scope).to_dict("records"):
        is_here = not place.locations or row["location"] in place.locations
        if row["product_key"] is not None and is_here:
            found.setdefault(row["product_key"], []).append((row["due_on"], Decimal(row["units"])))
    return found


def _arrivals(row: Row, ordered: list[tuple[date, Decimal]] | None) -> Row:
    """What comes, and when. Purchase orders say both; what a count alone says is taken to come in time."""
    if ordered:
        units = sum((each for _, each in ordered), start=NOUGHT)
        return {"incoming": units, "incoming_basis": PURCHASES, "arrivals": tuple(sorted(ordered))}
    counted = NOUGHT if _unknown(row["incoming"]) else Decimal(row["incoming"])
    if counted <= 0:
        return {"incoming": NOUGHT, "incoming_basis": NONE, "arrivals": ()}
    return {"incoming": counted, "incoming_basis": COUNT, "arrivals": ((row["as_of"], counted),)}


def _borrow(rows: list[Row], sold: dict[Any, Row]) -> None:
    """A new product with a named sibling sells as that does."""
    by_sku = {row["sku"]: row for row in rows}
    for row in rows:
        sibling = by_sku.get(row["_rule"].sibling_sku)
        first = row["first_sold_on"]
        age = None if first is None or _unknown(first) or _unknown(row["as_of"]) else (row["as_of"] - first).days
        if sibling is not None and sibling is not row and (age is None or age < NEW_DAYS):
            row |= {name: sibling[name] for name in ("velocity", "deviation")}
            row["velocity_basis"] = f"as its sibling {sibling['sku']} sells ({sibling['velocity_basis']})"


def _spread(scope: Scope, store: Row, rows: list[Row], change: Change) -> None:
    """Deviation by runs of a lead time and the factor learnt, where the past tells enough; else the daily one and the normal z."""
    stop = min(scope.stop, store["last_day"]) if scope.stop and store["last_day"] else store["last_day"]
    targets = sorted({_target(row, change) for row in rows if row["_rule"].service_kind == policies.FILL_RATE})
    learnt: dict[Decimal, float] = {}
    days = 0
    if stop is not None and not _unknown(stop) and rows:
        known = past.of_store(scope, [row["product_key"] for row in rows], store["first_day"], stop)
        days = known.sold.shape[1]
        supply = Supply(
            *(
                np.array([float(row[name]) for row in rows])
                for name in ("lead_time_days", "lead_time_deviation", "cover_days")
            )
        )
        found = buffers.factors(known, supply, [float(each) for each in targets])
        if found is not None:
            learnt = dict(zip(targets, found, strict=True))
            for row, deviation in zip(rows, buffers.deviations(known, supply), strict=True):
                if not row["velocity_basis"].startswith("as its sibling"):
                    row["deviation"] = Decimal(repr(float(deviation))).quantize(MILLIONTH)
    for row in rows:
        target = _target(row, change)
        is_learnt = row["_rule"].service_kind == policies.FILL_RATE and target in learnt
        z = learnt[target] if is_learnt else formulas.z_of(float(target))
        row["z"], row["z_basis"] = Decimal(repr(z)).quantize(FACTOR), LEARNT.format(days) if is_learnt else NORMAL
        row["service_level"], row["service_kind"] = target, row["_rule"].service_kind
        row["velocity"] = (row["velocity"] * change.demand).quantize(MILLIONTH)
        row["deviation"] = (row["deviation"] * change.demand).quantize(MILLIONTH)


def _target(row: Row, change: Change) -> Decimal:
    return Decimal(change.service_level or row["_rule"].service_level)


def _or_none(value: Any) -> Any:
    return None if _unknown(value) else value


def _unknown(value: Any) -> bool:
    return value is None or value != value  # NaN is not itself
