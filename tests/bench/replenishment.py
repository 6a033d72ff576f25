"""Policies of replenishment replayed day by day on real demand, each seeing only what it sold until then.

The first half of the days teaches, the second half is replayed, planned anew every week, with lead times drawn at 14 ± 4 days.
Demand without stock is lost, and no policy learns of it. Counted from 28 days in, when the shelves are the policy's own doing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from analytics.stock import buffers, formulas, replay
from analytics.stock.buffers import Days, Supply

Matrix = np.ndarray[Any, Any]
LEAD_TIME, LEAD_TIME_DEVIATION, COVER = 14, 4, 30
LEAST_SALE_DAYS, NOT_COUNTED, WEEK = 100, 28, 7
TARGETS = (0.90, 0.95, 0.98)
PLANNED = 10_000
Policy = Callable[[Days, Supply], tuple[Matrix, Matrix]]


@dataclass(frozen=True)
class Demand:
    """Pieces asked for of each product (row) on each day (column), the first day to replay, and each product's price."""

    units: Matrix
    first_day: int
    price: Matrix


def measured(file: Path, seed: int = 1) -> dict[str, Any]:
    """The whole comparison, and how long a plan of 10,000 products takes."""
    demand, left_out = of_file(file)
    supply = _supply(len(demand.units))
    drawn = replay.lead_times(supply.lead_time, supply.lead_time_deviation, demand.units.shape[1], seed)
    curve = [played(demand, drawn, textbook(factor)) for factor in np.linspace(0, 16, 33)]
    rows = [_row(target, demand, drawn, curve) for target in TARGETS]
    return {
        "file": file.name,
        "products": len(demand.units),
        "left_out": left_out,
        "days_taught": demand.first_day,
        "days_counted": demand.units.shape[1] - demand.first_day - NOT_COUNTED,
        "lead_time": f"{LEAD_TIME} ± {LEAD_TIME_DEVIATION} days",
        "targets": rows,
        "stocky": played(demand, drawn, stocky),
        "planned_products": PLANNED,
        **_seconds(demand),
    }


def of_file(file: Path) -> tuple[Demand, int]:
    """Demand of products sold on 100 days or more, and how many of them are left out because nothing was sold of them by 28 days
    before the replay."""
    query = Path(__file__).with_name("replenishment.sql").read_text(encoding="utf-8")
    rows = duckdb.execute(query, {"file": str(file)}).df()
    wide = rows.pivot_table(index="sku", columns="day", values="units", aggfunc="sum", fill_value=0)
    days = np.arange(
        rows["day"].min().to_numpy(), rows["day"].max().to_numpy() + np.timedelta64(1, "D"), np.timedelta64(1, "D")
    )
    wide = wide.reindex(columns=days, fill_value=0)
    wide = wide[(wide > 0).sum(axis=1) >= LEAST_SALE_DAYS]
    units, first = wide.to_numpy(dtype=float), len(days) // 2
    is_known = units[:, : first - NOT_COUNTED].sum(axis=1) > 0
    prices = rows.groupby("sku")["price"].median().reindex(wide.index).to_numpy(dtype=float)
    return Demand(units[is_known], first, prices[is_known]), int((~is_known).sum())


def replayed(demand: Demand, drawn: Matrix, policy: Policy) -> tuple[Days, list[float]]:
    """One policy over the second half: all that was sold and when there was stock, and the stock's value on each counted evening."""
    count, days = demand.units.shape
    supply, first = _supply(count), demand.first_day
    known, value, shelves = _known(demand), [], None
    for day in range(first, days):
        if (day - first) % WEEK == 0:
            plan = policy(known.until(day), supply)
        shelves = shelves or replay.begin(plan, days - first)
        known.in_stock[:, day] = shelves.on_hand + shelves.arriving[:, day - first] > 0
        known.sold[:, day] = replay.pass_day(shelves, day - first, demand.units[:, day], plan, drawn[:, day])
        known.sold_out[:, day] = known.in_stock[:, day] & (shelves.on_hand <= 0)
        if day >= first + NOT_COUNTED:
            value.append(float((shelves.on_hand * demand.price).sum()))
    return known, value


