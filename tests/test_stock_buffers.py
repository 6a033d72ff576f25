"""The safety factor that a shop's own past teaches."""

import numpy as np
import pytest

from analytics.stock import buffers, formulas, replay
from analytics.stock.buffers import Days, Supply


def _days(sold: np.ndarray) -> Days:
    return Days(sold, np.ones(sold.shape, bool), np.zeros(sold.shape, bool), np.ones(sold.shape, bool))


def _supply(count: int, lead_time: float = 10, deviation: float = 2, cover: float = 20) -> Supply:
    return Supply(*(np.full(count, each) for each in (lead_time, deviation, cover)))


def test_a_day_of_a_replay_by_hand() -> None:
    plan = (np.array([5.0]), np.array([20.0]))
    shelves = replay.Shelves(np.array([7.0]), np.zeros(1), np.zeros((1, 20)))
    served = [replay.pass_day(shelves, day, np.array([4.0]), plan, np.array([3]))[0] for day in range(5)]
    # 7 − 4 = 3 ≤ 5: 17 are ordered and come on day 3; day 1 has 3 of 4, day 2 none
    assert served == [4, 3, 0, 4, 4]
    assert shelves.on_hand[0] == 9 and shelves.on_order[0] == 0 + shelves.arriving[0, 5:].sum()


def test_the_factor_learnt_meets_its_targets_on_demand_it_has_not_seen() -> None:
    draw = np.random.default_rng(8)
    lumpy = np.where(draw.random((300, 700)) < 0.2, draw.gamma(0.6, 12, (300, 700)).round(), 0)
    targets = [0.90, 0.95, 0.98]
    supply, taught = _supply(300), _days(lumpy[:, :350])
    factors = buffers.factors(taught, supply, targets)
    assert factors is not None and factors == sorted(factors)
    velocity, deviation = buffers.velocities(taught, lumpy[:, :350])[:, -1], buffers.deviations(taught, supply)
    spread = formulas.deviation_over_lead_time(deviation, velocity, supply.lead_time, supply.lead_time_deviation)
    drawn = replay.lead_times(supply.lead_time, supply.lead_time_deviation, 350, seed=99)
    for target, factor in zip(targets, factors, strict=True):
        plan = buffers.levels(velocity, spread, supply, factor)
        shelves, served, asked = replay.begin(plan, 350), 0.0, 0.0
        for day in range(350):
            met = replay.pass_day(shelves, day, lumpy[:, 350 + day], plan, drawn[:, day])
            served, asked = served + met.sum() * (day > 30), asked + lumpy[:, 350 + day].sum() * (day > 30)
        assert served / asked == pytest.approx(target, abs=0.02)


def test_too_short_a_past_or_too_few_products_teach_nothing() -> None:
    assert buffers.factors(_days(np.ones((100, 90))), _supply(100), [0.9]) is None
    assert buffers.factors(_days(np.ones((5, 300))), _supply(5), [0.9]) is None


def test_days_without_stock_get_the_demand_they_would_have_had() -> None:
    draw = np.random.default_rng(6)
    truth = draw.poisson(5, (200, 200)).astype(float)
    in_stock = np.ones(truth.shape, bool)
    in_stock[:, 120:150] = False
    days = Days(np.where(in_stock, truth, 0), in_stock, np.zeros(truth.shape, bool), np.ones(truth.shape, bool))
    assert buffers.restored(days)[:, 120:150].mean() == pytest.approx(5, rel=0.08)
    cut = np.minimum(truth, 4)
    sold_out = Days(cut, np.ones(truth.shape, bool), truth >= 4, np.ones(truth.shape, bool))
    assert buffers.restored(sold_out)[truth >= 4].mean() == pytest.approx(
        8
    )  # nothing larger is known: twice what was sold
    assert np.array_equal(buffers.restored(_days(truth)), truth)


def test_runs_that_hold_together_stray_more_than_days_apart_say() -> None:
    waves = np.repeat(np.tile([0.0, 8.0], 20), 10)[None, :]
    deviation = buffers.deviations(_days(waves), _supply(1))
    assert deviation[0] > 1.7 * waves.std()
    steady = buffers.deviations(_days(np.full((1, 200), 4.0)), _supply(1))
    assert steady[0] == pytest.approx(0)


