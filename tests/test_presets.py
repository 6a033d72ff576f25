"""As others count: every figure worked out by hand from the other's definition, and steps that lead to it exactly."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ledger_answers as answers
import ledger_books
import ledger_shop as shop
import shop_files
from analytics import bridge, customers, db, doctor, presets, sales, stores
from analytics.errors import Refused
from analytics.scope import Scope
from imported import take

DAY = date(2026, 3, 10)


@pytest.fixture(scope="module", autouse=True)
def books(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with ledger_books.opened(shared_database, tmp_path_factory.mktemp("books")):
        yield


def scope(start: date | None = answers.FEBRUARY, stop: date | None = answers.MARCH, **more: Any) -> Scope:
    return Scope(store=stores.find(shop.STORE), start=start, stop=stop, currency="EUR", **more)


def theirs(asked: Scope, preset: str) -> dict[str, Decimal]:
    """Their figures, those that are quotients to six places."""
    frame = presets.figures(asked, preset)
    return {name: round(Decimal(value), 6) for name, value in zip(frame["figure"], frame["theirs"], strict=True)}


# February: #2005 (30 + tax 6) and #2004 (20 + shipping 5 + tax 5) are cancelled in March; ours are in ledger_answers.
FEBRUARY = {
    "shopify": {
        "gross_sales": "228", "discounts": "12", "reversals": "18", "net_sales": "198", "shipping": "17", "duties": "0",
        "fees": "0", "tax": "43", "total_sales": "258", "orders": "11", "average_order_value": "19.636364",
    },
    # 336 − 36 − 30; − tax (43 − 6 − 5) − shipping (17 − 5); 11 − 2; 12 − 2; 226 ÷ 9
    "woocommerce": {
        "collected": "270", "net_sales": "226", "orders": "9", "net_units": "10", "average_order_value": "25.111111",
    },
    # W-1's mug is the one unit that came back in February; 1 ÷ 13
    "amazon": {"gross_sales": "228", "units": "13", "orders": "11", "units_returned": "1", "refund_rate": "0.076923"},
    # order totals: 39 + 65 + 25 + 36 + 49.20 + 18.60 + 0 + 34.80 + 36 + 30 + 24; 336 − 43 − 17; 357.60 ÷ 11
    "metorik": {
        "gross_sales": "357.60", "taken_back": "21.60", "net_sales": "276", "orders": "11", "average_gross": "32.509091",
    },
}  # fmt: skip


@pytest.mark.parametrize("preset", FEBRUARY)
@pytest.mark.parametrize("basis", ["order_date", "refund_date"])
def test_their_figures_are_those_worked_out_by_hand_whatever_our_clock(preset: str, basis: str) -> None:
    assert theirs(scope(basis=basis), preset) == {name: Decimal(value) for name, value in FEBRUARY[preset].items()}


def test_in_woocommerce_a_cancelled_order_takes_nothing_back_either() -> None:
    # March on the refund's clock −61.30, without #2005's −36 and #2004's −30
    assert theirs(scope(answers.MARCH, answers.APRIL), "woocommerce")["collected"] == Decimal("4.70")


@pytest.mark.parametrize("preset", ["shopify", "woocommerce", "amazon", "metorik"])
@pytest.mark.parametrize("at", [0, 2, 5, 6])
def test_the_steps_from_ours_to_theirs_add_up_exactly(preset: str, at: int) -> None:
    _, start, stop, basis = answers.PERIODS[at]
    found = adding_up(scope(start, stop, basis=basis), preset)
    assert len(found) >= 3


def adding_up(asked: Scope, preset: str) -> dict[str, dict[str, Decimal]]:
    """The steps of each figure between ours and theirs, after looking whether they add up."""
    figures = presets.figures(asked, preset).set_index("figure")
    found: dict[str, dict[str, Decimal]] = {}
    for name, walk in presets.steps(asked, preset).groupby("figure"):
        amounts = dict(zip(walk["step"], walk["amount"], strict=True))
        ours, total = amounts.pop("ours"), amounts.pop("theirs")
        assert (name, ours + sum(amounts.values())) == (name, total)
        assert (ours, total) == (figures.at[name, "ours"], figures.at[name, "theirs"])
        found[str(name)] = amounts
    return found


def test_each_step_is_named_for_what_it_is() -> None:
    found = adding_up(scope(), "woocommerce")["net_sales"]
    assert found == {"clock": 107, "tips": 3, "gift_cards": 75, "cancelled": -50}


@pytest.fixture
def left_out() -> Iterator[int]:
    """The store, while it leaves its cancelled orders out."""
    store = stores.find(shop.STORE)
    stores.leave_cancelled_out(store, True)
    yield store
    stores.leave_cancelled_out(store, False)


def test_a_store_can_leave_cancelled_orders_out_of_every_number(left_out: int) -> None:
    found = sales.summary(scope()).iloc[0]
    # 228 − 50, 125 − 50, the same net; 11 − 2 orders of 11 − 2 people
    assert [found[name] for name in ("gross_sales", "reversals", "net_sales", "orders", "customers")] == [
        178,
        75,
        91,
        9,
        9,
    ]
    assert sales.summary(scope(answers.MARCH, answers.APRIL, basis="refund_date")).iloc[0]["reversals"] == 75
    assert customers.of_period(scope()).iloc[0]["customers"] == 9
    assert sum(sales.products(scope())["gross_sales"]) == 178
    assert doctor.check(verify=True)["differences"] == []


def test_cancelled_orders_left_out_are_a_step_of_the_bridge(left_out: int) -> None:
    walk = bridge.steps(scope(None, None)).set_index("step")["amount"]
    assert list(walk[["all_gross_sales", "left_out", "gross_sales"]]) == [Decimal("461.50"), -50, Decimal("411.50")]
    # the orders' own totals are without them, too: 532.90 − 36 − 30
    assert walk["documents_total"] == Decimal("466.90")


def test_what_is_left_out_here_is_a_step_to_those_who_count_it(left_out: int) -> None:
    assert theirs(scope(), "shopify") == {name: Decimal(value) for name, value in FEBRUARY["shopify"].items()}
    assert adding_up(scope(), "shopify")["gross_sales"] == {"left_out": 50}
    assert theirs(scope(), "woocommerce") == {name: Decimal(value) for name, value in FEBRUARY["woocommerce"].items()}
    assert adding_up(scope(), "amazon")["units"] == {"left_out": 2}


def test_the_setting_raises_the_version_and_taking_it_back_gives_every_number_back() -> None:
    before, version = sales.summary(scope(None, None)), int(stores.all_stores()["data_version"].sum())
    store = stores.find(shop.STORE)
    assert stores.leave_cancelled_out(store, True) > version
    assert not sales.summary(scope(None, None)).equals(before)
    stores.leave_cancelled_out(store, False)
    assert sales.summary(scope(None, None)).equals(before)


def test_a_store_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused, match="no store number 99"):
        stores.leave_cancelled_out(99, True)


def test_what_is_not_paid_yet_is_out_in_woocommerce_and_what_never_was_is_in_at_amazon(tmp_path: Path) -> None:
    rows = [
        shop_files.order(1, DAY, 1, "10.00", "Mug", {"Subtotal": "10.00", "Total": "10.00"}),
        shop_files.order(
            2, DAY, 2, "7.00", "Mug", {"Subtotal": "14.00", "Total": "14.00", "Financial Status": "pending"}
        ),
        shop_files.order(
            3, DAY, 3, "5.00", "Mug",
            {"Subtotal": "15.00", "Total": "15.00", "Financial Status": "pending", "Cancelled at": f"{DAY} 12:00:00 +0000"},
        ),
        shop_files.order(4, DAY, 1, "99.00", "Mug", {"Subtotal": "99.00", "Total": "99.00", "Financial Status": "voided"}),
    ]  # fmt: skip
    take(shop_files.write(tmp_path / "orders.csv", shop_files.ORDER_COLUMNS, rows), store="Unpaid")
    asked = Scope(stores.find("Unpaid"), DAY, date(2026, 3, 11))
    assert theirs(asked, "woocommerce") == {
        "collected": 10, "net_sales": 10, "orders": 1, "net_units": 1, "average_order_value": 10,
    }  # fmt: skip
    found = theirs(asked, "amazon")
    assert [found[name] for name in ("gross_sales", "units", "orders")] == [39, 6, 3]
    assert adding_up(asked, "woocommerce")["net_sales"] == {"awaiting": -14}
    assert adding_up(asked, "amazon")["gross_sales"] == {"never_paid": 15}


POSTED = (
    ("1", "#2001", "sale", "2026-02-03 09:00", "53.00"),  # an order of January
    ("2", "#2003", "sale", "2026-02-01 09:00", "39.00"),  # the same as the order
    ("3", "#2006", "sale", "2026-02-15 09:00", "60.00"),  # of 65.00
    ("4", "#2007", "sale", "2026-03-02 09:00", "25.00"),  # an order of February, posted in March
    ("5", "X-1", "sale", "2026-02-20 09:00", "7.00"),  # an order that is not here
    ("6", "#2003", "fee", "2026-02-01 09:00", "-3.00"),
    ("7", None, "payout", "2026-02-28 09:00", "-156.00"),
)


@pytest.fixture
def posted() -> Iterator[None]:
    """Postings of a settlement; the same money in a transactions report, which must not count again."""
    store = stores.find(shop.STORE)
    with db.transaction(store) as cursor:
        for source in ("amazon_settlement", "amazon_transactions"):
            cursor.executemany(
                "insert into transactions (store_id, transaction_key, source, order_name, kind, happened_at, currency, amount) "
                "values (%s, %s, %s, %s, %s, %s, 'EUR', %s)",
                [(store, f"{source}|{key}", source, *row) for key, *row in POSTED],
            )
    yield
    with db.transaction(store) as cursor:
        cursor.execute("delete from transactions")


@pytest.mark.usefixtures("posted")
def test_a_settlement_stands_beside_what_was_collected_order_by_order() -> None:
    assert theirs(scope(), "settlement") == {
        "collected": 159, "refunds": 0, "posted_fees": -3, "other": 0, "net_proceeds": 156,
    }  # fmt: skip
    assert adding_up(scope(), "settlement") == {
        "collected": {
            "not_posted": Decimal("-76.10"),  # 205.10 − 39 − 65 − 25
            "posted_outside": Decimal(-25),
            "ordered_outside": Decimal(53),
            "no_order": Decimal(7),
            "posted_otherwise": Decimal(-5),
        }
    }


def test_without_postings_a_settlement_has_no_figures() -> None:
    assert presets.figures(scope(), "settlement").empty and presets.steps(scope(), "settlement").empty


def test_filters_that_their_report_does_not_have_are_refused() -> None:
    with pytest.raises(Refused, match="category filter"):
        presets.figures(scope(categories=("Kitchen",)), "shopify")
    with pytest.raises(Refused, match="channels or countries"):
        presets.figures(scope(countries=("DE",)), "settlement")
    with pytest.raises(ValueError, match="preset is one of shopify"):
        presets.figures(scope(), "etsy")
