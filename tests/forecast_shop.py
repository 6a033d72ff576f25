"""A small shop to forecast: 60 whole weeks from Monday 30 June 2025, in EUR, without tax, its last day Sunday 23 August 2026.

A day sells 5 cups, 3 bowls, 2 vases and 1 hook, and the Mondays of every second week, the last one among them, 1 more of each, at
10.00, 20.00, 30.00 and 40.00; cups and hooks by web, the others by shop. Cups and bowls are Table, vases and hooks Home. So a week
brings 79 pieces and 1,520.00 in the mean. `engine` puts a forecast in the place of the models that anybody can work out: each
step is the mean of the last eight, four times of five off by at most 20 %, and their sum by that times the root of the steps.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analytics import stores
from analytics.forecasts import choice, kinds, models, prophet_model, run
from analytics.forecasts.intervals import LEVELS, TAILS, Quantiles, Spread
from analytics.forecasts.panel import Matrix, Panel
from analytics.scope import Scope
from imported import take

STORE = "Clay"
FIRST, WEEKS = date(2025, 6, 30), 60
LAST = FIRST + timedelta(days=7 * WEEKS - 1)
# SKU, title, pieces a day, price, channel
THINGS = (
    ("CUP", "Cup", 5, 10, "web"),
    ("BOWL", "Bowl", 3, 20, "shop"),
    ("VASE", "Vase", 2, 30, "shop"),
    ("HOOK", "Hook", 1, 40, "web"),
)
HEADER = "order,date,sku,title,quantity,unit price,currency,channel,country"
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price
cup,Cup,Clay,Table,Title,Default Title,CUP,10.00
bowl,Bowl,Clay,Table,Title,Default Title,BOWL,20.00
vase,Vase,Clay,Home,Title,Default Title,VASE,30.00
hook,Hook,Clay,Home,Title,Default Title,HOOK,40.00
"""


def bring(folder: Path) -> int:
    """Import the shop into the database that stands empty; the store's number."""
    rows = [HEADER]
    for at in range(7 * WEEKS):
        day, more = FIRST + timedelta(days=at), at % 14 == 7
        rows += [line(f"{day}-{sku}", day, sku, count + more) for sku, _, count, _, _ in THINGS]
    bring_lines(folder / "lines.csv", rows)
    (folder / "products.csv").write_text(PRODUCTS, encoding="utf-8")
    take(folder / "products.csv", store=STORE, as_of=LAST, currency="EUR")
    return stores.find(STORE)


def line(order: str, day: date, sku: str, count: int) -> str:
    """A line of an order of one thing."""
    title, price, channel = next((title, price, where) for name, title, _, price, where in THINGS if name == sku)
    return f"{order},{day} 10:00,{sku},{title},{count},{price}.00,EUR,{channel},DE"


def bring_lines(path: Path, rows: list[str]) -> None:
    """Import lines of orders, the header first."""
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    take(path, store=STORE, as_of=LAST, currency="EUR")


def scope() -> Scope:
    """The whole shop."""
    return Scope(stores.find(STORE))


def engine(patch: pytest.MonkeyPatch, asked: list[str]) -> None:
    """Put the plain forecast in the place of the models; the ids of all series it is asked for go to `asked`."""

    def learn(panel: Panel, horizon: int, tell: Any = None) -> run.Learnt:
        found = [str(kind) for kind in np.unique(kinds.of(panel))]
        sign = np.array([-1.0, -1.0] + [0.0] + [1.0] * (len(LEVELS) - 1))[:, None]
        step = np.repeat(sign * 2, horizon, axis=1)
        table = Quantiles(step, step * np.sqrt(np.arange(1, horizon + 1)))
        assert len(sign) == len(TAILS) + len(LEVELS)
        scores = [choice.Score(kind, "Ensemble", 1, 0.1, 0.0, 1.0) for kind in found]
        return run.Learnt(
            {kind: {"WindowAverage": 1.0} for kind in found},
            Spread((0.5, 0.5), 1.0),
            dict.fromkeys(found, table),
            scores,
        )

    def said(panel: Panel, rows: Matrix, horizon: int, how: Any) -> run.Said:
        own = panel.rows(rows)
        asked.extend(f"{name}" for name in own.ids)
        middle = models.window_average(own, horizon)
        return run.Said(middle, middle[:, 0] / 10, np.full(len(rows), "1.00 WindowAverage", dtype=object))

    patch.setattr(run, "learn", learn)
    patch.setattr(run, "said", said)
    patch.setattr(prophet_model, "is_fit", lambda panel: False)
