"""Contribution: the hand-written ledger with its costs on both clocks, what is not known, and sums that are kept true."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ledger_answers as answers
import ledger_costs as costs
import ledger_shop as shop
from analytics import db, rollups, sales
from analytics.errors import Refused
from analytics.grains import GRAINS
from analytics.profit import ads_of, contribution, kept, order_contribution, sums
from analytics.scope import Scope
from analytics.undo import undo
from imported import rows_of, take
from ledger_books import opened
from test_ledger import brought

SIDES = ("channel", "country", "category", "vendor", "product", "discount_code")
ADDED = (
    "net_sales",
    "landed_cost",
    "cm1_left_out",
    "shipping",
    "label",
    "label_back",
    "payment_fee",
    "other_fee",
    "cm1",
    "cm2",
    "ad_spend",
    "cm3",
)


@pytest.fixture(scope="module")
def books(second_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The books with what their orders cost, only to be read."""
    folder = tmp_path_factory.mktemp("costs")
    with opened(second_database, folder):
        for file in costs.FILES:
            brought(folder, *file)
        costs.tell(1)
        yield


def scope(basis: str = "order_date", start: date | None = None, stop: date | None = None, **more: Any) -> Scope:
    return Scope(1, start, stop, basis, **more)


def of(frame: pd.DataFrame, currency: str = "EUR") -> dict[str, Any]:
    rows = frame[frame["currency"] == currency].to_dict("records")
    assert len(rows) == 1, rows
    return rows[0]


def total(values: Any) -> Decimal:
    return sum((Decimal(value) for value in values if value is not None), start=Decimal(0))


@pytest.mark.usefixtures("books")
def test_contribution_of_every_period_is_what_was_worked_out_by_hand_on_both_clocks() -> None:
    for at, (name, start, stop, basis) in enumerate(answers.PERIODS):
        found = of(contribution.summary(scope(basis, start, stop)))
        known = costs.of_period(at)
        assert (name, basis, {each: round(found[each], 6) for each in known}) == (name, basis, known)


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("categories", [(), ("Kitchen", "Apparel")])
def test_converted_into_its_own_currency_every_side_says_the_same_on_both_clocks(categories: tuple[str, ...]) -> None:
    told = sums.told(scope())
    for _, start, stop, basis in answers.PERIODS:
        asked = scope(basis, start, stop, currency="EUR", categories=categories)
        for side in ("", "day", *SIDES):
            if side == "discount_code" and categories:
                continue
            plain, converted = (
                {row["value"]: row for row in sums.of(each, side, told)} for each in (asked, replace(asked, into="EUR"))
            )
            assert (side, plain) == (side, converted)
            assert plain or start


@pytest.mark.usefixtures("books")
def test_what_is_in_no_currency_that_has_a_cost_is_unknown_and_never_added() -> None:
    found = of(contribution.summary(scope()), "USD")
    assert [found[name] for name in ("net_sales", "cm1", "cm2", "cm3", "cm1_coverage")] == [22, None, None, None, 0]


@pytest.mark.usefixtures("books")
def test_every_walk_and_every_side_adds_up_to_the_summary() -> None:
    for _, start, stop, basis in answers.PERIODS:
        asked = scope(basis, start, stop, currency="EUR")
        whole = of(contribution.summary(asked))
        reached = Decimal(0)
        for row in contribution.waterfall(asked).to_dict("records"):
            if row["is_total"]:
                assert row["step"] == "gross_sales" or reached == row["amount"], (start, basis, row["step"])
                assert row["step"] == "gross_sales" or whole[row["step"]] == row["amount"]
            reached = row["amount"] if row["is_total"] else reached + row["amount"]
        assert reached == whole["cm3"]
        for side in SIDES:
            rows = contribution.by(asked, side)
            for name in ADDED:
                assert total(rows[name]) == whole[name], (side, name, start, basis)


@pytest.mark.usefixtures("books")
def test_periods_add_up_to_the_whole_but_for_ads_that_no_report_tells_apart() -> None:
    whole = of(contribution.summary(scope(currency="EUR")))
    for grain in GRAINS:
        rows = contribution.over_time(scope(currency="EUR"), grain)
        for name in ADDED[:-2]:
            assert total(rows[name]) == whole[name], (grain, name)
    days = contribution.over_time(scope(currency="EUR")).set_index("day")
    assert days.loc[date(2026, 1, 20), "ad_spend"] == 12 and days.loc[date(2026, 2, 11), "ad_spend_left_out"] == 9
    assert total(contribution.over_time(scope(currency="EUR"), "month")["ad_spend"]) == 21


