"""What an order costs where no file has a line of it: the store's own rules, kept, edited, and what they come to."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import actor, audit, db, rollups, wording
from analytics.errors import Refused
from analytics.ingest import images
from analytics.scope import Scope

# The kinds of cost, by the two groups that they form.
SELLING = ("payment_fee", "marketplace_fee")
SENDING = ("label", "pick_pack", "fulfilment_fee")
KINDS = (*SELLING, *SENDING)
GROUPS = {"selling_fees": SELLING, "sending": SENDING}
CONDITIONS = ("channel", "country", "payment_method")
WEIGHTS = ("weight_from", "weight_to")
AMOUNTS = ("per_order", "per_unit", "share")
EDITED = ("rule_no", "cost_kind", *AMOUNTS, "currency", *CONDITIONS, *WEIGHTS, "valid_from")
COLUMNS = ("store", *EDITED, "rule", "orders", "rule_cost", "orders_with_lines")
LONGEST = 120
Rule = dict[str, Any]


def of(scope: Scope) -> pd.DataFrame:
    """One row a rule of the stores in the scope, the oldest first: EDITED behind `store`; a condition that is None is none.

    `per_order` and `per_unit` are amounts in the rule's currency, `share` is of what the buyer paid (0.019 is 1.9 %), weights
    are in grams: above `weight_from`, up to and with `weight_to`; `valid_from` None is since ever.
    """
    return db.read("profit/rules", store_ids=scope.params()["store_ids"])


def used(scope: Scope) -> pd.DataFrame:
    """The same rules with what each says of the orders of these days: COLUMNS.

    `rule` is the rule in words, `orders` those for which it is the one that holds, `rule_cost` what it says that they cost;
    `orders_with_lines` are those of them of which a file has a line of that kind: there the file counts, not the rule.
    """
    rules = of(scope)
    found = db.read("profit/rule_costs", **scope.params())
    rows = rules.merge(found, on=["store", "rule_no"], how="left")
    rows["rule"] = [in_words(row) for row in rules.to_dict("records")]
    for name in ("orders", "orders_with_lines"):
        rows[name] = rows[name].fillna(0).astype("int64")
    rows["rule_cost"] = rows["rule_cost"].astype(object).where(rows["rule_cost"].notna(), Decimal(0))
    return rows[list(COLUMNS)]


def payment_methods(scope: Scope) -> pd.DataFrame:
    """One row a way in which orders of the stores were paid, as files print it: `payment_method`, `orders`, the commonest first."""
    return db.read("profit/payment_methods", store_ids=scope.params()["store_ids"])


def in_words(rule: Mapping[Any, Any]) -> str:
    """A rule as a sentence: “Label: 4.90 EUR an order; DE, up to 1,000 g, since Thu 1 Jan 2026”."""
    currency = rule["currency"]
    parts = [f"{wording.exact(rule['per_order'])} {currency} an order"] if rule["per_order"] else []
    parts += [f"{wording.exact(rule['per_unit'])} {currency} a unit"] if rule["per_unit"] else []
    parts += [f"{wording.whole_percent(rule['share'])} of what was paid"] if rule["share"] else []
    where = [str(rule[name]) for name in CONDITIONS if rule[name]]
    least, most = rule["weight_from"], rule["weight_to"]
    where += [f"above {least:,.0f} g"] if least is not None else []
    where += [f"up to {most:,.0f} g"] if most is not None else []
    where += [f"since {wording.day(rule['valid_from'])}"] if rule["valid_from"] else []
    costs = " + ".join(parts) or f"nothing, in {currency}"
    return f"{name_of(rule['cost_kind'])}: {costs}" + (f"; {', '.join(where)}" if where else "")


def name_of(kind: str) -> str:
    """A kind of cost as it is called: “Pick and pack”."""
    return NAMES[kind]


NAMES = {
    "payment_fee": "Payment fee",
    "marketplace_fee": "Marketplace fee",
    "label": "Label",
    "pick_pack": "Pick and pack",
    "fulfilment_fee": "Fulfilment fee",
}


def save(store: int, known: list[int], rows: list[Rule]) -> None:
    """Keep the rules of a store as they were edited, in one transaction under its lock; what orders cost is told anew.

    `known` are the rule_no that stood in the table before: those missing from `rows` are deleted, those there changed, and a row
    without one is new. Raises Refused naming the row that is incomplete, wrong or there twice; then nothing is changed.
    """
    actor.require("edit")
    checked = [_checked(at, row) for at, row in enumerate(rows, start=1)]
    _refuse_twins(checked)
    kept = [row["rule_no"] for row in checked if row["rule_no"] is not None]
    with db.transaction(store) as cursor:
        images.begin(cursor)
        db.run(cursor, "load/cost_rules/before", store_id=store)
        db.run(cursor, "load/cost_rules/forget", store_id=store, numbers=sorted(set(known) - set(kept)))
        for row in checked:
            name = "add" if row["rule_no"] is None else "change"
            db.run(cursor, f"load/cost_rules/{name}", store_id=store, **row)
        db.run(cursor, "load/cost_rules/touch", store_id=store)
        rollups.refresh(cursor, store)
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "edit", "rules of costs", store, rules=len(checked))


def add(store: int, row: Rule) -> None:
    """One rule more; the others stay. Raises Refused as `save` does."""
    actor.require("edit")
    found = of(Scope(store)).to_dict("records")
    save(store, [int(each["rule_no"]) for each in found], [*found, row])


def delete(store: int, number: int) -> None:
    """One rule less, by its rule_no. Raises Refused if the store has none of that number."""
    actor.require("edit")
    found = of(Scope(store)).to_dict("records")
    if number not in {each["rule_no"] for each in found}:
        raise Refused(f"There is no rule {number} in this store. `show profit.rules` lists them.")
    save(store, [number], [])


def _checked(at: int, row: Rule) -> Rule:
    given = {name: None if pd.isna(row.get(name)) else row.get(name) for name in EDITED}
    if given["cost_kind"] not in KINDS:
        raise Refused(f"Row {at}: a cost is one of {', '.join(KINDS)}, not {given['cost_kind'] or 'blank'}.")
    said = {name: _text(at, name, given[name]) for name in CONDITIONS}
    amounts = {name: _amount(at, name, given[name]) or Decimal(0) for name in AMOUNTS}
    if all(given[name] is None for name in AMOUNTS):
        raise Refused(
            f"Row {at} says no amount. Write what it costs an order, a unit or in percent; 0 if it costs nothing."
        )
    if amounts["share"] > 1:
        raise Refused(f"Row {at}: {wording.whole_percent(amounts['share'])} of what was paid is more than all of it.")
    weights = {name: _amount(at, name, given[name]) for name in WEIGHTS}
    least, most = weights["weight_from"], weights["weight_to"]
    if least is not None and most is not None and most <= least:
        raise Refused(f"Row {at}: no weight lies above {least:,f} g and up to {most:,f} g.")
    currency = str(given["currency"] or "").strip().upper()
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        raise Refused(
            f"Row {at}: {given['currency'] or 'blank'} is not a currency. Write it in three letters, such as EUR."
        )
    day = given["valid_from"]
    number = None if given["rule_no"] is None else int(given["rule_no"])
    kept = {"rule_no": number, "cost_kind": given["cost_kind"], "valid_from": day, "currency": currency}
    return kept | said | amounts | weights


def _text(at: int, name: str, value: Any) -> str | None:
    text = str(value or "").strip()
    if len(text) > LONGEST:
        raise Refused(f"Row {at}: the {name.replace('_', ' ')} has more than {LONGEST} letters.")
    return text or None


def _amount(at: int, name: str, value: Any) -> Decimal | None:
    if value is None:
        return None
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        raise Refused(f"Row {at}: {name.replace('_', ' ')} cannot be {value}. It is 0 or more.")
    return amount


def _refuse_twins(rows: list[Rule]) -> None:
    """Of two rules with the same conditions since the same day the older would never hold."""
    seen: dict[tuple[Any, ...], int] = {}
    for at, row in enumerate(rows, start=1):
        said = tuple((row[name] or "").lower() for name in CONDITIONS)
        weights = tuple(row[name] for name in WEIGHTS)
        key = (row["cost_kind"], row["currency"], said, weights, row["valid_from"] or date.min)
        first = seen.setdefault(key, at)
        if first != at:
            raise Refused(
                f"Rows {first} and {at} are about the same orders since the same day: {in_words(row)}. Keep one of them."
            )
