"""Single models, kinds of demand, intervals and weights, by hand."""

import numpy as np
import pytest

from analytics.forecasts import choice, history, intervals, kinds, models, pooled
from analytics.forecasts.choice import Past
from analytics.forecasts.intervals import Errors, Spread
from tests.forecast_series import panel, yearly


def test_seasonal_naive_repeats_the_last_season() -> None:
    found = models.run("SeasonalNaive", panel([9, 1, 2, 3, 4], seasons=(4,)), 6)
    assert found.tolist() == [[1, 2, 3, 4, 1, 2]]


def test_without_a_season_the_last_value_is_repeated() -> None:
    assert models.run("SeasonalNaive", panel([3, 8]), 2).tolist() == [[8, 8]]


def test_a_window_average_takes_the_last_eight() -> None:
    assert models.run("WindowAverage", panel([100, *range(8)]), 2).tolist() == [[3.5, 3.5]]


def test_a_window_average_of_a_short_series_takes_what_is_there() -> None:
    assert models.run("WindowAverage", panel([1, 2, 3], [5]), 1).tolist() == [[2], [5]]


def test_seasonal_level_is_last_season_times_the_change_of_level() -> None:
    # a season of four, twice as much as a season ago
    found = models.run("SeasonalLevel", panel([1, 2, 3, 4, 2, 4, 6, 8], seasons=(4,)), 5)
    assert found.tolist() == [[4, 8, 12, 16, 4]]


def test_croston_as_syntetos_and_boylan_mended_it() -> None:
    # sizes 4 and 4, each two steps after the one before: 4 ÷ 2, times 0.95
    found = models.run("CrostonSBA", panel([0, 4, 0, 4, 0, 4]), 2)
    assert found == pytest.approx(np.full((1, 2), 0.95 * 4 / 2))


def test_tsb_fades_when_nothing_is_asked_for_any_more() -> None:
    sold, quiet = [3.0, 0, 3, 0, 3, 0, 3, 0], [0.0] * 12
    still, faded = models.run("TSB", panel([0.0] * 12 + sold, sold + quiet), 1)[:, 0]
    assert faded < 0.8 * still


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ([5, 6, 5, 4] * 6, "smooth"),
        ([1, 20, 2, 1] * 6, "erratic"),
        ([5, 0, 0, 4] * 6, "intermittent"),
        ([1, 0, 0, 30, 0, 2] * 4, "lumpy"),
        ([7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7], "constant"),
        ([0] * 24, "zero"),
        ([4], "constant"),
        ([4, 5, 4], "young"),
    ],
)
def test_kinds_of_demand(row: list[float], kind: str) -> None:
    assert kinds.of(panel(row)).tolist() == [kind]


def test_the_bounds_of_kinds_are_those_of_syntetos_boylan_and_croston() -> None:
    # 100 steps with 76 demands: 1.316 steps apart; with 75: 1.333
    rows = [[1.0, *([1.0] * (asked - 2)), *([0.0] * (100 - asked)), 2.0] for asked in (76, 75)]
    assert kinds.of(panel(*rows)).tolist() == ["smooth", "intermittent"]


def test_zeros_before_the_first_sale_do_not_make_a_product_intermittent() -> None:
    interval, _ = kinds.measures(panel([0] * 30 + [4, 5] * 6))
    assert interval.tolist() == [1.0]


def test_weights_go_to_the_model_that_erred_least() -> None:
    drawn = np.random.default_rng(3)
    actual = drawn.normal(100, 5, (400, 4))
    said = {"good": actual + drawn.normal(0, 1, actual.shape), "bad": actual + drawn.normal(8, 9, actual.shape)}
    past = Past(actual, said, np.full(400, "smooth"), np.full((400, 3), 100.0), np.arange(400))
    assert choice.weights(past, "smooth", ["good", "bad"]) == {"good": 1.0}


