"""Stock between two counts: walked along what moved it, and what is not known said as bounds."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from analytics.stock import walk
from analytics.stock.walk import IN, OUT, UNKNOWN

NONE = float("nan")


def told(counts: list[float | None], sold: list[int], came: dict[int, int] | None = None) -> Any:
    """One product's days: counts (None: not counted), pieces sold, pieces received or put back by day."""
    counted = np.array([[NONE if each is None else each for each in counts]], dtype=float)
    back = np.zeros(len(sold))
    for day, units in (came or {}).items():
        back[day] = units
    change = back - np.array(sold, dtype=float)
    return walk.walked(counted, np.array([[each is not None for each in counts]]), change[None, :], np.array([sold]))


def rows(found: Any, *names: str) -> list[list[float]]:
    """The matrices named of the only product."""
    return [getattr(found, name)[0].tolist() for name in names]


def test_what_fits_the_next_count_is_known_on_every_day() -> None:
    found = told([5, None, None, None, 3], [0, 2, 0, 3, 0], {2: 3})
    assert rows(found, "stock", "lowest", "highest") == [[5, 3, 6, 3, 3], [5, 3, 6, 3, 3], [5, 3, 6, 3, 3]]
    assert found.unexplained[0, 4] == 0 and found.state[0].tolist() == [IN] * 5


def test_what_came_without_a_receipt_may_have_come_on_any_day_unless_a_sale_proves_that_it_was_there() -> None:
    found = told([2, None, None, None, None, 10], [0, 2, 0, 1, 0, 0])
    # nothing is left after the second day; one more was sold on the fourth, so one had come by then
    assert rows(found, "stock", "lowest") == [[2, 0, 0, 0, 0, 10], [2, 0, 0, 0, 0, 10]]
    assert found.highest[0].tolist() == [2, 11, 11, 10, 10, 10]
    assert found.state[0].tolist() == [IN, IN, UNKNOWN, IN, UNKNOWN, IN]
    assert found.unexplained[0, 5] == 11


def test_what_went_missing_lowers_the_bound_from_the_day_after_the_count_and_the_line_on_the_next_one() -> None:
    found = told([6, None, None, 1], [0, 1, 0, 0])
    assert rows(found, "stock", "lowest", "highest") == [[6, 5, 5, 1], [6, 1, 1, 1], [6, 5, 5, 1]]
    assert found.unexplained[0, 3] == -4 and found.state[0].tolist() == [IN] * 4


def test_nothing_between_two_counts_of_nothing_is_out_and_a_day_with_a_sale_is_in_stock() -> None:
    found = told([0, None, None, 0], [0, 0, 1, 0], {2: 1})
    assert found.state[0].tolist() == [OUT, OUT, IN, OUT]


def test_before_the_first_count_stock_was_at_most_what_the_moves_give_backwards() -> None:
    found = told([None, None, None, 4], [0, 3, 0, 0], {2: 7})
    assert rows(found, "stock", "lowest", "highest") == [[0, 0, 4, 4], [0, 0, 0, 4], [0, 0, 4, 4]]
    # nothing was there before the seven came, but the three sold that day prove otherwise
    assert found.state[0].tolist() == [OUT, IN, UNKNOWN, IN]
    assert found.is_after_count[0].tolist() == [False, False, False, True]


def test_after_the_last_count_more_may_have_come_but_what_is_left_is_there() -> None:
    found = told([3, None, None, None], [0, 1, 2, 0])
    assert found.highest[0].tolist() == [3, np.inf, np.inf, np.inf]
    assert found.state[0].tolist() == [IN, IN, IN, UNKNOWN]


@pytest.mark.parametrize("counts", [[None, None, None], [NONE, None, None]])
def test_of_what_is_never_counted_or_not_stocked_nothing_is_known_but_its_sales(counts: list[float | None]) -> None:
    found = told(counts, [0, 1, 0])
    assert found.state[0].tolist() == [UNKNOWN, IN, UNKNOWN] and np.isnan(found.stock[0]).all()


def test_a_count_below_zero_is_not_stock_that_came() -> None:
    found = told([-2, None, None, -3], [0, 0, 1, 0])
    assert rows(found, "stock") == [[-2, -2, -3, -3]] and found.state[0].tolist() == [OUT, OUT, IN, OUT]


def test_a_running_minimum_starts_anew_at_each_count() -> None:
    found = told([1, None, 9, None, 9], [0, 3, 0, 2, 0])
    assert found.stock[0].tolist() == [1, 0, 9, 7, 9] and found.unexplained[0, [2, 4]].tolist() == [11, 2]


def test_each_count_is_the_one_before_with_all_moves_and_what_is_unexplained() -> None:
    random = np.random.default_rng(7)
    shape = (50, 60)
    is_counted = random.random(shape) < 0.1
    counted = np.where(is_counted, random.integers(0, 30, shape), NONE)
    sold, back = random.integers(0, 3, shape), random.integers(0, 2, shape)
    found = walk.walked(counted, is_counted, back - sold, sold)
    for product in range(shape[0]):
        days = np.flatnonzero(is_counted[product])
        for first, second in pairwise(days):
            moves = (back - sold)[product, first + 1 : second + 1].sum()
            assert counted[product, second] == counted[product, first] + moves + found.unexplained[product, second]
    known = found.is_after_count & ~np.isnan(found.stock)
    assert (found.lowest[known] <= found.stock[known]).all() and (found.stock[known] <= found.highest[known]).all()
