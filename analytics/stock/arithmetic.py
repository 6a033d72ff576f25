"""How each number of a product's suggestion came about: inputs, formula, result."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics.errors import Refused
from analytics.scope import Scope
from analytics.stock import policies, positions, replenishment
from analytics.stock.planning import Change, Row
from analytics.stock.size_curves import LIKE_PIECES

COLUMNS = ("location", "number", "value", "formula", "with_numbers", "basis")
FOUND = "; more was sold than there was, so the rest must have come"


def of(scope: Scope, sku: str | None = None, change: Change = Change()) -> pd.DataFrame:
    """Each number of one product's suggestion, one row a step and location: location, number, value, formula, with_numbers, basis.

    Raises Refused without a product of that name.
    """
    found = replenishment.suggestions(scope, change)
    rows = found[found["sku"] == sku].to_dict("records") if sku else []
    if not rows:
        raise Refused(f"No stock is counted of a product {sku!r}. Name one with --sku, as suggestions list them.")
    steps = [{"location": row["location"]} | step for row in rows for step in _steps(row)]
    return pd.DataFrame(steps, columns=list(COLUMNS), dtype=object)


def _steps(row: Row) -> Iterable[Row]:
    v, lead, sigma, spread = (row[name] for name in ("velocity", "lead_time_days", "deviation", "lead_time_deviation"))
    z, cover, safety = row["z"], row["cover_days"], row["safety_stock"]
    ahead = f"{v} × ({lead} + {cover}) + {safety} − {row['available']} − {row['incoming']}"
    kind = "demand" if row["service_kind"] == policies.FILL_RATE else "cycles"
    told = [
        *_curve(row),
        ("deviation", sigma, "spread of a day's demand", "", row["z_basis"]),
        ("lead_time_days", lead, "days from order to shelf", "", row["lead_time_basis"]),
        ("lead_time_deviation", spread, "spread of the lead time", "", row["lead_time_basis"]),
        ("service_level", row["service_level"], f"share of {kind} to be met", "", row["rule"]),
        ("z", z, "safety factor of that service level", "", row["z_basis"]),
        ("safety_stock", safety, "z × √(lead time × deviation² + velocity² × lead time deviation²)",
         f"{z} × √({lead} × {sigma}² + {v}² × {spread}²)", row["rule"]),
        ("reorder_point", row["reorder_point"], "velocity × lead time + safety stock", f"{v} × {lead} + {safety}", ""),
        _position(row),
        ("incoming", row["incoming"], "what is on its way", "", row["incoming_basis"]),
        ("in_time", row["in_time"], "of it, due before an order of today", "", row["incoming_basis"]),
        ("order_by", row["order_by"], "count's day + (available + incoming in time − reorder point) ÷ velocity, rounded down",
         f"{row['as_of']} + ({row['available']} + {row['in_time']} − {row['reorder_point']}) ÷ {v}", ""),
        ("suggested_order", row["suggested_order"],
         "velocity × (lead time + cover) + safety stock − available − incoming, up to minimum and packs",
         f"{ahead}; minimum {_or(row['minimum_order'])}, pack {_or(row['pack_size'])}", row["rule"]),
        ("order_value", row["order_value"], "suggested order × landed cost", f"{row['suggested_order']} × {_or(row['landed_cost'])}", ""),
        ("margin_at_risk", row["margin_at_risk"], "days short × velocity × (price − landed cost)",
         f"{_or(row['days_short'])} × {v} × ({_or(row['price'])} − {_or(row['landed_cost'])})", ""),
    ]  # fmt: skip
    return [dict(zip(("number", "value", "formula", "with_numbers", "basis"), step, strict=True)) for step in told]


def _curve(row: Row) -> list[tuple[Any, ...]]:
    """Velocity, and where a size curve shares out a part of it, what it is made from."""
    v, own = row["velocity"], row["own_velocity"]
    if own is None or own != own:
        return [("velocity", v, "units ÷ days", "", row["velocity_basis"])]
    style, part, there, asked = (row[name] for name in ("style_velocity", "size_share", "days_there", "days_asked"))
    changed = "" if row["demand_times"] == 1 else f" × {row['demand_times']}"
    return [
        ("own_velocity", own, "units ÷ days", "", row["velocity_basis"]),
        ("style_velocity", style, "what the style sells a day with all of its sizes there", "", "its sizes, while they were there"),
        ("size_share", part, "share of the size in that", "", f"size curve of the style, that of its category as {LIKE_PIECES} pieces"),
        ("days_there", there, f"of the last {asked} days", "", "days on which it could be bought"),
        ("velocity", v, "(own velocity × days there + style's velocity × size's share × other days) ÷ days",
         f"({own} × {there} + {style} × {part} × {asked - there}) ÷ {asked}{changed}", row["size_basis"]),
    ]  # fmt: skip


def _position(row: Row) -> tuple[Any, ...]:
    """What is available, and what was counted of it when."""
    moves = [row[name] for name in positions.MOVES]
    if moves[0] is None or moves[0] != moves[0]:
        said = f"counted on {row['counted_on']}"
        return "available", row["available"], "on hand − committed − unavailable", "", said
    sold, back, received, found = (_plain(each) for each in moves)
    formula = "counted − sold + put back + received since" + (" + found" if moves[3] else "")
    numbers = f"{_plain(row['counted'])} − {sold} + {back} + {received}" + (f" + {found}" if moves[3] else "")
    said = f"counted on {row['counted_on']}, rolled forward to {row['as_of']}"
    return "available", row["available"], formula, numbers, said + (FOUND if moves[3] else "")


def _plain(value: Any) -> str:
    """A number without zeros behind the point."""
    return f"{Decimal(value).normalize():f}"


def _or(value: Any) -> Any:
    return "unknown" if value is None or value != value else value