def test_where_series_are_few_shares_fall_with_the_error_of_each_model_alone() -> None:
    drawn = np.random.default_rng(3)
    actual = drawn.normal(100, 5, (3, 4))
    missed = drawn.normal(0, 3, actual.shape)
    said = {"a": actual + missed, "b": actual - missed, "c": actual + 1.5 * missed, "d": actual + 9 * missed}
    past = Past(actual, said, np.full(3, "smooth"), np.full((3, 3), 100.0), np.arange(3))
    weight = choice.weights(past, "smooth", list(said))
    assert weight["a"] == pytest.approx(weight["b"], abs=0.03) and sum(weight.values()) == pytest.approx(1)
    assert 0.04 < weight["c"] < 0.12 and "d" not in weight, "half as much error again: a fifth of the share"


def test_wape_and_bias_of_a_score_by_hand() -> None:
    actual, said = np.array([[10.0, 30.0]]), {"m": np.array([[14.0, 24.0]])}
    past = Past(actual, said, np.array(["smooth"]), np.ones((1, 3)), np.array(["a"]))
    found = choice.scores(past, {"smooth": {"m": 1.0}}, choice.errors(past, {"smooth": {"m": 1.0}}))
    # |4| + |−6| of 40, and 4 − 6 of 40
    whole = [(each.model, each.wape, each.bias) for each in found if each.step == 0]
    assert whole == [("m", 0.25, -0.05), ("Ensemble", 0.25, -0.05)]
    # and step by step: 4 of 10, and −6 of 30
    steps = [(each.model, each.step, each.wape, each.bias) for each in found if each.step]
    assert steps == [("Ensemble", 1, 0.4, 0.4), ("Ensemble", 2, 0.2, -0.2)]


