"""How each number of a product's suggestion came about: inputs, formula, result."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import wording
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
    v, lead, sigma, spread = (
        _or(row[name]) for name in ("velocity", "lead_time_days", "deviation", "lead_time_deviation")
    )
    z, cover, safety, point = (_or(row[name]) for name in ("z", "cover_days", "safety_stock", "reorder_point"))
    available, incoming, in_time, order = (
        _or(row[name]) for name in ("available", "incoming", "in_time", "suggested_order")
    )
    ahead = f"{v} × ({lead} + {cover}) + {safety} − {available} − {incoming}"
    kind = "demand" if row["service_kind"] == policies.FILL_RATE else "cycles"
    told = [
        *_demand(row),
        ("deviation", row["deviation"], "spread of a day's demand, from runs of a lead time's days", "", row["z_basis"]),
        ("lead_time_days", row["lead_time_days"], "days from order to shelf", "", row["lead_time_basis"]),
        ("lead_time_deviation", row["lead_time_deviation"], "spread of the lead time", "", row["lead_time_basis"]),
        ("service_level", row["service_level"], f"share of {kind} to be met", "", row["rule"]),
        ("z", row["z"], "safety factor of that service level", "", row["z_basis"]),
        ("safety_stock", row["safety_stock"], "z × √(lead time × deviation² + velocity² × lead time deviation²)",
         f"{z} × √({lead} × {sigma}² + {v}² × {spread}²)", row["rule"]),
        ("reorder_point", row["reorder_point"], "velocity × lead time + safety stock", f"{v} × {lead} + {safety}", ""),
        _position(row),
        ("incoming", row["incoming"], "what is on its way", "", row["incoming_basis"]),
        ("in_time", row["in_time"], "of it, due before an order of today", "", row["incoming_basis"]),
        _order_by(row, f"{available} + {in_time} − {point}"),
        ("suggested_order", row["suggested_order"],
         "velocity × (lead time + cover) + safety stock − available − incoming, up to minimum and packs",
         f"{ahead}; minimum {_or(row['minimum_order'])}, pack {_or(row['pack_size'])}", row["rule"]),
        ("landed_cost", row["landed_cost"], f"unit cost + freight + duty of a piece, in {row['currency']}", "", _or(row["landed_basis"])),
        ("order_value", row["order_value"], "suggested order × landed cost", f"{order} × {_or(row['landed_cost'])}", ""),
        *_risk(row),
    ]  # fmt: skip
    return [dict(zip(("number", "value", "formula", "with_numbers", "basis"), step, strict=True)) for step in told]


def _order_by(row: Row, above: str) -> tuple[Any, ...]:
    """When the position falls to the reorder point, or when it fell: as much was sold since as is missing."""
    told, on = row["order_by_basis"], row["order_by"]
    if told in (replenishment.BY_SALES, replenishment.SINCE_KNOWN):
        formula = "the last day on which available + incoming in time + sold since were above the reorder point at that day's pace"
        return "order_by", on, formula, f"now {above}, as of {row['as_of']}", told
    formula = "day of the stock + (available + incoming in time − reorder point) ÷ velocity, rounded down"
    return "order_by", on, formula, f"{row['as_of']} + ({above}) ÷ {_or(row['velocity'])}", ""


def _risk(row: Row) -> list[tuple[Any, ...]]:
    """The days without stock and their margin, where an order is due."""
    days = row["days_short"]
    if days is None or days != days:
        return []
    numbers = f"{_or(days)} × {_or(row['velocity'])} × ({_or(row['price'])} − {_or(row['landed_cost'])})"
    return [
        ("stockout_on", row["stockout_on"], "the day on which stock, with what comes until then, is sold", "", ""),
        ("days_short", days, "days without stock until an order of today arrives", "", ""),
        ("margin_at_risk", row["margin_at_risk"], "days short × velocity × (price − landed cost)", numbers, ""),
    ]


def _demand(row: Row) -> list[tuple[Any, ...]]:
    """Velocity with all that it is made from: units and days, the category it is drawn towards, the curve of its sizes or what
    stockouts hid."""
    name, velocity, curve = _curve(row) or _unseen(row) or ("velocity", row["velocity"], [])
    own, weight = row["own_velocity"], row["own_weight"]
    changed = f" × {_or(row['demand_times'])}" if name == "velocity" and row["demand_times"] != 1 else ""
    if own is None or own != own:
        return [(name, velocity, "units ÷ days", "", row["velocity_basis"]), *curve]
    is_by_stock = row["velocity_basis"].endswith("in stock")
    units, days = ("units_in_stock", "days_in_stock") if is_by_stock else ("units", "window_days")
    formula = "units sold on days in stock ÷ days in stock" if is_by_stock else "units ÷ days"
    numbers = f"{_or(row[units])} ÷ {_or(row[days])}"
    if weight == 1:
        return [(name, velocity, formula, numbers + changed, row["velocity_basis"]), *curve]
    towards, kept = row["category_velocity"], _or(weight)
    return [
        ("own_velocity", own, formula, numbers, row["velocity_basis"]),
        ("category_velocity", towards, "the category's products, on average", "", "as stock history tells too little"),
        ("own_weight", weight, "days ÷ (days + variance within ÷ variance between the category's products)", "",
         "credibility (Bühlmann)"),
        (name, velocity, "own weight × own velocity + (1 − own weight) × category's velocity",
         f"{kept} × {_or(own)} + (1 − {kept}) × {_or(towards)}{changed}", row["velocity_basis"]),
        *curve,
    ]  # fmt: skip


def _curve(row: Row) -> tuple[str, Any, list[tuple[Any, ...]]] | None:
    """What a size sold a day while it was there, and how the style's demand is shared over its sizes; None if it is not."""
    own = row["size_velocity"]
    if own is None or own != own:
        return None
    style, part, there, asked = (
        _or(row[name]) for name in ("style_velocity", "size_share", "days_there", "days_asked")
    )
    changed = _times(row)
    other = _or(row["days_asked"] - row["days_there"])
    return "size_velocity", own, [
        ("style_velocity", row["style_velocity"], "what the style sells a day with all of its sizes there", "",
         "its sizes, while they were there"),
        ("size_share", row["size_share"], "share of the size in that", "",
         f"size curve of the style, in which its category's counts as {LIKE_PIECES} pieces"),
        ("days_there", row["days_there"], f"of the last {asked} days", "", "days on which it could be bought"),
        ("velocity", row["velocity"], "(velocity of the size × days there + style's velocity × size's share × other days) ÷ days",
         f"({_or(own)} × {there} + {style} × {part} × {other}) ÷ {asked}{changed}", row["size_basis"]),
    ]  # fmt: skip


