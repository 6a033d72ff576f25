"""Ours beside the platform's report: how many days agree, and which orders make the others differ."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import shop_files
from analytics import agreement, bridge, events, stores
from analytics.agreement import Day
from analytics.scope import Scope
from imported import take
from screens import AGREEMENT, IMPORT, come_in, marked, open_page, words

LAST = date(2026, 3, 20)
EARLIER = LAST - timedelta(days=2)
COLUMNS = [
    "Day",
    "Orders",
    "Gross sales",
    "Discounts",
    "Returns",
    "Net sales",
    "Shipping charges",
    "Taxes",
    "Total sales",
]
AS_OF = LAST + timedelta(days=5)
# What the four orders come to by day, as the platform prints it.
REPORT = {
    date(2026, 3, 1): (1, "37.05", "0.00", "0.00", "37.05", "0.00", "0.00", "37.05"),
    EARLIER: (1, "100.10", "0.00", "-100.10", "0.00", "0.00", "0.00", "0.00"),
    date(2026, 3, 19): (0, "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"),
    LAST: (2, "79.99", "-2.00", "0.00", "77.99", "5.00", "3.90", "86.89"),
}

Row = tuple[int, str, str, str, str, str, str, str]


def report(path: Path, changed: Mapping[date, Row] | None = None) -> Path:
    """The platform's report, with other rows for some days."""
    rows = [
        dict(zip(COLUMNS, [str(day), *map(str, row)], strict=True))
        for day, row in sorted((REPORT | dict(changed or {})).items())
    ]
    return shop_files.write(path, COLUMNS, rows)


@pytest.fixture
def folder(emptied: str, tmp_path: Path) -> Path:
    return tmp_path


def compared(folder: Path, changed: Mapping[date, Row], more: list[dict[str, str]] | None = None) -> Scope:
    """The four orders and more, and a report; the scope of the shop."""
    orders = shop_files.orders(folder / "orders.csv", LAST)
    if more:
        with orders.open("a", newline="", encoding="utf-8") as file:
            for row in more:
                file.write(",".join(row.get(name, "") for name in shop_files.ORDER_COLUMNS) + "\r\n")
    take(orders, as_of=AS_OF)
    take(report(folder / "report.csv", changed), as_of=AS_OF, currency="USD")
    return Scope(store=stores.find("Shop"), currency="USD")


def placed(number: int, at: str, price: str, title: str = "Cup", **more: str) -> dict[str, str]:
    """An order of one line, whose total is its price."""
    day = date.fromisoformat(at[:10])
    said = {"Created at": f"{at} +0000", "Subtotal": price, "Total": price} | {
        k.replace("_", " "): v for k, v in more.items()
    }
    return shop_files.order(number, day, 1, price, title, said)


def exact(day: Day) -> list[tuple[str, tuple[str, ...]]]:
    return [(cause.name, cause.orders) for cause in day.causes if cause.is_exact]


def of(scope: Scope, day: date) -> Day:
    return agreement.of_day(scope, day)


def headline(scope: Scope) -> str:
    return agreement.summary(agreement.totals(scope)).headline


def test_a_report_that_agrees_is_0_00_apart_on_all_days(folder: Path) -> None:
    scope = compared(folder, {})
    assert headline(scope) == "0.00 apart on all 4 days"
    assert agreement.line(agreement.totals(scope)) == (
        "Your numbers and the platform's report are 0.00 apart on all 4 days."
    )
    assert of(scope, LAST).causes == [] and agreement.differences(scope).empty


def test_one_cent_on_one_day_is_told(folder: Path) -> None:
    scope = compared(folder, {LAST: (2, "79.99", "-2.00", "0.00", "77.99", "5.00", "3.91", "86.90")})
    assert headline(scope) == "0.00 apart on 3 of 4 days"
    row = agreement.by_day(agreement.totals(scope)).iloc[0]
    assert (row["day"], row["metric"], row["difference"], row["differing"]) == (
        LAST,
        "total_sales",
        Decimal("-0.01"),
        2,
    )
    assert exact(of(scope, LAST)) == [], "nothing of ours explains a cent of tax"


def test_no_report_says_nothing(folder: Path) -> None:
    take(shop_files.orders(folder / "orders.csv", LAST))
    found = agreement.totals(Scope(store=1))
    assert found.empty and agreement.line(found) is None and agreement.summary(found).compared == 0
    assert agreement.by_day(found).empty