def played(demand: Demand, drawn: Matrix, policy: Policy) -> dict[str, float]:
    """What a policy came to: fill_rate (share of pieces), fill_rate_of_products (their mean), stock_value (mean of the
    evenings), lost_units, lost_sales (at the price), and the fill rates of every other product, to see what is chance, and of
    those that sell more than 2.5 times what they did in the window before the replay."""
    first, days = demand.first_day, demand.units.shape[1]
    known, value = replayed(demand, drawn, policy)
    served, asked = (each[:, first + NOT_COUNTED :].sum(axis=1) for each in (known.sold, demand.units))
    wanted = asked > 0
    before = demand.units[:, first - buffers.WINDOW_DAYS : first].sum(axis=1) / buffers.WINDOW_DAYS
    is_growing = demand.units[:, first:].sum(axis=1) / (days - first) > 2.5 * before
    return {
        "fill_rate": float(served.sum() / asked.sum()),
        "fill_rate_of_even": float(served[::2].sum() / asked[::2].sum()),
        "fill_rate_of_odd": float(served[1::2].sum() / asked[1::2].sum()),
        "fill_rate_of_growing": float(served[is_growing].sum() / max(asked[is_growing].sum(), 1)),
        "share_lost_of_growing": float((asked - served)[is_growing].sum() / (asked - served).sum()),
        "fill_rate_of_products": float((served[wanted] / asked[wanted]).mean()),
        "stock_value": float(np.mean(value)),
        "lost_units": float((asked - served).sum()),
        "lost_sales": float(((asked - served) * demand.price).sum()),
    }


def stocky(known: Days, supply: Supply) -> tuple[Matrix, Matrix]:
    """Velocity by calendar days × lead time, and no safety stock."""
    return textbook(0.0)(known, supply)


def textbook(factor: float) -> Policy:
    """The formula with daily sales and their deviation by the calendar, stockouts and all."""

    def plan(known: Days, supply: Supply) -> tuple[Matrix, Matrix]:
        window = slice(max(known.sold.shape[1] - buffers.WINDOW_DAYS, 0), None)
        days = np.maximum(known.own[:, window].sum(axis=1), 1)
        sold = known.sold[:, window]
        mean = sold.sum(axis=1) / days
        deviation = np.sqrt(np.maximum((sold**2).sum(axis=1) / days - mean**2, 0))
        spread = formulas.deviation_over_lead_time(deviation, mean, supply.lead_time, supply.lead_time_deviation)
        return buffers.levels(mean, spread, supply, factor)

    return plan


def ours(target: float) -> Policy:
    """What the app does: demand that stockouts hid put back, deviation by runs of a lead time, a factor learnt from the past."""

    def plan(known: Days, supply: Supply) -> tuple[Matrix, Matrix]:
        learnt = buffers.factors(known, supply, [target])
        assert learnt is not None, "half a year teaches a factor"
        mean = buffers.velocities(known, buffers.asked(known))[:, -1]
        deviation = buffers.deviations(known, supply)
        spread = formulas.deviation_over_lead_time(deviation, mean, supply.lead_time, supply.lead_time_deviation)
        return buffers.levels(mean, spread, supply, learnt[0])

    return plan


def _known(demand: Demand) -> Days:
    """What is known before the replay: everything sold, the shelves full; the days to come are written as they pass."""
    sold = demand.units.copy()
    sold[:, demand.first_day :] = 0
    own = np.cumsum(demand.units, axis=1) > 0
    return Days(sold, np.ones(sold.shape, dtype=bool), np.zeros(sold.shape, dtype=bool), own)


