"""Size curves by hand: what a style sells, shared over sizes that were out of stock or are too new to tell."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from analytics.stock import size_curves
from analytics.stock.size_curves import Runs

D = Decimal


def shared(*rows: tuple[str, str, str, int], days: int = 90) -> dict[str, dict[str, Any]]:
    """Rows of “style size”, category, velocity and days on which it was there, after their styles' demand was shared."""
    found = [
        {
            "product_key": name,
            "category": category,
            "velocity": D(velocity),
            "deviation": D(velocity),
            "velocity_basis": "",
        }
        for name, category, velocity, _ in rows
    ]
    styles = {
        name: {"parent": name.split()[0], "colour": name.split()[1], "size": name.split()[2]} for name, *_ in rows
    }
    size_curves.share(found, styles, np.array([there for *_, there in rows]), days)
    return {row["product_key"]: row for row in found}


def test_a_size_that_was_out_or_never_there_gets_its_share_of_what_the_style_sells() -> None:
    found = shared(
        ("tee red S", "Tops", "0.5", 90), ("tee red M", "Tops", "0.4", 30),
        ("tee red L", "Tops", "0.5", 90), ("tee red XL", "Tops", "0", 0),
        ("polo red S", "Tops", "1", 90), ("polo red M", "Tops", "0.8", 90),
        ("polo red L", "Tops", "1", 90), ("polo red XL", "Tops", "1.2", 90),
    )  # fmt: skip
    # the polo sells 4 a day, 25, 20, 25 and 30 % of them by size, and so does the tee what there is of it: 2 a day with all sizes
    new = found["tee red XL"]
    assert (new["style_velocity"], new["size_share"]) == (D("2.000000"), D("0.300000"))
    assert (new["velocity"], new["size_velocity"], new["days_there"], new["days_asked"]) == (D("0.600000"), 0, 0, 90)
    # its own 0.4 on 30 days, 2 × 0.2 on the other 60
    assert found["tee red M"]["velocity"] == D("0.4") and found["tee red M"]["days_there"] == 30
    # what was there all the time keeps its own
    assert found["tee red S"]["velocity"] == D("0.5") and found["tee red S"]["size_share"] is None
    assert found["polo red XL"]["velocity"] == D("1.2")
    # variance a piece is that of the sizes seen: (0.25 + 0.16 + 0.25) ÷ 1.4, times 0.6 pieces
    assert new["deviation"] == (D("0.66") / D("1.4") * D("0.6")).sqrt().quantize(D("0.000001"))


def test_days_without_stock_are_not_taken_for_days_without_demand() -> None:
    # 10 pieces in 10 of 90 days, beside 90 in 90: both sell one a day
    shares = size_curves.curve(Runs(np.array([[90.0, 10.0]]), np.array([[90.0, 10.0]])))
    assert shares == pytest.approx([0.5, 0.5])
    assert size_curves.pace(Runs(np.array([[90.0, 10.0]]), np.array([[90.0, 10.0]])), shares) == pytest.approx([2.0])


def test_a_styles_curve_is_drawn_to_its_categorys_as_if_twenty_pieces_had_sold_by_it() -> None:
    runs = Runs(np.array([[10.0, 10.0]]), np.array([[90.0, 90.0]]))
    # (10 + 20 × 0.25) ÷ (20 + 20)
    assert size_curves.curve(runs, np.array([0.25, 0.75])) == pytest.approx([0.375, 0.625])
    # no colour tells of a size that none of them had: it takes the category's share
    unseen = Runs(np.array([[30.0, 0.0]]), np.array([[90.0, 0.0]]))
    assert size_curves.curve(unseen, np.array([0.25, 0.75])) == pytest.approx([0.25, 0.75])


def test_what_sells_nothing_has_no_size_or_stands_twice_is_left_alone() -> None:
    found = shared(
        ("hat red S", "Hats", "0", 90), ("hat red M", "Hats", "0", 0), ("cup red unknown", "Cups", "1", 10), ("cup red 2", "Cups", "1", 90),
    )  # fmt: skip
    assert found["hat red M"]["velocity"] == 0 and found["cup red unknown"]["velocity"] == 1
    # a run in which a size stands twice, one of them there on a single day, beside another size
    rows = [
        {"product_key": key, "category": "", "velocity": D(1), "deviation": D(1), "velocity_basis": ""} for key in "abc"
    ]
    styles = {key: {"parent": "x", "colour": "red", "size": size} for key, size in zip("abc", "SSM", strict=True)}
    size_curves.share(rows, styles, np.array([90, 1, 1]), 90)
    assert [row["size_share"] for row in rows] == [None] * 3
