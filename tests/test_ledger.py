"""The product's conscience: a ledger written by hand, with every metric on both clocks (ledger_shop, ledger_answers)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ledger_answers as answers
import ledger_shop as shop
from analytics import bridge, doctor, sales, stores
from analytics.grains import GRAINS
from analytics.ingest.load import Options, load
from analytics.scope import Scope

Account = dict[str, Any]
# In the order in which a shop would bring them: file, its text, the day it speaks of.
FILES = (
    ("orders_february.csv", shop.ORDERS_TO_FEBRUARY, date(2026, 2, 28)),
    ("lines_february.csv", shop.LINES_TO_FEBRUARY, date(2026, 2, 28)),
    ("products_february.csv", shop.PRODUCTS_OF_FEBRUARY, date(2026, 2, 16)),
    ("orders_march.csv", shop.ORDERS_TO_MARCH, date(2026, 3, 31)),
    ("lines_march.csv", shop.LINES_TO_MARCH, date(2026, 3, 31)),
    ("products_march.csv", shop.PRODUCTS_OF_MARCH, date(2026, 3, 1)),
)
PARTS = (
    "gross_sales", "discounts", "reversals", "shipping", "tax", "duties", "fees", "tips", "gift_cards", "adjustments",
    "collected",
)  # fmt: skip


def brought(folder: Path, name: str, text: str, as_of: date) -> Account:
    """The account of a text imported as a file as of a day."""
    return load(shop.write(folder, name, text), Options(store=shop.STORE, as_of=as_of, currency="EUR"))


@pytest.fixture
def bring(emptied: str, tmp_path: Path) -> Callable[..., Account]:
    """Imports a text as a file as of a day, into a store that the test begins."""
    return partial(brought, tmp_path)


@pytest.fixture(scope="module")
def imported(second_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with the whole shop in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", second_database)
        for file in FILES:
            brought(tmp_path_factory.mktemp("books"), *file)
    return second_database


@pytest.fixture
def books(imported: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole shop, only to be read."""
    monkeypatch.setenv("DATABASE_URL", imported)


def scope(basis: str = "order_date", start: date | None = None, stop: date | None = None, **more: Any) -> Scope:
    return Scope(store=stores.find(shop.STORE), basis=basis, start=start, stop=stop, **more)


def of(frame: pd.DataFrame, currency: str = "EUR") -> dict[str, Any]:
    """The one row of a currency, ratios rounded to six places."""
    rows = frame[frame["currency"] == currency].to_dict("records")
    assert len(rows) == 1, rows
    return {name: _rounded(value) for name, value in rows[0].items() if name != "currency"}


def _rounded(value: Any) -> Any:
    return None if value is None or pd.isna(value) else round(Decimal(value), 6)


def total(values: Any) -> Decimal:
    return sum((Decimal(value) for value in values), start=Decimal(0))


@pytest.mark.usefixtures("books")
def test_every_metric_of_every_period_is_what_was_worked_out_by_hand() -> None:
    for at, (name, start, stop, basis) in enumerate(answers.PERIODS):
        assert (name, basis, of(sales.summary(scope(basis, start, stop)))) == (name, basis, answers.of_period(at))


@pytest.mark.usefixtures("books")
def test_every_metric_of_a_single_day_is_what_was_worked_out_by_hand() -> None:
    for day, basis, known in answers.DAYS:
        frame = sales.summary(scope(basis, day, day + timedelta(days=1)))
        found = None if frame.empty else of(frame)
        assert (day, basis, found) == (day, basis, known and answers.full(known))


@pytest.mark.usefixtures("books")
def test_two_currencies_are_two_rows_and_never_added() -> None:
    frame = sales.summary(scope())
    assert list(frame["currency"]) == ["EUR", "USD"]
    assert of(frame, "USD") == answers.full(answers.USD)


@pytest.mark.usefixtures("books")
def test_the_bridge_has_the_steps_worked_out_by_hand() -> None:
    frame = bridge.steps(scope(currency="EUR"))
    found = {row["step"]: ("=" if row["is_total"] else "") + f"{row['amount']:.2f}" for row in frame.to_dict("records")}
    assert list(found.items()) == list(answers.BRIDGE.items())


@pytest.mark.usefixtures("books")
def test_between_totals_the_amounts_of_the_bridge_add_up() -> None:
    for _, start, stop, basis in answers.PERIODS:
        frame = bridge.steps(scope(basis, start, stop))
        for _, steps in frame.groupby("currency"):
            reached = Decimal(0)
            for row in steps.to_dict("records"):
                if row["is_total"] and row["step"] != "gross_sales":
                    assert reached == row["amount"], (basis, start, row["step"])
                reached = row["amount"] if row["is_total"] else reached + row["amount"]


