"""Ours to the platform's figure: what differs is named to the cent, and what is not known is said not to be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import shop_files
from analytics import bridge, gap, results, sales, stores
from analytics.errors import Refused
from analytics.gap import Gap
from analytics.scope import BASES, Scope
from imported import take

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 20)
AS_OF = date(2026, 3, 25)
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
FIGURES = ("gross_sales", "net_sales", "total_sales", "collected")
# Beside the four orders of shop_files (60.00 + 5.00 + 3.00; 17.99 + 0.90; 100.10 taken back; 37.05):
#   #1010  10 March, a plate of 41.00 and a tip of 2.70        #1011  11 March, voided, 23.00
#   #1012  12 March, 14.60, cancelled the day after and refunded
#   #1015  14 March, 12.50 and 2.50 of tax inside the price     #1016  15 March, 9.00, on which 9.40 is printed
#   #1013  20 March, half past eleven at night, 31.30          #1014  21 March, 8.80: after the days that are asked for


def placed(number: int, at: str, price: str, title: str = "Cup", **more: str) -> dict[str, str]:
    day = date.fromisoformat(at[:10])
    said = {"Created at": f"{at} +0000", "Subtotal": price, "Total": price}
    return shop_files.order(number, day, 1, price, title, said | {k.replace("_", " "): v for k, v in more.items()})


def tip(number: int, amount: str) -> dict[str, str]:
    same = {"Name": f"#{number}", "Email": f"buyer{number}@example.com", "Created at": "2026-03-10 12:00:00 +0000"}
    return same | {
        "Lineitem quantity": "1",
        "Lineitem name": "Tip",
        "Lineitem price": amount,
        "Lineitem requires shipping": "false",
        "Lineitem taxable": "false",
    }


MORE = [
    placed(1010, "2026-03-10 12:00:00", "41.00", Total="43.70", Subtotal="43.70"),
    tip(1010, "2.70"),
    placed(1011, "2026-03-11 12:00:00", "23.00", Financial_Status="voided"),
    placed(
        1012,
        "2026-03-12 12:00:00",
        "14.60",
        Cancelled_at="2026-03-13 12:00:00 +0000",
        Refunded_Amount="14.60",
        Financial_Status="refunded",
    ),
    placed(1015, "2026-03-14 12:00:00", "15.00", Taxes="2.50"),
    placed(1016, "2026-03-15 12:00:00", "9.00", Total="9.40"),
    placed(1013, "2026-03-20 23:30:00", "31.30"),
    placed(1014, "2026-03-21 10:00:00", "8.80"),
]


# What a report without shipping and tax says of nine days: 2 and 10 March are not as they are here.
REPORT = {2: (0, "0.03"), 10: (0, "0.00"), 1: (1, "37.05")} | dict.fromkeys((9, 11, 18, 19), (0, "0.00"))
DATED = """\
Order,Date,SKU,Title,Quantity,Price,Currency
A-1,2026-03-02,MUG,Mug,3,20.00,EUR
A-1,2026-04-02,MUG,Mug,-1,20.00,EUR
A-2,2026-03-05,CUP,Cup,1,7.00,EUR
"""


@pytest.fixture(scope="module", autouse=True)
def books(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Three stores: the shop, the same with a report, and one whose refund has a day of its own."""
    folder = tmp_path_factory.mktemp("books")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        orders = shop_files.orders(folder / "orders.csv", LAST)
        with orders.open("a", newline="", encoding="utf-8") as file:
            for row in MORE:
                file.write(",".join(row.get(name, "") for name in shop_files.ORDER_COLUMNS) + "\r\n")
        take(orders, as_of=AS_OF)
        take(orders, as_of=AS_OF, store="Reported")
        take(report(folder / "report.csv"), as_of=AS_OF, currency="USD", store="Reported")
        take(shop_files.orders(folder / "orders.csv", LAST), as_of=AS_OF, store="Banked")
        refund = {"Order": "5001003", "Name": "#1003", "Kind": "refund", "Created At": "2026-03-19 10:00:00 +0000"}
        refund |= {"Gateway": "shopify_payments", "Status": "success", "Amount": "100.10", "Currency": "USD"}
        take(shop_files.write(folder / "transactions.csv", list(refund), [refund]), as_of=AS_OF, store="Banked")
        (folder / "lines.csv").write_text(DATED, encoding="utf-8")
        take(folder / "lines.csv", currency="EUR", store="Dated")
        yield


def report(path: Path) -> Path:
    rows = [
        {"Day": f"2026-03-{day:02d}", "Orders": str(orders), "Gross sales": net, "Net sales": net, "Total sales": net}
        | dict.fromkeys(("Discounts", "Returns", "Shipping charges", "Taxes"), "0.00")
        for day, (orders, net) in sorted(REPORT.items())
    ]
    return shop_files.write(path, COLUMNS, rows)


