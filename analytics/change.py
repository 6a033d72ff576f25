"""Last period to this one: why net sales changed, by effects that add up exactly, each with the products behind it.

Gross sales of products sold in both periods change by volume, mix and price; METRICS says each in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

import pandas as pd

from analytics import comparisons, periods, sales, wording
from analytics.metrics import METRICS
from analytics.scope import Scope

CENT = Decimal("0.01")
NONE = Decimal(0)
# In the order of the walk; each stands in METRICS as effect_<name>.
EFFECTS = ("volume", "prices", "mix", "discounts", "reversals", "new", "lost", "rest")
STEP_COLUMNS = ("currency", "step", "label", "amount", "is_total", "of_before")
PRODUCT_COLUMNS = (
    "product_key", "sku", "title", "category", "currency", "amount", "net_sales", "net_sales_before", "units",
    "units_before", "average_price", "average_price_before",
)  # fmt: skip
ABOUT = ("currency", "product_key", "sku", "title", "category")
SUMMED = ("gross_sales", "discounts", "reversals", "net_sales", "units")
# What an effect is called where it adds, and where it takes away.
SAID = {
    "volume": ("more units sold", "fewer units sold"),
    "prices": ("higher prices", "lower prices"),
    "mix": ("a dearer mix", "a cheaper mix"),
    "discounts": ("smaller discounts", "larger discounts"),
    "reversals": ("less taken back", "more taken back"),
    "new": ("products not sold before", "products not sold before"),
    "lost": ("products no longer sold", "products no longer sold"),
    "rest": ("what belongs to no product", "what belongs to no product"),
}


@dataclass(frozen=True)
class Change:
    """Why net sales changed in one currency: the walk, a sentence or two that answer it, and one effect's products."""

    steps: pd.DataFrame
    answer: str
    effect: str
    products: pd.DataFrame


def steps(scope: Scope, before: Scope) -> pd.DataFrame:
    """One row a currency and step: net sales of `before`, what each effect changed, net sales of the scope.

    Columns: STEP_COLUMNS; of_before is the step's share of net sales before, None where there were none. The effects
    add up to the change exactly; an effect of no product is left out.
    """
    return _steps(_by_product(scope, before))


def products(scope: Scope, before: Scope, effect: str) -> pd.DataFrame:
    """One row a currency and product that an effect comes from, the largest amount first; they add up to the effect.

    Columns: PRODUCT_COLUMNS, average prices before discounts. Raises ValueError for an effect that does not exist.
    """
    if effect not in EFFECTS:
        raise ValueError(f"effect is one of {', '.join(EFFECTS)}, not {effect!r}")
    return _products(_by_product(scope, before), effect)


def against(scope: Scope, compare: str = "previous period") -> pd.DataFrame:
    """The steps from the compared days to the scope's. Raises ValueError without days or for an unknown comparison."""
    return steps(scope, _before(scope, compare))


def products_against(scope: Scope, compare: str = "previous period", effect: str | None = None) -> pd.DataFrame:
    """The products of an effect, of the largest one unless told. Raises ValueError as `against` and `products` do."""
    before = _before(scope, compare)
    return products(scope, before, effect or largest(steps(scope, before)) or EFFECTS[0])


def _before(scope: Scope, compare: str) -> Scope:
    if scope.start is None or scope.stop is None:
        raise ValueError("a comparison needs days: say from which to which")
    found = comparisons.of(scope.start, scope.stop, compare)
    if found is None:
        raise ValueError("there is nothing to compare with")
    return found.scope(scope)


def explained(scope: Scope, before: Scope, effect: str | None = None) -> Change:
    """The change of a scope of one currency with the products of one effect, the largest one's unless told.

    An effect that changed nothing, or does not exist, gives no products. Raises ValueError for several currencies.
    """
    rows = _by_product(scope, before)
    if len({row["currency"] for row in rows}) > 1:
        raise ValueError("currency: the scope holds several; choose one")
    walk = _steps(rows)
    chosen = effect or largest(walk)
    behind = _products(rows, chosen) if chosen in EFFECTS else _products([], "rest")
    return Change(walk, _answer(rows, walk, before), chosen, behind)


def largest(walk: pd.DataFrame) -> str:
    """The effect that changed most; an empty text where nothing changed."""
    found = [row for row in walk.to_dict("records") if not row["is_total"]]
    return str(max(found, key=lambda row: abs(row["amount"]))["step"]) if found else ""


