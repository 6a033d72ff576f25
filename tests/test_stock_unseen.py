"""Demand that a stockout hid, put back into the velocity that a product is planned with."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analytics import db
from analytics.scope import Scope
from analytics.stock import arithmetic, books, buffers, past, replenishment, unseen
from analytics.stock.buffers import Days
from imported import take

D = Decimal


def _row(**other: Any) -> dict[str, Any]:
    return {"velocity": D(2), "size_velocity": None, "days_known": 90, "window_days": 90} | other


def _days() -> Days:
    """Two a day of 120; the tenth last day sold the last one of its two, the nine after it had none."""
    sold, in_stock, sold_out = np.full((4, 120), 2.0), np.ones((4, 120), bool), np.zeros((4, 120), bool)
    sold[:, 110], sold_out[:, 110] = 1, True
    sold[:, 111:], in_stock[:, 111:] = 0, False
    return Days(sold, in_stock, sold_out, np.ones((4, 120), bool))


def test_what_was_asked_for_without_stock_is_put_back_and_each_number_is_named() -> None:
    rows = [_row() for _ in range(4)]
    unseen.put_back(rows, _days(), 90)
    row = rows[0]
    # 80 days of 2 and one of 1; one was cut off, and nine days of 2 had nothing, at the pace of a day that sold 1 of 2
    assert (row["seen_velocity"], row["seen_units"], row["days_told"]) == (2, 161, 90)
    assert (row["days_out"], row["days_sold_out"]) == (9, 1)
    assert row["unseen_units"] == pytest.approx(D(19), abs=D("0.5"))
    assert row["velocity"] == ((161 + row["unseen_units"]) / 90).quantize(D("0.000001"))
    told = buffers.velocities(_days(), buffers.asked(_days()))[0, -1]
    assert float(row["velocity"]) == pytest.approx(told, abs=0.001), "as the bench plans it"


def test_nothing_is_put_back_where_history_tells_too_little_or_a_size_curve_speaks() -> None:
    rows = [_row(days_known=71), _row(size_velocity=D(1)), _row(days_known=None), _row(days_known=72)]
    unseen.put_back(rows, _days(), 90)
    assert [row["seen_velocity"] for row in rows] == [None, None, None, 2]
    whole = [_row() for _ in range(4)]
    unseen.put_back(whole, Days(np.full((4, 120), 2.0), *(np.full((4, 120), each) for each in (True, False, True))), 90)
    assert [row["velocity"] for row in whole] == [2] * 4 and whole[0]["unseen_units"] is None


FIRST, SCOPE = date(2026, 1, 1), Scope(1, stop=date(2026, 5, 31), currency="EUR")


def _sold(product: int, day: int) -> int:
    """Of the jug two a day; 60 are counted every 40 days, so that it is out on ten of them. Of the others one every third day."""
    return (2 if day % 40 < 30 else 0) if product == 0 else int((product + day) % 3 == 0)


@pytest.fixture(scope="module")
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """150 days of a jug and 24 cups."""
    folder: Path = tmp_path_factory.mktemp("unseen")
    days = [FIRST + timedelta(days=each) for each in range(150)]
    names = ["JUG", *(f"CUP{number}" for number in range(24))]
    lines = [
        f"A{number}-{at},{day} 10:00,{name},{name},{_sold(number, at)},10.00,EUR"
        for at, day in enumerate(days)
        for number, name in enumerate(names)
        if _sold(number, at)
    ]
    counts = [
        f"{name},{date(2025, 12, 31) + timedelta(days=start)},{60 if name == 'JUG' else 100}"
        for start in range(0, 150, 40)
        for name in names
    ]
    # between two counts more may have come on any day: only a count of none says that there was none
    counts += [f"JUG,{FIRST + timedelta(days=start + 38)},0" for start in range(0, 110, 40)]
    texts = {
        "lines.csv": ["Order,Date,SKU,Title,Quantity,Price,Currency", *lines],
        "inventory.csv": ["SKU,Date,On hand", *counts],
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        for name, text in texts.items():
            (folder / name).write_text("\n".join(text) + "\n", encoding="utf-8")
            take(folder / name, store="Jugs", currency="EUR")
        yield
        db.forget()


@pytest.mark.usefixtures("shop")
def test_the_day_that_sells_the_last_piece_is_in_stock_and_sold_out() -> None:
    days = past.of_store(SCOPE, books.Part(["JUG"]), FIRST, SCOPE.stop or date.max)
    told = {at: (bool(days.in_stock[0, at]), bool(days.sold_out[0, at])) for at in (28, 29, 30, 39, 40)}
    assert told == {28: (True, False), 29: (True, True), 30: (False, False), 39: (False, False), 40: (True, False)}


@pytest.mark.usefixtures("shop")
def test_a_suggestion_is_made_from_demand_that_stockouts_hid_and_opens_into_it() -> None:
    row = replenishment.suggestions(SCOPE).set_index("sku").loc["JUG"]
    # of the last 90 days 20 without stock
    assert (row["seen_units"], row["days_out"], row["days_told"]) == (140, 20, 90)
    assert row["velocity"] > row["seen_velocity"] and row["unseen_units"] >= 40
    steps = arithmetic.of(SCOPE, "JUG").set_index("number")
    assert steps.loc["velocity", "with_numbers"] == f"(140 + {row['unseen_units'].normalize():f}) ÷ 90"
    assert steps.loc["velocity", "value"] == row["velocity"]
    assert steps.loc["unseen_units", "basis"].startswith("an estimate: 20 days out of stock, ")