@pytest.fixture
def shop() -> Scope:
    """The shop's twenty days of March."""
    return Scope(store=stores.find("Shop"), start=FIRST, stop=LAST + timedelta(days=1), currency="USD")


def reported(first: int, last: int) -> Scope:
    """Days of March of the store with a report."""
    return Scope(stores.find("Reported"), date(2026, 3, first), date(2026, 3, last + 1), currency="USD")


def ours(scope: Scope, figure: str = "net_sales") -> Decimal:
    return Decimal(sales.summary(scope)[figure].iloc[0])


def found(scope: Scope, theirs: Decimal | str | None, figure: str = "net_sales") -> Gap:
    seen = gap.read(scope, figure, None if theirs is None else Decimal(theirs))
    assert seen is not None
    adds_up(seen)
    return seen


def adds_up(seen: Gap) -> None:
    amounts = list(gap.walk(seen)["amount"])
    assert sum(amounts[:-1]) == amounts[-1]


def named(seen: Gap) -> list[tuple[str, str]]:
    return [(cause.name, f"{seen.worth(cause):.2f}") for cause in (*seen.certain, *seen.exact)]


def test_the_same_figure_is_the_same_to_the_cent(shop: Scope) -> None:
    seen = found(shop, ours(shop))
    assert list(gap.walk(seen)["step"]) == ["ours", "platform"]
    assert gap.answer(seen) == "Net sales here and the platform's figure are the same to the cent: 208.84 USD."


def test_another_figure_of_ours_is_recognised_by_its_parts(shop: Scope) -> None:
    seen = found(shop, ours(shop, "total_sales"))
    assert named(seen) == [("Shipping", "5.00"), ("Tax", "6.40")]
    assert gap.answer(seen) == (
        "Net sales here are 11.40 USD below the platform's: 208.84 against 220.24. It is Shipping +5.00; Tax +6.40, to the "
        "cent. The platform's figure is what is called total sales here."
    )


@pytest.mark.parametrize(
    ("figure", "apart", "cause"),
    [
        ("net_sales", "2.70", "Tips"),
        ("net_sales", "23.00", "Left out here: voided"),
        ("gross_sales", "-14.60", "Cancelled orders"),
        ("net_sales", "-31.30", "Time zone +1 h"),
        ("net_sales", "8.80", "Sat 21 Mar 2026 counted, too"),
        ("net_sales", "-37.05", "Sun 1 Mar 2026 left out"),
        ("total_sales", "-5.00", "Shipping"),
        ("gross_sales", "-2.00", "Discounts"),
        ("gross_sales", "2.50", "Tax included in prices"),
        ("net_sales", "100.10", "Refunds without a date"),
        ("total_sales", "0.40", "Orders that contradict themselves"),
    ],
)
def test_one_cause_that_is_the_whole_difference_is_said_first(shop: Scope, figure: str, apart: str, cause: str) -> None:
    seen = found(shop, ours(shop, figure) + Decimal(apart), figure)
    assert named(seen) == [(cause, apart)] and not seen.unexplained
    assert seen.tried["label"].iloc[0] == cause and seen.tried["remaining"].iloc[0] == 0


def test_cancelled_orders_that_the_store_leaves_out_are_a_step_of_their_own(shop: Scope) -> None:
    whole = ours(shop, "gross_sales")
    stores.leave_cancelled_out(shop.stores[0], True)
    try:
        assert ours(shop, "gross_sales") == whole - Decimal("14.60")
        seen = found(shop, whole, "gross_sales")
        assert named(seen) == [("Cancelled, left out here", "14.60")] and not seen.unexplained
        assert seen.exact[0].orders == ("#1012",)
        # beside what counts nowhere in any store
        both = found(shop, whole + Decimal("23.00"), "gross_sales")
        assert sorted(named(both)) == [("Cancelled, left out here", "14.60"), ("Left out here: voided", "23.00")]
    finally:
        stores.leave_cancelled_out(shop.stores[0], False)


def test_the_orders_behind_a_cause_are_named(shop: Scope) -> None:
    seen = found(shop, ours(shop) + Decimal("23.00"))
    assert seen.exact[0].orders == ("#1011",)
    assert seen.exact[0].sentence == "The platform counts 1 order left out here (voided): #1011."


def test_two_causes_together_are_found_and_called_uncertain(shop: Scope) -> None:
    seen = found(shop, ours(shop) + Decimal("2.70") + Decimal("23.00"))
    assert sorted(named(seen)) == [("Left out here: voided", "23.00"), ("Tips", "2.70")]
    assert "compare another figure, too" in gap.answer(seen)