def _by_product(scope: Scope, before: Scope) -> list[dict[str, Any]]:
    return by_product(sales.products(scope), comparisons.answer(sales.products, before))


def by_product(of_now: pd.DataFrame, of_before: pd.DataFrame) -> list[dict[str, Any]]:
    """One row a currency and product of either period: what it is called, both periods' sums, and `by`, each effect.

    The frames are as sales.products gives them. A row's effects add up to the change of its net sales.
    """
    now, earlier = _by_key(of_now), _by_key(of_before)
    nothing = (NONE,) * len(SUMMED)
    names = (*ABOUT, *SUMMED, *(f"{name}_before" for name in SUMMED))
    rows: list[dict[str, Any]] = []
    for key in now | earlier:
        about, sums = now.get(key) or (earlier[key][0], nothing)
        before = earlier[key][1] if key in earlier else nothing
        rows.append(dict(zip(names, (*about, *sums, *before), strict=True)))
        rows[-1]["by"] = dict.fromkeys(EFFECTS, NONE)
    for currency in {row["currency"] for row in rows}:
        _tell_apart([row for row in rows if row["currency"] == currency])
    return rows


def _by_key(frame: pd.DataFrame) -> dict[Any, tuple[tuple[Any, ...], tuple[Decimal, ...]]]:
    """What is told of each currency and product, and its sums; a frame of 20,000 products is walked through once."""
    texts = ([None if pd.isna(each) else each for each in frame[name]] for name in ABOUT)
    sums = ([Decimal(each) for each in frame[name]] for name in SUMMED)
    about = list(zip(*texts, strict=True))
    return dict(zip((each[:2] for each in about), zip(about, zip(*sums, strict=True), strict=True), strict=True))


def _tell_apart(rows: list[dict[str, Any]]) -> None:
    """Fill in the effects of one currency's products; a row's effects add up to the change of its net sales."""
    in_both = []
    for row in rows:
        is_sold, was_sold = (row[f"units{when}"] or row[f"gross_sales{when}"] for when in ("", "_before"))
        change = row["net_sales"] - row["net_sales_before"]
        if row["product_key"] is None:
            row["by"]["rest"] = change
        elif is_sold and was_sold:
            if row["units"] > 0 and row["units_before"] > 0:
                in_both.append(row)
            else:  # money without pieces has no price
                row["by"]["rest"] = change
        elif is_sold or was_sold:
            row["by"]["new" if is_sold else "lost"] = change
        else:  # only something taken back, or a discount printed as a line of its own
            row["by"] |= _taken_off(row)
    if in_both:
        _sold_in_both(in_both)


def _taken_off(row: dict[str, Any]) -> dict[str, Decimal]:
    return {name: row[f"{name}_before"] - row[name] for name in ("discounts", "reversals")}


def _sold_in_both(rows: list[dict[str, Any]]) -> None:
    """Volume and price in cents, rounded so that they add up to their own exact sums; the mix is what is left of the
    change in gross sales, so nothing is lost to rounding."""
    units_before = sum(row["units_before"] for row in rows)
    average = sum(row["gross_sales_before"] for row in rows) / units_before
    volume = in_cents([average * (row["units"] - row["units_before"]) for row in rows])
    prices = in_cents(
        [row["gross_sales"] - row["gross_sales_before"] * row["units"] / row["units_before"] for row in rows]
    )
    for row, by_volume, by_price in zip(rows, volume, prices, strict=True):
        change = row["gross_sales"] - row["gross_sales_before"]
        row["by"] |= {"volume": by_volume, "prices": by_price, "mix": change - by_volume - by_price, **_taken_off(row)}


def in_cents(amounts: Sequence[Decimal]) -> list[Decimal]:
    """Amounts in whole cents that add up to the rounded sum: the largest remainders are rounded up."""
    down = [amount.quantize(CENT, ROUND_FLOOR) for amount in amounts]
    left = [amount - whole for amount, whole in zip(amounts, down, strict=True)]
    more = int((sum(left, start=NONE) / CENT).to_integral_value())
    up = set(sorted(range(len(left)), key=lambda at: -left[at])[:more])
    return [amount + CENT if at in up else amount for at, amount in enumerate(down)]


