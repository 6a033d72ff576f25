"""Demand whose truth is known, in seven kinds, replayed as replenishment.py does: is velocity right, and is the target met?"""

from dataclasses import replace
from typing import Any

import numpy as np

from analytics.stock import buffers, replay
from analytics.stock.buffers import Days
from tests.bench import replenishment as bench
from tests.bench.replenishment import TARGETS, Demand, Matrix

KINDS = ("even", "lumpy", "growing", "fading", "shifting", "seasonal", "christmas")
PRODUCTS, DAYS, SEED = 200, 374, 11


def measured(lead_time_seed: int = 3) -> list[dict[str, Any]]:
    """Of each kind: `sold`, what was sold a day in stock ÷ the demand that there was a day, over windows of 90 days in a shop that
    plans for 90 %; `velocity`, ours ÷ the same; and the share met at each target."""
    return [_of(kind, lead_time_seed) for kind in KINDS]


def demand(kind: str, seed: int = SEED) -> Demand:
    """Pieces asked for a day: Poisson where it is even, else lumps on some days; at its own pace over the days."""
    draw = np.random.default_rng(seed)
    pace = np.exp(draw.normal(0.3, 1.0, PRODUCTS))[:, None] * _course(kind, draw)
    if kind == "even":
        return Demand(draw.poisson(pace).astype(float), DAYS // 2, np.ones(PRODUCTS))
    share = draw.uniform(0.25, 0.8, (PRODUCTS, 1))
    lumps = draw.poisson(draw.gamma(0.7, pace / (share * 0.7)))
    return Demand(np.where(draw.random(pace.shape) < share, lumps, 0).astype(float), DAYS // 2, np.ones(PRODUCTS))


def _course(kind: str, draw: np.random.Generator) -> Matrix:
    """What each product sells on each day ÷ what it sells usually."""
    time = np.arange(DAYS)[None, :] / DAYS
    one = np.ones((PRODUCTS, DAYS))
    if kind in ("growing", "fading"):
        return draw.uniform(1, 6, (PRODUCTS, 1)) ** (time if kind == "growing" else -time)
    if kind == "seasonal":
        return np.exp(0.9 * np.sin(2 * np.pi * (time + draw.random((PRODUCTS, 1)))))
    if kind == "christmas":
        return one * 2.5 ** np.clip((time - 0.6) / 0.3, 0, 1)
    if kind == "shifting":
        for _ in range(2):
            at, times = draw.random((PRODUCTS, 1)), np.exp(draw.normal(0, 1, (PRODUCTS, 1)))
            one = one * np.where(time >= at, times, 1)
    return one


def _of(kind: str, seed: int) -> dict[str, Any]:
    asked = demand(kind)
    drawn = replay.lead_times(*(np.full(PRODUCTS, float(each)) for each in (14, 4)), DAYS, seed)
    known, _ = bench.replayed(asked, drawn, bench.ours(TARGETS[0]))
    always = np.ones(asked.units.shape, dtype=bool)
    true = buffers.velocities(Days(asked.units, always, ~always, always), asked.units)
    ours = buffers.velocities(known, buffers.asked(known))
    # only the days in stock, and what was sold on them
    sold = buffers.velocities(replace(known, own=known.in_stock), known.sold)
    counted = slice(asked.first_day + bench.NOT_COUNTED, None)
    return {
        "kind": kind,
        "sold": float(sold[:, counted].sum() / true[:, counted].sum()),
        "velocity": float(ours[:, counted].sum() / true[:, counted].sum()),
        "met": [bench.played(asked, drawn, bench.ours(target))["fill_rate"] for target in TARGETS],
    }


def in_words(rows: list[dict[str, Any]]) -> str:
    """The kinds as a table of Markdown."""
    head = "| demand | sold a day in stock ÷ truth | velocity ÷ truth | " + " | ".join(
        f"met of {each:.0%}" for each in TARGETS
    )
    lines = [
        f"| {row['kind']} | {row['sold']:.2f} | {row['velocity']:.2f} | "
        + " | ".join(f"{each:.1%}" for each in row["met"])
        + " |"
        for row in rows
    ]
    return "\n".join([f"{head} |", "|---" * 6 + "|", *lines])
