"""What a piece costs and what selling it takes off its price, as far as files say it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from analytics import db, product_rows
from analytics.scope import Scope
from analytics.stock import suppliers, velocity

FEE_DAYS = 365
LATEST_DAYS = 28
LONGEST_BACK = 364
Row = dict[Any, Any]


@dataclass(frozen=True)
class Now:
    """What a product brings and costs now: `price` of a piece after discounts, landed `unit_cost` (None if not of all that sold),
    `currency`, and `units` in the days (`first_day` to the last one) that this is told from."""

    price: Decimal
    unit_cost: Decimal | None
    currency: str
    units: Decimal
    first_day: date


def landed_extras(scope: Scope) -> dict[str, tuple[Decimal, str]]:
    """Freight and duty of one piece by product, with their currency, as the supplier's terms in force say."""
    found = {}
    for row in suppliers.terms(Scope(store=scope.store, stop=scope.stop)).to_dict("records"):
        extra = Decimal(row["freight"] or 0) + Decimal(row["duty"] or 0)
        if extra and row["currency"]:
            found[str(row["product_key"])] = (extra, str(row["currency"]))
    return found


def now(scope: Scope) -> dict[str, Now]:
    """What every product (its variants together) brings and costs now, told from its last 28 days with sales in the past year: in
    the currency that most of it sold in."""
    _, last = velocity.data_days(scope)
    if last is None:
        return {}
    stop = last + timedelta(days=1)
    parents = dict(product_rows.told(scope)[["product_key", "parent"]].itertuples(index=False, name=None))
    extras, found = landed_extras(scope), {}
    for days in (LATEST_DAYS, 4 * LATEST_DAYS, LONGEST_BACK):
        start = stop - timedelta(days=days)
        for key, rows in _by_parent(scope.over(start, stop), parents).items():
            if key not in found and (told := _told(rows, extras, start)):
                found[key] = told
    return found


def _by_parent(scope: Scope, parents: dict[str, str]) -> dict[str, list[Row]]:
    asked = {name: value for name, value in scope.params().items() if name != "basis"}
    found: dict[str, list[Row]] = {}
    for row in db.read("prices/current", **asked).to_dict("records"):
        found.setdefault(parents.get(row["product_key"], row["product_key"]), []).append(row)
    return found


def _told(rows: list[Row], extras: dict[str, tuple[Decimal, str]], start: date) -> Now | None:
    sold: dict[str, Decimal] = {}
    for row in rows:
        sold[row["currency"]] = sold.get(row["currency"], Decimal(0)) + row["units"]
    currency = max(sold, key=lambda each: (sold[each], each))
    kept = [row for row in rows if row["currency"] == currency]
    units, amount = sold[currency], sum((row["amount"] for row in kept), start=Decimal(0))
    if amount <= 0:
        return None
    costs = [None if row["unit_cost"] is None else row["unit_cost"] + _extra(row, extras) for row in kept]
    known = [cost for cost in costs if cost is not None]
    cost = None
    if len(known) == len(costs):
        cost = sum((each * row["units"] for each, row in zip(known, kept, strict=True)), start=Decimal(0)) / units
    return Now(amount / units, cost, currency, units, start)


def _extra(row: Row, extras: dict[str, tuple[Decimal, str]]) -> Decimal:
    amount, currency = extras.get(row["product_key"], (Decimal(0), row["currency"]))
    return amount if currency == row["currency"] else Decimal(0)


def fee_shares(scope: Scope) -> dict[str, Decimal]:
    """By currency, the share of what orders bring without tax that payments and marketplaces charge, of the last year's orders whose
    fees files tell; nothing where none do."""
    _, last = velocity.data_days(scope)
    if last is None:
        return {}
    stop = last + timedelta(days=1)
    asked = {"store_ids": scope.params()["store_ids"], "currency": scope.currency}
    rows = db.read("prices/fees", start=stop - timedelta(days=FEE_DAYS), stop=stop, **asked).to_dict("records")
    shares = {str(row["currency"]): max(row["fees"], Decimal(0)) / row["amount"] for row in rows if row["amount"] > 0}
    if scope.into and scope.into not in shares and shares:
        shares[scope.into] = max(shares.values())
    return shares
