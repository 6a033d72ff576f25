"""Return rates: goods that came back told from money given away, on both clocks, and what is not known kept apart."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import returns_shop
from analytics import db, sales, stores
from analytics.returns import products, rates
from analytics.returns.intervals import certainty, wilson
from analytics.returns.rates import Maturity
from analytics.scope import BASES, Scope
from imported import take
from returns_shop import MONEY, PIECES, march

EVERYTHING = Scope(currency="EUR")


@pytest.fixture(scope="module", autouse=True)
def shops(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Both shops, only read by the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        returns_shop.bring(tmp_path_factory.mktemp("returns"))
        yield
        db.forget()


def one(scope: Scope) -> dict[str, Any]:
    frame = rates.summary(scope)
    assert list(frame["currency"]) == ["EUR"]
    return frame.iloc[0].to_dict()


def kinds(scope: Scope) -> dict[str, tuple[Any, ...]]:
    """Amount, orders and units of each kind."""
    rows = rates.by_kind(scope).to_dict("records")
    return {row["kind"]: (f"{row['amount']:.2f}", row["orders"], row["units"]) for row in rows}


def rows_of(scope: Scope, **how: str) -> dict[str, dict[str, Any]]:
    return {row["title"]: row for row in products.of(scope, **how).to_dict("records")}


def rounded(values: Any) -> list[str]:
    return [f"{value:.4f}" for value in values]


# --- intervals


@pytest.mark.parametrize(
    ("happened", "of", "interval"),
    [
        (1, 2, ["0.0945", "0.9055"]),
        (10, 100, ["0.0552", "0.1744"]),
        # without a return the lower end is 0, the upper z² ÷ (n + z²) = 3.8415 ÷ 13.8415
        (0, 10, ["0.0000", "0.2775"]),
        (10, 10, ["0.7225", "1.0000"]),
        # more came back than was sold: all of it
        (12, 10, ["0.7225", "1.0000"]),
    ],
)
def test_an_interval_has_its_known_ends(happened: int, of: int, interval: list[str]) -> None:
    assert rounded(wilson(happened, of)) == interval


def test_the_interval_of_nothing_returned_begins_at_nothing() -> None:
    # rounding would put it a little above a category of which nothing came back either
    assert [wilson(0, of)[0] for of in range(1, 50)] == [0] * 49
    assert [wilson(of, of)[1] for of in range(1, 50)] == [1] * 49


def test_of_nothing_sold_nothing_is_known() -> None:
    assert wilson(0, 0) == (None, None)
    assert certainty(0, 0, Decimal("0.1")) is None and certainty(1, 2, None) is None


@pytest.mark.parametrize(
    ("happened", "of", "usual", "sure"),
    [
        # 1 − 0.05³: of three one or more come back in 14.26 % of cases
        (1, 3, "0.05", "0.8574"),
        (1, 2, "0.05", "0.9025"),
        (3, 3, "0.5", "0.8750"),
        # nothing back is nothing to be sure of, and at a rate of 0 one is everything
        (0, 10, "0.05", "0.0000"),
        (1, 10, "0", "1.0000"),
        (10, 10, "1", "0.0000"),
        # at a fair coin less than half of 100 in (1 − 0.0796) ÷ 2 of cases, and 60 or more in 2.84 %
        (50, 100, "0.5", "0.4602"),
        (60, 100, "0.5", "0.9716"),
        (40, 100, "0.5", "0.0176"),
    ],
)
def test_how_sure_a_rate_is_comes_from_the_exact_binomial(happened: int, of: int, usual: str, sure: str) -> None:
    assert rounded([certainty(happened, of, Decimal(usual))]) == [sure]


def test_of_very_many_the_exact_binomial_agrees_with_the_normal_distribution() -> None:
    # 5,100 of 100,000 at 5 %: 1.451 deviations, 1.444 with half a step, of which 92.56 % of a normal distribution lie below
    assert abs(certainty(5100, 100_000, Decimal("0.05")) - Decimal("0.9256")) < Decimal("0.001")


# --- the rates of a month


def test_rates_are_of_the_orders_of_the_days_whenever_something_came_back() -> None:
    # March: 3 of 5 orders; 1 of L1, 1 of L2, 2 of L3 of 2 + 2 + 4 + 3 + 2 units; 30 + 30 + 50 of 60 + 40 + 100 + 30 + 30
    found = one(march(PIECES))
    assert (found["orders"], found["orders_with_return"]) == (5, 3)
    assert (found["units_sold"], found["units_returned"]) == (13, 4)
    assert (found["value_sold"], found["value_returned"]) == (260, 110)
    names = ("return_rate_by_orders", "return_rate_by_units", "return_rate_by_value")
    assert rounded(found[name] for name in names) == ["0.6000", "0.3077", "0.4231"]
    # what came back of an order that no file has is no return of these orders
    assert found["value_without_lines"] == 15
    # in March 30 (L1) + 30 (L2) + 25 (L3) + 15 (L0, of February) came back: 100 of 260
    assert found["value_returned_in_period"] == 100 and rounded([found["period_return_ratio"]]) == ["0.3846"]


def test_the_clock_changes_no_rate() -> None:
    assert one(march(PIECES)) == one(march(PIECES, "refund_date"))


def test_days_to_return_are_those_of_each_day_on_which_something_came_back() -> None:
    # L1 10, L2 5, L3 6 and 42: half within 6, nine of ten within 42
    found = one(march(PIECES))
    assert (found["days_to_return_median"], found["days_to_return_p90"]) == (6, 42)
    # of the money shop only #1 has days: 9 and 20; #3 and #6 stand on an assumed one
    found = one(march(MONEY))
    assert (found["days_to_return_median"], found["days_to_return_p90"]) == (9, 20)


def test_a_refund_of_money_alone_names_no_units() -> None:
    found = one(march(MONEY))
    # #1 whole over two days, #3 whole, #6 one line, of 8 orders; tax inside #1 is no sale: 50 + 20 + 18 of 288
    assert (found["orders"], found["orders_with_return"]) == (8, 3)
    assert (found["value_sold"], found["value_returned"]) == (288, 88)
    assert (found["units_sold"], found["units_returned"], found["return_rate_by_units"]) == (12, None, None)
    assert found["units_coverage"] == 0


def test_what_is_refunded_above_the_order_has_no_line_and_what_nobody_knows_is_no_return() -> None:
    found = one(march(MONEY))
    # 5.00 of #3 beyond its 20.00; 7.30 of #2
    assert (found["value_without_lines"], found["value_of_unknown_kind"]) == (5, Decimal("7.30"))
    assert rounded([found["return_coverage"]]) == ["0.9462"]  # 88 of 93


def test_kinds_stand_apart_on_the_days_of_their_orders() -> None:
    assert kinds(march(PIECES)) == {
        # 110 of L1, L2 and L3, and the 15 of LX
        "return": ("125.00", 4, 5), "cancellation": ("30.00", 1, 3), "goodwill": ("4.00", 1, None),
    }  # fmt: skip
    # cancelled: 40 of #4 by its date, 30 of #8 because it was never sent
    assert kinds(march(MONEY)) == {
        "return": ("93.00", 3, None), "cancellation": ("70.00", 2, None), "unknown": ("7.30", 1, None), "goodwill": ("2.00", 1, None),
    }  # fmt: skip


def test_kinds_stand_apart_on_the_days_of_their_refunds() -> None:
    # 30, 30, of L3 only the 25 of March, the 15 of February's cap and of LX; in April the other 25 of L3
    assert kinds(march(PIECES, "refund_date"))["return"] == ("115.00", 5, 5)
    april = march(PIECES, "refund_date").over(date(2026, 4, 1), date(2026, 5, 1))
    assert kinds(april) == {"return": ("25.00", 1, 1)}
    # #1: 16.67 of 20 on the 10th, 33.33 of 40 on the 21st
    until_the_20th = replace(march(MONEY, "refund_date"), stop=date(2026, 3, 20))
    assert kinds(until_the_20th)["return"] == ("59.67", 3, None)  # 16.67 + 25 + 18


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("categories", [(), ("Apparel",), ("", "unknown"), ("Kitchen", "Apparel")])
@pytest.mark.parametrize("store", [PIECES, MONEY])
def test_kinds_add_up_to_the_reversals_of_sales(basis: str, categories: tuple[str, ...], store: str) -> None:
    scope = replace(march(store, basis), categories=categories)
    placed = sales.summary(scope)
    reversals = placed["reversals"].iloc[0] if len(placed) else 0
    assert sum(rates.by_kind(scope)["amount"]) == reversals


@pytest.mark.parametrize("basis", BASES)
def test_converted_kinds_and_rates_go_by_the_day_of_the_clock(basis: str) -> None:
    with db.transaction() as cursor:
        cursor.execute(
            "insert into exchange_rates (currency, into_currency, valid_from, valid_to, rate) values "
            "('EUR', 'USD', '2026-01-01', '2026-03-10', 2), ('EUR', 'USD', '2026-03-10', '9999-12-31', 3) "
            "on conflict do nothing"
        )
    scope = replace(march(PIECES, basis), currency=None, into="USD")
    assert sum(rates.by_kind(scope)["amount"]) == sales.summary(scope)["reversals"].iloc[0]
    found = rates.summary(scope).iloc[0]
    # ordered before 10 March all that came back of known orders; on the 12th, 8th, 10th and 15th it did
    assert (found["value_returned"], found["value_returned_in_period"]) == (220, 30 * 3 + 30 * 2 + 25 * 3 + 15 * 3)
    assert sum(products.of(scope)["value_returned"]) == 220


@pytest.mark.parametrize("start", [date(2026, 2, 1), date(2026, 3, 1), date(2026, 3, 4)])
def test_products_and_what_has_no_line_add_up_to_all_returns(start: date) -> None:
    scope = replace(EVERYTHING, start=start, stop=date(2026, 6, 1))
    rows, whole = products.of(scope), one(scope)
    assert sum(rows["value_returned"]) == whole["value_returned"] > 0
    returned = rates.by_kind(scope).set_index("kind").loc["return", "amount"]
    assert whole["value_returned"] + whole["value_without_lines"] == returned
    assert sum(rows["value_sold"]) == whole["value_sold"]
    assert sum(products.of(scope, "product")["value_returned"]) == whole["value_returned"]


# --- over time


def test_the_rate_over_time_is_by_the_month_of_the_order() -> None:
    scope = replace(march(PIECES), start=date(2026, 2, 1), stop=date(2026, 6, 1))
    frame = rates.trend(scope, "month")
    # May: of L7, L8, L9 and L10 two came back
    rows = list(frame[["period", "sold", "returned"]].itertuples(index=False, name=None))
    assert rows == [("Feb 2026", 1, 1), ("Mar 2026", 5, 3), ("Apr 2026", 1, 0), ("May 2026", 4, 2)]
    for measure, total in (("orders", 6), ("units", 45), ("value", 165)):
        assert sum(rates.trend(scope, "month", measure)["returned"]) == total


def test_a_month_whose_returns_still_come_in_is_not_mature() -> None:
    # days: 5, 6, 8, 8, 8, 10, 23, 42 of eight: nine of ten within 42; the last order is of 20 May
    scope = replace(march(PIECES), start=date(2026, 2, 1), stop=date(2026, 6, 1))
    assert rates.maturity(scope.stores) == Maturity(42, is_assumed=False)
    frame = rates.trend(scope, "month")
    # 31 March + 42 days is 12 May, 30 April + 42 is 11 June; May ends after the data
    assert list(frame["is_mature"]) == [True, True, False, False]
    assert list(frame["is_partial"]) == [False, False, False, True]
    assert rates.is_mature(march(PIECES)) and not rates.is_mature(scope)
    # 8 April + 42 days is the last day itself, 9 April the day after it
    ends = [rates.is_mature(replace(scope, stop=date(2026, 4, day))) for day in (9, 10)]
    assert ends == [True, False]


def test_a_part_of_a_month_is_compared_with_the_same_part() -> None:
    # 1 – 3 March (L1, L2: both came back) against 18 – 20 February (L0), 4 – 6 March against 21 – 23 (nothing sold)
    scope = replace(march(PIECES), stop=date(2026, 3, 4))
    row = rates.trend(scope, "month", "orders", scope.over(date(2026, 2, 18), date(2026, 2, 21))).iloc[0]
    assert (row["return_rate"], row["before"], row["change"]) == (1, 1, 0)
    nothing = rates.trend(scope, "month", "orders", scope.over(date(2026, 2, 21), date(2026, 2, 24))).iloc[0]
    assert nothing["before"] is None and nothing["change"] is None


def test_a_rate_of_units_is_not_known_where_no_file_names_any() -> None:
    row = rates.trend(march(MONEY), "month", "units").iloc[0]
    assert (row["sold"], row["returned"], row["return_rate"]) == (12, None, None)


@pytest.mark.parametrize(("grain", "measure"), [("fortnight", "orders"), ("month", "profit")])
def test_another_grain_or_measure_is_named(grain: str, measure: str) -> None:
    with pytest.raises(ValueError, match=r"fortnight|profit"):
        rates.trend(march(PIECES), grain, measure)


# --- products


def test_a_product_stands_beside_its_category() -> None:
    rows = rows_of(march(PIECES))
    small = rows["Tee - S"]
    assert (small["sku"], small["units_sold"], small["units_returned"], small["rate_of"]) == ("TEE-S", 3, 2, "units")
    # 2 of 3; all of Apparel: 2 + 2 + 0 of 3 + 4 + 2
    names = ("return_rate", "lower", "upper", "category_rate")
    assert rounded(small[name] for name in names) == ["0.6667", "0.2077", "0.9385", "0.4444"]
    # Apparel by value: 60 + 50 of 90 + 100 + 30, a half; so 60 − 45 of the small tee, and 50 − 50 of the other
    assert (small["excess_value"], rows["Tee - M"]["excess_value"], rows["Cap"]["excess_value"]) == (15, 0, -15)
    # two or three of three come back at 4/9 in 3 · (4/9)² · 5/9 + (4/9)³ = 304 of 729 cases
    assert rounded([small["certainty"], small["certain_excess"]]) == ["0.5830", "8.7448"]
    assert next(iter(rows)) == "Tee - S" and not small["is_flagged"]
    # cancelled is not returned, and goodwill names no units
    assert (rows["Mug"]["units_sold"], rows["Mug"]["units_returned"], rows["Mug"]["return_rate"]) == (4, 0, 0)


def test_a_product_is_flagged_by_its_interval_and_not_when_one_of_two_came_back() -> None:
    rows = rows_of(replace(march(PIECES), start=date(2026, 5, 1), stop=date(2026, 6, 1)))
    # 20 of 100 hats lie between 0.1334 and 0.2888; hats and scarves together 20 of 200
    assert rounded([rows["Hat"]["lower"], rows["Hat"]["upper"], rows["Hat"]["category_rate"]]) == [
        "0.1334", "0.2888", "0.1000",
    ]  # fmt: skip
    # 1 of 2 pins, where pins and badges are 20 of 100
    assert rounded([rows["Pin"]["lower"], rows["Pin"]["category_rate"]]) == ["0.0945", "0.2000"]
    assert {title: row["is_flagged"] for title, row in rows.items()} == {
        "Hat": True, "Pin": False, "Badge": False, "Scarf": False, "Cap": False,
    }  # fmt: skip
    assert next(iter(rows)) == "Hat"


@pytest.mark.parametrize(("sold", "back", "badges"), [(2, 1, 18), (2, 1, 198), (3, 2, 10)])
def test_a_few_are_not_flagged_although_their_interval_lies_above(
    sold: int, back: int, badges: int, tmp_path: Path
) -> None:
    path = tmp_path / "few.csv"
    path.write_text(
        f"{returns_shop.LINES.splitlines()[0]},Category\n"
        f"F1,2025-05-04 10:00,PIN,Pin,{sold},1.00,0,EUR,,Pins\n"
        f"F1,2025-05-04 10:00,BADGE,Badge,{badges},1.00,0,EUR,,Pins\n"
        f"F1,2025-05-12 10:00,PIN,Pin,-{back},1.00,0,EUR,,Pins\n",
        encoding="utf-8",
    )
    name = f"{sold} of {badges}"
    take(path, store=name, as_of=returns_shop.AS_OF)
    pin = rows_of(Scope(stores.find(name)))["Pin"]
    # 1 of 2 lies above 0.0945, while 1 of 20 or of 200 come back; 2 of 3 above 0.2077, while 2 of 13 do, at which rate two or
    # three of three come back in 6.4 % of cases
    assert pin["lower"] > pin["category_rate"] and not pin["is_flagged"]


def test_flagged_rows_are_counted_beside_what_chance_would_do() -> None:
    scope = replace(march(PIECES), start=date(2026, 5, 1), stop=date(2026, 6, 1))
    assert products.counted(products.of(scope)) == {
        "flagged_products": 1, "flagged_value": 20, "rated": 5, "by_chance": Decimal("0.125"),
    }  # fmt: skip


def test_where_no_file_names_units_order_lines_are_counted() -> None:
    rows = rows_of(march(MONEY))
    mug, bowl = rows["Mug"], rows["Bowl"]
    # mugs in #1, #2, #6, #7, #8, back in #1; bowls in #2, #3, #4, #5, #6, back in #3 and #6
    assert (mug["rate_of"], mug["lines_sold"], mug["lines_returned"], mug["units_returned"]) == ("lines", 5, 1, None)
    assert (bowl["lines_sold"], bowl["lines_returned"], bowl["return_rate"]) == (5, 2, Decimal("0.4"))
    # 50 beside 4.38 of nobody knows what, and 38 beside 2.92
    assert rounded([mug["counted_share"], bowl["counted_share"]]) == ["0.9195", "0.9286"]
    by_units = rows_of(march(MONEY), by="units")["Mug"]
    assert (by_units["return_rate"], by_units["lower"], by_units["is_flagged"]) == (None, None, False)


def test_variants_are_one_product_together() -> None:
    rows = rows_of(march(PIECES), level="product")
    assert (rows["Tee"]["sku"], rows["Tee"]["variants"]) == (None, 2)
    assert (rows["Tee"]["units_sold"], rows["Tee"]["units_returned"]) == (7, 4)
    assert (rows["Cap"]["sku"], rows["Cap"]["variants"]) == ("CAP", 1)


def test_sizes_stand_side_by_side_beside_the_whole_product() -> None:
    frame = products.variants(march(PIECES), "tee", "size")
    rows = list(frame[["name", "units_sold", "units_returned"]].itertuples(index=False, name=None))
    assert rows == [("S", 3, 2), ("M", 4, 2)]
    assert rounded(frame["product_rate"]) == ["0.5714", "0.5714"]  # 4 of 7
    with pytest.raises(ValueError, match="side is"):
        products.variants(march(PIECES), "tee", "material")
    with pytest.raises(ValueError, match="sock"):
        products.variants(march(PIECES), "sock")


def test_without_orders_there_are_columns_and_no_rows() -> None:
    nowhere = march(PIECES).over(date(2020, 1, 1), date(2020, 2, 1))
    for frame in (rates.summary(nowhere), rates.by_kind(nowhere), rates.trend(nowhere), products.of(nowhere)):
        assert frame.empty and len(frame.columns) > 5
