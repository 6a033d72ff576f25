"""What a plan of orders is made from: of each product its stock, what comes, its demand, its terms and its rule, and the factor."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from analytics import db, stores
from analytics.scope import Scope
from analytics.stock import (
    buffers,
    classes,
    demand,
    foreseen,
    formulas,
    past,
    policies,
    positions,
    purchase_orders,
    settings,
    size_curves,
    suppliers,
    unseen,
)
from analytics.stock.buffers import Days, Supply
from analytics.stock.positions import Place, unknown

LEARNT, NORMAL = "learnt from {} days of this store's sales", "normal distribution: too little is known to learn from"
# A product with a sibling sells as that does until it has been sold for so long.
NEW_DAYS = 56
NOUGHT, MILLIONTH, FACTOR, DAY = Decimal(0), Decimal("0.000001"), Decimal("0.01"), timedelta(days=1)
TERMS = ("supplier", "minimum_order", "supplier_minimum", "pack_size", "landed_cost", "landed_basis")
DEMAND = (
    "units",
    "units_in_stock",
    "days_in_stock",
    "days_known",
    "window_days",
    "own_velocity",
    "category_velocity",
    "own_weight",
)
SUPPLY = ("lead_time_days", "lead_time_deviation", "cover_days")
Row = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """What if: another share of demand to be met, lead times and demand so many times as long or as large, and a purchase order
    that never comes."""

    service_level: Decimal | None = None
    lead_time: Decimal = Decimal(1)
    demand: Decimal = Decimal(1)
    without: str | None = None


def inputs(scope: Scope, change: Change = Change()) -> list[Row]:
    """One row a store, product and place: what positions.at tells, location, incoming (of all sent orders, else as counted) with
    incoming_basis and arrivals (day, units), size_curves.COLUMNS, unseen.COLUMNS, velocity, velocity_basis, deviation, z, z_basis,
    lead_time_days and its deviation and basis, cover_days, minimum_order, pack_size, supplier, landed_cost, price, currency, class,
    rule, what foreseen.plan adds, and _back: what _back() says of the days before. What is not known is None."""
    found: list[Row] = []
    for store in stores.among(scope.store).to_dict("records"):
        shop = _shop(replace(scope, store=int(store["store_id"])), store)
        for place in positions.places(shop.scope):
            found += _of_place(shop, place, change)
    return found


@dataclass(frozen=True)
class _Shop:
    """What is known of one store, whichever its places: its first and last day of orders, each product's class and terms, the
    day's rates, the rules, and when each product was last ordered of a supplier."""

    scope: Scope
    first_day: Any
    last_day: date | None
    letters: dict[str, str]
    terms: dict[str, Row]
    rates: dict[tuple[Any, Any], Decimal]
    rules: policies.Rules
    last_orders: dict[str, date]


def _shop(scope: Scope, store: Row) -> _Shop:
    pairs = db.read("rates/on_day", day=purchase_orders.day_of(scope)).itertuples(index=False)
    return _Shop(
        scope=scope,
        first_day=store["first_day"],
        last_day=None if unknown(store["last_day"]) else min(store["last_day"], (scope.stop or date.max) - DAY),
        letters={row.product_key: (row.abc or "") + (row.xyz or "") for row in classes.of(scope).itertuples()},
        terms={row["product_key"]: row for row in suppliers.terms(scope).to_dict("records")},
        rates={(row.currency, row.into_currency): row.rate for row in pairs},
        rules=policies.of_store(int(store["store_id"])),
        last_orders=_last_orders(scope),
    )


def _last_orders(scope: Scope) -> dict[str, date]:
    lines = purchase_orders.lines(scope)
    sent = lines[lines["status"].isin(("sent", "closed"))].dropna(subset=["product_key", "ordered_on"])
    return {str(key): max(days) for key, days in sent.groupby("product_key")["ordered_on"]}


def _of_place(shop: _Shop, place: Place, change: Change) -> list[Row]:
    of_place = replace(shop.scope, channels=place.channels) if place.channels else shop.scope
    sold = {row["product_key"]: row for row in demand.by_product(of_place, None, place.part).to_dict("records")}
    rows = [row | _asked(sold.get(row["product_key"])) for row in positions.at(shop.scope, place, shop.last_day)]
    coming = positions.coming(shop.scope, place, change.without)
    found = []
    for row in rows:
        key = row["product_key"]
        letter = shop.letters.get(key, "")
        rule = policies.rule(shop.rules, row["sku"], letter if len(letter) == 2 else "", place.name)
        said = {"location": place.name, "class": letter or None, "rule": rule.said, "_rule": rule}
        known_terms = _in_currency(shop.terms.get(key, {}), row["currency"], shop.rates)
        found.append(row | _terms(known_terms, rule, change) | positions.arrivals(row, coming.get(key)) | said)
    _borrow(found, sold)
    known = None
    if shop.last_day is not None and found:
        part = replace(place.part, products=[row["product_key"] for row in found])
        known = past.of_store(of_place, part, shop.first_day, shop.last_day + DAY)
    _spread(shop.scope, found, known, change)
    foreseen.plan(found, foreseen.of_place(shop.scope, place, shop.last_day), known, change.demand)
    pace = None if known is None else buffers.velocities(known, buffers.asked(known))
    for at, row in enumerate(found):
        row["_back"] = None
        if known is not None and pace is not None and shop.last_day is not None:
            of_row = known.sold[at], pace[at, 1:], known.own[at]
            row["_back"] = _back(of_row, (row["as_of"], shop.last_day, shop.last_orders.get(row["product_key"])))
    return found


