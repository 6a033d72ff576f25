"""What is known besides the values of a panel: events, holidays, promotions, what is left out; and sums with their intervals."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analytics.forecasts import backtest, calendar, intervals, pooled, run, steps
from analytics.forecasts.intervals import Errors, Quantiles
from analytics.forecasts.known import Event, Known, holidays_of
from analytics.forecasts.panel import Panel
from tests.forecast_series import panel, yearly

MONDAY = 2_900  # weeks of the grid: the Monday 2025-08-04 with this offset
WEEKLY = steps.Step("weeks", seasons=(52,), offset=4)


def weekly(*rows: list[float]) -> Panel:
    """Weekly series that end together in the week of 2025-08-04."""
    return replace(panel(*rows), step=WEEKLY, last=np.full(len(rows), MONDAY))


def test_an_event_is_known_as_the_share_of_its_days_in_a_step_of_its_series_alone() -> None:
    # Wednesday to Friday of the week that ends the series, and all days of the week after
    promotion = Event(date(2025, 8, 6), date(2025, 8, 8), "promotion", series=(1,))
    sale = Event(date(2025, 8, 11), date(2025, 8, 17), "sale")
    known = replace(weekly([1, 2, 3], [1, 2, 3]), known=Known(events=(promotion, sale)))
    flags = calendar.with_events(known, 2).known.flags
    assert flags["event: promotion"] == pytest.approx(np.array([[0, 0, 0, 0, 0], [0, 0, 3 / 7, 0, 0]]))
    assert flags["event: sale"].tolist() == [[0, 0, 0, 1, 0]] * 2


def test_the_boosting_is_told_how_many_holidays_a_step_has() -> None:
    held = ((date(2025, 8, 5), "a"), (date(2025, 8, 5), "b"), (date(2025, 8, 6), "c"), (date(2025, 8, 18), "d"))
    known = replace(weekly([1, 2]), known=Known(holidays=held))
    counts = calendar.of(known, np.zeros(4, dtype=int), np.arange(4))[-1]
    assert counts.tolist() == [0, 2, 0, 1]


def test_holidays_of_countries_are_each_told_once() -> None:
    found = holidays_of(("DE", "AT"), date(2025, 12, 24), date(2026, 1, 1))
    days = [day.isoformat() for day, _ in found]
    # of one name in both on the 25th, of two names on the 26th
    assert days == ["2025-12-25", "2025-12-26", "2025-12-26", "2026-01-01"]


def test_what_is_known_is_cut_with_the_series() -> None:
    promoted = np.arange(14.0).reshape(2, 7)
    left_out = np.zeros((2, 5), dtype=bool)
    left_out[1, 3] = True
    known = Known(left_out=left_out, category=np.array([4, 5]), flags={"promotion": promoted})
    few = replace(panel([1, 2, 3, 4, 5], [6, 7, 8]), known=known).rows(np.array([1])).before(1)
    assert few.known.left_out is not None and few.known.left_out.tolist() == [[False, True]]
    assert few.known.flags["promotion"].tolist() == [[9, 10, 11, 12, 13]], "what lies ahead stays known"
    assert few.known.category is not None and few.known.category.tolist() == [5]


def test_what_does_not_fit_the_panel_is_refused() -> None:
    with pytest.raises(ValueError, match=r"promotion has the shape \(1, 3\)"):
        run.of_panel(panel([1.0, 2, 3]), 2, known=Known(flags={"promotion": np.zeros((1, 3))}))


def test_an_unknown_value_is_drawn_between_its_neighbours_and_left_out() -> None:
    found = panel([1, 2, np.nan, 6, np.nan], [3, 4]).filled()
    assert found.series(0).tolist() == [1, 2, 4, 6, 6] and found.length.tolist() == [5, 2]
    assert found.known.left_out is not None
    assert found.known.left_out.tolist() == [[False, False, True, False, True], [False] * 5]


def test_errors_on_values_that_are_left_out_do_not_count() -> None:
    rows = [list(each) for each in np.random.default_rng(1).normal(50, 3, (3, 40))]
    left_out = np.zeros((3, 40), dtype=bool)
    left_out[:, -2] = True
    known = replace(panel(*rows), known=Known(left_out=left_out))
    past = backtest.past(known, np.full(3, "smooth"), 4, {"smooth": ["WindowAverage"]})
    later = np.isin(past.actual, known.values[:, -2])
    assert not later.any() and np.isin(known.values[:, -3], past.actual).all()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A boosting of fewer trees, quickly learnt."""
    monkeypatch.setattr("analytics.forecasts.pooled.SETTINGS", {"max_iter": 40, "learning_rate": 0.2})


