"""What is put in the place of days without stock and marked days, and which days those are: arrays that anyone can work out."""

import numpy as np
import pytest

from analytics.forecasts import corrected, outs, spikes
from analytics.stock.books import PARTS
from analytics.stock.walk import IN, OUT, UNKNOWN

DAYS = 84


def _expected(sold: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """What is expected in pieces, of products of one category that were there from the first day on."""
    zero = np.zeros(len(sold), dtype=int)
    cells = corrected.of(sold * PARTS, hidden, zero, zero)
    found = np.full(sold.shape, np.nan)
    found[cells.rows, cells.columns] = cells.expected / PARTS
    return found


def test_the_others_of_a_category_tell_what_a_hidden_day_was_like() -> None:
    sold, hidden = np.full((2, DAYS), 20.0), np.zeros((2, DAYS), dtype=bool)
    sold[0] = 2
    sold[:, 40] *= 5  # a sale of one day
    sold[0, 40], hidden[0, 40] = 0, True
    # a tenth of what the other one sold, on the day of the sale, too
    assert _expected(sold, hidden)[0, 40] == pytest.approx(10)


def test_variants_that_were_out_together_do_not_look_as_if_nobody_came() -> None:
    sold, hidden = np.full((3, DAYS), 20.0), np.zeros((3, DAYS), dtype=bool)
    sold[:2, 40:49], hidden[:2, 40:49] = 0, True
    assert _expected(sold, hidden)[:2, 40:49] == pytest.approx(np.full((2, 9), 20.0))


def test_a_small_shop_is_told_by_its_own_weekdays() -> None:
    sold, hidden = np.tile([1.0, 1, 1, 1, 1, 4, 0], DAYS // 7)[None, :], np.zeros((1, DAYS), dtype=bool)
    hidden[0, 40:42] = True  # the sixth and the seventh day of a week
    sold[0, 40:42] = 0
    found = _expected(sold, hidden)[0]
    # what is one day more of the mean draws them together a little
    assert found[40] == pytest.approx(4, abs=0.4) and found[41] == pytest.approx(0, abs=0.2)
    assert np.isnan(found[[39, 42]]).all()


def test_what_the_same_week_brought_counts_most_and_the_weeks_around_as_three_days() -> None:
    sold, hidden = np.ones((1, DAYS)), np.zeros((1, DAYS), dtype=bool)
    sold[0, 35:42], hidden[0, 41] = 3, True
    found = _expected(sold, hidden)[0, 41]
    # six days of 3 in the week; 28 days on either side bring 1 or, those six, 3: 68 on 56 days
    like = corrected._weekdays(sold[0], ~hidden[0])
    near = slice(41 - 28, 41 + 29)
    pace = (sold[0] * ~hidden[0])[near].sum() / (like * ~hidden[0])[near].sum()
    prior = 3 * like[~hidden[0]].mean()
    assert found == pytest.approx((18 + pace * prior) / (like[35:41].sum() + prior) * like[41])
    assert 1.5 < found < 3


def test_of_a_run_without_stock_only_so_many_days_are_put_back() -> None:
    is_out = np.zeros((2, 300), dtype=bool)
    is_out[0, 10:290], is_out[1, 10:] = True, True
    told = corrected.days_told(is_out)
    assert np.flatnonzero(told[0]).tolist() == list(range(10, 10 + corrected.LONGEST))
    assert np.flatnonzero(told[1]).tolist() == list(range(10, 10 + corrected.LONGEST_OPEN)), "it never came back"


def test_a_product_of_which_nothing_else_is_known_stays_as_it_was() -> None:
    sold, hidden = np.full((1, DAYS), 2.0), np.ones((1, DAYS), dtype=bool)
    assert (_expected(sold, hidden) == 2).all()


def test_what_was_out_at_the_last_count_and_has_not_sold_since_is_out() -> None:
    state = np.array(
        [[IN, OUT, UNKNOWN, UNKNOWN], [IN, OUT, UNKNOWN, IN], [UNKNOWN, IN, UNKNOWN, UNKNOWN]], dtype=np.int8
    )
    assert outs._known_out(state).astype(int).tolist() == [[0, 1, 1, 1], [0, 1, 0, 0], [0, 0, 0, 0]]


def test_variants_that_are_silent_together_are_out_unless_stock_knows_them_there() -> None:
    sold = np.zeros((3, DAYS))
    sold[0, ::2], sold[1, 1::2], sold[2] = 1, 1, 1
    sold[:2, 40:55] = 0
    there = np.zeros(sold.shape, dtype=bool)
    found = outs._silent(sold, there, [[0, 1], [2]])
    assert [np.flatnonzero(row).tolist() for row in found] == [list(range(40, 55)), list(range(40, 55)), []]
    there[1, 45] = True
    assert not outs._silent(sold, there, [[0, 1], [2]]).any()


def test_a_large_order_stands_out_and_a_busy_week_does_not() -> None:
    draw = np.random.default_rng(5)
    sold = draw.poisson(np.tile([2.0, 8.0], DAYS)[:, None], (2 * DAYS, DAYS)).astype(float)
    assert spikes.peaks(sold * PARTS) == []
    sold[1, 30:44] *= 2
    sold[0, 60], sold[2, 50] = 50, 12
    peak, smaller = spikes.peaks(sold * PARTS)
    assert (smaller.row, smaller.column) == (2, 50), "ten more than 2, which is 6.7 times as far as days usually lie"
    assert (peak.row, peak.column, peak.usual) == (0, 60, 2)
    assert peak.deviations == pytest.approx((50 - 2) / max(1.4826, 2**0.5))