def _unseen(row: Row) -> tuple[str, Any, list[tuple[Any, ...]]] | None:
    """What was sold, and what is estimated to have been asked for while there was nothing to sell; None if nothing was hidden."""
    own = row["seen_velocity"]
    if own is None or own != own:
        return None
    units, hidden, days = (_or(row[name]) for name in ("seen_units", "unseen_units", "days_told"))
    told = f"{wording.count(row['days_out'], 'day')} out of stock, {wording.count(row['days_sold_out'], 'day')} sold out early"
    return "seen_velocity", own, [
        ("seen_units", row["seen_units"], "units sold on the days told", "", f"{days} days"),
        ("unseen_units", row["unseen_units"], "days out of stock as earlier days, days sold out as larger ones", "",
         f"an estimate: {told}"),
        ("velocity", row["velocity"], "(units sold + estimated units not seen) ÷ days told",
         f"({units} + {hidden}) ÷ {days}{_times(row)}", "the last days, without those after 30 out of stock in a row"),
    ]  # fmt: skip


def _times(row: Row) -> str:
    return "" if row["demand_times"] == 1 else f" × {_or(row['demand_times'])}"


def _position(row: Row) -> tuple[Any, ...]:
    """What is available, and what was counted of it when."""
    moves = [row[name] for name in positions.MOVES]
    if moves[0] is None or moves[0] != moves[0]:
        said = f"counted on {row['counted_on']}"
        return "available", row["available"], "on hand − committed − unavailable", "", said
    sold, back, received, found = (_or(each) for each in moves)
    formula = "counted − sold + put back + received since" + (" + found" if moves[3] else "")
    numbers = f"{_or(row['counted'])} − {sold} + {back} + {received}" + (f" + {found}" if moves[3] else "")
    said = f"counted on {row['counted_on']}, rolled forward to {row['as_of']}"
    return "available", row["available"], formula, numbers, said + (FOUND if moves[3] else "")


def _or(value: Any) -> str:
    """A number without zeros behind the point."""
    if value is None or value != value:
        return "unknown"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
