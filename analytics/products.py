"""Products: ranked, classed by what they bring, compared with other days, and rolled up from their variants."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import bundles, db, periods
from analytics.product_rows import Look, Row, by_level, framed, number, quotient, sold, summed, told
from analytics.scope import Scope
from analytics.stock import settings
from analytics.stock.settings import StockSettings

# Up to which shares of net sales the classes A and B reach, unless a store says otherwise.
A_TO, B_TO = StockSettings().a_until, StockSettings().b_until
RANKING_COLUMNS = (
    "rank", "product", "title", "variants", "sku", "category", "vendor", "currency", "net_sales", "share",
    "cumulative_share", "abc", "units", "net_units", "units_returned", "gross_sales", "discounts", "reversals",
    "average_price", "cost_of_goods_sold", "gross_profit", "gross_margin", "covered_share", "parent",
)  # fmt: skip
VARIANT_COLUMNS = (
    "product", "product_title", "options", "product_key", "sku", "title", "currency", "net_sales", "share", "units",
    "net_units", "units_returned", "gross_sales", "discounts", "reversals", "gross_profit",
)  # fmt: skip
MOVER_COLUMNS = ("product", "title", "currency", "now", "before", "change", "relative_change", "direction")
DAILY_COLUMNS = ("day", "currency", "net_sales", "gross_sales", "discounts", "reversals", "units", "units_returned")


def variants_of(scope: Scope, product: str | None) -> pd.DataFrame:
    """The rows of `told` of one product. Raises ValueError if the store has no such product."""
    known = told(scope)
    found = known[known["parent"] == product].reset_index(drop=True)
    if found.empty:
        raise ValueError(
            f"product is one that sales.product_ranking names (its handle, else SKU or title), not {product!r}"
        )
    return found


def ranking(scope: Scope, look: Look = Look()) -> pd.DataFrame:
    """One row a currency and product (or variant), the look's metric descending. Columns: RANKING_COLUMNS.

    `product` is its key, `parent` that of the product a variant belongs to. `share` is of the currency's net sales,
    `cumulative_share` of those above zero, in the order of net sales; `abc` says which products bring the first of them (A),
    the next (B) and the rest (C), up to the store's borders. What belongs to no product has no class.
    """
    rows, until = by_level(scope, look), borders(scope)
    for currency in {row["currency"] for row in rows}:
        _class([row for row in rows if row["currency"] == currency], until)
    rows.sort(key=lambda row: (row["currency"], -number(row[look.metric]), str(row["title"])))
    frame = framed(rows, [name for name in RANKING_COLUMNS if name != "rank"])
    frame.insert(0, "rank", frame.groupby("currency").cumcount() + 1)
    return frame


def borders(scope: Scope) -> tuple[Decimal, Decimal]:
    """Up to which share of net sales a product is A and B, as the scope's stores set it."""
    limits = settings.of_scope(scope)
    return limits.a_until, limits.b_until


def matching(frame: pd.DataFrame, asked: str) -> pd.DataFrame:
    """The rows of a ranking whose title, SKU or key has one of the words asked for, which commas part; all for none."""
    words = [word.strip().lower() for word in asked.split(",") if word.strip()]
    if not words or frame.empty:
        return frame
    texts = frame[["title", "sku", "product"]].fillna("").agg(" | ".join, axis=1).str.lower()
    return frame.loc[[any(word in text for word in words) for text in texts]].reset_index(drop=True)


def counted(frame: pd.DataFrame) -> dict[str, int]:
    """How many products of a ranking sold at all (products_sold) and how many are A (a_products)."""
    return {"products_sold": sum(each > 0 for each in frame["units"]), "a_products": int((frame["abc"] == "A").sum())}


