"""One panel of a store forecast: what has not changed since the last run is taken from there, the rest is fitted anew.

What the models learnt of a panel (which of them count how much, and how far they are off) holds for a week: then, or when its
sum of a year has changed by a tenth, or a kind of demand is new in it, everything is held against the past again.
"""

import json
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd

from analytics.forecasts import calendar, kinds, models, prophet_model, run
from analytics.forecasts.choice import Score
from analytics.forecasts.demand import Demand
from analytics.forecasts.intervals import Quantiles, Spread
from analytics.forecasts.panel import Matrix, Panel
from analytics.forecasts.run import Learnt, Tell

# Raised whenever the same series would be forecast otherwise: then nothing is taken from earlier runs.
VERSION = 3
HORIZON = {"week": 26, "day": 61}
YEAR = {"week": 52, "day": 364}
MOST_CHANGE = 0.1
ARRAYS = ("base", "naive", "scale", "kinds", "models", "fingerprints")
IDENTITY = ["series_key", "location_key", "currency"]


@dataclass(frozen=True)
class Taught:
    """What the models learnt of a panel: in which week, by which version, of how much demand in the year before."""

    week: date
    total: float
    version: int
    learnt: Learnt

    def as_json(self) -> str:
        """As it is kept."""
        of = self.learnt
        return json.dumps(
            {
                "total": self.total,
                "version": self.version,
                "weights": of.weights,
                "spread": [*of.spread.exponents, of.spread.factor],
                "quantiles": {kind: [each.step.tolist(), each.sum.tolist()] for kind, each in of.quantiles.items()},
                "scores": [score.__dict__ for score in of.scores],
            }
        )


def taught(week: date, text: str) -> Taught:
    """What was kept."""
    kept = json.loads(text)
    quantiles = {kind: Quantiles(*(np.array(each) for each in both)) for kind, both in kept["quantiles"].items()}
    first, second, factor = kept["spread"]
    scores = [Score(**score) for score in kept["scores"]]
    learnt = Learnt(kept["weights"], Spread((first, second), factor), quantiles, scores)
    return Taught(week, kept["total"], kept["version"], learnt)


@dataclass(frozen=True)
class Component:
    """A part of what is said of a series (by row), such as its trend or its holidays, from a day of the past on."""

    row: int
    name: str
    first_day: date
    amounts: Matrix


@dataclass(frozen=True)
class Fitted:
    """A panel's forecasts before they are made to add up, a row a series: `base` and `naive` have a column a step ahead from
    `first_day` on; `changed` are the rows that were fitted, the others are as in the last run."""

    keys: pd.DataFrame
    first_day: date
    base: Matrix
    naive: Matrix
    scale: Matrix
    kinds: Matrix
    models: Matrix
    fingerprints: Matrix
    taught: Taught
    changed: Matrix
    components: tuple[Component, ...] = ()

    def rows(self, kept: Matrix) -> "Fitted":
        """Only some of the series, by row, in rising order."""
        place = {int(row): at for at, row in enumerate(kept)}
        return replace(
            self,
            keys=self.keys.iloc[kept].reset_index(drop=True),
            changed=np.array([place[int(row)] for row in self.changed if int(row) in place], dtype=int),
            components=tuple(replace(each, row=place[each.row]) for each in self.components if each.row in place),
            **{name: getattr(self, name)[kept] for name in ARRAYS},
        )

    @property
    def again(self) -> int:
        """How many series were fitted anew."""
        return len(self.changed)

    def variance(self, step: int, is_sum: bool) -> Matrix:
        """Of each series the variance of a step ahead (from 1 on), or of the sum up to it, from how wide its interval is."""
        wide = {
            kind: float(np.diff(each.interval("80", is_sum)[:, step - 1])[0])
            for kind, each in self.taught.learnt.quantiles.items()
        }
        return np.asarray((self.scale * np.array([wide[kind] for kind in self.kinds]) / 2.563) ** 2)


@dataclass(frozen=True)
class Before:
    """The same panel in the last run: its series as they were kept, and what the models had learnt then."""

    rows: pd.DataFrame
    taught: Taught | None