def _steps(rows: list[dict[str, Any]]) -> pd.DataFrame:
    found: list[tuple[Any, ...]] = []
    for currency in sorted({row["currency"] for row in rows}):
        mine = [row for row in rows if row["currency"] == currency]
        before, now = (sum((row[name] for row in mine), start=NONE) for name in ("net_sales_before", "net_sales"))
        found.append((currency, "net_sales_before", "Net sales before", before, True, None))
        for name in EFFECTS:
            if any(row["by"][name] for row in mine):
                amount = sum((row["by"][name] for row in mine), start=NONE)
                share = amount / before if before > 0 else None
                found.append((currency, name, METRICS[f"effect_{name}"].label, amount, False, share))
        change = (now - before) / before if before > 0 else None
        found.append((currency, "net_sales", "Net sales now", now, True, change))
    return pd.DataFrame(found, columns=list(STEP_COLUMNS), dtype=object)


def _products(rows: list[dict[str, Any]], effect: str) -> pd.DataFrame:
    mine = sorted(
        (row for row in rows if row["by"][effect]), key=lambda row: (-abs(row["by"][effect]), row["product_key"] or "")
    )
    found = [
        (
            *(row[name] if name != "title" else _called(row) for name in PRODUCT_COLUMNS[:5]),
            row["by"][effect],
            *(row[name] for name in PRODUCT_COLUMNS[6:10]),
            _price(row["gross_sales"], row["units"]),
            _price(row["gross_sales_before"], row["units_before"]),
        )
        for row in mine
    ]
    return pd.DataFrame(found, columns=list(PRODUCT_COLUMNS), dtype=object)


def _price(amount: Decimal, units: Decimal) -> Decimal | None:
    return round(amount / units, 4) if units > 0 else None


def _called(row: dict[str, Any]) -> str:
    return str(row["title"] or row["sku"] or row["product_key"] or "No product")


def _answer(rows: list[dict[str, Any]], walk: pd.DataFrame, before: Scope) -> str:
    """What changed by how much, the two biggest effects, and the two products that brought most of each."""
    if walk.empty:
        return ""
    amounts = {row["step"]: row["amount"] for row in walk.to_dict("records")}
    currency, was, now = walk["currency"].iloc[0], amounts["net_sales_before"], amounts["net_sales"]
    share = periods.change(now, was) if was > 0 else None
    way = "up" if now > was else "down" if now < was else "the same"
    by = "" if now == was else f" {wording.percent(abs(share))}" if share is not None else ""
    said = (
        f"Net sales are {way}{by}: {wording.money(now, currency)} after {wording.money(was, currency)} in "
        f"{comparisons.in_words(before)} ({_signed(now - was, currency)})."
    )
    found = sorted((name for name in EFFECTS if name in amounts), key=lambda name: -abs(amounts[name]))[:2]
    if not found:
        return said
    parts = [_part(rows, name, amounts[name], currency) for name in found]
    if len(parts) == 1:
        return f"{said} It is all {parts[0]}."
    is_against = (amounts[found[0]] > 0) != (amounts[found[1]] > 0)
    return f"{said} The biggest effects: {parts[0]}; {'against that ' if is_against else 'and '}{parts[1]}."


def _part(rows: list[dict[str, Any]], name: str, amount: Decimal, currency: str) -> str:
    """“fewer units sold, -2,000 EUR (led by Linen Shirt -800 EUR, Mug -400 EUR)”."""
    behind = [row for row in rows if row["by"][name] * amount > 0]
    behind.sort(key=lambda row: (-abs(row["by"][name]), row["product_key"] or ""))
    named = ", ".join(f"{_turn(row, name)}{_called(row)} {_signed(row['by'][name], currency)}" for row in behind[:2])
    said = f"{SAID[name][amount < 0]}, {_signed(amount, currency)}"
    # what belongs to no product has none to name
    return said if name == "rest" or not named else f"{said} (led by {named})"


def _turn(row: dict[str, Any], name: str) -> str:
    """A dearer mix may come from selling less of what is cheap: without the word that would read the wrong way round."""
    return "" if name != "mix" else "more " if row["units"] > row["units_before"] else "fewer "


def _signed(amount: Decimal, currency: str) -> str:
    return f"{'+' if amount > 0 else ''}{wording.money(amount, currency)}"
