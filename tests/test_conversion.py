"""Every view of sales in one currency: converted line by line, the same sums as before, and what has no rate left out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

import coded_shop
import ledger_shop
from analytics import (
    bridge,
    change,
    clocks,
    db,
    discounts,
    gap,
    hours,
    orders,
    presets,
    product_rows,
    products,
    proof,
    rates,
    sales,
    slices,
    stores,
)
from analytics.errors import Refused
from analytics.scope import BASES, Scope
from imported import take
from ledger_books import FILES
from screens import (
    BRIDGE,
    CATEGORIES,
    CLOCKS,
    COUNTRIES,
    DISCOUNTS,
    HOURS,
    ORDERS,
    PRODUCTS,
    cards,
    come_in,
    open_page,
    words,
)

# One euro and one dollar are two pounds each, on every day: every amount doubles, no count changes. A franc has a rate from
# 3 May, another from 8 May; a krona has none.
RATES = """Currency,Into currency,Valid from,Rate
EUR,GBP,2020-01-01,2
USD,GBP,2020-01-01,2
CHF,GBP,2024-05-03,0.80
CHF,GBP,2024-05-08,0.90
"""
DATED = """Order,Date,SKU,Title,Quantity,Unit price,Currency,Channel,Country,Region,Category,Vendor,Kind
1,2024-05-01 09:10,A,Mug,2,10.00,GBP,web,US,NY,Cups,Clay,
2,2024-05-04 09:20,A,Mug,3,10.00,CHF,web,US,NY,Cups,Clay,
2,2024-05-04 09:20,B,Bowl,1,5.00,CHF,web,US,NY,Bowls,Clay,
2,2024-05-09 10:00,A,Mug,-1,10.00,CHF,web,US,NY,Cups,Clay,return
3,2024-05-02 15:00,B,Bowl,1,7.00,CHF,web,US,CA,Bowls,Clay,
4,2024-05-05 15:30,A,Mug,1,90.00,SEK,web,US,CA,Cups,Clay,
5,2024-06-03 11:00,B,Bowl,1,5.00,GBP,web,US,NY,Bowls,Clay,
5,2024-06-07 11:00,B,Bowl,-1,5.00,GBP,web,US,NY,Bowls,Clay,exchange
5,2024-06-07 11:00,A,Mug,1,10.00,GBP,web,US,NY,Cups,Clay,exchange
6,2024-06-08 11:00,A,Mug,1,10.00,GBP,web,US,NY,Cups,Clay,
6,2024-06-08 11:00,C,Jug,1,20.00,GBP,web,US,NY,Bowls,Kiln,
"""
MAY = (date(2024, 5, 1), date(2024, 5, 6))
MONEY = (
    "gross_sales", "discounts", "reversals", "net_sales", "charged_shipping", "shipping", "charged_tax", "tax", "duties",
    "fees", "total_sales", "tips", "gift_cards", "adjustments", "collected", "taken_back", "average_order_value",
    "average_order_value_nonzero", "cost_of_goods_sold", "gross_profit", "covered_net_sales", "before", "amount",
    "order_date", "refund_date", "difference", "now", "change", "net_sales_before", "average_price", "average_price_before",
    "covered_discounts", "margin_given_away", "gross_profit_without",
)  # fmt: skip
COUNTS = ("orders", "zero_total_orders", "units", "units_returned", "net_units", "customers")
FEBRUARY = (date(2026, 2, 1), date(2026, 3, 1))
MARCH = (date(2026, 3, 1), date(2026, 4, 1))


@pytest.fixture(scope="module", autouse=True)
def books(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop written by hand, one with codes, one with dated rates, and the rates."""
    folder = tmp_path_factory.mktemp("books")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        for name, text, as_of in FILES:
            take(ledger_shop.write(folder, name, text), store=ledger_shop.STORE, as_of=as_of, currency="EUR")
        coded_shop.fill(folder)
        take(ledger_shop.write(folder, "dated.csv", DATED), store="Dated")
        take(ledger_shop.write(folder, "rates.csv", RATES), store="Dated")
        db.forget()
        yield


