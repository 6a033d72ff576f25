"""Forecasts that add up: worked by hand where they can be, and held to their sums where there are many."""

import numpy as np
import pytest

from analytics.forecasts import reconcile
from analytics.forecasts.reconcile import Days, Said

NO_WEEKS = Days(np.empty(0, dtype=int), np.empty(0, dtype=int))


def said(rows: list[list[float]], variance: list[float], parent: list[int] | None = None) -> Said:
    return Said(np.array(rows, dtype=float), np.array(variance, dtype=float), np.array(parent or [0] * len(rows)))


def test_a_shop_and_its_products_meet_where_both_err_least() -> None:
    # products say 6 + 2 = 8, each erring by a variance of 1, so together 2; the shop says 11, erring by 1: 8 · 1/3 + 11 · 2/3 = 10
    levels = {"store": said([[11.0]], [1.0]), "product": said([[6.0], [2.0]], [1.0, 1.0])}
    found, _ = reconcile.units(levels, None, NO_WEEKS)
    assert found["store"].tolist() == [[100_000]]
    assert found["product"].tolist() == [[70_000], [30_000]]  # the 2 more are shared evenly, as they err alike


def test_who_errs_more_gives_more() -> None:
    levels = {"store": said([[10.0]], [0.0]), "product": said([[6.0], [8.0]], [1.0, 3.0])}
    found, _ = reconcile.units(levels, None, NO_WEEKS)
    assert found["product"].tolist() == [
        [50_000],
        [50_000],
    ]  # of the 4 too many, 1 from the first and 3 from the second


def test_nothing_is_below_zero_and_what_it_cannot_give_others_do() -> None:
    levels = {"store": said([[5.0]], [0.0]), "product": said([[1.0], [9.0], [0.0]], [9.0, 1.0, 5.0])}
    found, _ = reconcile.units(levels, None, NO_WEEKS)
    assert found["product"].tolist() == [[0], [50_000], [0]]


def test_where_nobody_has_ever_erred_they_meet_in_the_middle_and_share_evenly() -> None:
    levels = {"store": said([[6.0]], [0.0]), "product": said([[1.0], [2.0]], [0.0, 0.0])}
    found, _ = reconcile.units(levels, None, NO_WEEKS)
    assert found["store"].tolist() == [[45_000]] and found["product"].tolist() == [[17_500], [27_500]]


def _shop(seed: int, products: int = 40) -> tuple[dict[str, Said], Said, Days]:
    drawn = np.random.default_rng(seed)
    category = drawn.integers(0, 5, products)
    place = np.repeat(np.arange(products), 2)[: products + 9]
    levels = {
        "store": said((drawn.random((1, 4)) * 900).tolist(), [50.0]),
        "category": said((drawn.random((5, 4)) * 150 - 20).tolist(), drawn.random(5).tolist()),
        "product": said(
            (drawn.random((products, 4)) * 30 - 5).tolist(), drawn.random(products).tolist(), category.tolist()
        ),
        "location": said(
            (drawn.random((len(place), 4)) * 15 - 3).tolist(), drawn.random(len(place)).tolist(), place.tolist()
        ),
    }
    return levels, said((drawn.random((1, 17)) * 100).tolist(), [30.0]), Days(np.array([1, 2]), np.array([2, 9]))


@pytest.mark.parametrize("seed", range(4))
def test_units_of_locations_products_categories_days_and_shop_add_up_to_the_last_digit(seed: int) -> None:
    levels, days, held = _shop(seed)
    found, by_day = reconcile.units(levels, days, held)
    for upper, lower in (("store", "category"), ("category", "product"), ("product", "location")):
        parent = levels[lower].parent
        for at in range(len(found[upper])):
            if (parent == at).any():
                assert found[lower][parent == at].sum(axis=0).tolist() == found[upper][at].tolist()
    assert by_day[0, 2:9].sum() == found["store"][0, 1] and by_day[0, 9:16].sum() == found["store"][0, 2]
    assert all((each >= 0).all() and (each == np.rint(each)).all() for each in (*found.values(), by_day))


@pytest.mark.parametrize("seed", range(4))
def test_net_sales_of_channels_and_categories_add_up_to_the_shop_by_day_and_week(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    sizes = {"store": 1, "channel": 3, "category": 6}
    weeks = {
        name: said((drawn.random((n, 4)) * 90 - 5).tolist(), drawn.random(n).tolist()) for name, n in sizes.items()
    }
    days = {
        name: said((drawn.random((n, 17)) * 15 - 2).tolist(), drawn.random(n).tolist()) for name, n in sizes.items()
    }
    days["channel"].values[0] = 0  # one of which nothing is said by day
    by_week, by_day = reconcile.money(weeks, days, Days(np.array([1, 2]), np.array([2, 9])))
    for found in (by_week, by_day):
        assert found["channel"].sum(axis=0).tolist() == found["store"][0].tolist()
        assert found["category"].sum(axis=0).tolist() == found["store"][0].tolist()
        assert all((each >= 0).all() and (each == np.rint(each)).all() for each in found.values())
    for name in sizes:
        assert by_day[name][:, 2:9].sum(axis=1).tolist() == by_week[name][:, 1].tolist()
        assert by_day[name][:, 9:16].sum(axis=1).tolist() == by_week[name][:, 2].tolist()


def test_a_week_and_its_days_meet_where_both_err_least() -> None:
    # the week says 70, its days 7 · 4 = 28, erring by twice the variance: 70 · 2/3 + 28 · 1/3 = 56, 8 a day
    by_week, by_day = reconcile.money(
        {"store": said([[70.0]], [1.0])}, {"store": said([[4.0] * 7], [2.0])}, Days(np.array([0]), np.array([0]))
    )
    assert by_week["store"].tolist() == [[560_000]] and by_day["store"].tolist() == [[80_000] * 7]
