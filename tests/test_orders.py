"""Orders: found by words, statuses and amount, a page at a time, with all of them added up; one order in full."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import coded_shop
import ledger_shop
from analytics import db, one_order, orders, people, results, sales, stores
from analytics.errors import Refused
from analytics.ingest.load import Options, load
from analytics.orders import Search
from analytics.scope import Scope
from imported import everything
from screens import ORDERS, cards, come_in, open_page, words

ALL_DAYS = {"store": coded_shop.STORE, "days": ["2026-02-01", "2026-04-30"]}


@pytest.fixture(scope="module")
def store(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The shop with codes and the ledger's shop, imported once for all tests of this module, which only read."""
    folder = tmp_path_factory.mktemp("orders")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        for name, text, as_of in (
            ("orders_february.csv", ledger_shop.ORDERS_TO_FEBRUARY, date(2026, 2, 28)),
            ("orders_march.csv", ledger_shop.ORDERS_TO_MARCH, date(2026, 3, 31)),
            ("lines_march.csv", ledger_shop.LINES_TO_MARCH, date(2026, 3, 31)),
            ("voucher.csv", ledger_shop.DISCOUNT_AS_A_LINE, date(2026, 3, 31)),
            ("products_march.csv", ledger_shop.PRODUCTS_OF_MARCH, date(2026, 3, 1)),
        ):
            said = Options(store=ledger_shop.STORE, as_of=as_of, currency="EUR")
            load(ledger_shop.write(folder, name, text), said)
        yield coded_shop.fill(folder)


@pytest.fixture
def names(store: int) -> Callable[..., list[str]]:
    """The numbers of the orders that a search finds, in their order."""

    def found(words: str = "", page: int = 1, rows: int = 100, **how: Any) -> list[str]:
        return orders.listed(Scope(store=store), Search(words, **how), page, rows)["order_name"].tolist()

    return found


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1003", ["#1003"]),
        ("#1003", ["#1003"]),
        ("5001003", ["#1003"]),  # the platform's own number
        ("#1001, #1003", ["#1003", "#1001"]),
        ("sku-bowl", ["#1005", "#1004"]),
        ("SKU-Bowl, #1003", ["#1005", "#1004", "#1003"]),
        ("bow", ["#1005", "#1004"]),
        ("vip", ["#1003"]),
        ("Spring", ["#1008", "#1007", "#1003", "#1002", "#1001"]),
        ("Ann@Codes.test ", ["#1002", "#1001"]),
        ("nobody@codes.test", []),
        ("%", []),
        ("_owl", []),
        ("100", ["#1008", "#1007", "#1006", "#1005", "#1004", "#1003", "#1002", "#1001", "#1000"]),
        ("#1006, 008", ["#1008", "#1006"]),
        ("00, 1007", ["#1008", "#1007", "#1006", "#1005", "#1004", "#1003", "#1002", "#1001", "#1000"]),
        ("9", []),
        ("#", []),
    ],
)
def test_orders_are_found_by_what_is_typed(names: Callable[..., list[str]], typed: str, expected: list[str]) -> None:
    assert names(typed) == expected


def test_a_customers_code_finds_the_same_orders_as_the_address(names: Callable[..., list[str]]) -> None:
    assert names(people.hashed("ann@codes.test", people.hash_key())) == ["#1002", "#1001"]


