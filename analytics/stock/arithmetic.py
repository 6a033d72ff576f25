"""How each number of a product's suggestion came about: inputs, formula, result."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import wording
from analytics.errors import Refused
from analytics.scope import Scope
from analytics.stock import buffers, foreseen, outlook, policies, positions, replenishment
from analytics.stock.planning import Change, Row
from analytics.stock.size_curves import LIKE_PIECES

COLUMNS = ("location", "number", "value", "formula", "with_numbers", "basis")
FOUND = "; more was sold than there was, so the rest must have come"


def of(scope: Scope, sku: str | None = None, change: Change = Change()) -> pd.DataFrame:
    """Each number of one product's suggestion, one row a step and location: location, number, value, formula, with_numbers, basis.

    Raises Refused without a product of that name.
    """
    rows = [row for row in replenishment.planned(scope, change) if sku and row["sku"] == sku]
    if not rows:
        raise Refused(f"No stock is counted of a product {sku!r}. Name one with --sku, as suggestions list them.")
    steps = [{"location": row["location"]} | step for row in rows for step in of_row(row)]
    return pd.DataFrame(steps, columns=list(COLUMNS), dtype=object)


def of_row(row: Row) -> Iterable[Row]:
    """The steps of one row of replenishment.planned."""
    v, lead, cover = (_or(row[name]) for name in ("velocity", "lead_time_days", "cover_days"))
    safety, point = (_or(row[name]) for name in ("safety_stock", "reorder_point"))
    available, incoming, in_time, order = (
        _or(row[name]) for name in ("available", "incoming", "in_time", "suggested_order")
    )
    is_forecast = row["error_level"] is not None
    asked, asked_after = _or(row["lead_demand"]), _or(row["cover_demand"])
    ahead, names = (
        (f"{asked} + {asked_after}", ("lead demand", "lead demand + cover demand"))
        if is_forecast
        else (f"{v} × ({lead} + {cover})", ("velocity × lead time", "velocity × (lead time + cover)"))
    )
    kind = "demand" if row["service_kind"] == policies.FILL_RATE else "cycles"
    told = [
        *_demand(row),
        *([] if is_forecast else [_deviation(row)]),
        ("lead_time_days", row["lead_time_days"], "days from order to shelf", "", row["lead_time_basis"]),
        ("lead_time_deviation", row["lead_time_deviation"], "spread of the lead time", "", row["lead_time_basis"]),
        ("service_level", row["service_level"], f"share of {kind} to be met", "", row["rule"]),
        *(_foreseen(row) if is_forecast else _by_factor(row)),
        ("reorder_point", row["reorder_point"], f"{names[0]} + safety stock",
         f"{asked if is_forecast else f'{v} × {lead}'} + {safety}", ""),
        _position(row),
        ("incoming", row["incoming"], "what is on its way", "", row["incoming_basis"]),
        ("in_time", row["in_time"], "of it, due before an order of today", "", row["incoming_basis"]),
        _order_by(row, f"{available} + {in_time} − {point}"),
        ("suggested_order", row["suggested_order"],
         f"{names[1]} + safety stock − available − incoming, up to minimum and packs",
         f"{ahead} + {safety} − {available} − {incoming}; minimum {_or(row['minimum_order'])}, pack {_or(row['pack_size'])}", row["rule"]),
        ("landed_cost", row["landed_cost"], f"unit cost + freight + duty of a piece, in {row['currency']}", "", _or(row["landed_basis"])),
        ("order_value", row["order_value"], "suggested order × landed cost", f"{order} × {_or(row['landed_cost'])}", ""),
        *_risk(row),
    ]  # fmt: skip
    return [dict(zip(("number", "value", "formula", "with_numbers", "basis"), step, strict=True)) for step in told]


def _deviation(row: Row) -> tuple[Any, ...]:
    said = "spread of a day's demand, from runs of a lead time's days"
    return "deviation", row["deviation"], said, "", row["z_basis"]


def _by_factor(row: Row) -> list[tuple[Any, ...]]:
    """Safety stock from the spread of demand as it was."""
    z, lead, sigma, v, spread = (
        _or(row[name]) for name in ("z", "lead_time_days", "deviation", "velocity", "lead_time_deviation")
    )
    return [
        ("z", row["z"], "safety factor of that service level", "", row["z_basis"]),
        ("safety_stock", row["safety_stock"], "z × √(lead time × deviation² + velocity² × lead time deviation²)",
         f"{z} × √({lead} × {sigma}² + {v}² × {spread}²)", row["rule"]),
    ]  # fmt: skip


def _foreseen(row: Row) -> list[tuple[Any, ...]]:
    """What a forecast says of lead time and cover, and safety stock from its errors."""
    lead, days, start = row["lead_time_days"], row["cover_days"], row["as_of"] + replenishment.DAY
    (a, low), (b, high) = foreseen.beside(row)
    level, middle, error, once = (_or(row[name]) for name in ("error_level", "error_middle", "error_at", "at_once"))
    strays = f"{_or(row['z'])} × {_or(foreseen.a_day(row))} × {_or(row['lead_time_deviation'])}"
    is_share = row["service_kind"] == policies.FILL_RATE
    level_said = "the one level for all products at which lead times miss ¾ of 1 − service level of what orders bring"
    return [
        ("lead_demand", row["lead_demand"], "the forecast's weeks, each for its days within the lead time",
         _weeks(row["_outlook"].parts(start, lead)), row["demand_basis"]),
        ("cover_demand", row["cover_demand"], "the same for the days of cover after it",
         _weeks(row["_outlook"].parts(start, days, lead)), row["demand_basis"]),
        ("error_level", row["error_level"], level_said if is_share else "the share of cycles to be met", "", row["z_basis"]),
        ("error_middle", row["error_middle"], "what half of all lead times are above the forecast by, or more", "", row["z_basis"]),
        ("error_at", row["error_at"], "what lead times are above the forecast by, at that share of all times at most",
         f"{_or(low)} + ({level} − {_or(a)}) ÷ ({_or(b)} − {_or(a)}) × ({_or(high)} − {_or(low)})", row["z_basis"]),
        ("at_once", row["at_once"], "by what stock falls below the reorder point before it is seen: Σ units² ÷ (2 × Σ units) of days",
         "", f"sales of the last {buffers.WINDOW_DAYS} days, one-offs cut"),
        ("z", row["z"], "the normal distribution's factor at that level", "", ""),
        ("safety_stock", row["safety_stock"],
         "error middle + √((error at − error middle)² + (z × demand a day × lead time deviation)²), 0 at least, + at once",
         f"{middle} + √(({error} − ({middle}))² + ({strays})²) + {once}", row["rule"]),
    ]  # fmt: skip


def _weeks(parts: list[tuple[Decimal, Decimal]]) -> str:
    """Weeks of a forecast as a sum: whole ones by their units, others by their share."""
    told = [_or(units) if days == outlook.WEEK else f"{_or(days)} ÷ 7 × {_or(units)}" for days, units in parts]
    return " + ".join(told) or "0"


def _order_by(row: Row, above: str) -> tuple[Any, ...]:
    """When the position falls to the reorder point, or when it fell: as much was sold since as is missing."""
    told, on = row["order_by_basis"], row["order_by"]
    if told in (replenishment.BY_SALES, replenishment.SINCE_KNOWN):
        formula = "the last day on which available + incoming in time + sold since were above the reorder point at that day's pace"
        return "order_by", on, formula, f"now {above}, as of {row['as_of']}", told
    if told == replenishment.AS_FORECAST:
        formula = "the evening after which the forecast's lead time and the safety stock take all that is available and comes in time"
        return "order_by", on, formula, f"as of {row['as_of']}", told
    formula = "day of the stock + (available + incoming in time − reorder point) ÷ velocity, rounded down"
    return "order_by", on, formula, f"{row['as_of']} + ({above}) ÷ {_or(row['velocity'])}", ""


def _risk(row: Row) -> list[tuple[Any, ...]]:
    """The days without stock and their margin, where an order is due."""
    days = row["days_short"]
    if days is None or days != days:
        return []
    units = f"{_or(days)} × {_or(row['velocity'])}" if row["error_level"] is None else _or(row["units_short"])
    asked = "days short × velocity" if row["error_level"] is None else "units short"
    numbers = f"{units} × ({_or(row['price'])} − {_or(row['landed_cost'])})"
    return [
        ("stockout_on", row["stockout_on"], "the day on which stock, with what comes until then, is sold", "", ""),
        ("days_short", days, "days without stock until an order of today arrives", "", ""),
        ("units_short", row["units_short"], "what is asked for on those days", "", row["demand_basis"]),
        ("margin_at_risk", row["margin_at_risk"], f"{asked} × (price − landed cost)", numbers, ""),
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
