"""Products: ranked, classed by what they bring, compared with other days, and rolled up from their variants."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import bundles, db, periods, sales
from analytics.scope import Scope

METRICS = (
    "net_sales", "units", "gross_profit", "gross_sales", "discounts", "reversals", "net_units", "units_returned",
)  # fmt: skip
LEVELS = ("product", "variant")
BUNDLES = ("as sold", "as components")
# A to 80 % of net sales, B to 95 %
A_TO, B_TO = Decimal("0.80"), Decimal("0.95")
NOT_A_PRODUCT = "Not tied to a product"
SUMS = (
    "gross_sales", "discounts", "reversals", "net_sales", "units", "units_returned", "cost_of_goods_sold", "gross_profit",
)  # fmt: skip
ABOUT = ("sku", "title", "category", "vendor")
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
Row = dict[Any, Any]


@dataclass(frozen=True)
class Look:
    """How products are looked at: by which metric, as products or variants, with bundles as sold or as components.

    Raises ValueError for a value that none of them has.
    """

    metric: str = "net_sales"
    level: str = "product"
    bundles: str = "as sold"

    def __post_init__(self) -> None:
        for name, known in (("metric", METRICS), ("level", LEVELS), ("bundles", BUNDLES)):
            if getattr(self, name) not in known:
                raise ValueError(f"{name} is one of {', '.join(known)}, not {getattr(self, name)!r}")


def told(scope: Scope) -> pd.DataFrame:
    """One row a product of the stores: product_key, parent, parent_title, options (None: it has none, or they are unknown).

    Variants are told by the handle of the catalogue, else by a title “Title - options” that others begin with, too.
    """
    return db.read("products/variants", store_ids=scope.params()["store_ids"])


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
    `cumulative_share` of those above zero, in the order of net sales; `abc` says which products bring the first 80 % (A),
    the next to 95 % (B) and the rest (C). What belongs to no product has no class.
    """
    rows = _by_level(scope, look)
    for currency in {row["currency"] for row in rows}:
        _class([row for row in rows if row["currency"] == currency])
    rows.sort(key=lambda row: (row["currency"], -_number(row[look.metric]), str(row["title"])))
    frame = pd.DataFrame(rows, columns=[name for name in RANKING_COLUMNS if name != "rank"], dtype=object)
    frame.insert(0, "rank", frame.groupby("currency").cumcount() + 1)
    return frame


def matching(frame: pd.DataFrame, asked: str) -> pd.DataFrame:
    """The rows of a ranking whose title, SKU or key has one of the words asked for, which commas part; all for none."""
    words = [word.strip().lower() for word in asked.split(",") if word.strip()]
    if not words or frame.empty:
        return frame
    texts = frame[["title", "sku", "product"]].fillna("").agg(" | ".join, axis=1).str.lower()
    return frame[[any(word in text for word in words) for text in texts]].reset_index(drop=True)


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
    kept = rows[[at % step == 0 or at == len(rows) - 1 for at in range(len(rows))]]
    return kept[["place", "products", "cumulative_share", "title", "abc"]].reset_index(drop=True)


def abc(net_sales: Sequence[Decimal]) -> list[tuple[str, Decimal | None]]:
    """Class and cumulative share of each of some net sales, in their own order; the share is None for a C without sales.

    A product is A as long as those above it bring less than 80 %, B less than 95 %: the one that crosses a border belongs
    to the better class. Shares are of the sum of what is above zero; zero and less is C.
    """
    total = sum((each for each in net_sales if each > 0), start=Decimal(0))
    found: list[tuple[str, Decimal | None]] = [("C", None)] * len(net_sales)
    reached = Decimal(0)
    for at in sorted(range(len(net_sales)), key=lambda at: -net_sales[at]):
        if net_sales[at] <= 0:
            break
        letter = "A" if reached < A_TO * total else "B" if reached < B_TO * total else "C"
        reached += net_sales[at]
        found[at] = (letter, reached / total)
    return found


def movers(scope: Scope, before: Scope, look: Look = Look()) -> pd.DataFrame:
    """One row a currency and product whose metric differs from the compared days, the largest difference first.

    Columns: MOVER_COLUMNS; `relative_change` is None where there was nothing before. The changes add up to the change of all.
    """
    frames = [_by_level(each, look) for each in (scope, before)]
    now, then = ({(row["currency"], row["product"]): row for row in rows} for rows in frames)
    found = []
    for key in now | then:
        row = now.get(key) or then[key]
        one, other = (_number(rows[key][look.metric]) if key in rows else Decimal(0) for rows in (now, then))
        if one != other:
            change = {"now": one, "before": other, "change": one - other, "relative_change": periods.change(one, other)}
            found.append(row | change | {"direction": "up" if one > other else "down"})
    found.sort(key=lambda row: (row["currency"], -abs(row["change"]), str(row["title"])))
    return pd.DataFrame(found, columns=list(MOVER_COLUMNS), dtype=object)


def variants(scope: Scope, product: str | None = None, look: Look = Look()) -> pd.DataFrame:
    """One row a currency and variant, of one product or of all, with the product it is rolled up to.

    Columns: VARIANT_COLUMNS; `share` is of its product's net sales. Variants without sales in the scope are left out.
    """
    rows = [
        row | {"product": row["parent"], "product_title": row["parent_title"]}
        for row in _sold(scope, look)
        if product is None or row["parent"] == product
    ]
    totals: dict[Any, Decimal] = {}
    for row in rows:
        key = (row["currency"], row["product"])
        totals[key] = totals.get(key, Decimal(0)) + row["net_sales"]
    for row in rows:
        row["share"] = _quotient(row["net_sales"], totals[row["currency"], row["product"]])
        row["net_units"] = row["units"] - row["units_returned"]
    rows.sort(key=lambda row: (row["currency"], str(row["product_title"]), -row["net_sales"], str(row["title"])))
    return pd.DataFrame(rows, columns=list(VARIANT_COLUMNS), dtype=object)