def test_a_refund_without_a_date_is_named_on_both_days(folder: Path) -> None:
    day_of_refund = date(2026, 3, 19)
    scope = compared(
        folder,
        {
            EARLIER: (1, "100.10", "0.00", "0.00", "100.10", "0.00", "0.00", "100.10"),
            day_of_refund: (0, "0.00", "0.00", "-100.10", "-100.10", "0.00", "0.00", "-100.10"),
        },
    )
    assert exact(of(scope, EARLIER)) == [("undated", ("#1003",))]
    (elsewhere,) = [cause for cause in of(scope, day_of_refund).causes if cause.name == "undated_elsewhere"]
    assert elsewhere.orders == ("#1003",) and "exactly 100.10" in elsewhere.sentence
    assert headline(scope) == "0.00 apart on 2 of 4 days"


def test_an_order_near_midnight_is_a_matter_of_the_time_zone(folder: Path) -> None:
    scope = compared(
        folder,
        {date(2026, 3, 19): (1, "50.00", "0.00", "0.00", "50.00", "0.00", "0.00", "50.00")},
        [placed(1005, "2026-03-20 00:40:00", "50.00")],
    )
    for day in (LAST, date(2026, 3, 19)):
        assert exact(of(scope, day)) == [("zone", ("#1005",))]
    (cause,) = [each for each in of(scope, LAST).causes if each.name == "zone"]
    assert cause.sentence.startswith(
        "Moving the store's time zone by -1 hour makes the day agree (then 2 of the 2 days"
    )
    listed = of(scope, LAST).orders.iloc[0]
    assert (listed["order_name"], listed["why"], listed["counted_on"]) == ("#1005", "near midnight", LAST)


def test_hours_are_not_blamed_where_the_files_have_none(folder: Path) -> None:
    orders = folder / "lines.csv"
    orders.write_text("order,date,sku,quantity,unit price,currency\nA1,2026-03-20,POT,1,50.00,USD\n")
    take(orders, as_of=AS_OF)
    nothing = (0, "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00")
    fifty = (1, "50.00", "0.00", "0.00", "50.00", "0.00", "0.00", "50.00")
    theirs = report(folder / "report.csv", {LAST: nothing, date(2026, 3, 19): fifty})
    take(theirs, as_of=AS_OF, currency="USD")
    assert exact(of(Scope(store=1, currency="USD"), LAST)) == [("without A1", ("A1",))]


def test_an_order_that_does_not_add_up_comes_first(folder: Path) -> None:
    scope = compared(
        folder,
        {LAST: (3, "99.99", "-2.00", "0.00", "97.99", "5.00", "3.90", "107.89")},
        [placed(1005, "2026-03-20 11:00:00", "20.00", Total="21.00")],
    )
    seen = of(scope, LAST)
    assert exact(seen) == [("unreconciled", ("#1005",))]
    assert (seen.orders.iloc[0]["order_name"], seen.orders.iloc[0]["why"]) == ("#1005", "does not add up")
    assert [row["order_name"] for row in seen.orders.to_dict("records")] == ["#1005", "#1001", "#1002"]


def test_the_orders_of_a_day_add_up_to_ours(folder: Path) -> None:
    scope = compared(folder, {LAST: (2, "79.99", "-2.00", "0.00", "77.99", "5.00", "3.91", "86.90")})
    listed = of(scope, LAST).orders
    assert dict(zip(listed["order_name"], listed["total_sales"], strict=True)) == {
        "#1001": Decimal("68.00"),
        "#1002": Decimal("18.89"),
    }


def test_cancelled_orders_that_the_report_leaves_out_are_named(folder: Path) -> None:
    cancelled = placed(1005, "2026-03-20 11:00:00", "20.00", Cancelled_at="2026-03-20 15:00:00 +0000")
    assert exact(of(compared(folder, {}, [cancelled]), LAST)) == [("cancelled", ("#1005",))]


def test_a_voided_order_that_the_report_counts_is_named(folder: Path) -> None:
    scope = compared(
        folder,
        {LAST: (3, "99.99", "-2.00", "0.00", "97.99", "5.00", "3.90", "106.89")},
        [placed(1005, "2026-03-20 11:00:00", "20.00", Financial_Status="voided")],
    )
    seen = of(scope, LAST)
    assert exact(seen) == [("left_out", ("#1005",))] and "(voided)" in seen.causes[0].sentence
    assert seen.orders.iloc[0]["why"] == "left out here"


def test_a_cancellation_on_the_orders_day_is_a_matter_of_the_clock(folder: Path) -> None:
    cancelled = placed(1005, "2026-03-19 11:00:00", "20.00", Cancelled_at="2026-03-20 15:00:00 +0000")
    scope = compared(
        folder, {date(2026, 3, 19): (1, "20.00", "0.00", "-20.00", "0.00", "0.00", "0.00", "0.00")}, [cancelled]
    )
    assert exact(of(scope, LAST)) == [("other_clock", ("#1005",))]
    assert exact(of(scope, date(2026, 3, 19))) == [("other_clock", ("#1005",))]