def fit(demand: Demand, before: Before, week: date, tell: Tell) -> Fitted:
    """The forecasts of a panel with all that is known of it; `week` is the first day of the week in which the run stands."""
    horizon = HORIZON[demand.grain]
    panel = calendar.with_events(demand.panel.filled(), horizon)
    found = kinds.of(panel)
    marks = fingerprints(demand, horizon)
    total = float(np.nansum(panel.values[:, -YEAR[demand.grain] :]))
    kept = before.taught
    is_known = kept is not None and _holds(kept, week, total, set(found))
    if kept is None or not is_known:
        kept = Taught(week, total, VERSION, run.learn(panel, horizon, tell))
    same = _same(demand.keys, marks, before.rows) if is_known else np.full(len(marks), -1)
    changed = np.flatnonzero(same < 0)
    said = run.said(panel, changed, horizon, (kept.learnt, tell))
    base, scale = np.zeros((len(marks), horizon)), np.zeros(len(marks))
    words = np.full(len(marks), "", dtype=object)
    base[changed], scale[changed], words[changed] = said.middle, said.scale, said.models
    old = np.flatnonzero(same >= 0)
    if len(old):
        rows = before.rows.iloc[same[old]]
        base[old], scale[old] = np.array(rows["base"].tolist(), dtype=float), rows["scale"].to_numpy(dtype=float)
        words[old] = rows["models"].to_numpy()
    return Fitted(
        demand.keys, demand.next_day, base, _naive(panel, horizon), scale, found, words, marks, kept, changed
    )  # fmt: skip


def explained(demand: Demand, fitted: Fitted) -> Fitted:
    """With what Prophet sees in the series that were fitted anew: trend, seasons, holidays and events."""
    rows = demand.panel.rows(fitted.changed)
    if not len(fitted.changed) or not prophet_model.is_fit(demand.panel):
        return fitted
    told = prophet_model.explained(rows, HORIZON[demand.grain])
    place = {name: int(row) for name, row in zip(rows.ids, fitted.changed, strict=True)}
    found = []
    for (name, component), own in told.groupby(["unique_id", "component"], sort=False):
        own = own.sort_values("ds")
        first = pd.Timestamp(own["ds"].iloc[0]).date()
        found.append(Component(place[name], str(component), first, own["amount"].to_numpy(dtype=float)))
    return replace(fitted, components=tuple(found))


def _holds(kept: Taught, week: date, total: float, found: set[str]) -> bool:
    is_of_now = kept.week == week and kept.version == VERSION and found <= set(kept.learnt.quantiles)
    return is_of_now and abs(total - kept.total) <= MOST_CHANGE * abs(kept.total)


def _same(keys: pd.DataFrame, marks: Matrix, rows: pd.DataFrame) -> Matrix:
    """Of each series the row of the last run that is of the same history, -1 where there is none."""
    told = zip(*(rows[name] for name in (*IDENTITY, "fingerprint")), strict=True)
    place = {each: at for at, each in enumerate(told)}
    asked = zip(*(keys[name] for name in IDENTITY), marks, strict=True)
    return np.array([place.get(each, -1) for each in asked], dtype=int)


def _naive(panel: Panel, horizon: int) -> Matrix:
    """A season ago; of a younger series, the last value."""
    found = models.seasonal_naive(panel, horizon)
    return np.asarray(np.where(np.isfinite(found), found, panel.values[:, -1:]))


def fingerprints(demand: Demand, horizon: int) -> Matrix:
    """Of each series what its forecast follows from, as a short text: its points, which of them do not count, what is known
    besides, and from which day on how many steps are asked for."""
    panel, known = demand.panel, demand.panel.known
    shared = [event for event in known.events if event.series is None]
    common = repr((VERSION, demand.next_day, horizon, panel.step, known.holidays, shared)).encode()
    own: dict[Any, list[Any]] = {}
    for event in known.events:
        for name in event.series or ():
            own.setdefault(name, []).append(replace(event, series=None))
    width = panel.values.shape[1]
    cells = [each for each in (known.left_out, *known.flags.values(), *known.prices.values()) if each is not None]
    found = []
    for row, (length, category) in enumerate(zip(panel.length, demand.keys["category"], strict=True)):
        mark = blake2b(common, digest_size=12)
        mark.update(np.ascontiguousarray(panel.values[row, width - length :], dtype=float).tobytes())
        for each in cells:
            mark.update(np.ascontiguousarray(each[row, width - length :]).tobytes())
        mark.update(repr((category, own.get(panel.ids[row]))).encode())
        found.append(mark.hexdigest())
    return np.array(found, dtype=object)