def daily(scope: Scope, product: str, look: Look = Look()) -> pd.DataFrame:
    """One row a currency and day of one product, all its variants together, without gaps. Columns: DAILY_COLUMNS.

    Raises ValueError if the store has no such product.
    """
    keys = list(variants_of(scope, product)["product_key"])
    made_of = bundles.parts(scope) if look.bundles == "as components" else pd.DataFrame(columns=["bundle_key"])
    holding = [] if made_of.empty else list(made_of.loc[made_of["component_key"].isin(keys), "bundle_key"].unique())
    frame = db.read("products/daily", products=[*keys, *holding], **scope.params())
    frame = bundles.as_components(frame, made_of)
    rows = frame[frame["product_key"].isin(keys)].to_dict("records")
    days = _summed(rows, ("currency", "day"), DAILY_COLUMNS[3:])
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
    return pd.DataFrame(found, columns=list(DAILY_COLUMNS), dtype=object)


def _by_level(scope: Scope, look: Look) -> list[Row]:
    """A row a currency and product or variant: `product` is its key, with SUMS and the quotients that follow from them."""
    rows = _sold(scope, look)
    if look.level == "product":
        rolled = _summed(rows, ("currency", "parent"), SUMS)
        first: dict[Any, Row] = {}
        count: dict[Any, int] = {}
        for row in rows:
            key = (row["currency"], row["parent"])
            first.setdefault(key, row)
            count[key] = count.get(key, 0) + 1
        for row in rolled:
            key = (row["currency"], row["parent"])
            about = {name: first[key][name] for name in ("category", "vendor")}
            sku = first[key]["sku"] if count[key] == 1 else None
            row |= about | {"product": key[1], "title": first[key]["parent_title"], "sku": sku, "variants": count[key]}
        rows = rolled
    else:
        rows = [row | {"product": row["product_key"], "variants": 1} for row in rows]
    return [_with_quotients(row) for row in rows]


def _sold(scope: Scope, look: Look) -> list[Row]:
    """A row a currency and product as it is sold (or as a component), with its parent: keys, ABOUT, SUMS, options."""
    frame = sales.products(scope)[["product_key", "currency", *ABOUT, *SUMS]]
    rows: list[Row] = frame.to_dict("records")
    if look.bundles == "as components":
        rows = bundles.as_components(frame, bundles.parts(scope)).to_dict("records")
        about = {(row["currency"], row["product_key"]): row for row in rows}
        rows = [row | _about(about, row) for row in _summed(rows, ("currency", "product_key"), SUMS)]
    known = {row["product_key"]: row for row in told(scope).to_dict("records")}
    return [row | _parent(row, known.get(row["product_key"])) for row in rows]


def _about(known: dict[Any, Row], row: Row) -> Row:
    return {name: known[row["currency"], row["product_key"]][name] for name in ABOUT}


def _parent(row: Row, known: Row | None) -> Row:
    """Which product a row is a variant of; what no catalogue and no line names stands for itself."""
    if known is None:
        title = row["title"] or row["product_key"] or NOT_A_PRODUCT
        return {"parent": row["product_key"], "parent_title": title, "title": title, "options": None}
    return {"parent": known["parent"], "parent_title": known["parent_title"], "options": known["options"]}


def _summed(rows: list[Row], by: tuple[str, str], names: Sequence[str]) -> list[Row]:
    """The rows added up by two keys; what is unknown adds nothing, and is None where nothing is known."""
    sums: dict[Any, list[Any]] = {}
    for row in rows:
        key = (row[by[0]], row[by[1]])
        kept = sums.get(key)
        if kept is None:
            sums[key] = [row[name] for name in names]
            continue
        for at, name in enumerate(names):
            value = row[name]
            if value is not None:
                kept[at] = value if kept[at] is None else kept[at] + value
    return [dict(zip((*by, *names), (*key, *values), strict=True)) for key, values in sums.items()]


def _with_quotients(row: Row) -> Row:
    profit, cost = row["gross_profit"], row["cost_of_goods_sold"]
    covered = None if profit is None else profit + cost
    return row | {
        "net_units": row["units"] - row["units_returned"],
        "average_price": _quotient(row["gross_sales"] - row["discounts"], row["units"]),
        "gross_margin": _quotient(profit, covered),
        "covered_share": _quotient(covered, row["net_sales"]),
    }


def _class(rows: list[Row]) -> None:
    """Give the rows of one currency their share of net sales and their class; what is no product has none."""
    total = sum((row["net_sales"] for row in rows), start=Decimal(0))
    for row in rows:
        row |= {"share": _quotient(row["net_sales"], total), "abc": None, "cumulative_share": None}
    named = sorted((row for row in rows if row["product"] is not None), key=lambda row: str(row["title"]))
    for row, (letter, reached) in zip(named, abc([row["net_sales"] for row in named]), strict=True):
        row |= {"abc": letter, "cumulative_share": reached}


def _quotient(above: Any, below: Any) -> Decimal | None:
    return None if above is None or not below else Decimal(above) / Decimal(below)


def _number(value: Any) -> Decimal:
    return Decimal(0) if value is None else Decimal(value)