def concentration(frame: pd.DataFrame, points: int = 200) -> pd.DataFrame:
    """How few products bring how much, from a ranking of one currency: place, products (their share of all with sales above
    zero), cumulative_share, title and abc, the best first; of more than `points` every so many."""
    rows = (
        frame[frame["cumulative_share"].notna()].sort_values("cumulative_share", kind="stable").reset_index(drop=True)
    )
    if rows.empty:
        return pd.DataFrame(columns=["place", "products", "cumulative_share", "title", "abc"], dtype=object)
    rows = rows.assign(place=range(1, len(rows) + 1), products=[at / len(rows) for at in range(1, len(rows) + 1)])
    step = -(-len(rows) // points)
    kept = rows.loc[[at % step == 0 or at == len(rows) - 1 for at in range(len(rows))]]
    return kept[["place", "products", "cumulative_share", "title", "abc"]].reset_index(drop=True)


def abc(net_sales: Sequence[Decimal], a_to: Decimal = A_TO, b_to: Decimal = B_TO) -> list[tuple[str, Decimal | None]]:
    """Class and cumulative share of each of some net sales, in their own order; the share is None for a C without sales.

    A product is A as long as those above it bring less than `a_to` (80 %), B less than `b_to` (95 %): the one that crosses a
    border belongs to the better class. Shares are of the sum of what is above zero; zero and less is C.
    """
    total = sum((each for each in net_sales if each > 0), start=Decimal(0))
    found: list[tuple[str, Decimal | None]] = [("C", None)] * len(net_sales)
    reached = Decimal(0)
    for at in sorted(range(len(net_sales)), key=lambda at: -net_sales[at]):
        if net_sales[at] <= 0:
            break
        letter = "A" if reached < a_to * total else "B" if reached < b_to * total else "C"
        reached += net_sales[at]
        found[at] = (letter, reached / total)
    return found


def movers(scope: Scope, before: Scope, look: Look = Look()) -> pd.DataFrame:
    """One row a currency and product whose metric differs from the compared days, the largest difference first.

    Columns: MOVER_COLUMNS; `relative_change` is None where there was nothing before. The changes add up to the change of all.
    """
    now = {(row["currency"], row["product"]): row for row in by_level(scope, look)}
    then = _earlier(before, look)
    found = []
    for key in now | then:
        row = now.get(key) or then[key]
        one, other = (number(rows[key][look.metric]) if key in rows else Decimal(0) for rows in (now, then))
        if one != other:
            change = {"now": one, "before": other, "change": one - other, "relative_change": periods.change(one, other)}
            found.append(row | change | {"direction": "up" if one > other else "down"})
    found.sort(key=lambda row: (row["currency"], -abs(row["change"]), str(row["title"])))
    return framed(found, MOVER_COLUMNS)


def _earlier(before: Scope, look: Look) -> dict[Any, Row]:
    """The rows of the compared days by currency and product; of several ranges with the mean of the look's metric."""
    ranges = before.ranges()
    rows: dict[Any, Row] = {}
    for each in ranges:
        for row in by_level(each, look):
            kept = rows.setdefault((row["currency"], row["product"]), row | {look.metric: Decimal(0)})
            kept[look.metric] += number(row[look.metric]) / len(ranges)
    return rows


def variants(scope: Scope, product: str | None = None, look: Look = Look()) -> pd.DataFrame:
    """One row a currency and variant, of one product or of all, with the product it is rolled up to.

    Columns: VARIANT_COLUMNS; `share` is of its product's net sales. Variants without sales in the scope are left out.
    """
    rows = [
        row | {"product": row["parent"], "product_title": row["parent_title"]}
        for row in sold(scope, look)
        if product is None or row["parent"] == product
    ]
    totals: dict[Any, Decimal] = {}
    for row in rows:
        key = (row["currency"], row["product"])
        totals[key] = totals.get(key, Decimal(0)) + row["net_sales"]
    for row in rows:
        row["share"] = quotient(row["net_sales"], totals[row["currency"], row["product"]])
        row["net_units"] = row["units"] - row["units_returned"]
    rows.sort(key=lambda row: (row["currency"], str(row["product_title"]), -row["net_sales"], str(row["title"])))
    return framed(rows, VARIANT_COLUMNS)


def daily(scope: Scope, product: str, look: Look = Look()) -> pd.DataFrame:
    """One row a currency and day of one product, all its variants together, without gaps. Columns: DAILY_COLUMNS.

    Raises ValueError if the store has no such product.
    """
    keys = list(variants_of(scope, product)["product_key"])
    made_of = bundles.parts(scope) if look.bundles == "as components" else pd.DataFrame(columns=["bundle_key"])
    holding = [] if made_of.empty else list(made_of.loc[made_of["component_key"].isin(keys), "bundle_key"].unique())
    name = "converted/products_daily" if scope.into else "products/daily"
    frame = db.read(name, products=[*keys, *holding], **scope.params())
    frame = bundles.as_components(frame, made_of)
    rows = frame[frame["product_key"].isin(keys)].to_dict("records")
    days = summed(rows, ("currency", "day"), DAILY_COLUMNS[3:])
    return _without_gaps(days, scope)


def _without_gaps(days: list[Row], scope: Scope) -> pd.DataFrame:
    zero = dict.fromkeys(DAILY_COLUMNS[3:], Decimal(0))
    found = []
    for currency in sorted({row["currency"] for row in days}):
        sold = {row["day"]: row for row in days if row["currency"] == currency}
        ends = (scope.start or min(sold), scope.stop or max(sold))
        every = pd.date_range(*ends, inclusive="left" if scope.stop else "both")
        for day in sorted({each.date() for each in every} | set(sold)):
            row = sold.get(day, zero)
            net = row["gross_sales"] - row["discounts"] - row["reversals"]
            found.append(row | {"day": day, "currency": currency, "net_sales": net})
    return framed(found, DAILY_COLUMNS)


def _class(rows: list[Row], until: tuple[Decimal, Decimal]) -> None:
    """Give the rows of one currency their share of net sales and their class; what is no product has none."""
    total = sum((row["net_sales"] for row in rows), start=Decimal(0))
    for row in rows:
        row |= {"share": quotient(row["net_sales"], total), "abc": None, "cumulative_share": None}
    named = sorted((row for row in rows if row["product"] is not None), key=lambda row: str(row["title"]))
    for row, (letter, reached) in zip(named, abc([row["net_sales"] for row in named], *until), strict=True):
        row |= {"abc": letter, "cumulative_share": reached}