@pytest.mark.usefixtures("books")
def test_orders_and_the_lines_of_their_costs_add_up_to_the_figures() -> None:
    whole = of(contribution.summary(scope(currency="EUR")))
    rows = order_contribution.orders(scope(currency="EUR"))
    for name in ("net_sales", "landed_cost", "cm1", "shipping", "label", "label_back", "payment_fee"):
        assert total(rows[name]) == whole[name], name
    assert total(rows["cm2"]) == whole["cm2"] + whole["other_fee"]
    named = rows.set_index("order_name")
    # 40 − 16 + 5 − 5.50 − 1.00; 57.50 − 7.73 − 24.50 + 4.50 − 0.60 − 4 − 1.20
    assert (named.loc["#2001", "cm2"], named.loc["#2002", "cm2"]) == (Decimal("22.50"), Decimal("23.97"))
    lines = order_contribution.fees(scope(currency="EUR"))
    # the rule's 2 % of #2005 is known, and in no figure: what its shirt cost is not
    assert total(lines.loc[lines["cost_kind"] == "payment_fee", "amount"]) == whole["payment_fee"] + Decimal("0.72")
    assert total(lines.loc[lines["is_of_no_order"].astype(bool), "amount"]) == whole["other_fee"]


@pytest.mark.usefixtures("books")
def test_what_lies_below_zero_is_listed_with_its_loss_the_greatest_first() -> None:
    rows = order_contribution.below_zero(scope(currency="EUR"), "orders")
    # W-3: 0 − 11 + 4 − 6 − 3 − 0.70; W-2: 0 − 12 − 4 − 0.72
    assert list(zip(rows["order_name"], rows["loss"], strict=True))[:2] == [
        ("W-2", Decimal("16.72")),
        ("W-3", Decimal("16.70")),
    ]
    assert all(loss > 0 for loss in rows["loss"]) and sorted(rows["loss"], reverse=True) == list(rows["loss"])
    shirts = order_contribution.below_zero(scope(currency="EUR"))
    assert "#2007" not in shirts["title"].tolist() and set(shirts["is_of_no_order"]) == {False}
    with pytest.raises(ValueError, match="what is products or orders"):
        order_contribution.below_zero(scope(), "days")
    with pytest.raises(Refused, match="keep their own currency"):
        order_contribution.orders(scope(into="USD"))


def test_an_amount_is_spread_in_whole_coins_and_the_parts_are_all_of_it() -> None:
    assert ads_of.parts(Decimal("1.00"), [Decimal(1)] * 3, 2) == [Decimal("0.33"), Decimal("0.34"), Decimal("0.33")]
    assert ads_of.parts(Decimal(100), [Decimal(3), Decimal(-5), Decimal(0)], 0) == [100, 0, 0]
    assert ads_of.parts(Decimal(7), [Decimal(0)], 2) == [0]


LINES = """\
Order,Date,SKU,Title,Quantity,Price,Currency,Country,Channel,Kind
A,2026-03-02,MUG,Mug,1,20.00,EUR,DE,web,
A,2026-03-02,CUP,Cup,1,10.00,EUR,DE,web,
A,2026-03-02,,Parcel,1,5.00,EUR,DE,web,shipping
B,2026-03-03,MUG,Mug,1,20.00,EUR,AT,Amazon,
C,2026-03-04,VASE,Vase,1,30.00,EUR,DE,web,
D,2026-03-05,MUG,Mug,1,0.00,EUR,DE,web,
"""
BACK = """\
Order,SKU,Quantity,Amount,Currency,Return date,Kind,Restocked
A,MUG,1,20.00,EUR,2026-04-02,return,{}
"""
GOODS = "SKU,Unit cost,Valid from,Currency\nMUG,8.00,2026-01-01,EUR\nCUP,4.00,2026-01-01,EUR\n"
DEARER = "SKU,Unit cost,Freight,Valid from,Currency\nMUG,8.00,1.00,2026-01-01,EUR\n"
PARCELS = "Order,Tracking,Date,Service,Amount,Currency,Direction\nA,P1,2026-03-02,Parcel,4.00,EUR,out\n"
MORE_PARCELS = """\
Order,Tracking,Date,Service,Amount,Currency,Direction
B,P2,2026-04-20,Parcel,6.00,EUR,return
X,P3,2026-04-21,Parcel,1.00,EUR,out
"""
STORED = (
    "contribution_daily", "contribution_products_daily", "contribution_orders", "contribution_fees_daily", "contribution_stores",
)  # fmt: skip


