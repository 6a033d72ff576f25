"""What each location will sell together, from what is forecast of its products."""

from decimal import Decimal

import pandas as pd

from analytics import wording
from analytics.product_rows import framed

COLUMNS = ("name", "forecast", "share", "products")


def of(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a location of locations.ahead, the one with most units first: name, forecast (units), share of all, products."""
    whole = sum((Decimal(str(each)) for each in rows["forecast"]), start=Decimal(0))
    found = []
    for name, own in rows.groupby("location", sort=True):
        units = sum((Decimal(str(each)) for each in own["forecast"]), start=Decimal(0))
        found.append({"name": name, "forecast": units, "share": units / whole if whole else None, "products": len(own)})
    return framed(sorted(found, key=lambda row: -row["forecast"]), COLUMNS)


def in_words(found: pd.DataFrame, weeks: int) -> str:
    """Which location will sell most, in a sentence."""
    first = found.iloc[0]
    part = "" if first["share"] is None else f", {wording.percent(first['share'])} of all"
    return f"Next {wording.count(weeks, 'week')}: {first['name']} will sell most, {first['forecast']:,.0f} pieces{part}"
