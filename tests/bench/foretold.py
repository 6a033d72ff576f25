"""Plans of orders fed by forecasts, replayed beside those fed by velocity: the engine the app runs, planned with what it said last.

Demand goes back some years, so that a season can be known; the last half year is replayed. The models learn once, when the replay
begins, and speak anew every second week, of what was sold until then; products are made to add up with the shop.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from analytics.forecasts import ahead, calendar, kinds, reconcile, run
from analytics.forecasts.panel import Panel
from analytics.forecasts.reconcile import Said
from analytics.forecasts.run import Learnt
from analytics.forecasts.steps import Step
from analytics.stock import buffers, replay, shortfall
from analytics.stock.buffers import Days, Supply
from tests.bench import replenishment as bench
from tests.bench.replenishment import COVER, LEAD_TIME, LEAD_TIME_DEVIATION, TARGETS, Demand, Matrix

WEEK, HORIZON, EVERY = 7, 9, 14
YEAR, REPLAYED = 364, 189
PAST_DAYS = 371  # of it velocity learns, as in the app
# The shop's rise to Christmas is over at 0.97 of a year, and the replay ends there.
KINDS = ("trend", "shifting", "seasonal", "christmas")
PRODUCTS, SEED = 120, 11


@dataclass
class Teller:
    """What is forecast anew every second week: the weeks of each product, and what a scaled error is of it, by the day on which
    they were said. Whoever asks first is heard: plans for other targets, which sold other things, are told the same."""

    first_day: int
    learnt: tuple[Learnt, Learnt] | None = None
    kinds: Matrix = field(init=False)
    said: dict[int, tuple[Matrix, Matrix]] = field(default_factory=dict)

    def hear(self, known: Days) -> tuple[int, Matrix, Matrix]:
        """How many days ago the last forecast was made, its weeks and its scale."""
        day = known.sold.shape[1]
        made_on = day - (day - self.first_day) % EVERY
        if made_on not in self.said:
            self.said[made_on] = self._speak(weekly(known))
        return day - made_on, *self.said[made_on]

    def _speak(self, panel: Panel) -> tuple[Matrix, Matrix]:
        whole = Panel(
            np.nansum(panel.values, axis=0)[None, :], np.array([panel.values.shape[1]]), panel.last[:1], panel.step,
            np.array(["shop"], dtype=object),
        )  # fmt: skip
        both = [calendar.with_events(each.filled(), HORIZON) for each in (panel, whole)]
        if self.learnt is None:
            self.learnt = run.learn(both[0], HORIZON), run.learn(both[1], HORIZON)
        told = []
        for each, learnt in zip(both, self.learnt, strict=True):
            said = run.said(each, np.arange(len(each.values)), HORIZON, (learnt, _silent))
            found = kinds.of(each)
            found = np.array([kind if kind in learnt.quantiles else next(iter(learnt.quantiles)) for kind in found])
            wide = {kind: np.diff(errors.interval("80")[:, 0])[0] for kind, errors in learnt.quantiles.items()}
            variance = (said.scale * np.array([wide[kind] for kind in found]) / 2.563) ** 2
            told.append((Said(said.middle, variance, np.zeros(len(found), int)), said.scale, found))
        (products, scale, self.kinds), (shop, _, _) = told
        held = reconcile.Days(np.empty(0, int), np.empty(0, int))
        summed, _ = reconcile.units({"store": shop, "product": products}, None, held)
        return summed["product"] / reconcile.PARTS, scale

    def errors(self, days: int) -> Matrix:
        """Of each product the scaled errors over so many days, a column a level."""
        assert self.learnt is not None, "whoever speaks has learnt"
        tables = {kind: each.upper["sum"] for kind, each in self.learnt[0].quantiles.items()}
        found = [[ahead.over_weeks(row, np.array([days / WEEK]))[0] for row in tables[kind]] for kind in self.kinds]
        return np.array(found)


def over(weeks: Matrix, start: int, days: int) -> Matrix:
    """Units of so many days from a day after the forecast on."""
    edges = np.hstack([np.zeros((len(weeks), 1)), weeks.cumsum(axis=1)])
    at = np.array([start, start + days]) / WEEK
    found = [np.array([np.interp(each, np.arange(edges.shape[1]), row) for row in edges]) for each in at]
    return np.asarray(found[1] - found[0])


def _silent(said: str) -> None:
    """Nobody listens."""


def weekly(known: Days) -> Panel:
    """What was asked for, stockouts put back, by weeks that end with the last day known."""
    day = known.sold.shape[1]
    count = day // WEEK
    shape = (len(known.sold), count, WEEK)
    asked = buffers.asked(past_of(known, day))[:, -count * WEEK :].reshape(shape).sum(axis=2)
    begun = known.own[:, -count * WEEK :].reshape(shape).any(axis=2)
    begun[:, -1] = True
    length = begun.sum(axis=1)
    values = np.where(np.arange(count) >= (count - length)[:, None], asked, np.nan)
    ids = np.array([str(number) for number in range(len(values))], dtype=object)
    return Panel(values, length, np.full(len(values), count), Step("weeks", 1, (52,)), ids)


def past_of(known: Days, days: int) -> Days:
    """The last days alone."""
    first = max(known.sold.shape[1] - days, 0)
    return Days(*(getattr(known, name)[:, first:] for name in ("sold", "in_stock", "sold_out", "own")))


def by_velocity(target: float) -> bench.Policy:
    """What the app does without forecasts, from as much of the past as it looks at."""
    policy = bench.ours(target)
    return lambda known, supply: policy(past_of(known, PAST_DAYS), supply)


def by_forecast(target: float, teller: Teller) -> bench.Policy:
    """What the app does with forecasts: see analytics.stock.foreseen."""

    def plan(known: Days, supply: Supply) -> tuple[Matrix, Matrix]:
        ago, weeks, scale = teller.hear(known)
        lead, cover = over(weeks, ago, LEAD_TIME), over(weeks, ago + LEAD_TIME, COVER)
        once = shortfall.at_once(buffers.without_one_offs(past_of(known, PAST_DAYS)).sold[:, -buffers.WINDOW_DAYS :])
        errors = shortfall.with_lead_time(
            teller.errors(LEAD_TIME) * scale[:, None], lead / LEAD_TIME * LEAD_TIME_DEVIATION
        )
        level = shortfall.level_of(errors, cover + once, target)
        point = lead + np.maximum(shortfall.at_level(errors, level), 0) + once
        return point, point + cover

    return plan


def demand(kind: str) -> Demand:
    """Demand of some years whose truth is known, of which the last half year is replayed."""
    days = 2 * YEAR + int(0.97 * YEAR) // WEEK * WEEK
    draw = np.random.default_rng(SEED)
    pace = np.exp(draw.normal(0.3, 1.0, (PRODUCTS, 1))) * _course(kind, np.arange(days)[None, :], draw)
    share = draw.uniform(0.25, 0.8, (PRODUCTS, 1))
    lumps = draw.poisson(draw.gamma(0.7, pace / (share * 0.7)))
    units = np.where(draw.random(pace.shape) < share, lumps, 0).astype(float)
    return Demand(units, days - REPLAYED, np.ones(PRODUCTS))


def _course(kind: str, day: Matrix, draw: np.random.Generator) -> Matrix:
    """What each product sells on each day ÷ what it sells usually, every year again."""
    one, year = np.ones((PRODUCTS, day.shape[1])), day % YEAR / YEAR
    if kind == "trend":
        return draw.uniform(0.5, 3, (PRODUCTS, 1)) ** (day / day.shape[1])
    if kind == "seasonal":
        return np.exp(0.9 * np.sin(2 * np.pi * (day / YEAR + draw.random((PRODUCTS, 1)))))
    if kind == "christmas":
        return one * 2.5 ** (np.clip((year - 0.6) / 0.3, 0, 1) * np.clip((1 - year) / 0.03, 0, 1))
    if kind == "shifting":
        for _ in range(3):
            at, times = draw.random((PRODUCTS, 1)), np.exp(draw.normal(0, 0.8, (PRODUCTS, 1)))
            one = one * np.where(day / day.shape[1] >= at, times, 1)
    return one


def measured(lead_time_seed: int = 3) -> list[dict[str, Any]]:
    """Of each kind and target what plans by velocity and by forecasts come to, how much stock plans by velocity take for the service
    that forecasts reached."""
    return [row for kind in KINDS for row in _of(kind, lead_time_seed)]


def _of(kind: str, seed: int) -> list[dict[str, Any]]:
    asked = demand(kind)
    teller = Teller(asked.first_day)
    drawn = replay.lead_times(
        *(np.full(PRODUCTS, float(each)) for each in (LEAD_TIME, LEAD_TIME_DEVIATION)), asked.units.shape[1], seed
    )
    curve = [bench.played(asked, drawn, by_velocity(each)) for each in (0.85, *TARGETS, 0.99)]
    rates = np.maximum.accumulate([each["fill_rate"] for each in curve])
    rows = []
    for target, same in zip(TARGETS, curve[1:-1], strict=True):
        found = bench.played(asked, drawn, by_forecast(target, teller))
        equal = float(np.interp(found["fill_rate"], rates, [each["stock_value"] for each in curve]))
        is_reached = rates[0] <= found["fill_rate"] <= rates[-1]
        rows.append({
            "kind": kind, "target": target, "velocity": same, "forecast": found,
            "less_stock": 1 - found["stock_value"] / equal if is_reached else None,
        })  # fmt: skip
    return rows


def in_words(rows: list[dict[str, Any]]) -> str:
    """Kinds and targets as a table of Markdown."""
    head = "| demand | target | met by velocity | stock | met by forecast | stock | less stock for the same service |"
    lines = [
        f"| {row['kind']} | {row['target']:.0%} | {row['velocity']['fill_rate']:.1%} | {row['velocity']['stock_value']:,.0f} "
        f"| {row['forecast']['fill_rate']:.1%} | {row['forecast']['stock_value']:,.0f} "
        f"| {'–' if row['less_stock'] is None else format(row['less_stock'], '.0%')} |"
        for row in rows
    ]
    return "\n".join([head, "|---" * 7 + "|", *lines])