@pytest.fixture
def bring(emptied: str, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Imports a text as a file into a store that the test begins."""
    return partial(_brought, tmp_path)


def _brought(folder: Path, name: str, text: str, as_of: date = date(2026, 4, 30)) -> dict[str, Any]:
    return take(shop.write(folder, name, text), as_of=as_of, currency="EUR")


def figures(**more: Any) -> dict[str, Any]:
    return of(contribution.summary(scope(**more)))


def test_what_nobody_told_of_is_named_and_what_one_order_lacks_is_left_out(bring: Callable[..., Any]) -> None:
    bring("lines.csv", LINES)
    found = figures()
    assert (found["net_sales"], found["cm1"], found["cm2"], found["untold"]) == (
        80,
        None,
        None,
        "selling fees, sending, advertising",
    )
    assert rows_of("select count(*) from contribution_stores") == [(0,)] and kept_is_true()
    bring("goods.csv", GOODS)
    found = figures()
    # 20 + 10 + 20 + 0 − 3 × 8 − 4, with the shipping of A
    assert (found["cm1"], found["cm2"], found["cm3"], found["untold"]) == (
        22,
        27,
        None,
        "selling fees, sending, advertising",
    )
    assert found["cm1_coverage"] == Decimal("0.625")
    bring("parcels.csv", PARCELS)
    found = figures()
    # of A alone it is known what sending cost: 30 − 12 + 5 − 4; the CM1 of B, 12, and of D, −8, is left out
    assert (found["cm1_left_out"], found["cm2"], found["untold"]) == (4, 19, "selling fees, advertising")
    assert (found["cm2_coverage"], found["estimated_share"]) == (Decimal("0.375"), 0)
    assert kept_is_true()


def test_a_file_goes_before_a_rule_kind_by_kind_and_an_order_of_nothing_pays_no_fee(bring: Callable[..., Any]) -> None:
    for name, text in (("lines.csv", LINES), ("goods.csv", GOODS), ("parcels.csv", PARCELS)):
        bring(name, text)
    costs.tell(
        1, (("label", None, "5.00", "0"), ("pick_pack", None, "1.00", "0"), ("payment_fee", None, "0.30", "0.01")), ()
    )
    rows = order_contribution.orders(scope()).set_index("order_name")
    assert [rows.loc[each, "label"] for each in "ABD"] == [4, 5, 5]
    assert [rows.loc[each, "pick_pack"] for each in "ABD"] == [1, 1, 1]
    # 0.30 + 1 % of 35, of 20; the rule's 0.30 is no fee of an order of nothing
    assert [rows.loc[each, "payment_fee"] for each in "ABD"] == [Decimal("0.65"), Decimal("0.50"), 0]
    # of A's costs 5.65 the label is none of a rule's
    assert rows.loc["A", "estimated_share"] == Decimal("1.65") / Decimal("5.65")
    # A's amounts over its goods by value, 20 to 10: shipping 3.33 + 1.67, label 2.67 + 1.33, fee 0.43 + 0.22, packing 0.67 + 0.33
    cup = contribution.by(scope(), "product").set_index("value").loc["CUP"]
    assert [cup[name] for name in ("shipping", "label", "payment_fee", "pick_pack")] == [
        Decimal(each) for each in ("1.67", "1.33", "0.22", "0.33")
    ]
    assert kept_is_true()


@pytest.mark.parametrize(("restocked", "landed"), [("yes", 20), ("", 28)])
def test_goods_back_on_the_shelf_give_their_cost_back(bring: Callable[..., Any], restocked: str, landed: int) -> None:
    for name, text in (("lines.csv", LINES), ("goods.csv", GOODS), ("back.csv", BACK.format(restocked))):
        bring(name, text)
    assert figures()["landed_cost"] == landed
    found = figures(basis="refund_date", stop=date(2026, 4, 1))
    assert (found["landed_cost"], found["net_sales"]) == (28, 80)


def test_ads_on_amazon_belong_to_its_channels_and_the_rest_is_spread_by_net_sales(bring: Callable[..., Any]) -> None:
    bring("lines.csv", LINES)
    bring("goods.csv", GOODS)
    day = date(2026, 3, 3)
    costs.tell(1, (), (("amazon", day, day, "3.00"), ("google", day, day, "8.00")))
    rows = contribution.by(scope(), "channel").set_index("value")
    assert list(rows.loc["Amazon", ["ad_spend", "ad_spend_spread"]]) == [5, 2]
    assert list(rows.loc["web", ["ad_spend", "ad_spend_spread"]]) == [6, 6]
    # alone on its day, all of it is B's; Amazon's channel has it all, web nothing
    assert figures(channels=("Amazon",))["ad_spend"] == 11 and figures(channels=("web",))["ad_spend"] == 0
    day = date(2026, 3, 2)
    costs.tell(1, (), (("google", day, date(2026, 3, 3), "5.00"),), "later")
    # 5.00 of both days by 30 to 20
    assert figures(channels=("Amazon",))["ad_spend"] == 13 and figures(countries=("DE",))["ad_spend"] == 3
    assert total(contribution.over_time(scope(categories=("Nothing",)))["ad_spend"]) == 0
    assert order_contribution.orders(scope()).set_index("order_name").loc["B", "ad_spend"] == 11


def kept_is_true() -> bool:
    found = rollups.differences(1)
    assert not found, "\n".join(str(each) for each in found)
    return True


def stored() -> dict[str, list[str]]:
    """What the summaries hold, in the names of slices and products."""
    names = {
        "contribution_fees_daily": "select to_jsonb(c)::text from {} as c",
        "contribution_stores": "select to_jsonb(c)::text from {} as c",
    }
    usual = (
        "select (to_jsonb(c) - 'slice_no' - 'value_no' || to_jsonb(s) - 'slice_no'{})::text"
        " from {{}} as c join slices as s using (slice_no){}"
    )
    products = usual.format(" || to_jsonb(v.value)", " join sold_values as v using (value_no)")
    plain = usual.format("", "")
    found = {}
    for table in STORED:
        query = names.get(table) or (products if "products" in table else plain)
        found[table] = sorted(row[0] for row in rows_of(query.format(table)))
    return found


def test_an_import_that_is_undone_leaves_what_was_there_before_and_order_does_not_matter(
    bring: Callable[..., Any],
) -> None:
    files = {
        "lines": LINES,
        "goods": GOODS,
        "parcels": PARCELS,
        "back": BACK.format("yes"),
        "more": MORE_PARCELS,
        "dearer": DEARER,
    }
    bring("lines.csv", LINES)
    bring("goods.csv", GOODS)
    costs.tell(1, (("label", "AT", "6.00", "0"),), ())
    before = stored()
    done = {}
    for name in ("parcels", "back", "more", "dearer"):
        done[name] = bring(f"{name}.csv", files[name], date(2026, 5, 1))["import_id"]
    whole = figures()
    assert kept_is_true()
    for name in ("back", "parcels", "dearer", "more"):
        undo(done[name])
        assert kept_is_true(), name
    assert stored() == before
    for name in ("dearer", "more", "back", "parcels"):
        bring(f"{name}.csv", files[name], date(2026, 5, 1))
    assert figures() == whole and kept_is_true()


def test_costs_that_come_before_their_orders_find_them(bring: Callable[..., Any]) -> None:
    for name, text in (("parcels.csv", PARCELS), ("goods.csv", GOODS)):
        bring(name, text)
    assert figures()["other_fee"] == 4
    account = bring("lines.csv", LINES)
    found = figures()
    assert (found["other_fee"], found["label"]) == (0, 4) and kept_is_true()
    undo(account["import_id"])
    assert figures()["other_fee"] == 4 and kept_is_true()


def test_a_cost_told_later_is_known_on_the_later_day_of_a_parcel_that_came_back(bring: Callable[..., Any]) -> None:
    for name, text in (("lines.csv", LINES), ("parcels.csv", MORE_PARCELS)):
        bring(name, text)
    later = {"basis": "refund_date", "start": date(2026, 4, 20), "stop": date(2026, 4, 21)}
    assert order_contribution.orders(scope(**later))["cm2"].tolist() == [None]
    bring("goods.csv", GOODS)
    assert kept_is_true()


def test_a_conversion_converts_each_day_by_its_rate(bring: Callable[..., Any]) -> None:
    for name, text in (("lines.csv", LINES), ("goods.csv", GOODS), ("parcels.csv", PARCELS)):
        bring(name, text)
    with db.transaction() as cursor:
        cursor.execute(
            "insert into exchange_rates (currency, into_currency, valid_from, rate) values ('EUR', 'USD', '2026-01-01', 2)"
        )
    found = of(contribution.summary(scope(into="USD")), "USD")
    assert (found["cm1"], found["cm2"], found["label"]) == (44, 38, 8)
    for side in ("channel", "product", "discount_code"):
        assert total(contribution.by(scope(into="USD"), side)["cm2"]) == 38


def test_a_store_that_is_told_nothing_any_more_keeps_nothing(bring: Callable[..., Any]) -> None:
    bring("lines.csv", LINES)
    account = bring("goods.csv", GOODS)
    undo(account["import_id"])
    assert all(not rows for rows in stored().values()) and figures()["net_sales"] == total(
        sales.summary(scope())["net_sales"]
    )
    with db.transaction(1) as cursor:
        kept.refresh(cursor, 1, everything=True)
    assert all(not rows for rows in stored().values())


def test_a_broken_summary_is_found(bring: Callable[..., Any]) -> None:
    bring("lines.csv", LINES)
    bring("goods.csv", GOODS)
    rows_of(
        "update contribution_products_daily set net = net + 1 where net = 100000; delete from contribution_orders; select 1"
    )
    assert {row["summary"] for row in rollups.differences(1)} == {
        "contribution_products_daily",
        "contribution_orders",
        "contribution_periods",
    }
