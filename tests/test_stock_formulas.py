"""The formulas of replenishment against published answers, and against counting it out."""

from decimal import Decimal

import numpy as np
import pytest

from analytics.stock import formulas


def test_safety_stock_and_reorder_point_of_steady_lead_time() -> None:
    spread = formulas.deviation_over_lead_time(5.0, 30.0, 10.0, 0.0)
    safety = formulas.safety_stock(1.65, spread)
    assert float(safety) == pytest.approx(26.1, abs=0.05)
    assert float(formulas.reorder_point(30.0, 10.0, safety)) == pytest.approx(326.1, abs=0.05)


def test_an_unsure_lead_time_strays_as_much_as_drawing_days_and_lead_times_does() -> None:
    draw = np.random.default_rng(3)
    lengths = draw.choice([8, 10, 12], 40_000)  # deviation √(8/3)
    drawn = np.array([draw.normal(30, 5, length).sum() for length in lengths])
    told = float(formulas.deviation_over_lead_time(5.0, 30.0, 10.0, (8 / 3) ** 0.5))
    assert drawn.std() == pytest.approx(told, rel=0.02)


@pytest.mark.parametrize(
    ("order_cost", "demand", "holding_cost", "quantity"),
    [
        (8, 1300, 0.225, 304.0468),  # Snyder and Shen (2019), example 3.1, as printed in stockpyl's documentation
        (3.20, 2400, 0.40 * 0.24, 400),  # Silver, Pyke and Peterson (1998), section 5.2
        (50, 200, 10 * 0.20, 100),  # Nahmias, Harvey's Specialty Shop: the first quantity of his iteration
    ],
)
def test_economic_order_quantity(order_cost: float, demand: float, holding_cost: float, quantity: float) -> None:
    found = float(formulas.economic_order_quantity(order_cost, demand, holding_cost))
    assert found == pytest.approx(quantity, abs=1e-4)
    tried = np.arange(1.0, 2000.0, 0.05)
    costs = order_cost * demand / tried + holding_cost * tried / 2
    assert tried[costs.argmin()] == pytest.approx(found, abs=0.05)


def test_newsvendor_of_normal_demand() -> None:
    # Nahmias, Mac's newsstand: costs 0.25, sells at 0.75, is worth 0.10 as paper; demand 11.73 ± 4.74: 15.24, printed as 15
    ratio = formulas.newsvendor_ratio(0.75, 0.25, 0.10)
    assert ratio == pytest.approx(0.77, abs=0.005)
    assert round(formulas.newsvendor_quantity(ratio, 11.73, 4.74)) == 15
    # Snyder and Shen (2019), example 4.3: holding 0.18, stockout 0.70, demand 50 ± 8: 56.60
    assert formulas.newsvendor_quantity(0.70 / 0.88, 50, 8) == pytest.approx(56.6040, abs=1e-3)
    # stockpyl's documentation: holding 2, stockout 18, demand 120 ± 10: 132.815515655446
    assert formulas.newsvendor_quantity(18 / 20, 120, 10) == pytest.approx(132.815515655446)
    with pytest.raises(ValueError, match="cost"):
        formulas.newsvendor_ratio(1, 2)


def test_newsvendor_of_counted_demand_earns_the_most() -> None:
    demands = np.random.default_rng(2).poisson(6, 200) * 1.0
    profits = [(3 * np.minimum(q, demands) - q).mean() for q in range(30)]
    assert formulas.newsvendor_of_demands(formulas.newsvendor_ratio(3, 1), demands) == np.argmax(profits)


def test_reorder_points_of_cycles_and_of_fill_rate() -> None:
    # Nahmias, Harvey's Specialty Shop: lead time demand 100 ± 25, orders of 100; 98 % of cycles: 151, of demand: 126
    assert round(formulas.reorder_for_cycles(0.98, 100, 25)) == 151
    assert round(formulas.reorder_for_fill_rate(0.98, 100, 100, 25), 1) == pytest.approx(125.6, abs=0.2)
    drawn = np.random.default_rng(4).normal(100, 25, 400_000)
    found = formulas.reorder_for_fill_rate(0.98, 100, 100, 25)
    assert np.maximum(drawn - found, 0).mean() == pytest.approx((1 - 0.98) * 100, rel=0.02)
    assert formulas.normal_loss(1.02) == pytest.approx(0.0802, abs=1e-4)  # as tables of the loss function print it


def test_cheapest_quantity_and_reorder_point() -> None:
    # Nahmias, Harvey's Specialty Shop: order 50, holding 2 a year, 25 a piece short, 200 a year: (111, 143)
    quantity, point = formulas.quantity_and_reorder(50, 2, 25, (200, 100, 25))
    assert (round(quantity), round(point)) == (111, 143)
    # Snyder and Shen (2019), example 5.1: 318.59 and 213.97, as printed in stockpyl's documentation
    both = formulas.quantity_and_reorder(8, 0.225, 7.5, (1300, 1300 / 12, 150 * (1 / 12) ** 0.5))
    assert both == pytest.approx((318.5901810768729, 213.97044213580244), abs=0.01)

    def cost(q: float, r: float) -> float:
        return 50 * 200 / q + 2 * (q / 2 + r - 100) + 25 * 200 / q * 25 * formulas.normal_loss((r - 100) / 25)

    around = [(quantity + a, point + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
    assert min(around, key=lambda each: cost(*each)) == (quantity, point)


def test_lumpy_demand_gets_the_fill_rate_that_the_normal_formula_misses() -> None:
    draw = np.random.default_rng(5)
    daily = np.where(draw.random(400) < 0.05, draw.choice([1.0, 2.0, 40.0], 400), 0.0)
    demands = formulas.lead_time_demands(daily, 14, 4)
    exact = formulas.reorder_of_demands(0.95, 20, demands)
    assert np.maximum(demands - exact, 0).mean() == pytest.approx(0.05 * 20)
    normal = formulas.reorder_for_fill_rate(0.95, 20, demands.mean(), demands.std())
    assert np.maximum(demands - normal, 0).mean() > 1.2 * 0.05 * 20
    tried = np.arange(0, 200, 0.01)
    short = np.array([np.maximum(demands - each, 0).mean() for each in tried[::50]])
    assert tried[::50][(short <= 1).argmax()] == pytest.approx(exact, abs=0.5)


def test_an_order_is_rounded_up_to_minimum_and_packs() -> None:
    assert formulas.rounded_up(Decimal("40.2"), Decimal(50), Decimal(12)) == 60
    assert formulas.rounded_up(Decimal(61), Decimal(50), Decimal(12)) == 72
    assert formulas.rounded_up(Decimal("0.1")) == 1
    assert formulas.rounded_up(Decimal("-3"), Decimal(50), Decimal(12)) == 0
    with pytest.raises(ValueError, match="pack_size"):
        formulas.rounded_up(Decimal(3), None, Decimal(0))
    with pytest.raises(ValueError, match="minimum_order"):
        formulas.rounded_up(Decimal(3), Decimal(-1))