@pytest.mark.usefixtures("small")
def test_the_boosting_learns_what_a_promotion_does_but_not_from_what_is_left_out() -> None:
    drawn = np.random.default_rng(5)
    promoted = (drawn.random((12, 104)) < 0.15).astype(float)
    promoted[:, -4:] = [0, 1, 0, 1]
    y = drawn.normal(100, 5, (12, 104)) * np.where(promoted > 0, 2, 1)
    known = replace(panel(*y[:, :-4]), known=Known(flags={"promotion": promoted}))
    said = pooled.forecast(known, known, 4)
    assert said.mean(axis=0) == pytest.approx([100, 200, 100, 200], rel=0.1)
    left_out = replace(known, known=replace(known.known, left_out=promoted[:, :-4] > 0))
    assert pooled.forecast(left_out, left_out, 4).mean(axis=0)[1] < 150


def test_intervals_of_sums_hold_what_they_say_where_errors_of_neighbouring_steps_are_alike() -> None:
    drawn = np.random.default_rng(3)
    errors = drawn.normal(0, 1, (3_000, 8))
    for ahead in range(1, 8):
        errors[:, ahead] += 0.8 * errors[:, ahead - 1]
    sizes = np.exp(drawn.normal(3, 1, 3_000))
    seen = np.column_stack([10 * sizes, sizes, sizes])
    past = Errors(errors[:1_500] * sizes[:1_500, None], np.full(1_500, "smooth"), seen[:1_500])
    spread = intervals.fitted(past)
    scaled = (errors[1_500:] * sizes[1_500:, None]).cumsum(axis=1) / intervals.expected(spread, seen[1_500:])[:, None]
    found = intervals.quantiles(past, spread, "smooth", 8)
    low, high = found.interval("80", is_sum=True)
    inside = ((scaled >= low) & (scaled <= high)).mean(axis=0)
    assert (inside > 0.77).all() and (inside < 0.83).all()
    short = (scaled <= found.upper["sum"][intervals.LEVELS.index(0.95)]).mean(axis=0)
    assert (short > 0.93).all() and (short < 0.97).all()


def test_a_sum_takes_the_mean_of_its_steps_for_one_that_does_not_count() -> None:
    found = intervals.summed(np.array([[1.0, 2, 3, np.nan, 4], [np.nan, 2, 2, 2, 2]]))
    # the fourth step of the first is not known; the second row knows less than seven of ten steps up to its third
    np.testing.assert_allclose(found, [[1, 3, 6, np.nan, 12.5], [np.nan, np.nan, np.nan, 8, 10]])


def test_beyond_the_steps_that_were_seen_sums_err_more_and_more() -> None:
    errors = np.random.default_rng(2).normal(0, 1, (400, 4))
    past = Errors(errors, np.full(400, "smooth"), np.ones((400, 3)))
    _, high = intervals.quantiles(past, intervals.fitted(past), "smooth", 16).interval("80", is_sum=True)
    assert high[15] == pytest.approx(2 * high[3], rel=0.15), "independent errors: with the root of the steps"


def test_the_sum_of_what_never_was_below_nothing_is_neither_below_it_nor_does_it_fall() -> None:
    bounds = np.zeros((len(intervals.TAILS) + len(intervals.LEVELS), 3))
    bounds[:2] = [[-8, -8, -8], [-1, -2, -3]]
    quantiles = {"smooth": Quantiles(bounds, bounds)}
    middle = np.array([[5, 5.1, 5.2]] * 2)
    kind = np.full(2, "smooth")
    found = run.with_intervals(middle, np.array([True, False]), (kind, np.ones(2), quantiles), is_sum=True)
    assert found["sum_lo_80"].tolist() == [[4, 4, 4], pytest.approx([4, 3.1, 2.2])]
    assert found["sum_lo_95"].tolist() == [[0, 0, 0], pytest.approx([-3, -2.9, -2.8])]


def test_sums_are_those_of_the_forecast_and_their_upper_bound_is_a_quantile_that_is_told() -> None:
    found = run.of_panel(panel(*np.random.default_rng(9).poisson(1.5, (6, 40)).astype(float)), 5)
    assert found.sums["sum"] == pytest.approx(found.amounts["forecast"].cumsum(axis=1))
    kind = str(found.kinds[0])
    upper = found.sums["sum"] + found.scale[:, None] * found.quantiles[kind]["sum"][run.LEVELS.index(0.9)]
    rows = np.flatnonzero(found.kinds == kind)
    assert found.sums["sum_hi_80"][rows] == pytest.approx(upper[rows])
    assert found.quantiles[kind]["step"].shape == (len(run.LEVELS), 5)


def test_a_spike_that_is_left_out_neither_moves_the_forecast_nor_widens_it() -> None:
    rows = [list(each) for each in yearly(4, 70, 0.08).values()]
    calm = run.of_panel(panel(*rows), 3)
    spiked = np.array(rows)
    spiked[:, 60] = np.nan
    found = run.of_panel(panel(*spiked), 3)
    assert found.amounts["forecast"] == pytest.approx(calm.amounts["forecast"], rel=0.1)
