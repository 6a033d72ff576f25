"""Shops whose elasticities are known: weekly units drawn from them, with season, trend, promotions, stockouts and thin products."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.prices.pooled import Panel

Values = np.ndarray[Any, Any]
WEEKS = 104
KINDS = ("plain", "seasonal", "steps", "promoted", "thin", "shocks", "alone")


@dataclass(frozen=True)
class Drawn:
    """A panel and the slopes that it was drawn from."""

    panel: Panel
    slopes: Values


def drawn(kind: str, seed: int, products: int = 40) -> Drawn:
    """A shop of a kind: plain, seasonal, promoted, thin, steps (prices that last), shocks (demand that lasts), alone (one product);
    or bare (thin without promotions)."""
    rng = np.random.default_rng(seed)
    products = 1 if kind == "alone" else products
    week = np.arange(WEEKS)
    group = rng.integers(0, 4, products)
    slopes = np.clip(rng.uniform(-3.4, -0.6, 4)[group] + rng.normal(0, 0.6, products), -4, 0)
    size = rng.normal(1.0 if kind in ("thin", "bare") else 3.0, 0.8, products)
    log_price = _prices(kind, rng, products)
    promoted, lift = np.zeros_like(log_price), rng.normal(0.25, 0.1, products)
    if kind in ("promoted", "thin"):
        for start in rng.choice(WEEKS - 3, 5, replace=False):
            in_it = rng.random(products) < 0.6
            off = rng.choice([0.1, 0.2, 0.3], products)
            log_price[in_it, start : start + 2] += np.log(1 - off[in_it])[:, None]
            promoted[in_it, start : start + 2] = 1
    told = size[:, None] + slopes[:, None] * (log_price - log_price.mean(axis=1, keepdims=True))
    told += lift[:, None] * promoted + rng.normal(0, 0.3, products)[:, None] * (week / WEEKS - 0.5)
    if kind != "plain":
        told += 0.35 * np.cos(2 * np.pi * (week - rng.integers(0, 52, 4)[group][:, None]) / 52.18)
        told += rng.normal(0, 0.12, WEEKS)
    if kind == "shocks":
        noise = rng.normal(0, 0.2, told.shape)
        for at in range(1, WEEKS):
            noise[:, at] += 0.6 * noise[:, at - 1]
        told += noise
    exposure = np.where(rng.random(told.shape) < (0.06 if kind in ("seasonal", "thin") else 0), 0.0, 1.0)
    units = rng.poisson(np.exp(told) * rng.gamma(12, 1 / 12, told.shape)) * (exposure > 0)
    return Drawn(Panel(units.astype(float), log_price, exposure, promoted, group, week), slopes)


def _prices(kind: str, rng: Any, products: int) -> Values:
    """Log prices by week: a few prices that each last, or moves from week to week."""
    if kind in ("steps", "promoted", "thin", "bare", "shocks", "alone"):
        found = np.zeros((products, WEEKS))
        for row in found:
            for start in rng.choice(np.arange(8, WEEKS - 8), 3, replace=False):
                row[start:] = rng.normal(0, 0.1)
        return found
    return rng.normal(0, 0.1, (products, WEEKS))