def test_two_causes_together_are_the_whole_difference(folder: Path) -> None:
    scope = compared(
        folder,
        {EARLIER: (2, "120.10", "0.00", "0.00", "120.10", "0.00", "0.00", "120.10")},
        [placed(1005, f"{EARLIER} 11:00:00", "20.00", Financial_Status="voided")],
    )
    assert exact(of(scope, EARLIER)) == [("undated", ("#1003",)), ("left_out", ("#1005",))]


def test_an_order_that_is_the_very_difference_is_named(folder: Path) -> None:
    scope = compared(folder, {LAST: (1, "60.00", "0.00", "0.00", "60.00", "5.00", "3.00", "68.00")})
    assert exact(of(scope, LAST)) == [("without #1002", ("#1002",))]


def test_a_report_by_order_names_the_orders_that_it_has_otherwise(folder: Path) -> None:
    scope = compared(folder, {LAST: (2, "75.99", "-2.00", "0.00", "73.99", "5.00", "3.90", "82.89")})
    assert exact(of(scope, LAST)) == [], "by the day alone nothing is known"
    names = ["Day", "Order name", "Gross sales", "Net sales", "Total sales"]
    rows = [[str(LAST), "#1001", "55.00", "55.00", "63.00"], [str(LAST), "#1002", "20.99", "18.99", "19.89"]]
    by_order = [dict(zip(names, row, strict=True)) for row in rows]
    take(shop_files.write(folder / "by_order.csv", names, by_order), as_of=AS_OF, currency="USD")
    seen = of(scope, LAST)
    assert exact(seen) == [("by_order", ("#1001", "#1002"))]
    assert "#1001 (5.00 more here), #1002 (-1.00 more here)." in seen.causes[0].sentence
    assert headline(scope) == "0.00 apart on 3 of 4 days", "an order's totals are no day of their own"


def test_a_report_by_order_that_does_not_add_up_to_the_day_is_not_believed(folder: Path) -> None:
    scope = compared(folder, {LAST: (2, "75.99", "-2.00", "0.00", "73.99", "5.00", "3.90", "82.89")})
    one = [{"Day": str(LAST), "Order name": "#1001", "Total sales": "60.00"}]
    take(shop_files.write(folder / "by_order.csv", list(one[0]), one), as_of=AS_OF, currency="USD")
    assert exact(of(scope, LAST)) == []


def test_a_report_newer_than_the_orders_is_said(folder: Path) -> None:
    take(shop_files.orders(folder / "orders.csv", LAST), as_of=LAST)
    later = report(folder / "report.csv", {LAST: (3, "99.99", "-2.00", "0.00", "97.99", "5.00", "3.90", "106.89")})
    take(later, as_of=AS_OF, currency="USD")
    (cause,) = of(Scope(store=1, currency="USD"), LAST).causes
    assert cause.name == "newer_report" and "the orders Fri 20 Mar 2026" in cause.sentence


def test_days_outside_the_orders_files_are_not_held_against_them(folder: Path) -> None:
    beyond = LAST + timedelta(days=1)
    scope = compared(folder, {beyond: (1, "10.00", "0.00", "0.00", "10.00", "0.00", "0.00", "10.00")})
    assert headline(scope) == "0.00 apart on all 4 days"
    assert "1 more day of the report lies outside" in str(agreement.line(agreement.totals(scope)))
    assert [cause.name for cause in of(scope, beyond).causes] == ["outside"]


def test_another_stores_sales_are_not_compared_with_this_ones_report(folder: Path) -> None:
    scope = compared(folder, {})
    take(shop_files.orders(folder / "other.csv", LAST), store="Other", as_of=LAST)
    assert headline(Scope(currency=scope.currency)) == "0.00 apart on all 4 days"


def test_every_difference_is_listed_with_its_reason_and_orders(folder: Path) -> None:
    scope = compared(folder, {LAST: (1, "60.00", "0.00", "0.00", "60.00", "5.00", "3.00", "68.00")})
    rows: dict[str, Any] = {row["metric"]: row for row in agreement.differences(scope).to_dict("records")}
    assert set(rows) == {"orders", "gross_sales", "discounts", "net_sales", "tax", "total_sales"}
    assert rows["total_sales"]["difference"] == Decimal("18.89") and rows["total_sales"]["explained"]
    assert rows["tax"]["orders"] == "#1002" and "Without #1002 (18.89)" in rows["tax"]["reason"]