def of(store: str, days: tuple[date, date] | None = None, **more: object) -> Scope:
    start, stop = days or (None, None)
    return Scope(store=stores.find(store), start=start, stop=stop, **more)  # type: ignore[arg-type]


def doubled(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame in pounds: money doubled, counts and ratios as they are."""
    found = frame.copy()
    for name in (each for each in frame if each in MONEY):
        is_money = [True] * len(frame)
        if "metric" in frame:
            is_money = [metric not in COUNTS for metric in frame["metric"]]
        found[name] = [
            each if each is None or not money else each * 2 for each, money in zip(frame[name], is_money, strict=True)
        ]
    return found.assign(currency="GBP") if "currency" in found else found


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    assert len(one) and list(one.columns) == list(other.columns)
    for name in one.columns:
        first, second = ([told(each) for each in frame[name]] for frame in (one, other))
        assert first == second, name


def told(value: object) -> object:
    """A cell to be compared: quotients as far as both can be exact."""
    if isinstance(value, Decimal):
        return round(value, 12)
    return None if pd.isna(value) else value


Read = Callable[[Scope], pd.DataFrame]
BEFORE = (date(2026, 1, 1), date(2026, 2, 1))
VIEWS: dict[str, Read] = {
    "summary": sales.summary,
    "daily": sales.daily,
    **{
        f"by {name}": lambda scope, name=name: sales.by_dimension(scope, name)
        for name in ("channel", "country", "category", "vendor", "product")
    },
    "regions": lambda scope: slices.regions(scope, "DE"),
    "compared": lambda scope: slices.compared(scope, scope.over(*BEFORE), "country").drop(columns="change"),
    "channels over time": lambda scope: slices.leaders(scope, "channel", "week"),
    "categories over time": lambda scope: slices.leaders(scope, "category", "day"),
    "brands over time": lambda scope: slices.leaders(scope, "vendor", "month"),
    "hours": hours.grid,
    "ranking": products.ranking,
    "variants": products.variants,
    "movers": lambda scope: products.movers(scope, scope.over(*BEFORE)).drop(columns="relative_change"),
    "a product": lambda scope: products.daily(scope, "mug"),
    "clocks": clocks.side_by_side,
    "moved": clocks.rows,
    "change": lambda scope: change.steps(scope, scope.over(*BEFORE)),
    "collected": bridge.steps,
}


@pytest.mark.parametrize("categories", [(), ("Kitchen", "Apparel")], ids=["whole", "a category"])
@pytest.mark.parametrize("name", VIEWS)
def test_a_view_in_another_currency_is_the_same_view_with_other_amounts(name: str, categories: tuple[str, ...]) -> None:
    for basis, days in zip(BASES, (FEBRUARY, MARCH), strict=True):
        own = of("Hand", days, basis=basis, categories=categories, currency="EUR")
        same(doubled(VIEWS[name](own)), VIEWS[name](replace(own, into="GBP")))


@pytest.mark.parametrize("categories", [(), ("Cups",)], ids=["whole", "a category"])
def test_discount_codes_in_another_currency_keep_orders_customers_and_depth(categories: tuple[str, ...]) -> None:
    own = of("Codes", (date(2026, 3, 1), date(2026, 5, 1)), categories=categories, currency="USD")
    into = replace(own, into="GBP")
    now, converted = discounts.of(own), discounts.of(into)
    same(doubled(now.codes), converted.codes)
    averages = ["average_with_code", "average_order_value_without"]
    same(doubled(now.summary).assign(**{name: now.summary[name] * 2 for name in averages}), converted.summary)
    same(doubled(discounts.daily(own, "spring")), discounts.daily(into, "spring"))
    same(doubled(discounts.products(own, "spring")), discounts.products(into, "spring"))
    assert sum(converted.codes["net_sales"]) == sales.summary(into)["net_sales"].iloc[0]


def test_two_currencies_are_one_sum_and_a_buyer_in_both_is_one_customer() -> None:
    both = sales.summary(of("Hand", into="GBP")).iloc[0]
    apart = sales.summary(of("Hand")).set_index("currency")
    for name in (*MONEY[:10], "collected", "cost_of_goods_sold"):
        assert both[name] == 2 * sum(apart[name].dropna()), name
    assert both["orders"] == sum(apart["orders"])
    assert both["customers"] == sum(apart["customers"]) - 1  # the buyer of the order in dollars bought in euros, too


@pytest.mark.parametrize(("basis", "back"), [("order_date", Decimal("0.80")), ("refund_date", Decimal("0.90"))])
def test_each_line_has_the_rate_of_the_day_it_counts_on(basis: str, back: Decimal) -> None:
    asked = of("Dated", (MAY[0], date(2024, 6, 1)), basis=basis, into="GBP")
    cups, bowls = 20 + 30 * Decimal("0.80") - 10 * back, 5 * Decimal("0.80")
    assert sales.summary(asked)["net_sales"].iloc[0] == cups + bowls
    for dimension in ("category", "vendor", "channel", "country", "product"):
        assert sum(sales.by_dimension(asked, dimension)["net_sales"]) == cups + bowls, dimension
    only = replace(asked, categories=("Cups",))
    for found in (sales.summary(only), sales.by_dimension(only, "category"), sales.by_dimension(only, "channel")):
        assert list(found["net_sales"]) == [cups]
        assert list(found["orders"]) == [2]
    assert sum(sales.daily(only)["net_sales"]) == cups
    assert list(slices.regions(asked, "US")["title"]) == ["New York"]  # what was bought in California has no rate
    assert sum(slices.regions(asked, "US")["net_sales"]) == cups + bowls
    assert sum(slices.leaders(asked, "category", "day")["net_sales"]) == cups + bowls
    assert sum(products.daily(asked, product_rows.told(asked)["parent"].iloc[0])["net_sales"]) in (cups, bowls)
    sold_on = hours.timed(hours.grid(asked))
    # the map of hours knows one clock only: the refund stands with its sale, at its sale's rate
    assert sum(sold_on["net_sales"]) == 20 + 20 * Decimal("0.80") + bowls and sum(sold_on["orders"]) == 2


def test_what_has_no_rate_is_named_under_a_category_filter_too() -> None:
    found = rates.missing(of("Dated", MAY, categories=("Bowls",), into="GBP"))
    assert rates.missing_in_words(found, "GBP") == [
        "1 order in CHF is not in these numbers, 7.00 CHF in all: there is no rate into GBP for 2 May 2024."
    ]


@pytest.mark.parametrize("days", [MAY, (MAY[0], date(2024, 6, 1)), None], ids=["sold in", "both in", "all time"])
@pytest.mark.parametrize("categories", [(), ("Cups",)], ids=["whole", "a category"])
def test_the_refunds_that_move_add_up_to_what_the_clocks_differ_by(
    days: tuple[date, date] | None, categories: tuple[str, ...]
) -> None:
    asked = of("Dated", days, categories=categories, into="GBP")
    both, moved = clocks.side_by_side(asked).set_index("metric"), clocks.moved(asked)
    assert moved.count == 1
    for name in clocks.MOVED:
        assert moved.sums[name] == both.at[name, "difference"] == sum(moved.rows[name]), name
    # ten francs: off the sales of May's first days at 0.80; within a month at 0.90 instead of 0.80
    assert moved.sums["net_sales"] == (8 if days == MAY else -1)
    assert moved.sums["units_returned"] == (-1 if days == MAY else 0)
    walk = clocks.walk(clocks.side_by_side(asked), moved)
    assert sum(walk["amount"].iloc[:-1]) == walk["amount"].iloc[-1]


def test_over_all_time_converted_clocks_say_by_what_the_rates_moved_them() -> None:
    said = clocks.over_all_time(of("Dated", MAY, into="GBP"))
    assert "moves net sales by -1.00 GBP" in said and "no rate into GBP for 2 May 2024" in said
    assert "in SEK" in said


def test_cancelled_orders_that_are_left_out_begin_the_converted_bridge() -> None:
    number = stores.find("Codes")
    assert number is not None
    stores.leave_cancelled_out(number, True)
    try:
        own = of("Codes", (date(2026, 3, 1), date(2026, 4, 1)), currency="USD")
        same(doubled(bridge.steps(own)), bridge.steps(replace(own, into="GBP")))
        assert list(bridge.steps(own)["step"])[:3] == ["all_gross_sales", "left_out", "gross_sales"]
    finally:
        stores.leave_cancelled_out(number, False)


def test_another_reports_figure_is_not_compared_with_converted_amounts() -> None:
    asked = of("Codes", (date(2026, 3, 1), date(2026, 4, 1)), into="GBP")
    with pytest.raises(Refused, match="in its own currency"):
        gap.read(asked, "net_sales", Decimal(10))
    with pytest.raises(Refused, match="not converted"):
        presets.figures(asked)


def test_the_orders_of_a_brand_under_a_category_hold_goods_of_both() -> None:
    asked = of("Dated", (date(2024, 6, 1), date(2024, 7, 1)), currency="GBP")
    # order 5 has a bowl of Clay and its exchange for a cup, order 6 a cup of Clay and a bowl of Kiln
    for categories, expected in (
        (("Cups",), {"Clay": 1}),
        (("Bowls",), {"Clay": 1, "Kiln": 1}),
        ((), {"Clay": 2, "Kiln": 1}),
    ):
        for into in (None, "GBP"):
            found = sales.by_dimension(replace(asked, categories=categories, into=into), "vendor")
            assert dict(zip(found["value"], found["orders"], strict=True)) == expected, (categories, into)
    both = sales.by_dimension(replace(asked, categories=("Cups", "Bowls")), "vendor")
    assert dict(zip(both["value"], both["orders"], strict=True)) == {"Clay": 2, "Kiln": 1}
    shown = slices.compared(replace(asked, categories=("Bowls",)), None, "vendor")
    assert list(shown["orders"]) == [2, 1, 1]


def test_an_exchange_brings_no_order_to_the_category_that_it_is_for() -> None:
    june = (date(2024, 6, 1), date(2024, 6, 8))
    for category, orders_of_it in (("Cups", 0), ("Bowls", 1)):
        asked = of("Dated", june, categories=(category,), currency="GBP")
        for each in (asked, replace(asked, into="GBP")):
            assert sales.summary(each)["orders"].iloc[0] == orders_of_it
            assert sum(slices.regions(each, "US")["orders"]) == orders_of_it
            assert sum(hours.grid(each)["orders"]) == orders_of_it
            assert sum(part.total for part in proof.behind(each, "orders")) == orders_of_it


def test_orders_of_several_currencies_are_counted_and_not_added() -> None:
    summed = orders.together(orders.totals(of("Dated", into="GBP")))
    assert summed is not None and (summed["documents"], summed["total"]) == (6, None)


def test_a_converted_bundle_of_pages_shows_one_currency_and_names_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    come_in(monkeypatch)
    asked = {"store": ["Dated"], "days": ["2024-05-01", "2024-05-31"], "currency": "All in GBP"}
    whole = 20 + 30 * Decimal("0.80") - 10 * Decimal("0.80") + 5 * Decimal("0.80")
    for page in (PRODUCTS, CATEGORIES, COUNTRIES, HOURS, BRIDGE, CLOCKS, DISCOUNTS):
        screen = open_page(page, asked)
        assert "there is no rate into GBP for 2 May 2024" in words(screen), page
        if page in (PRODUCTS, CATEGORIES, COUNTRIES, HOURS):
            assert cards(screen)["Net sales, GBP"] == whole, page
    told = words(open_page(BRIDGE, asked | {"walk": "Ours to the platform's"}))
    assert "in its own currency" in told
    # each order keeps its own currency: the list offers one at a time and names the others
    screen = open_page(ORDERS, asked | {"currency": "CHF"})
    assert "1 order in GBP" in words(screen) and cards(screen)["Orders found"] == 2
