"""Shops whose elasticities are known, fitted as the pages do it: how often the intervals hold the truth, and how wide they are."""

from typing import Any

import numpy as np

from analytics.prices import pooled
from analytics.prices.elasticity import MOST_DOUBT, Z_80, Z_95
from tests import price_shops

SHOPS = 30


def measured(shops: int = SHOPS) -> list[dict[str, Any]]:
    """Of each kind: `products`; the share of them whose true elasticity lies within the 80 % and the 95 % interval; `width_80`, how wide
    the first is on average; `bias`, estimate − truth; `error`, the root of its mean square; `own_error`, the median distance of what
    products tell by themselves; and the share that would be refused as too uncertain."""
    return [of_kind(kind, shops) for kind in price_shops.KINDS]


def of_kind(kind: str, shops: int = SHOPS) -> dict[str, Any]:
    """The measures of one kind over so many shops, whose seeds are 0, 1, 2 …"""
    missed, errors, own = [], [], []
    for seed in range(shops):
        drawn = price_shops.drawn(kind, seed)
        fit = pooled.fit(drawn.panel)
        missed.append(fit.slope - drawn.slopes)
        errors.append(fit.error)
        own.append(fit.own - drawn.slopes)
    away, error = np.concatenate(missed), np.concatenate(errors)
    return {
        "kind": kind, "products": len(away), "covered_80": float(np.mean(np.abs(away) <= Z_80 * error)),
        "covered_95": float(np.mean(np.abs(away) <= Z_95 * error)), "width_80": float(2 * Z_80 * error.mean()),
        "bias": float(away.mean()), "error": float(np.sqrt((away**2).mean())), "own_error": float(np.median(np.abs(np.concatenate(own)))),
        "refused": float(np.mean(Z_80 * error > MOST_DOUBT)),
    }  # fmt: skip


def in_words(rows: list[dict[str, Any]]) -> str:
    """The kinds as a table of Markdown, for the README."""
    lines = [
        f"| {row['kind']} | {row['products']:,} | {row['covered_80']:.0%} | {row['covered_95']:.0%} | {row['width_80']:.2f} "
        f"| {row['bias']:+.2f} | {row['error']:.2f} | {row['own_error']:.2f} | {row['refused']:.0%} |"
        for row in rows
    ]
    head = "| kind | products | in the 80 % interval | in the 95 % interval | width of the first | bias | error | error alone | too wide |"
    return "\n".join([head, "|---|---|---|---|---|---|---|---|---|", *lines])