def test_an_address_that_is_typed_is_written_nowhere(
    store: int, shared_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = orders._asked(Scope(store=store), Search("ann@codes.test"))
    assert "ann@codes.test" not in repr(asked)
    assert "codes.test" not in everything(shared_database)


def test_statuses_and_amounts_narrow_what_is_found(names: Callable[..., list[str]], store: int) -> None:
    assert names(payments=("refunded", "voided")) == ["#1008", "#1007"]
    assert names(sent=("unfulfilled",)) == []
    assert names(least=Decimal("27.01"), most=Decimal("30")) == ["#1006", "#1000"]
    assert orders.statuses(Scope(store=store)) == {"payment": ["paid", "refunded", "voided"], "sent": ["fulfilled"]}


def test_orders_are_sorted_by_what_is_asked(names: Callable[..., list[str]]) -> None:
    assert names(sort="total")[:3] == ["#1001", "#1006", "#1000"]
    assert names(sort="total", is_down=False)[:2] == ["#1004", "#1003"]
    assert names(sort="order", is_down=False)[:2] == ["#1000", "#1001"]
    assert names(is_down=False)[0] == "#1000"


def test_pages_are_all_orders_each_once(names: Callable[..., list[str]]) -> None:
    pages = [names(page=page, rows=4) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [4, 4, 1, 0]
    assert [name for page in pages for name in page] == names()


@pytest.mark.parametrize("typed", ["", "mug", "spring", "ann@codes.test", "#1007"])
def test_the_totals_are_those_of_the_orders_listed(store: int, typed: str) -> None:
    scope, search = Scope(store=store), Search(typed)
    listed, summed = orders.listed(scope, search), orders.totals(scope, search).iloc[0]
    counted = listed[listed["is_counted"].astype(bool)]
    assert (summed["documents"], summed["orders"]) == (len(listed), len(counted))
    assert summed["total"] == sum(counted["total"]) and summed["taken_back"] == sum(counted["taken_back"])


def test_all_orders_together_are_the_sales_of_the_days(store: int) -> None:
    scope = Scope(stores.find(ledger_shop.STORE), date(2026, 2, 1), date(2026, 4, 1), currency="EUR")
    documents = db.read("sales/documents", **scope.params()).iloc[0]
    summed = orders.totals(scope).iloc[0]
    assert summed["orders"] == sales.summary(scope)["orders"].iloc[0]
    assert summed["total"] == documents["documents_total"]


def test_the_discounts_listed_are_those_of_sales(store: int) -> None:
    scope = Scope(store=stores.find(ledger_shop.STORE), currency="EUR")
    listed = orders.listed(scope)
    counted = listed[listed["is_counted"].astype(bool)]
    assert sum(counted["discounts"]) == sales.summary(scope)["discounts"].iloc[0]


def test_a_page_before_the_first_and_an_unknown_column_are_refused(store: int) -> None:
    for options in ({"page": "0"}, {"page": "x"}, {"sort": "colour"}, {"least": "much"}, {"most": "NaN"}):
        with pytest.raises(Refused):
            results.run("sales.orders", Scope(store=store), options)


def test_the_walk_of_every_order_ends_at_its_own_total(store: int) -> None:
    everywhere = Scope()
    listed = orders.listed(everywhere, Search(), 1, 1000)
    assert len(listed) > 20
    for key, of_store in zip(listed["order_key"], listed["store_id"], strict=True):
        found = one_order.get(Scope(store=int(of_store)), key)
        assert found is not None
        steps = found.walk.to_dict("records")
        assert "Not explained" not in [step["label"] for step in steps], steps
        first, *rest = [at for at, step in enumerate(steps) if step["is_total"]]
        assert sum((step["amount"] for step in steps[:first]), start=Decimal(0)) == steps[first]["amount"]
        assert all(sum(step["amount"] for step in steps[first:last]) == steps[last]["amount"] for last in rest)


def walk_of(order: str, shop: str) -> list[tuple[str, Decimal]]:
    found = one_order.get(Scope(store=stores.find(shop)), order)
    assert found is not None
    return list(zip(found.walk["label"], found.walk["amount"], strict=True))


@pytest.mark.usefixtures("store")
def test_the_walk_names_discount_shipping_tax_and_what_came_back() -> None:
    assert walk_of("#1003", coded_shop.STORE) == [
        ("Goods", Decimal("30")),
        ("Discounts", Decimal("-10.01")),
        ("Total, as the order prints it", Decimal("19.99")),
    ]
    assert walk_of("#2002", ledger_shop.STORE) == [
        ("Goods", Decimal("57.50")),
        ("Shipping", Decimal("4.50")),
        ("Tax", Decimal("12.40")),
        ("Total, as the order prints it", Decimal("74.40")),
        ("Taken back later", Decimal("-10.00")),
        ("Kept", Decimal("64.40")),
    ]
    # a table of lines: what came back stands among its lines
    assert walk_of("W-1", ledger_shop.STORE)[-1] == ("Total, as the order prints it", Decimal("43.20"))


@pytest.mark.usefixtures("store")
def test_an_order_names_the_imports_that_told_of_it() -> None:
    found = one_order.get(Scope(store=stores.find(ledger_shop.STORE)), "#2004")
    assert found is not None
    assert found.imports[["file", "is_valid"]].values.tolist() == [
        ["orders_february.csv", False],
        ["orders_march.csv", True],
    ]
    kinds = found.reversals[["booked_on", "kind"]].drop_duplicates().values.tolist()
    assert kinds == [[date(2026, 3, 2), "cancellation"]]


@pytest.mark.usefixtures("store")
def test_an_order_that_is_not_there_is_none() -> None:
    assert one_order.get(Scope(store=stores.find(ledger_shop.STORE)), "#1003") is None
    with pytest.raises(Refused, match="there is no order #1003"):
        results.run("sales.order", Scope(store=stores.find(ledger_shop.STORE)), {"order": "#1003"})


@pytest.fixture
def visitor(store: int, monkeypatch: pytest.MonkeyPatch) -> None:
    come_in(monkeypatch)


@pytest.mark.usefixtures("visitor")
def test_the_page_finds_what_the_address_asks_for() -> None:
    # no text in a database can hold the character of number 0
    screen = open_page(ORDERS, ALL_DAYS | {"search": "spr\x00ing", "payment": ["paid"], "sort": "order total"})
    assert cards(screen)["Orders found"] == 3 and cards(screen)["Order totals, USD"] == Decimal("100.99")
    table = next(table.value for table in screen.dataframe if "order_name" in table.value)
    assert table["order_name"].tolist() == ["All 3", "#1001", "#1002", "#1003"]
    assert table["total"].iloc[0] == 100.99


@pytest.mark.usefixtures("visitor")
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"payment": "gold"}, "payment “gold”"),
        ({"sort": "colour"}, "sorted by “colour”"),
        ({"least": "much"}, "total from “much”"),
        ({"order": "#9"}, "the order “#9”"),
    ],
)
def test_what_the_address_asks_for_in_vain_shows_no_order(asked: dict[str, str], said: str) -> None:
    screen = open_page(ORDERS, ALL_DAYS | asked)
    assert said in words(screen)
    assert not screen.metric and not screen.dataframe


