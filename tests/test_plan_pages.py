"""The pages Replenishment and What if: what is due, one supplier's draft, one product opened, sliders in the address."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

import stock_shop
from analytics import db
from analytics.errors import Refused
from analytics.metrics import METRICS
from analytics.scope import Scope
from analytics.stock import purchase_orders, replenishment, what_if
from analytics.stock.plan_summary import FILLS, by_location, by_week, of_minimum, of_supplier
from analytics.stock.planning import Change
from screens import cards, come_in, open_page, words

PAGES = ("pages/stock/replenishment.py", "pages/stock/what_if.py")
WHOLE = {"store": "Corner", "currency": "EUR"}


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        stock_shop.bring(tmp_path_factory.mktemp("shop"))
        come_in(patch)
        yield
        db.forget()


def test_a_suppliers_order_becomes_a_draft_and_a_product_opens_into_its_numbers() -> None:
    screen = open_page(PAGES[0], WHOLE | {"supplier": "Potters", "product": "MUG"})
    assert not screen.exception
    shown = cards(screen)
    assert shown["To order now"] > 0 and shown["Late to order"] > 0
    steps = next(each.value for each in screen.table if "How" in each.value.columns)
    assert "suggested order" in set(steps["Number"])
    screen.button(key="make_draft").click().run()
    assert not screen.exception
    drafted = purchase_orders.orders(Scope(1))
    assert list(drafted["supplier"]) == ["Potters"] and list(drafted["status"]) == ["draft"]
    lines = purchase_orders.lines(Scope(1))
    due = of_supplier(replenishment.suggestions(Scope(1, currency="EUR")), "Potters")
    assert dict(zip(lines["sku"], lines["units"], strict=True)) == dict(
        zip(due["sku"], due["suggested_order"], strict=True)
    )
    assert "MUG" in set(lines["sku"])


def test_what_goes_to_two_locations_is_two_orders() -> None:
    rows: list[dict[str, Any]] = [{"sku": sku, "units": Decimal(2), "unit_cost": Decimal(1), "location": place}
            for sku, place in (("MUG", "Shop"), ("LAMP", "Store"), ("BOX", "Shop"))]  # fmt: skip
    parts = by_location(rows)
    assert [[each["location"] for each in part] for part in parts] == [["Shop", "Shop"], ["Store"]]
    with pytest.raises(Refused, match="a part of it is not the order"):
        purchase_orders.draft(1, "Potters", rows)
    made = [purchase_orders.draft(1, "Potters", part) for part in parts]
    found = purchase_orders.orders(Scope(1)).set_index("order_no")
    assert list(found.loc[made, "location"]) == ["Shop", "Store"] and list(found.loc[made, "lines"]) == [2, 1]


def test_a_slider_changes_what_is_due_and_stands_in_the_address() -> None:
    screen = open_page(PAGES[1], WHOLE)
    assert not screen.exception and "move a slider" in words(screen)
    more = open_page(PAGES[1], WHOLE | {"demand": "150", "service": "99"})
    assert not more.exception and "more in stock on average" in words(more)
    found = next(each.value for each in more.dataframe if "difference" in each.value.columns)
    assert found["difference"].iloc[0] != ""
    # both sliders count: the service level alone, and the demand alone, change less than the two together
    whole = what_if.compared(Scope(1, currency="EUR"), Change(Decimal("0.99"), Decimal(1), Decimal("1.5"))).set_index(
        "number"
    )
    safety = next(each for each in found.to_dict("records") if each["metric"] == METRICS["safety_value"].label)
    assert safety["changed"] == f"{whole.loc['safety_value', 'changed']:,.2f} EUR"


def test_a_suppliers_order_below_its_minimum_takes_what_is_due_next() -> None:
    columns = ("sku", "supplier", "status", "order_by", "suggested_order", "supplier_minimum", "reason")
    rows = [
        ("CUP", "Potters", "order now", date(2026, 6, 1), Decimal(12), Decimal(50), "Now."),
        ("POT", "Potters", "order later", date(2026, 8, 1), Decimal(20), Decimal(50), "Later."),
        ("JUG", "Potters", "order later", date(2026, 6, 9), Decimal(40), Decimal(50), "Soon."),
        ("PAN", "Smiths", "order now", date(2026, 6, 1), Decimal(5), None, "Now."),
        ("TIN", "Smiths", "order later", date(2026, 6, 2), Decimal(5), None, "Later."),
    ]
    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    found = of_supplier(frame, "Potters")
    # 12 are due, 50 the least: the jug comes next, and the pot is not needed any more
    assert list(found["sku"]) == ["CUP", "JUG"] and found["reason"].iloc[1].startswith(FILLS)
    assert of_minimum(found, "Potters") == (
        "52 pieces of 2 products, with 1 product that would be due next; Potters takes 50 at least."
    )
    short = of_supplier(frame[frame["sku"] == "CUP"], "Potters")
    assert of_minimum(short, "Potters") == "12 pieces of 1 product: 38 short of the 50 that Potters takes at least."
    assert list(of_supplier(frame, "Smiths")["sku"]) == ["PAN"]


def test_the_weeks_of_a_plan_add_up_to_its_orders() -> None:
    rows = [
        ("A", date(2026, 6, 3), 10),
        ("A", date(2026, 5, 1), 5),
        ("", date(2026, 6, 9), 7),
        ("B", date(2027, 1, 1), 9),
    ]
    frame = pd.DataFrame(
        [{"supplier": s, "order_by": d, "order_value": Decimal(v), "suggested_order": Decimal(1)} for s, d, v in rows]
    )
    found = by_week(frame, date(2026, 6, 2))
    told = {(row.supplier, row.day): row.order_value for row in found.itertuples()}
    # what is late stands in this week; what is due after twelve weeks does not stand here
    assert told == {("A", date(2026, 6, 1)): 15, ("no supplier known", date(2026, 6, 8)): 7}