def test_a_score_tells_how_much_lay_within_intervals_that_others_told() -> None:
    drawn = np.random.default_rng(8)
    actual = drawn.normal(100, 5, (600, 4))
    said = {"m": np.full(actual.shape, 100.0)}
    past = Past(actual, said, np.full(600, "smooth"), np.tile([100.0, 4, 4], (600, 1)), np.arange(600) // 2)
    missed = choice.errors(past, {"smooth": {"m": 1.0}})
    inside = intervals.covered(missed, past.series)
    (whole,) = (
        each
        for each in choice.scores(past, {"smooth": {"m": 1.0}}, missed, inside)
        if (each.model, each.step) == ("Ensemble", 0)
    )
    assert whole.coverage_80 == pytest.approx(0.8, abs=0.03) and whole.coverage_95 == pytest.approx(0.95, abs=0.02)
    # ten times as far off in every second series: intervals told from the calm half are too narrow for it, and the other way round
    wild = Errors(missed.errors * np.where(np.arange(600) // 2 % 2, 10, 1)[:, None], missed.kinds, missed.seen)
    assert np.nanmean(intervals.covered(wild, past.series)["80"]) == pytest.approx((0.13 + 1) / 2, abs=0.06)


def test_intervals_hold_what_they_say_where_the_errors_are_known() -> None:
    # every series errs in proportion to its own size, and above more than below
    drawn = np.random.default_rng(7)
    sizes = np.exp(drawn.normal(4, 1.5, 600))
    errors = sizes[:, None] * (drawn.gamma(2, 1, (600, 6)) - 2) * 0.1
    seen = np.column_stack([sizes, 0.1 * sizes, 0.15 * sizes])
    past = Errors(errors[:300], np.full(300, "smooth"), seen[:300])
    spread = intervals.fitted(past)
    bounds = intervals.quantiles(past, spread, "smooth", 6)
    expected = intervals.expected(spread, seen[300:])[:, None]
    for level, least, most in (("80", 0.78, 0.83), ("95", 0.935, 0.965)):
        low, high = bounds.interval(level)
        inside = (errors[300:] >= expected * low) & (errors[300:] <= expected * high)
        assert least < inside.mean() < most
    low, high = bounds.interval("80")
    assert (high > -1.1 * low).all(), "the errors are not even, and neither is the interval"


def test_quantiles_of_few_errors_are_widened_as_students_are() -> None:
    # Student's quantiles of 8 degrees: 1.397 at 90 %, 2.306 at 97.5 %; normal 1.2816 and 1.9600; and the mean is not known either
    found = intervals.wider(8)[[intervals.TAILS.index(0.1), intervals.TAILS.index(0.025)]]
    assert found / np.sqrt(1 + 1 / 8) == pytest.approx([1.397 / 1.2816, 2.306 / 1.96], rel=0.003)
    assert intervals.wider(2_400) == pytest.approx(1, abs=0.002)


def test_few_errors_make_a_wider_interval_than_their_own_quantiles() -> None:
    errors = Errors(np.arange(-9.5, 10)[:, None], np.full(20, "smooth"), np.ones((20, 3)))
    low, high = intervals.quantiles(errors, Spread((0.5, 0.5), 1.0), "smooth", 1).interval("80")[:, 0]
    assert high == pytest.approx(-low) and high > np.quantile(np.arange(-9.5, 10), 0.9)


def test_few_forecasts_that_all_missed_to_one_side_make_an_interval_to_both() -> None:
    errors = Errors(np.tile([[3.0, 4.0, 5.0]], (8, 1)), np.full(8, "smooth"), np.ones((8, 3)))
    found = intervals.quantiles(errors, Spread((0.5, 0.5), 1.0), "smooth", 3)
    for is_sum in (False, True):
        low, high = found.interval("80", is_sum)
        assert low == pytest.approx(-high) and (high > 0).all()


def test_where_series_are_few_an_origin_does_not_choose_the_models_that_it_scores() -> None:
    # each model is right at one origin and wrong at the other: chosen at both it errs by half, chosen at the other one by all
    actual = np.full((2, 1), 100.0)
    said = {"first": np.array([[100.0], [120.0]]), "second": np.array([[120.0], [100.0]])}
    past = Past(actual, said, np.full(2, "smooth"), np.full((2, 3), 100.0), np.array(["a", "a"]))
    chosen = choice.weights(past, "smooth", list(said))
    assert chosen == pytest.approx({"first": 0.5, "second": 0.5}, abs=0.05)
    assert choice.errors(past, {"smooth": chosen}).errors.ravel() == pytest.approx([-20, -20], abs=0.5)


def test_the_boosting_never_sees_what_comes_later() -> None:
    rows = list(yearly(3, 130, 0.1).values())
    found = []
    for after in (0.0, 1e6):
        known = panel(*[[*row[:-8], *([after] * 8)] for row in rows], seasons=(7, 52))
        cells = pooled.Cells(np.repeat([0, 1, 2], 8), np.full(24, 130 - 9), np.tile(np.arange(1, 9), 3))
        found.append(pooled.seen(history.of(known), cells))
    for first, second in zip(*found, strict=True):
        np.testing.assert_array_equal(first, second)


def test_the_boosting_learns_from_all_what_one_series_cannot_tell() -> None:
    rows = list(yearly(12, 130, 0.1).values())
    known = panel(*rows, seasons=(52,)).before(4)
    said = pooled.forecast(known, known, 4)
    assert np.abs(said / np.array([row[-4:] for row in rows]) - 1).mean() < 0.2


def test_the_fewer_series_the_more_often_they_are_held_against_the_past() -> None:
    rows = [[1.0, 2.0] * 60]
    assert choice.origins(panel(*rows * 19), 4, is_young=False) == [4, 6, 8, 10, 12, 14, 16, 18]
    assert choice.origins(panel(*rows * 20), 4, is_young=False) == [4, 6, 8, 10]
    assert choice.origins(panel(*rows * 100), 4, is_young=False) == [4, 8, 12, 16]