@pytest.mark.usefixtures("visitor")
def test_the_page_shows_one_order_in_full() -> None:
    screen = open_page(
        ORDERS, ALL_DAYS | {"order": "#10\x0007"}
    )  # no text in a database can hold the character of number 0
    said = words(screen)
    assert "Order #1007" in [each.value for each in screen.subheader]
    assert "Payment: refunded · sent: fulfilled · cancelled on Thu 2 Apr 2026" in said.replace("\\", "")
    lines = next(table.value for table in screen.dataframe if "unit_price" in table.value)
    assert lines[["title", "net", "cost"]].values.tolist() == [["Mug", 27.0, 10.0]]


@pytest.mark.usefixtures("visitor")
def test_a_search_that_finds_nothing_in_the_days_says_where_it_would() -> None:
    screen = open_page(ORDERS, ALL_DAYS | {"days": ["2026-04-01", "2026-04-30"], "search": "1003"})
    assert "1 order is on other days" in words(screen)
    next(button for button in screen.button if button.label == "Look at all days").click()
    screen.run()
    assert cards(screen)["Orders found"] == 1


@pytest.mark.usefixtures("visitor")
def test_the_link_that_is_copied_holds_the_search_too() -> None:
    screen = open_page(ORDERS, ALL_DAYS | {"search": "spring", "sort": "order total", "order": "#1007"})
    link = next(code.value for code in screen.code if "days=" in code.value)
    for part in ("search=spring", "sort=order+total", "order=%231007", "days=2026-02-01&days=2026-04-30"):
        assert part in link


@pytest.mark.usefixtures("visitor")
def test_of_two_stores_with_one_order_key_the_one_that_was_meant_is_opened(tmp_path: Path) -> None:
    lines = "Order,Date,SKU,Title,Quantity,Price,Currency\n#1003,2026-03-03,POT,Teapot,1,77.00,USD\n"
    load(ledger_shop.write(tmp_path, "twin.csv", lines), Options(store="Twin", as_of=date(2026, 4, 1), currency="USD"))
    both = Scope(store=(stores.find("Twin") or 0, stores.find(coded_shop.STORE) or 0))
    assert one_order.stores_with(both, "#1003") == ["Twin", "Codes"]
    with pytest.raises(ValueError, match=r"several stores have an order #1003 \(Twin, Codes\); say which with --store"):
        one_order.facts(both, "#1003")
    asked = {"store": ["Codes", "Twin"], "days": ["2026-02-01", "2026-04-30"], "currency": "USD", "order": "#1003"}
    for store, title in (("Twin", "Teapot"), ("Codes", "Mug")):
        screen = open_page(ORDERS, asked | {"order_of": store})
        lines_of_it = next(table.value for table in screen.dataframe if "unit_price" in table.value)
        assert list(lines_of_it["title"]) == [title] and store in words(screen)
    missing = open_page(ORDERS, asked | {"order_of": "Nowhere"})
    assert "which is not there" in words(missing) and not missing.dataframe
