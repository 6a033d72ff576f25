"""Stock levels summed up for a look at them: by category, by how long they last, and what is low."""

from decimal import Decimal

import pandas as pd

ASSUMPTION = (
    "Assumed for every product until its own are known: delivery takes {days:,.0f} days, and safety stock covers the demand "
    "of 95 of 100 cycles (z 1.65). Reorder point = daily sales × {days:,.0f} + safety stock."
)
COVERS: tuple[tuple[str, Decimal], ...] = (
    ("out of stock", Decimal(0)),
    ("under 7 days", Decimal(7)),
    ("7 – 13 days", Decimal(14)),
    ("14 – 29 days", Decimal(30)),
    ("30 – 89 days", Decimal(90)),
    ("90 – 179 days", Decimal(180)),
)
LONGER, UNSOLD = "180 days and more", "no sales"


def by_cover(levels: pd.DataFrame) -> pd.DataFrame:
    """How many products last how long: name (the bracket, shortest first), products."""
    products = levels[levels["available"].notna()].groupby("product_key")[["available", "velocity"]].sum()
    brackets = [_bracket(*each) for each in products.itertuples(index=False)]
    order = [*(name for name, _ in COVERS), LONGER, UNSOLD]
    counted = pd.Series(brackets, dtype=object).value_counts().reindex(order, fill_value=0)
    return counted.rename_axis("name").rename("products").reset_index()


def _bracket(available: Decimal, velocity: Decimal) -> str:
    if available <= 0:
        return COVERS[0][0]
    if not velocity:
        return UNSOLD
    days = Decimal(available) / Decimal(velocity)
    return next((name for name, limit in COVERS[1:] if days < limit), LONGER)


def low(levels: pd.DataFrame) -> pd.DataFrame:
    """The levels at or below their reorder point, the fewest days of cover first."""
    found = levels.loc[[each is True for each in levels["is_low"].astype(object)]]
    return found.sort_values("days_of_cover", na_position="last", kind="stable").reset_index(drop=True)