def _back(
    known: tuple[buffers.Matrix, ...], days: tuple[date, date, date | None]
) -> tuple[buffers.Matrix, buffers.Matrix]:
    """Of each day from a product's stock's day backwards to the day on which it was last ordered: what was sold, and the pace when
    the day began ÷ that of now, 1 at most. Nothing was sold after the last day of orders. `days` are those three."""
    (sold, pace, own), (as_of, last_day, ordered_on) = known, days
    ahead = (as_of - last_day).days
    end = max(len(sold) + min(ahead, 0), 0)
    earlier = np.append(pace[:1], pace[:-1])[:end][own[:end]][::-1]
    now = pace[end - 1] if end else 0
    share = np.minimum(earlier / now, 1) if now > 0 else np.ones(len(earlier))
    most = None if ordered_on is None else max((as_of - ordered_on).days, 0)
    sold = np.concatenate([np.zeros(max(ahead, 0)), sold[:end][own[:end]][::-1]])
    return sold[:most], np.concatenate([np.ones(max(ahead, 0)), share])[:most]


def _asked(row: Row | None) -> Row:
    if row is None or unknown(row["velocity"]):
        nothing = {"velocity": NOUGHT, "deviation": NOUGHT, "velocity_basis": "never sold", "first_sold_on": None}
        return nothing | dict.fromkeys(DEMAND)
    return {name: row[name] for name in ("velocity", "deviation", "velocity_basis", "first_sold_on", *DEMAND)}


def _in_currency(terms: Row, currency: Any, rates: dict[tuple[Any, Any], Decimal]) -> Row:
    """The terms with the landed cost in the currency that the product sells in, at the day's rate; without one it is unknown."""
    cost, paid_in = _or_none(terms.get("landed_cost")), _or_none(terms.get("currency"))
    if cost is None or unknown(currency) or paid_in == currency:
        return terms | {"landed_basis": terms.get("cost_basis")}
    rate = rates.get((paid_in, currency))
    said = f"{cost.normalize():f} {paid_in} " + ("without a rate" if rate is None else f"× {rate.normalize():f}")
    return terms | {"landed_cost": None if rate is None else (cost * rate).quantize(MILLIONTH), "landed_basis": said}


def _terms(known: Row, rule: policies.Rule, change: Change) -> Row:
    days, basis = known.get("lead_time_days"), known.get("lead_time_basis", suppliers.ASSUMED)
    if rule.lead_time_days is not None:
        days, basis = rule.lead_time_days, "a rule of replenishment"
    found = {name: _or_none(known.get(name)) for name in TERMS}
    return found | {
        "lead_time_days": Decimal(days or 0) * change.lead_time,
        "lead_time_deviation": Decimal(_or_none(known.get("lead_time_deviation")) or 0),
        "lead_time_basis": basis,
        "cover_days": rule.cover_days,
        "order_unit_cost": _or_none(known.get("unit_cost")),
    }


def _borrow(rows: list[Row], sold: dict[Any, Row]) -> None:
    """A new product with a named sibling sells as that does."""
    by_sku = {row["sku"]: row for row in rows}
    for row in rows:
        sibling = by_sku.get(row["_rule"].sibling_sku)
        first = row["first_sold_on"]
        age = None if first is None or unknown(first) or unknown(row["as_of"]) else (row["as_of"] - first).days
        if sibling is not None and sibling is not row and (age is None or age < NEW_DAYS):
            row |= {name: sibling[name] for name in ("velocity", "deviation")} | dict.fromkeys(DEMAND)
            row["velocity_basis"] = f"as its sibling {sibling['sku']} sells ({sibling['velocity_basis']})"


def _spread(scope: Scope, rows: list[Row], known: Days | None, change: Change) -> None:
    """Deviation by runs of a lead time and the factor learnt, where the past tells enough, else the daily one and the normal z;
    then a style's demand is shared over its sizes, and what stockouts hid of others is put back."""
    targets = sorted({_target(row, change) for row in rows if row["_rule"].service_kind == policies.FILL_RATE})
    learnt: dict[Decimal, float] = {}
    if known is not None:
        supply = Supply(*(np.array([float(row[name]) for row in rows]) for name in SUPPLY))
        found = buffers.factors(known, supply, [float(each) for each in targets])
        if found is not None:
            learnt = dict(zip(targets, found, strict=True))
            for row, deviation in zip(rows, buffers.deviations(known, supply), strict=True):
                if not row["velocity_basis"].startswith("as its sibling"):
                    row["deviation"] = Decimal(repr(float(deviation))).quantize(MILLIONTH)
        days = int(settings.of_scope(scope).window_days)
        size_curves.share(rows, size_curves.told(scope), buffers.days_there(known, days), days)
        unseen.put_back(rows, known, days)
    for row in rows:
        target = _target(row, change)
        is_learnt = row["_rule"].service_kind == policies.FILL_RATE and target in learnt
        z = learnt[target] if is_learnt else formulas.z_of(float(target))
        basis = LEARNT.format(known.sold.shape[1]) if is_learnt and known is not None else NORMAL
        row["z"], row["z_basis"] = Decimal(repr(z)).quantize(FACTOR), basis
        row["service_level"], row["service_kind"] = target, row["_rule"].service_kind
        row["demand_times"] = change.demand
        row["velocity"] = (row["velocity"] * change.demand).quantize(MILLIONTH)
        row["deviation"] = (row["deviation"] * change.demand).quantize(MILLIONTH)


def _target(row: Row, change: Change) -> Decimal:
    return Decimal(change.service_level or row["_rule"].service_level)


def _or_none(value: Any) -> Any:
    return None if unknown(value) else value