def test_cancelled_orders_left_out_explain_the_day_of_the_sale_and_that_of_the_cancellation(folder: Path) -> None:
    day, after = date(2026, 3, 19), LAST
    cancelled = shop_files.order(
        1012, day, 1, "14.60", "Cup", {"Subtotal": "14.60", "Total": "14.60", "Cancelled at": f"{after} 12:00:00 +0000"}
    )
    theirs: dict[date, Row] = {
        day: (1, "14.60", "0.00", "0.00", "14.60", "0.00", "0.00", "14.60"),
        after: (2, "79.99", "-2.00", "-14.60", "63.39", "5.00", "3.90", "72.29"),
    }
    scope = compared(folder, theirs, [cancelled])
    assert headline(scope) == "0.00 apart on all 4 days"
    stores.leave_cancelled_out(scope.stores[0], True)
    assert headline(scope) == "0.00 apart on 2 of 4 days"
    for each in (day, after):
        exact = [cause for cause in agreement.of_day(scope, each).causes if cause.is_exact]
        assert [(cause.name, cause.orders) for cause in exact] == [("cancelled_out", ("#1012",))], each
    # the bridge to the report has it as a step of its own: sold in the days of the report, taken back after them
    steps = bridge.steps(scope.over(date(2026, 3, 18), after)).set_index("step")["amount"]
    assert (steps["left_out"].iloc[-1], steps["difference_to_platform"]) == (Decimal("-14.60"), 0)


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    come_in(monkeypatch)


def test_the_page_begins_with_how_many_days_agree(visitor: None, folder: Path) -> None:
    scope = compared(folder, {})
    # an event between two days of the report
    fair = {
        "event_id": None,
        "starts_on": date(2026, 3, 7),
        "ends_on": None,
        "kind": "note",
        "title": "Fair",
        "note": None,
    }
    events.save(scope.stores[0], [], [fair])
    screen = open_page(AGREEMENT)
    assert "**A** Sat 7 Mar 2026 note: Fair" in words(screen) and marked(screen) == {"A"}
    assert screen.subheader[0].value == "0.00 apart on all 4 days"
    assert "no day differs" in words(screen) and "Every total of this day is the same to the cent." in words(screen)


def test_the_page_takes_the_day_furthest_apart_and_names_its_orders(visitor: None, folder: Path) -> None:
    compared(folder, {LAST: (1, "60.00", "0.00", "0.00", "60.00", "5.00", "3.00", "68.00")})
    screen = open_page(AGREEMENT)
    assert screen.subheader[0].value == "0.00 apart on 3 of 4 days"
    assert "Furthest apart: Fri 20 Mar 2026, total sales +18.89 USD." in words(screen)
    assert "**Without \\#1002 \\(18.89\\) the day agrees" in words(screen)
    orders = next(table.value for table in screen.dataframe if "why" in table.value)
    assert list(orders["order_name"]) == ["#1002", "#1001"]
    days = next(table.value for table in screen.dataframe if "differing" in table.value)
    assert list(days["difference"]) == [18.89, 0, 0, 0]


def test_the_page_opens_on_the_day_in_the_address_or_says_that_it_is_not_there(visitor: None, folder: Path) -> None:
    compared(folder, {LAST: (1, "60.00", "0.00", "0.00", "60.00", "5.00", "3.00", "68.00")})
    assert "The orders of Wed 18 Mar 2026" in words(open_page(AGREEMENT, {"at": str(EARLIER)}))
    screen = open_page(AGREEMENT, {"at": "2026-02-02"})
    said = words(screen).replace("\\", "")
    assert "for day “2026-02-02”, which is not there" in said and "The orders of" not in said


def test_with_all_stores_each_report_is_held_against_its_own_store(visitor: None, folder: Path) -> None:
    compared(folder, {})
    take(shop_files.orders(folder / "other.csv", LAST), store="Other", as_of=LAST)
    screen = open_page(AGREEMENT)
    assert screen.subheader[0].value == "0.00 apart on all 4 days"
    assert "· Shop ·" in screen.selectbox(key="at").options[0]


def test_after_an_import_one_line_says_how_the_numbers_agree(visitor: None, folder: Path) -> None:
    orders = take(shop_files.orders(folder / "orders.csv", LAST), as_of=AS_OF)
    assert "0.00 apart" not in after_import(orders), "without a report there is nothing to say"
    theirs = take(report(folder / "report.csv"), as_of=AS_OF, currency="USD")
    assert "0.00 apart on all 4 days" in after_import(theirs) and "0.00 apart" in after_import(orders)
    assert "0.00 apart" not in after_import(take(shop_files.inventory(folder / "stock.csv"), as_of=AS_OF))


def after_import(account: dict[str, Any]) -> str:
    """What the Import page says when this has just been loaded."""
    screen = open_page(IMPORT)
    screen.session_state["import_results"] = [account]
    screen.run()
    assert not screen.exception
    return words(screen)