@pytest.mark.usefixtures("books")
def test_slices_are_what_was_worked_out_by_hand() -> None:
    for dimension, known in answers.SLICES.items():
        frame = sales.by_dimension(scope(currency="EUR"), dimension)
        found = dict(zip(frame["value"], map(_rounded, frame["net_sales"]), strict=True))
        assert found == {name: Decimal(amount) for name, amount in known.items()}


@pytest.mark.usefixtures("books")
def test_every_breakdown_adds_up_to_the_summary() -> None:
    for _, start, stop, basis in answers.PERIODS:
        whole = of(sales.summary(scope(basis, start, stop)))
        for dimension in answers.SLICES:
            rows = sales.by_dimension(scope(basis, start, stop, currency="EUR"), dimension)
            for name in ("gross_sales", "discounts", "reversals", "net_sales", "units"):
                assert total(rows[name]) == whole[name], (dimension, name, start, basis)
        rows = sales.products(scope(basis, start, stop, currency="EUR"))
        costs = rows["cost_of_goods_sold"].dropna()
        assert total(costs) == whole["cost_of_goods_sold"]
        for grain in GRAINS:
            rows = sales.daily(scope(basis, start, stop, currency="EUR"), grain)
            for name in sales.DAILY_COLUMNS[2:]:
                assert total(rows[name]) == whole[name], (grain, name, start, basis)


@pytest.mark.usefixtures("books")
def test_the_lines_behind_a_number_add_up_to_it() -> None:
    for _, start, stop, basis in answers.PERIODS:
        whole = of(sales.summary(scope(basis, start, stop)))
        rows = sales.lines(scope(basis, start, stop, currency="EUR"))
        assert {name: total(rows[name]) for name in PARTS} == {name: whole[name] for name in PARTS}, (start, basis)


@pytest.mark.usefixtures("books")
def test_a_category_alone_agrees_with_its_slice() -> None:
    for _, start, stop, basis in answers.PERIODS:
        rows = sales.by_dimension(scope(basis, start, stop, currency="EUR"), "category").to_dict("records")
        for row in rows:
            alone = of(sales.summary(scope(basis, start, stop, categories=(row["value"],), currency="EUR")))
            for name in ("gross_sales", "discounts", "reversals", "net_sales", "units"):
                assert alone[name] == row[name], (row["value"], name, start, basis)


def test_after_every_import_the_books_are_sound(bring: Callable[..., Account]) -> None:
    for name, text, as_of in FILES:
        bring(name, text, as_of)
        report = doctor.check(verify=True)
        assert (name, report["problems"], report["differences"]) == (name, [], [])
        by_clock = [sales.summary(scope(basis)).to_dict("records") for basis in ("order_date", "refund_date")]
        assert by_clock[0] == by_clock[1]
        for row in by_clock[0]:
            assert row["net_sales"] == row["gross_sales"] - row["discounts"] - row["reversals"]


def test_the_second_import_of_a_file_changes_nothing(bring: Callable[..., Account]) -> None:
    for name, text, as_of in FILES:
        first = bring(name, text, as_of)
        before = sales.summary(scope())
        for later in (as_of, as_of + timedelta(days=1)):
            again = bring(name, text, later)
            assert (again["status"], again["unchanged"]) == ("unchanged", first["rows"])
        pd.testing.assert_frame_equal(sales.summary(scope()), before)


def test_what_a_longer_export_changes_is_only_what_changed(bring: Callable[..., Account]) -> None:
    accounts = [bring(*file) for file in FILES]
    found = [tuple(account[name] for name in ("rows", "loaded", "updated", "unchanged")) for account in accounts]
    # March brings #2012 and #2011 and changes #2004 and #2005; it brings W-5 and changes W-2 (3 lines), W-3 (4), W-4 (2)
    assert found == [(16, 16, 0, 0), (6, 6, 0, 0), (6, 6, 0, 0), (18, 2, 2, 14), (12, 1, 9, 2), (6, 0, 1, 5)]


def test_an_older_export_never_overwrites_a_newer_one(bring: Callable[..., Account]) -> None:
    for file in FILES:
        bring(*file)
    before = sales.summary(scope())
    for name, text, _ in FILES[:2]:
        account = bring(name, text, date(2026, 3, 1))
        assert (account["loaded"], account["updated"]) == (0, 0)
    pd.testing.assert_frame_equal(sales.summary(scope()), before)
    assert doctor.check(verify=True)["differences"] == []


