"""Simulated shops whose ads work by a curve that is known: how often the 80 % intervals of what is told hold the truth.

A shop has one to two years of days: a level that grows and swings with the seasons and the weekdays, other spend, noise that
grows with what is sold and remembers the day before. The platform's budget is changed every few weeks, follows the season in
part, and differs from day to day. The curve is a Hill curve, a logarithm, an exponential or a straight line, the same on every day
or in proportion to what the day would sell without.
"""

from typing import Any

import numpy as np

from analytics.ads import saturation
from analytics.ads.saturation import Vector

NEXT, AHEAD = 100.0, 28


def shop(seed: int) -> dict[str, Any]:
    """A simulated shop: spend and sales of its days, and the truth: what today's spend and the next 100 bring."""
    chance = np.random.default_rng(seed)
    days = int(chance.integers(365, 731))
    at = np.arange(days)
    level = chance.uniform(400, 4000)
    season = 1 + chance.uniform(0.05, 0.3) * np.sin(2 * np.pi * (at / 365.25 + chance.uniform()))
    weekday = chance.uniform(0.75, 1.3, 7)[at % 7]
    base = level * (1 + chance.uniform(-0.2, 0.6) * at / days) * season * weekday
    spend = _budget(chance, days, level * chance.uniform(0.08, 0.35), season)
    carried = saturation.carried_over(spend, float(chance.choice([0.0, 0.0, 0.3, 0.5])))
    curve = _curve(chance, float(spend.mean()), level * chance.uniform(0.15, 0.6))
    noise = _noise(chance, days, chance.uniform(0.05, 0.15), chance.uniform(0.0, 0.4))
    # ads bring more where more is bought, or as much on every day
    usual = base / base.mean() if chance.uniform() < 0.5 else np.ones(days)
    sales = np.maximum((base + curve(carried) * usual) * (1 + noise), 0)
    today, late = float(spend[-AHEAD:].mean()), float(usual[-AHEAD:].mean())
    step = NEXT / AHEAD
    return {
        "spend": spend, "sales": sales, "today": today,
        "brought": late * float(curve(np.array([today]))[0]),
        "next": late * float(AHEAD * (curve(np.array([today + step])) - curve(np.array([today])))[0]),
    }  # fmt: skip


def _budget(chance: np.random.Generator, days: int, mean: float, season: Vector) -> Vector:
    steps, at = np.empty(days), 0
    while at < days:
        length = int(chance.integers(10, 45))
        steps[at : at + length] = chance.lognormal(0, 0.5)
        at += length
    daily = chance.lognormal(0, chance.uniform(0.1, 0.35), days)
    paused = np.where(chance.uniform(size=days) < 0.02, 0.0, 1.0)
    return np.asarray(np.round(mean * steps * daily * season ** chance.uniform(0, 1.5) * paused, 2), dtype=np.float64)


def _curve(chance: np.random.Generator, mean: float, most: float) -> Any:
    kind, bend = chance.integers(0, 4), mean * chance.uniform(0.4, 2.5)
    steep = chance.uniform(0.8, 2.0)
    if kind == 0:
        return lambda x: 2 * most * x**steep / (x**steep + bend**steep)
    if kind == 1:
        return lambda x: most * np.log1p(x / bend)
    if kind == 2:
        return lambda x: -most * np.expm1(-x / bend)
    return lambda x: most * x / mean * 0.8


def _noise(chance: np.random.Generator, days: int, size: float, memory: float) -> Vector:
    noise, now = np.empty(days), 0.0
    for each in range(days):
        now = memory * now + chance.normal(0, size * np.sqrt(1 - memory**2))
        noise[each] = now
    return noise


def held(seed: int) -> dict[str, Any]:
    """What is told of a simulated shop, and whether it holds the truth."""
    made = shop(seed)
    spend, today, step = made["spend"], made["today"], NEXT / AHEAD
    beside = saturation.controls(len(spend), 0)
    fitted = saturation.fit(spend, made["sales"], beside)
    brought = fitted.brought(np.array([today, today + step]))
    told = {"brought": brought[:, 0], "next": AHEAD * (brought[:, 1] - brought[:, 0])}
    found: dict[str, Any] = {}
    for name, draws in told.items():
        middle, low, high = (float(each) for each in saturation.interval(draws))
        truth = made[name]
        found |= {
            f"{name}_holds": low <= truth <= high, f"{name}_width": (high - low) / abs(truth), f"{name}_off": middle / truth - 1,
        }  # fmt: skip
    return found


def measured(shops: int = 200) -> dict[str, Any]:
    """Of so many simulated shops the share whose interval holds the truth, its width and how far the middle is off (medians)."""
    rows = [held(seed) for seed in range(shops)]
    found: dict[str, Any] = {"shops": shops}
    for name in ("brought", "next"):
        found[f"{name}_in_interval"] = float(np.mean([row[f"{name}_holds"] for row in rows]))
        for about in ("width", "off"):
            found[f"{name}_{about}"] = float(np.median([row[f"{name}_{about}"] for row in rows]))
    return found


def in_words(found: dict[str, Any]) -> str:
    """The same as sentences."""
    lines = [f"{found['shops']} simulated shops whose curve is known"]
    for name, words in (("brought", "what today's spend brings"), ("next", "what the next 100 bring")):
        lines.append(
            f"{words}: the 80 % interval holds the truth in {found[f'{name}_in_interval']:.0%}; median width "
            f"{found[f'{name}_width']:.0%} of the truth, middle off by {found[f'{name}_off']:+.0%}"
        )
    return "\n".join(lines)
