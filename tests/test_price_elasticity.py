"""Elasticities of simulated shops whose truth is known, how products are drawn together, and that of any table."""

from pathlib import Path

import numpy as np
import pytest

from analytics.errors import Refused
from analytics.prices import drawn, pooled, table, weekly
from analytics.scope import Scope
from price_shops import drawn as shop
from tests.bench import elasticities


@pytest.mark.parametrize("kind", ["seasonal", "promoted", "thin", "steps"])
def test_the_interval_of_a_simulated_product_holds_its_elasticity_and_is_not_absurdly_wide(kind: str) -> None:
    found = elasticities.of_kind(kind, 6)
    assert found["covered_80"] >= 0.72 and found["covered_95"] >= 0.88  # 240 products of six shops; 0.75 of thirty
    assert found["width_80"] < 2.0 and abs(found["bias"]) < 0.2


def test_thin_products_borrow_so_they_lie_nearer_to_the_truth_than_by_themselves() -> None:
    # the median of one by itself, the root mean square of one drawn: the harder measure for the drawn
    found = elasticities.of_kind("thin", 6)
    assert found["error"] < 0.75 * float(np.sqrt(np.mean(_alone(6) ** 2)))


def _alone(shops: int) -> np.ndarray:  # type: ignore[type-arg]
    fits = [(pooled.fit(each.panel), each.slopes) for each in (shop("thin", seed) for seed in range(shops))]
    return np.concatenate([fit.own - slopes for fit, slopes in fits])


def test_weeks_without_a_sale_count() -> None:
    # one piece a week at the low price and none at the high one: left out, the zeros would say that nothing answers to prices
    each = shop("plain", 1, 6)
    units = np.where(each.panel.log_price < 0, 2.0, 0.0)
    fit = pooled.fit(
        pooled.Panel(
            units, *(getattr(each.panel, name) for name in ("log_price", "exposure", "promoted", "group", "week"))
        )
    )
    assert (fit.own < -4).all()


def test_weeks_without_stock_do_not() -> None:
    # out whenever it is cheapest: taken for demand, the zeros say that low prices sell nothing
    each = shop("plain", 2, 12)
    out = each.panel.log_price < np.quantile(each.panel.log_price, 0.15, axis=1, keepdims=True)
    parts = {name: getattr(each.panel, name) for name in ("log_price", "promoted", "group", "week")}
    units = np.where(out, 0.0, each.panel.units)
    known = pooled.fit(pooled.Panel(units=units, exposure=np.where(out, 0.0, 1.0), **parts))
    unknown = pooled.fit(pooled.Panel(units=units, exposure=np.ones(out.shape), **parts))
    missed = [np.sqrt(np.mean((fit.slope - each.slopes) ** 2)) for fit in (known, unknown)]
    assert missed[0] < 0.7 and missed[1] > 1.5


def test_a_fit_of_thin_products_always_comes_to_an_end() -> None:
    # of this shop undamped steps ran away
    fit = pooled.fit(shop("bare", 12).panel)
    assert (np.abs(fit.slope) < 8).all() and (fit.error < 3).all()


def test_what_tells_nothing_by_itself_has_its_category_s_mean_and_that_the_shop_s() -> None:
    own, variance = np.array([-1.0, -1.2, -3.0, -3.2, 9.0]), np.array([0.01, 0.01, 0.01, 0.01, 1e6])
    pool = drawn.pooled(own, variance, np.array([0, 0, 1, 1, 1]))
    slope, error, share = drawn.answers(own, variance, pool)
    assert share[4] < 1e-4 and slope[4] == pytest.approx(pool.centre[1], abs=1e-3) and -3.2 < pool.centre[1] < -2.4
    assert error[4] > 0.5 > error[0] and pool.centre[0] > pool.whole > pool.centre[1]
    assert abs(slope[0] + 1) < 0.05


