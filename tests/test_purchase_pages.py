"""The pages of purchases on the small shop of test_purchases: their numbers, their choices in the address, edits and steps."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import db, imports
from analytics.scope import Scope
from analytics.stock import documents, edits, purchase_orders
from imported import take
from screens import cards, come_in, open_page, words
from test_purchases import ORDERS, PRODUCTS, TERMS

PURCHASES, CASH = "pages/stock/purchase_orders.py", "pages/stock/cash.py"
SUPPLIERS, BUNDLES = "pages/stock/suppliers.py", "pages/stock/bundles.py"


@pytest.fixture(scope="module")
def loaded(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        coming = edits.today(0) + timedelta(days=20)
        more = f"E1,Leaf,sent,{coming - timedelta(days=30)},{coming},Berlin,MUG,10,3.00,,,5.00,,\n"
        for name, text in (("products", PRODUCTS), ("suppliers", TERMS), ("orders", ORDERS + more)):
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
            take(Path(folder / f"{name}.csv"), currency="EUR")
    return shared_database


@pytest.fixture
def shop(loaded: str, monkeypatch: pytest.MonkeyPatch) -> Scope:
    monkeypatch.setenv("DATABASE_URL", loaded)
    come_in(monkeypatch)
    return Scope()


def test_the_list_tells_what_is_to_come_and_which_order_is_late(shop: Scope) -> None:
    screen = open_page(PURCHASES)
    found = cards(screen)
    # A2 brings 8 bowls at 2.00, B4 8 pots at 5.00, B5 mugs of unknown cost, E1 10 mugs at 3.00
    assert (found["Value to come, EUR"], found["Open orders"], found["Units to come"]) == (86, 4, 76)
    # B4 promised nothing; D1 is a draft of 60 × 3.30
    assert (found["Late orders"], found["Late value, EUR"], found["Drafted, EUR"]) == (2, 16, 198)
    days = purchase_orders.orders(shop).set_index("order_no").loc["A2", "days_late"]
    assert f"A2 of Leaf is {days:,} days late; 86.00 EUR are to come in 4 orders" in words(screen)
    narrowed = open_page(PURCHASES, {"stage": "draft"})
    assert list(narrowed.dataframe[0].value["order_no"]) == ["D1"]
    assert "status “lost”" in words(open_page(PURCHASES, {"stage": "lost"}))


def test_one_order_shows_its_lines_and_receipts_and_prints(shop: Scope) -> None:
    screen = open_page(PURCHASES, {"order": "A2"})
    found = cards(screen)
    assert (found["Order value, EUR"], found["Units received"], found["Units to come"]) == (132, 42, 8)
    assert "A2 · Leaf · partly received" in words(screen) + screen.subheader[0].value
    assert "which Shop does not have" in words(open_page(PURCHASES, {"order": "nothing"}))
    order, lines, _ = purchase_orders.one(shop, "A2")
    page = documents.page(order.iloc[0].replace({"Leaf": "<b>Leaf & Co"}), lines, "Shop")
    assert "Shop to &lt;b&gt;Leaf &amp; Co" in page and "<b>" not in page
    assert page.count("<tr") == 1 + 2 + 4 and ">132.00<" in page and ">Goods<" in page


def test_the_cash_calendar_names_the_highest_week_and_adds_up(shop: Scope) -> None:
    screen = open_page(CASH)
    found = cards(screen)
    # what is late lands today: 112 of A2 less its deposit long due, 40 of B4; E1 lands in 20 days, with its freight
    assert found["Payments due, EUR"] == 112 + 40 + 35 and found["Deposits due, EUR"] == 0
    assert (found["Highest week, EUR"], found["Goods landing, EUR"], found["Without amount"]) == (152, 86, 1)
    assert "152 EUR of 187 EUR are due in the week from" in words(screen)
    weeks, payments = screen.dataframe[0].value, screen.dataframe[1].value
    assert len(weeks) == 13 and sum(weeks["payments_due"]) == payments["amount"].sum() == 187


def test_suppliers_are_scored_and_their_terms_edited(shop: Scope) -> None:
    screen = open_page(SUPPLIERS, {"period": "all time"})
    scores = screen.dataframe[0].value.set_index("supplier")
    assert scores.loc["Leaf", "lead_time_p90"] == 18.2 and cards(screen)["Deliveries"] == 6
    # Root: 10, 20 and 24 days
    assert "Root takes longest: nine of ten deliveries within 23.2 days" in words(screen)
    assert "orders of the last “a week”" in words(open_page(SUPPLIERS, {"period": "a week"})).lower()


def test_a_step_of_an_order_on_the_page_is_an_import(shop: Scope) -> None:
    screen = open_page(PURCHASES, {"order": "E1"})
    next(button for button in screen.button if button.label == "Receive everything").click().run()
    assert not screen.exception
    assert cards(screen)["Units to come"] == 0 and "Everything that was to come is kept." in words(screen)
    past = imports.history()
    assert past["file"].iloc[0] == "Purchase orders edited in the app"
    assert purchase_orders.one(shop, "E1")[2]["units"].tolist() == [Decimal(10)]


def test_bundles_can_be_entered_where_none_are_known(shop: Scope) -> None:
    assert "No bundle is known" in words(open_page(BUNDLES))


def test_policies_are_entered_for_one_store(shop: Scope) -> None:
    screen = open_page("pages/stock/policies.py")
    assert "the narrowest rule holds" in words(screen)
    assert [button.label for button in screen.button if button.label == "Save"] == ["Save"]
    next(button for button in screen.button if button.label == "Save").click().run()
    assert "No row was changed" in words(screen)
