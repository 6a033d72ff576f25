"""Stock: what is there, what it is worth, how long it lasts, and what is low under assumed lead times."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db
from analytics.scope import Scope
from analytics.stock import classes, settings, velocity

Z = Decimal("1.65")
LEVEL_COLUMNS = (
    "sku", "product_key", "title", "category", "vendor", "location", "as_of", "on_hand", "committed", "unavailable",
    "available", "incoming", "not_stocked_at", "negative_at", "currency", "unit_cost", "cost_value", "price", "retail_value",
    "units_sold", "velocity", "days_of_cover", "safety_stock", "reorder_point", "is_low", "velocity_basis", "store_id",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "currency", "as_of", "products", "on_hand", "available", "incoming", "value_at_cost", "value_at_retail",
    "covered_share", "days_of_cover", "negative", "not_stocked", "low_stock",
)  # fmt: skip
ROWS = ("product", "location")
UNSOLD = "no sales known"
A_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True)
class StockLook:
    """How stock is looked at: over which window velocity is told (see velocity.of), and a row a product or a location of it.

    Raises ValueError for rows that there are none of.
    """

    window: str = velocity.OWN
    rows: str = "product"

    def __post_init__(self) -> None:
        if self.rows not in ROWS:
            raise ValueError(f"rows is {' or '.join(ROWS)}, not {self.rows!r}")

    @property
    def of_products(self) -> "StockLook":
        """The same with a row a product."""
        return StockLook(self.window)


def levels(scope: Scope, look: StockLook = StockLook()) -> pd.DataFrame:
    """One row a store and product with its newest count, all locations together; or a row each. Columns: LEVEL_COLUMNS.

    Quantities in units; None is not counted, which is not 0. `not_stocked_at` and `negative_at` count the locations where it is
    not stocked or below zero. `units_sold` and `velocity` (a day) are those of the look's window, `velocity_basis` says of which
    days; days_of_cover = available ÷ velocity, None without sales. safety_stock = z·√L·σ and reorder_point = velocity·L +
    safety_stock with the store's assumed lead time L and z 1.65; is_low is None where nothing was sold or nothing is counted.
    What sells at a single location is not known, so all that follows from sales is None in rows of locations.
    """
    frame = counted(scope, look.rows == "location")
    lead_time = settings.of_scope(scope).lead_time_days
    known = {} if look.rows == "location" else velocity.by_product(scope, look.window)
    has_sales = bool(known)
    pairs = zip(frame["store_id"], frame["product_key"], frame["available"], strict=True)
    rows = [_pace(known.get((store, key)), available, lead_time, has_sales) for store, key, available in pairs]
    paces = pd.DataFrame(rows, columns=list(PACE), dtype=object, index=frame.index)
    return pd.concat([frame, paces], axis=1)[list(LEVEL_COLUMNS)]


def counted(scope: Scope, by_location: bool = False) -> pd.DataFrame:
    """The rows of `levels` without what follows from sales: the newest counts and what they are worth."""
    asked = {name: scope.params()[name] for name in ("store_ids", "stop", "categories", "currency")}
    return db.read("inventory/levels", by_location=by_location, **asked)


PACE = ("units_sold", "velocity", "days_of_cover", "safety_stock", "reorder_point", "is_low", "velocity_basis")


def _pace(
    sold: dict[str, Any] | None, available: Decimal | None, lead_time: Decimal, has_sales: bool
) -> tuple[Any, ...]:
    """What follows from a product's sales, in the order of PACE."""
    if sold is None:
        nothing = Decimal(0) if has_sales else None
        return nothing, nothing, None, nothing, nothing, None, UNSOLD
    pace, point, safety = sold["velocity"], None, None
    if pace is not None:
        safety = safety_stock(sold["deviation"], lead_time)
        point = None if safety is None else reorder_point(pace, safety, lead_time)
    cover = None if available is None or not pace else Decimal(available) / pace
    low = None if available is None or not pace or point is None else bool(available <= point)
    return sold["units"], pace, cover, safety, point, low, sold["velocity_basis"]


def table(scope: Scope, look: StockLook = StockLook()) -> pd.DataFrame:
    """The rows of `levels` with the classes of each product: abc, xyz (see classes.of)."""
    frame, known = levels(scope, look), classes.of(scope)
    both = {key: (abc, xyz) for key, abc, xyz in known[["product_key", "abc", "xyz"]].itertuples(index=False)}
    pairs = [both.get(key, (None, None)) for key in frame["product_key"]]
    return frame.assign(
        abc=pd.Series([each for each, _ in pairs], index=frame.index, dtype=object),
        xyz=pd.Series([each for _, each in pairs], index=frame.index, dtype=object),
    )


def summary(scope: Scope, look: StockLook = StockLook()) -> pd.DataFrame:
    """One row a currency. Columns: SUMMARY_COLUMNS; `negative` and `not_stocked` count levels: a product at a location.

    Values count only what has a known cost (price); covered_share is the share of units on hand with a known cost. Days of cover
    are those of all products together: available ÷ units sold a day, of what is counted.
    """
    return of_levels(levels(scope, look))


def of_levels(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of `summary` from levels."""
    rows = [{"currency": currency, **summed(rows)} for currency, rows in frame.groupby("currency", dropna=False)]
    return pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS), dtype=object)


def summed(rows: pd.DataFrame) -> dict[str, Any]:
    """The levels of one currency added up: SUMMARY_COLUMNS without the currency."""
    positive = rows["on_hand"].map(lambda value: value if value and value > 0 else None)
    on_hand, covered = total(positive), total(positive[rows["unit_cost"].notna()])
    counted = rows["available"].notna()
    return {
        "as_of": rows["as_of"].max(),
        "products": rows["product_key"].nunique(),
        "on_hand": total(rows["on_hand"]),
        "available": total(rows["available"]),
        "incoming": total(rows["incoming"]),
        "value_at_cost": total(rows["cost_value"]) if rows["cost_value"].notna().any() else None,
        "value_at_retail": total(rows["retail_value"]) if rows["retail_value"].notna().any() else None,
        "covered_share": covered / on_hand if on_hand else None,
        "days_of_cover": _cover(total(rows["available"]), total(rows.loc[counted, "velocity"])),
        "negative": int(rows["negative_at"].sum()),
        "not_stocked": int(rows["not_stocked_at"].sum()),
        "low_stock": sum(1 for value in rows["is_low"] if value is True),
    }


def _cover(available: Decimal, pace: Decimal) -> Decimal | None:
    return available / pace if pace else None


def total(values: "pd.Series[Any]") -> Decimal:
    """The sum of what is known."""
    return sum((Decimal(value) for value in values if value is not None and not pd.isna(value)), start=Decimal(0))


def safety_stock(deviation: Decimal | None, lead_time: Decimal, z: Decimal = Z) -> Decimal | None:
    """z·√L·σ_d in units, to the thousandth; None if the demand is unknown."""
    return None if deviation is None else (z * lead_time.sqrt() * deviation).quantize(A_THOUSANDTH)


def reorder_point(pace: Decimal, safety: Decimal, lead_time: Decimal) -> Decimal:
    """d̄·L + safety stock, in units, to the thousandth."""
    return (pace * lead_time + safety).quantize(A_THOUSANDTH)