def rows(path: Path, prices: np.ndarray, noise: float = 0.0) -> str:  # type: ignore[type-arg]
    """A table by formula: ln units = 10 (brand A), 9 (B), 8 (C) − 3 ln price (+ a wave); dearer brands sell more."""
    lines = ["store;week;Brand;logmove;price"]
    for at, price in enumerate(prices):
        brand = "ABC"[at % 3]
        level = {"A": 10, "B": 9, "C": 8}[brand]
        lines.append(
            f"{at % 5};{at};{brand};{level - 3 * np.log(price) + noise * np.sin(at * 1.7):.12f};{price:.6f}".replace(
                ".", ","
            )
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return str(path)


def test_the_elasticity_of_a_table_is_the_slope_of_least_squares_with_its_robust_error(tmp_path: Path) -> None:
    prices = 2 + np.sin(np.arange(90)) / 2 + np.repeat([0.6, 0.3, 0.0], 30)[np.arange(90) % 3 * 30]
    file = rows(tmp_path / "oj.csv", prices, 0.2)
    x = np.log(prices)
    y = np.array([10, 9, 8])[np.arange(90) % 3] - 3 * x + 0.2 * np.sin(np.arange(90) * 1.7)
    plain, dummies = np.column_stack([np.ones(90), x]), np.column_stack([x, np.eye(3)[np.arange(90) % 3]])
    row = table.of(Scope(), file).iloc[0]
    slope = np.linalg.lstsq(plain, y, rcond=None)[0][1]
    assert float(row["elasticity"]) == pytest.approx(slope, abs=1e-4) and (row["price"], row["quantity"]) == (
        "price",
        "logmove",
    )
    left = y - plain @ np.linalg.lstsq(plain, y, rcond=None)[0]
    inverse = np.linalg.inv(plain.T @ plain)
    robust = np.sqrt((inverse @ (plain.T @ (plain * left[:, None] ** 2)) @ inverse)[1, 1] * 90 / 88)
    assert float(row["standard_error"]) == pytest.approx(robust, abs=1e-4)
    by_brand = table.of(Scope(), file, "brand").iloc[0]
    assert float(by_brand["elasticity"]) == pytest.approx(np.linalg.lstsq(dummies, y, rcond=None)[0][0], abs=1e-4)
    assert by_brand["groups"] == 3 and by_brand["low_80"] < by_brand["elasticity"] < by_brand["high_80"]
    both = table.of(Scope(), file, "brand, store").iloc[0]
    stores = np.column_stack([dummies, np.eye(5)[np.arange(90) % 5][:, 1:]])
    assert float(both["elasticity"]) == pytest.approx(np.linalg.lstsq(stores, y, rcond=None)[0][0], abs=1e-4)


def test_sales_beside_a_price_are_pieces(tmp_path: Path) -> None:
    lines = [f"{price:.2f},{1000 * price**-2:.9f}" for price in np.arange(2, 4, 0.1)]
    (tmp_path / "shop.csv").write_text("price,sales\n" + "\n".join(lines) + "\n", encoding="utf-8")
    row = table.of(Scope(), str(tmp_path / "shop.csv")).iloc[0]
    assert row["quantity"] == "sales" and float(row["elasticity"]) == pytest.approx(-2, abs=1e-4)


def test_a_table_whose_price_is_constant_or_whose_columns_are_unknown_is_refused(tmp_path: Path) -> None:
    row = table.of(Scope(), rows(tmp_path / "flat.csv", np.full(40, 2.5))).iloc[0]
    assert row["is_refused"] and "same in all rows" in row["reason"] and row["elasticity"] is None
    steps = np.array([2.0, 3.0, 4.0])[np.arange(40) % 3]
    within = table.of(Scope(), rows(tmp_path / "brands.csv", steps), "brand").iloc[0]
    assert within["is_refused"] and "Within each of the groups" in within["reason"]
    (tmp_path / "other.csv").write_text("colour,size\nred,1\n", encoding="utf-8")
    with pytest.raises(Refused, match="no price"):
        table.of(Scope(), str(tmp_path / "other.csv"))
    with pytest.raises(Refused, match="no column taste"):
        table.of(Scope(), rows(tmp_path / "oj.csv", steps), "taste")
    with pytest.raises(Refused, match="no file"):
        table.of(Scope(), str(tmp_path / "missing.csv"))


def test_a_week_without_a_sale_has_the_price_before_it_and_the_discount_of_its_category() -> None:
    # two products of one category; the first is discounted by 20 % in the second week, in which the second sells nothing
    rows = {
        "variant": np.array([0, 0, 0, 1, 1]), "slice": np.zeros(5, dtype=int), "week": np.array([0, 1, 2, 0, 2]), "units": np.full(5, 2.0),
        "amount": np.array([20.0, 20, 20, 60, 60]), "discount": np.array([0.0, 4, 0, 0, 0]),
    }  # fmt: skip
    of_what = rows["variant"], np.array([0, 0])
    log_price, depth = weekly._prices(rows, rows["variant"] * 3 + rows["week"], of_what, (2, 3))
    assert np.allclose(np.exp(log_price), [[1, 0.8, 1], [1, 0.8, 1]]) and np.allclose(depth, [[0, 0.2, 0], [0, 0.2, 0]])