def test_what_fades_strays_by_the_root_of_its_pace_and_what_grows_as_it_did() -> None:
    draw = np.random.default_rng(4)
    fast, slow = draw.poisson(4, (300, 300)).astype(float), draw.poisson(1, (300, 100)).astype(float)
    for sold, share in ((np.hstack([fast, slow]), (1 / 3.25) ** 0.5), (np.hstack([slow, fast]), 1)):
        sums = sold.cumsum(axis=1)  # a day asked for 3.25 on average, and at last for 1 or 4
        strayed = (sums[:, 10:] - sums[:, :-10]).std(axis=1).mean() / 10**0.5
        assert buffers.deviations(_days(sold), _supply(300)).mean() == pytest.approx(strayed * share, rel=0.03)


def test_one_wholesale_order_is_nothing_to_keep_stock_for() -> None:
    sold = np.tile([1.0, 0, 0, 0], (1, 50))
    sold[0, 100] = 150
    cut = buffers.without_one_offs(_days(sold)).sold
    assert cut[0, 100] == 24.5 and cut.sum() == 49 + 24.5  # half of the 49 others
    assert np.array_equal(buffers.without_one_offs(_days(sold[:, :100])).sold, sold[:, :100])


def test_the_deviation_of_now_is_the_last_of_the_deviations_of_all_days() -> None:
    sold = np.random.default_rng(1).poisson(2, (40, 120)).astype(float)
    own = np.arange(120) >= np.arange(40)[:, None]
    days, supply = Days(sold * own, own | True, np.zeros(sold.shape, bool), own), _supply(40, lead_time=7)
    demand = buffers.restored(days)
    whole = buffers.spreads(demand, own, buffers.velocities(days, demand), supply.lead_time)[:, -1]
    assert buffers.deviations(days, supply) == pytest.approx(whole / 7**0.5)


def _with_stockouts(truth: np.ndarray) -> Days:
    """The days of a shop whose every delivery of 40 days' demand comes a week after the shelf is empty."""
    sold, in_stock, sold_out = np.zeros(truth.shape), np.ones(truth.shape, bool), np.zeros(truth.shape, bool)
    shelf, empty = 40 * truth.mean(axis=1), np.zeros(len(truth))
    for day in range(truth.shape[1]):
        in_stock[:, day] = shelf > 0
        sold[:, day] = np.minimum(shelf, truth[:, day])
        shelf = shelf - sold[:, day]
        sold_out[:, day] = in_stock[:, day] & (shelf <= 0)
        empty = np.where(shelf <= 0, empty + 1, 0)
        shelf = np.where(empty == 7, 40 * truth.mean(axis=1), shelf)
    return Days(sold, in_stock, sold_out, np.ones(truth.shape, bool))


def test_demand_that_stockouts_hid_is_put_back_into_velocity_whatever_its_shape() -> None:
    draw, times = np.random.default_rng(12), np.linspace(0, 1, 250)
    # what fades is put back at its pace of before, so a little too much
    for shape, close in ((np.ones(250), 0.04), (3**times, 0.04), (3**-times, 0.08)):
        lumps = np.where(draw.random((300, 250)) < 0.3, draw.gamma(0.7, 10, (300, 250)), 0)
        truth = draw.poisson(lumps * shape).astype(float)
        days = _with_stockouts(truth)
        true = truth[:, -90:].mean()
        there = days.in_stock[:, -90:]
        assert (days.sold[:, -90:] * there).sum() / there.sum() < 0.97 * true
        assert buffers.velocities(days, buffers.asked(days))[:, -1].mean() == pytest.approx(true, rel=close)


def test_a_day_is_estimated_from_earlier_ones_alone() -> None:
    days = _with_stockouts(np.random.default_rng(2).poisson(3, (30, 200)).astype(float))
    whole, early = buffers.restored(days), buffers.restored(days.until(150))
    # what is drawn for days out of stock differs; what a day that sold out would have asked for does not
    at = days.sold_out[:, :150]
    assert at.any() and np.array_equal(whole[:, :150][at], early[at])


def test_after_30_days_without_stock_nobody_knows_whether_they_would_still_ask() -> None:
    sold, in_stock = np.ones((1, 200)), np.ones((1, 200), bool)
    in_stock[0, 140:] = False
    days = Days(np.where(in_stock, sold, 0), in_stock, np.zeros((1, 200), bool), np.ones((1, 200), bool))
    assert buffers.told(days)[0].sum() == 170 and buffers.told(days)[0, 169] and not buffers.told(days)[0, 170]
    assert buffers.velocities(days, buffers.asked(days))[0, -1] == pytest.approx(1)