def _supply(count: int) -> Supply:
    return Supply(*(np.full(count, float(days)) for days in (LEAD_TIME, LEAD_TIME_DEVIATION, COVER)))


def _row(target: float, demand: Demand, drawn: Matrix, curve: list[dict[str, float]]) -> dict[str, Any]:
    """One target: ours, the textbook at its own z, and the stock that the textbook takes for the service ours reached."""
    found = played(demand, drawn, ours(target))
    rates, values = (np.array([each[name] for each in curve]) for name in ("fill_rate", "stock_value"))
    rising = np.maximum.accumulate(rates)
    is_reached = rising[-1] >= found["fill_rate"]
    equal = float(np.interp(found["fill_rate"], rising, values)) if is_reached else None
    return {
        "target": target,
        "ours": found,
        "within_a_point": abs(found["fill_rate"] - target) <= 0.01,
        "products_within_a_point": abs(found["fill_rate_of_products"] - target) <= 0.01,
        "textbook": played(demand, drawn, textbook(formulas.z_of(target))),
        "textbook_stock_at_equal_service": equal,
        "less_stock": None if equal is None else 1 - found["stock_value"] / equal,
    }


def _seconds(demand: Demand) -> dict[str, float]:
    """One plan of 10,000 products, the factor learnt anew, from a year of days: seconds, and those of them on a processor."""
    rows = np.resize(np.arange(len(demand.units)), PLANNED)
    units = demand.units[rows]
    known = Days(
        units, np.ones(units.shape, dtype=bool), np.zeros(units.shape, dtype=bool), np.cumsum(units, axis=1) > 0
    )
    began, worked = time.perf_counter(), time.process_time()
    ours(0.95)(known, _supply(PLANNED))
    return {"plan_seconds": time.perf_counter() - began, "plan_processor_seconds": time.process_time() - worked}


def in_words(found: dict[str, Any]) -> str:
    """The comparison as tables of Markdown, for the README."""
    head = "| policy | target | share of demand met | mean of products | stock value | lost units | lost sales |"
    lines = [_line("velocity × lead time", None, found["stocky"])]
    for row in found["targets"]:
        lines.append(_line("textbook", row["target"], row["textbook"]))
        lines.append(_line("Storeledger", row["target"], row["ours"]))
    equal = [
        f"{row['ours']['fill_rate']:.1%} met: {row['ours']['stock_value']:,.0f} against {row['textbook_stock_at_equal_service']:,.0f} "
        f"of the textbook, {row['less_stock']:.0%} less"
        for row in found["targets"]
        if row["less_stock"] is not None
    ]
    return "\n".join([
        f"{found['products']:,} products, {found['days_taught']} days teach, {found['days_counted']} days counted, lead time "
        f"{found['lead_time']}; {found['left_out']} products are left out as too new",
        head, "|---" * 7 + "|", *lines, "At equal service:", *equal, "By products:", *(_parts(row) for row in found["targets"]),
        f"{found['planned_products']:,} products planned in {found['plan_seconds']:.1f} s, "
        f"{found['plan_processor_seconds']:.1f} s of them on a processor",
    ])  # fmt: skip


def _parts(row: dict[str, Any]) -> str:
    ours = row["ours"]
    return (
        f"{row['target']:.0%}: even products {ours['fill_rate_of_even']:.1%}, odd ones {ours['fill_rate_of_odd']:.1%}; of those that "
        f"grew more than 2.5 times {ours['fill_rate_of_growing']:.1%}, which are {ours['share_lost_of_growing']:.0%} of what was lost"
    )


def _line(name: str, target: float | None, found: dict[str, float]) -> str:
    return (
        f"| {name} | {'none' if target is None else format(target, '.0%')} | {found['fill_rate']:.1%} "
        f"| {found['fill_rate_of_products']:.1%} | {found['stock_value']:,.0f} | {found['lost_units']:,.0f} | {found['lost_sales']:,.0f} |"
    )
