"""One order in full: what it says, its lines, what was taken back, its payments and returns, who told of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db, wording
from analytics.scope import Scope

STEPS = {"product": "Goods", "gift_card": "Gift cards sold", "tip": "Tips", "shipping": "Shipping on lines", "tax": "Tax on lines",
         "fee": "Fees", "duties": "Duties on lines", "manual": "Manual entries", "sample": "Samples", "bank_charge": "Bank charges",
         "marketplace_fee": "Marketplace fees", "commission": "Commissions", "bad_debt": "Bad debt"}  # fmt: skip
CHARGES = {"shipping": "Shipping", "tax": "Tax", "duties": "Duties"}
WALK_COLUMNS = ("label", "amount", "is_total")


@dataclass(frozen=True)
class Order:
    """One order: `head` are its facts (None: unknown), `walk` leads from its lines to its printed total and what is kept.

    lines, reversals, transactions, returns, imports: one row each; amounts in the order's currency, without tax.
    """

    head: dict[str, Any]
    walk: pd.DataFrame
    lines: pd.DataFrame
    reversals: pd.DataFrame
    transactions: pd.DataFrame
    returns: pd.DataFrame
    imports: pd.DataFrame


def stores_with(scope: Scope, asked: str) -> list[str]:
    """The names of the scope's stores that have an order of that key or name, the best match first."""
    found = db.read("orders/one", store_ids=list(scope.stores) or None, order_key=asked)
    return list(dict.fromkeys(found["store"]))


def get(scope: Scope, asked: str) -> Order | None:
    """The order of that key (else of that name, the newest of them) in the scope's stores; None if there is none.

    Where several stores have one, ask of one store: see `stores_with`.
    """
    found = db.read("orders/one", store_ids=list(scope.stores) or None, order_key=asked)
    if found.empty:
        return None
    head: dict[str, Any] = {str(name): value for name, value in found.iloc[0].to_dict().items()}
    key = {"store_id": int(head["store_id"]), "order_key": head["order_key"]}
    named = {"store_id": int(head["store_id"]), "name": head["order_name"]}
    lines, reversals = db.read("orders/lines", **key), db.read("orders/reversals", **key)
    return Order(
        head=head,
        walk=walk(head, lines, reversals),
        lines=lines,
        reversals=reversals,
        transactions=db.read("orders/transactions", **named),
        returns=db.read("orders/returns", **named),
        imports=_told(db.read("orders/imports", **key)),
    )


def walk(head: dict[str, Any], lines: pd.DataFrame, reversals: pd.DataFrame) -> pd.DataFrame:
    """From an order's lines to the total it prints, and on to what is kept: label, amount (signed), is_total.

    The amounts between two totals add up to their difference; what the order's own amounts leave open is a step with the
    reason.
    """
    taken_back = _sum(reversals["amount"])
    steps = [*_of_lines(lines), *((label, head[name]) for name, label in CHARGES.items())]
    reached = _sum([amount for _, amount in steps])
    total, open_amount = head["document_total"], head["difference"]
    steps.append((head["unreconciled"] or "Not explained by its own amounts", open_amount))
    # a table of lines has what came back among its lines, so its total knows of it
    is_inside = bool(taken_back) and total - reached - open_amount == -taken_back
    rest = total - reached - open_amount
    steps.append(("Taken back, as its lines have it" if is_inside else "Not explained", rest))
    rows = [(label, amount, False) for label, amount in steps if amount]
    rows.append(("Total, as the order prints it", total, True))
    if taken_back and not is_inside:
        rows += [("Taken back later", -taken_back, False), ("Kept", total - taken_back, True)]
    return pd.DataFrame(rows, columns=list(WALK_COLUMNS), dtype=object)


def _of_lines(lines: pd.DataFrame) -> list[tuple[str, Decimal]]:
    """Goods at their price, the discount on them, and the other lines by their kind."""
    found: list[tuple[str, Decimal]] = []
    for kind, label in STEPS.items():
        rows = lines[lines["kind"] == kind]
        found.append((label, _sum(rows["amount"] if kind == "product" else rows["net"])))
    goods, others = lines[lines["kind"] == "product"], lines[~lines["kind"].isin([*STEPS])]
    found.insert(1, ("Discounts", -_sum(goods["discount"]) + _sum(others.loc[others["kind"] == "discount", "net"])))
    found.append(("Other lines", _sum(others.loc[others["kind"] != "discount", "net"])))
    return found


def in_words(found: Order) -> list[str]:
    """The facts of an order as sentences: when, where, who; how it stands; what is said of it beside."""
    head = found.head
    moments = found.lines["sold_at"].dropna()
    when = f"{wording.day(head['ordered_on'])}{f', {min(moments):%H:%M}' if len(moments) else ''}"
    place = ", ".join(part for part in (head["country"], head["region"]) if part)
    first = [f"Placed on {when}", head["channel"], place, head["customer_key"] or "customer unknown", head["store"]]
    if head["platform_channel"]:
        first[1] = f"{head['channel']} (the platform says {head['platform_channel']})"
    second = [f"Payment: {head['financial_status'] or 'unknown'}", f"sent: {head['fulfillment_status'] or 'unknown'}"]
    for name in ("paid", "completed", "cancelled"):
        if head[f"{name}_on"]:
            second.append(f"{name} on {wording.day(head[f'{name}_on'])}")
    if not head["is_counted"]:
        second.append("counts nowhere: voided, not paid, or left out by the store's settings")
    if head["prices_include_tax"]:
        second.append("its prices include tax, which was taken out of the lines")
    third = [f"{label}: {head[name]}" for name, label in (("discount_codes", "Codes"), ("tags", "Tags")) if head[name]]
    return [" · ".join(parts) for parts in (first, second, third) if parts]


def explained(reversals: pd.DataFrame) -> pd.DataFrame:
    """The reversals of an order with words for what is not certain: day_is and kind_is."""
    days = ["not told; that of the order" if assumed else "told" for assumed in reversals["is_date_assumed"]]
    kinds = [f"inferred: {how.replace('_', ' ')}" if how else "told" for how in reversals["inferred_from"]]
    return reversals.assign(day_is=days, kind_is=kinds)


def facts(scope: Scope, order: str = "") -> pd.DataFrame:
    """One row with everything about an order; its lines, reversals, payments, returns, imports and walk as lists.

    Raises ValueError if the store has no such order, several stores have one, or none is named.
    """
    if not str(order):
        raise ValueError("order is missing: its number or key")
    found, named = get(scope, str(order)), stores_with(scope, str(order))
    if found is None:
        raise ValueError(f"there is no order {order}")
    if len(named) > 1:
        raise ValueError(f"several stores have an order {order} ({', '.join(named)}); say which with --store")
    lists = ("walk", "lines", "reversals", "transactions", "returns", "imports")
    told = {name: [getattr(found, name).to_dict("records")] for name in lists}
    return pd.DataFrame({**{name: [value] for name, value in found.head.items()}, **told}, dtype=object)


def _told(imports: pd.DataFrame) -> pd.DataFrame:
    return imports.assign(
        says=["stands" if valid else "kept, another is newer or the same" for valid in imports["is_valid"]]
    )


def _sum(amounts: Any) -> Decimal:
    return sum(amounts, start=Decimal(0))