def test_what_nothing_explains_is_said_to_be_unexplained(shop: Scope) -> None:
    seen = found(shop, ours(shop) + Decimal("0.37"))
    assert seen.exact == [] and seen.unexplained == Decimal("0.37")
    assert list(gap.walk(seen)["label"]) == ["Net sales here", "Unexplained", "The platform's"]
    assert gap.answer(seen).endswith("0.37 USD stay unexplained: nothing that was tried makes the difference up.")
    assert list(seen.tried["remaining"].map(abs)) == sorted(seen.tried["remaining"].map(abs))


def test_the_walk_adds_up_for_every_figure_on_both_clocks(shop: Scope) -> None:
    for basis in BASES:
        for figure in FIGURES:
            for more in ({}, {"channels": ("Online store",)}):
                found(replace(shop, basis=basis, **more), "200.00", figure)


def test_reversals_on_the_other_clock_are_a_cause() -> None:
    march = Scope(store=stores.find("Dated"), start=FIRST, stop=date(2026, 4, 1), currency="EUR")
    assert ours(march) == 47
    seen = found(march, "67.00")
    assert named(seen) == [("Reversals on the other clock", "20.00")] and not seen.unexplained


def test_the_report_s_figure_is_reached_by_what_is_certain() -> None:
    # 20 March is not in the report: 60.00 + 17.99 + 31.30
    seen = found(reported(19, 20), None)
    assert named(seen) == [("Days without a report", "-109.29")]
    assert seen.certain[0].sentence == "The report does not cover 1 of the days."


def test_a_report_knows_the_whole_shop_and_a_filter_is_a_step() -> None:
    seen = found(replace(reported(1, 1), channels=("Online store",)), None)
    assert named(seen) == [("What the filters leave out", "37.05")] and not seen.unexplained


def test_an_order_that_the_report_lacks_is_named_by_its_day() -> None:
    seen = found(reported(9, 11), None)
    assert named(seen) == [("Not in the report of this day", "-41.00")]
    assert seen.exact[0].orders == ("#1010",) and seen.exact[0].sentence.startswith("Tue 10 Mar 2026: Without #1010")
    assert list(seen.days["day"]) == [date(2026, 3, 10)]


def test_what_the_report_s_days_leave_open_stays_unexplained() -> None:
    seen = found(reported(1, 2), None)
    assert named(seen) == [] and seen.unexplained == Decimal("0.03")


def test_stores_without_a_report_are_not_compared_with_another_s() -> None:
    both = replace(reported(1, 1), store=(stores.find("Shop"), stores.find("Reported")))
    assert ours(both) == 2 * Decimal("37.05")
    assert named(found(both, None)) == [("Days without a report", "-37.05")]


def test_the_bridge_over_all_stores_holds_a_report_against_its_own_store() -> None:
    alone, both = reported(1, 11), replace(reported(1, 11), store=None)
    numbers = [bridge.steps(scope).set_index("step")["amount"] for scope in (alone, both)]
    for step in ("platform_total_sales", "difference_to_platform"):
        assert numbers[1][step] == numbers[0][step]
    # what the other stores sold stands beyond the report
    beyond = numbers[1]["total_sales"] - numbers[0]["total_sales"]
    assert beyond > 0 and numbers[1]["outside_report"] - numbers[0].get("outside_report", 0) == beyond


def test_without_a_report_and_without_a_figure_there_is_nothing_to_walk_to(shop: Scope) -> None:
    assert gap.read(shop, "net_sales") is None
    seen = found(shop.over(date(2020, 1, 1), date(2020, 2, 1)), "1.00")
    assert (seen.question.ours, seen.unexplained) == (0, 1)
    assert results.run("sales.platform_gap", shop, {}).empty


def test_the_command_line_takes_a_typed_figure(shop: Scope) -> None:
    walk = results.run("sales.platform_gap", shop, {"figure": "net_sales", "platform": "220.24"})
    assert list(walk["step"]) == ["ours", "Shipping", "Tax", "platform"]
    for wrong in ({"figure": "margin", "platform": "1"}, {"platform": "lots"}):
        with pytest.raises(Refused):
            results.run("sales.platform_gap", shop, wrong)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("12345.67", "12345.67"), ("12,345.67", "12345.67"), (" 1 200 ", "1200"), ("-80", "-80"), ("−0.5", "-0.5")],
)
def test_a_typed_figure_is_read_exactly(text: str, amount: str) -> None:
    assert gap.typed(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["12,34", "1.234,56", "1,234,5", "lots", "NaN", "Infinity", "1e30", "0.00001", "--1", ","]
)
def test_a_typed_figure_that_is_not_clear_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"12345\.67"):
        gap.typed(text)


def test_a_refund_that_two_files_tell_of_is_taken_back_once() -> None:
    steps = bridge.steps(Scope(stores.find("Banked"))).set_index("step")["amount"]
    assert steps["taken_back_later"] == Decimal("100.10")
    assert steps["documents_total"] == steps["collected"] + Decimal("100.10") and "other_days" not in steps