def test_what_a_newer_export_confirmed_an_older_one_does_not_overwrite(bring: Callable[..., Account]) -> None:
    bring("orders.csv", shop.ORDERS_TO_MARCH, date(2026, 3, 31))
    bring("orders.csv", shop.ORDERS_TO_MARCH, date(2026, 4, 30))
    before = sales.summary(scope())
    account = bring("orders.csv", shop.ORDERS_TO_FEBRUARY, date(2026, 4, 15))
    assert (account["updated"], account["unchanged"]) == (0, 16)
    pd.testing.assert_frame_equal(sales.summary(scope()), before)


def test_products_that_arrive_later_relink_lines_and_tell_gift_cards(bring: Callable[..., Account]) -> None:
    bring(*FILES[0])
    before = of(sales.summary(scope()))
    assert (before["gift_cards"], before["cost_of_goods_sold"]) == (50, None)
    bring(*FILES[2])
    after = of(sales.summary(scope()))
    assert (after["gift_cards"], after["gross_sales"]) == (75, before["gross_sales"] - 25)
    assert after["collected"] == before["collected"]
    products = sales.products(scope(currency="EUR")).set_index("product_key")
    # from their titles to the catalogue: the candle without a SKU, 6.67 of #2008 and 8.00 of #2014
    assert products.loc["candle", "gross_sales"] == Decimal("14.67")
    assert (products.loc["candle", "category"], products.loc["BOWL", "category"]) == ("Home", "Kitchen")


def test_a_first_cost_reaches_back_and_a_later_one_starts_on_its_day(bring: Callable[..., Account]) -> None:
    for file in FILES[:5]:
        bring(*file)
    # #2012's mug still at 8.00, from the first day on
    assert of(sales.summary(scope()))["cost_of_goods_sold"] == Decimal("159.50")
    bring(*FILES[5])
    assert of(sales.summary(scope()))["cost_of_goods_sold"] == Decimal("160.50")
    assert of(sales.summary(scope(start=answers.JANUARY, stop=answers.MARCH)))["cost_of_goods_sold"] == 144


def test_a_name_that_two_products_share_names_neither(bring: Callable[..., Account]) -> None:
    for file in FILES:
        bring(*file)
    bring("products.csv", shop.PRODUCTS_WITH_TWO_CANDLES, date(2026, 3, 20))
    found = of(sales.summary(scope()))
    # the five candles, 30.00 net, lose their cost of 2.50: 160.50 − 12.50, 260.77 − 30.00
    assert (found["cost_of_goods_sold"], found["covered_net_sales"]) == (148, Decimal("230.77"))
    assert found["net_sales"] == Decimal("292.77")
    assert doctor.check(verify=True)["differences"] == []


def test_a_cancellation_takes_back_only_what_refunds_have_not(bring: Callable[..., Account]) -> None:
    bring("orders.csv", shop.CANCELLED_AFTER_A_REFUND, date(2026, 3, 31))
    found = of(sales.summary(scope("refund_date", answers.MARCH, answers.APRIL)))
    # refunded 12.00 of 30.00: goods 8, shipping 2, tax 2; cancelled: goods 12, shipping 3, tax 3, tip 3
    assert [found[name] for name in ("reversals", "shipping", "tax", "tips", "collected")] == [20, -5, -5, -3, -33]
    steps = bridge.steps(scope()).set_index("step")["amount"]
    assert (steps["cancellations"], steps["collected"], steps["documents_total"]) == (-20, 0, 33)


def test_a_discount_printed_as_a_line_is_a_discount_in_every_breakdown(bring: Callable[..., Account]) -> None:
    bring("lines.csv", shop.DISCOUNT_AS_A_LINE, date(2026, 3, 31))
    found = of(sales.summary(scope()))
    assert [found[name] for name in ("gross_sales", "discounts", "reversals", "net_sales")] == [40, 5, 0, 35]
    rows = sales.products(scope())
    assert dict(zip(rows["title"], rows["net_sales"], strict=True)) == {"Mug": 40, "Voucher": -5}
    assert [total(rows[name]) for name in ("gross_sales", "discounts", "units", "orders")] == [40, 5, 2, 1]


@pytest.mark.usefixtures("books")
def test_nothing_in_the_shop_contradicts_itself() -> None:
    assert sales.unreconciled(scope()).empty
