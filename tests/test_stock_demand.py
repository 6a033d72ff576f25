"""Demand a day: bundles as what they are made of, days without a sale, and what is drawn towards the category."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from analytics import db
from analytics.scope import Scope
from analytics.stock import demand
from imported import take

# Four days; the set holds two mugs and a pair, the pair two bowls; the ring and the knot hold each other.
LINES = """\
Order,Date,SKU,Title,Quantity,Price,Discount,Currency
A1,2026-02-01 10:00,MUG,Mug,50,20.00,0,EUR
A2,2026-03-02 10:00,MUG,Mug,1,20.00,0,EUR
A3,2026-03-02 11:00,MUG,Mug,2,20.00,0,EUR
A4,2026-03-05 10:00,SET,Set,1,50.00,0,EUR
A5,2026-03-31 10:00,BOWL,Bowl,3,10.00,0,EUR
A6,2026-03-31 10:00,RING,Ring,4,10.00,0,EUR
A7,2025-01-01 10:00,PEN,Pen,4,10.00,0,EUR
"""
PRODUCTS = """\
Handle,Title,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price
mug,Mug,Kitchen,Title,Default Title,MUG,20.00
bowl,Bowl,Kitchen,Title,Default Title,BOWL,10.00
set,Set,Kitchen,Title,Default Title,SET,50.00
pair,Pair,Kitchen,Title,Default Title,PAIR,20.00
ring,Ring,Other,Title,Default Title,RING,10.00
knot,Knot,Other,Title,Default Title,KNOT,10.00
pen,Pen,Other,Title,Default Title,PEN,10.00
"""
BUNDLES = "Bundle SKU,Component SKU,Units\nSET,MUG,2\nSET,PAIR,1\nPAIR,BOWL,2\nRING,KNOT,1\n"
TO_MARCH = Scope(1, stop=date(2026, 4, 1))


@pytest.fixture(scope="module")
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop, loaded once."""
    folder = tmp_path_factory.mktemp("demand")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        for name, text in (("lines.csv", LINES), ("products.csv", PRODUCTS), ("bundles.csv", BUNDLES)):
            (folder / name).write_text(text, encoding="utf-8")
            take(folder / name, store="Kitchen", as_of=date(2026, 3, 31), currency="EUR")
        with db.transaction() as cursor:  # no file may say so, but a loop must never be walked
            cursor.execute(
                "insert into bundles (store_id, bundle_sku, component_sku, units) values (1, 'KNOT', 'RING', 1)"
            )
        yield
        db.forget()


@pytest.fixture
def found(shop: None) -> dict[str, dict[Any, Any]]:
    """Demand to the end of March by product."""
    return {row["product_key"]: row for row in demand.by_product(TO_MARCH).to_dict("records")}


def test_a_bundle_is_demand_of_its_parts_and_of_their_parts(found: dict[str, dict[Any, Any]]) -> None:
    assert {key: row["units"] for key, row in found.items()} == {"MUG": 55, "BOWL": 5, "KNOT": 4, "PEN": 0}


def test_velocity_is_units_over_calendar_days_and_days_without_a_sale_count(found: dict[str, dict[Any, Any]]) -> None:
    mug = found["MUG"]
    # first sold on 1 February: 28 + 31 days, on three of which 50, 3 and 2 were sold
    assert (mug["window_days"], mug["velocity_basis"]) == (59, "59 calendar days")
    assert mug["velocity"] == Decimal("0.932203") and mug["own_weight"] == 1
    assert mug["deviation"] == Decimal(float(np.std([50, 3, 2] + 56 * [0]))).quantize(Decimal("0.000001"))


def test_a_new_product_has_fourteen_days_at_least_and_an_old_one_the_whole_window(
    found: dict[str, dict[Any, Any]],
) -> None:
    assert found["KNOT"]["window_days"] == 14 and found["PEN"]["window_days"] == 90
    assert found["PEN"]["velocity"] == 0 and found["PEN"]["last_sold_on"] == date(2025, 1, 1)


def test_what_differs_by_chance_alone_takes_the_mean_of_its_category_and_what_truly_differs_keeps_its_own() -> None:
    days, groups = np.full(6, 100.0), np.array(["a"] * 6)
    alike = np.array([0.9, 1.0, 1.1, 1.0, 1.0, 0.0])
    towards, weight = demand.credibility(alike, np.ones(6), days, groups)
    assert towards.tolist() == [1, 1, 1, 1, 1, 0] and weight.tolist() == [0, 0, 0, 0, 0, 1]
    apart = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    towards, weight = demand.credibility(apart, np.sqrt(apart), days[:5], groups[:5])
    # within 3 a day, between (1000 − 4·3) ÷ (500 − 100): k = 3 ÷ 2.47
    assert towards.tolist() == [3.0] * 5 and weight == pytest.approx([100 / (100 + 3 / 2.47)] * 5)
    few, kept = demand.credibility(apart[:4], np.sqrt(apart[:4]), days[:4], groups[:4])
    assert few.tolist() == apart[:4].tolist() and kept.tolist() == [1.0] * 4
