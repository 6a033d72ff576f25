"""What a piece costs and what selling it takes off its price, as far as files say it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from analytics import db, product_rows
from analytics.scope import Scope
from analytics.stock import velocity

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


def now(scope: Scope) -> dict[str, Now]:
    """What every product (its variants together) brings and costs now, told from its last 28 days with sales in the past year: in
    the currency that most of it sold in."""
    _, last = velocity.data_days(scope)
    if last is None:
        return {}
    stop = last + timedelta(days=1)
    parents = dict(product_rows.told(scope)[["product_key", "parent"]].itertuples(index=False, name=None))
    found: dict[str, Now] = {}
    for days in (LATEST_DAYS, 4 * LATEST_DAYS, LONGEST_BACK):
        start = stop - timedelta(days=days)
        for key, rows in _by_parent(scope.over(start, stop), parents).items():
            if key not in found and (told := _told(rows, start)):
                found[key] = told
    return found


def _by_parent(scope: Scope, parents: dict[str, str]) -> dict[str, list[Row]]:
    asked = {name: value for name, value in scope.params().items() if name != "basis"}
    found: dict[str, list[Row]] = {}
    for row in db.read("prices/current", **asked).to_dict("records"):
        found.setdefault(parents.get(row["product_key"], row["product_key"]), []).append(row)
    return found


def _told(rows: list[Row], start: date) -> Now | None:
    sold: dict[str, Decimal] = {}
    for row in rows:
        sold[row["currency"]] = sold.get(row["currency"], Decimal(0)) + row["units"]
    currency = max(sold, key=lambda each: (sold[each], each))
    kept = [row for row in rows if row["currency"] == currency]
    units, amount = sold[currency], sum((row["amount"] for row in kept), start=Decimal(0))
    if amount <= 0:
        return None
    costs = [row["unit_cost"] for row in kept]
    known = [cost for cost in costs if cost is not None]
    cost = None
    if len(known) == len(costs):
        cost = sum((each * row["units"] for each, row in zip(known, kept, strict=True)), start=Decimal(0)) / units
    return Now(amount / units, cost, currency, units, start)


def fee_shares(scope: Scope) -> dict[str, Decimal]:
    """By currency, the share of what orders bring without tax (goods and shipping) that payments and marketplaces charge, of the last
    year's orders whose fees files or rules tell; nothing where none do. Converted amounts have that of the store's currencies
    that is highest."""
    _, last = velocity.data_days(scope)
    if last is None:
        return {}
    stop = last + timedelta(days=1)
    asked = {name: scope.params()[name] for name in ("store_ids", "channels", "countries", "currency")}
    rows = db.read("prices/fees", start=stop - timedelta(days=FEE_DAYS), stop=stop, **asked).to_dict("records")
    shares = {
        str(row["currency"]): Decimal(max(row["fees"], 0)) / Decimal(row["amount"]) for row in rows if row["amount"] > 0
    }
    if scope.into and scope.into not in shares and shares:
        shares[scope.into] = max(shares.values())
    return shares
