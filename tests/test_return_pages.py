"""The pages of returns: the cards are the shop's, growing rates are told apart, and a planted size that runs small stands out."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import returns_shop
import steady_shop
from analytics import db, sample, stores
from analytics.returns import cohorts, products
from analytics.scope import Scope
from imported import take
from pages.ui import cohort_panels
from sample_files import answers, read
from screens import COHORTS, EXPECTED, RETURNED_PRODUCTS, RETURNS, SALES, cards, come_in, open_page, words

MARCH = {"days": ["2026-03-01", "2026-03-31"]}
SPRING = {"store": "Pieces", "days": ["2026-02-01", "2026-05-31"]}
JEANS = "Jeans"


@pytest.fixture(scope="module", autouse=True)
def shops(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The two hand-built shops, the steady one, and the sample shop's orders of nothing but one variant of the product that runs small."""
    folder = tmp_path_factory.mktemp("returns")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        returns_shop.bring(folder)
        steady_shop.bring(folder)
        take(_jeans(folder / "jeans.csv"), store=JEANS, as_of=sample.COPY_LAST_DAY)
        come_in(patch)
        yield
        db.forget()


def _jeans(path: Path) -> Path:
    title = answers(sample.COPY)["runs_small_product"]
    orders: dict[str, list[dict[str, str]]] = {}
    for row in read(sample.COPY / "shopify_orders.csv"):
        orders.setdefault(row["Name"], []).append(row)
    kept = [rows[0] for rows in orders.values() if len(rows) == 1 and rows[0]["Lineitem name"].startswith(title)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(kept[0]))
        writer.writeheader()
        writer.writerows(kept)
    return path


def table(screen: AppTest, column: str) -> pd.DataFrame:
    return next(each.value for each in screen.dataframe if column in each.value.columns)


def charts(screen: AppTest) -> str:
    return "\n".join(chart.proto.spec for chart in screen.get("vega_lite_chart"))


def test_the_cards_are_the_rates_of_the_orders() -> None:
    screen = open_page(RETURNS, MARCH | {"store": "Pieces"})
    found = {label: value and round(value, 4) for label, value in cards(screen).items()}
    assert [f"{found[f'Return rate by {name}']:.4f}" for name in ("orders", "units", "value")] == [
        "0.6000",
        "0.3077",
        "0.4231",
    ]
    assert f"{found['Period return ratio']:.4f}" == "0.3846" and found["Days to return"] == 6
    assert "9 of 10 within 42 days" in words(screen)
    rows = table(screen, "units_coverage").set_index("name")
    assert dict(rows["amount"]) == {"Returns": 125, "Cancellations": 30, "Goodwill": 4}
    assert "Returns: 78.6 % of what was taken back" in words(screen)  # 125 of 159


def test_what_no_file_names_is_a_dash_with_its_reason() -> None:
    screen = open_page(RETURNS, MARCH | {"store": "Money"})
    assert cards(screen)["Return rate by units"] is None
    assert "No file names the units" in words(screen) and "12.30 EUR taken back without known lines" in words(screen)
    assert "No file names the units" in words(open_page(RETURNS, MARCH | {"store": "Money", "measure": "units"}))


def test_rates_that_still_grow_are_drawn_apart_and_compared_with_nothing() -> None:
    screen = open_page(RETURNS, SPRING | {"grain": "month", "compare": "previous period"})
    assert "returns still come in" in words(screen) and "still coming in" in charts(screen)
    assert list(table(screen, "state")["state"]) == [
        "complete", "complete", "returns still come in", "returns still come in, only in part here",
    ]  # fmt: skip
    assert "Return rate by orders: highest for Feb 2026, 100.0 %" in words(screen)
    old = open_page(RETURNS, MARCH | {"store": "Pieces", "compare": "previous period"})
    assert "returns still come in" not in words(old) and "still coming in" not in charts(old)
    # the winter before had a rate, too: all of one order
    growing = open_page(
        RETURNS, {"store": "Pieces", "days": ["2026-03-01", "2026-05-20"], "compare": "previous period"}
    )
    deltas = [{m.label: m.delta for m in each.metric}["Return rate by orders"] for each in (old, growing)]
    assert deltas[0] and not deltas[1]


def test_days_without_a_return_name_the_files_that_bring_them() -> None:
    for page in (RETURNS, RETURNED_PRODUCTS):
        screen = open_page(page, {"store": "Pieces", "days": ["2026-04-01", "2026-04-01"]})
        assert "Nothing happened in these days" in words(screen)
        screen = open_page(page, {"store": "Pieces", "days": ["2026-04-02", "2026-04-02"]})
        assert "table of returns" in words(screen) and "transactions export" in words(screen)


def test_the_heading_names_what_comes_back_more_often_than_its_category() -> None:
    screen = open_page(RETURNED_PRODUCTS, {"store": "Pieces", "days": ["2026-05-01", "2026-05-31"]})
    assert "Hat comes back more often than its category: 20.0 % against 10.0 %, 100 sold" in words(screen)
    assert cards(screen)["Above their category"] == 1 and cards(screen)["Returned of those, EUR"] == 20
    assert "by chance alone at most about 0 of 5 would be" in words(screen)
    rows = table(screen, "category_rate")
    assert list(rows["title"])[:3] == ["Hat", "Pin", "Badge"]
    march = open_page(RETURNED_PRODUCTS, MARCH | {"store": "Pieces"})
    assert "No variant comes back surely more often than its category" in words(march)


def test_the_view_of_one_product_stands_in_the_address() -> None:
    screen = open_page(
        RETURNED_PRODUCTS, MARCH | {"store": "Pieces", "rows": "product", "product": "tee", "side": "sizes"}
    )
    assert list(table(screen, "product_rate")["name"]) == ["S", "M"]
    assert "Tee" in list(table(screen, "category_rate")["title"])
    assert "Tee: no size comes back surely more often than the whole" in words(screen)
    orders = screen.get("link_button")[0].proto.url
    assert orders == "orders?store=Pieces&days=2026-03-01&days=2026-03-31&search=Tee"
    gone = open_page(RETURNED_PRODUCTS, MARCH | {"store": "Pieces", "product": "sock"})
    assert "which is not there" in words(gone)
    assert "The address asks for" in words(open_page(RETURNED_PRODUCTS, MARCH | {"store": "Pieces", "rate": "kilos"}))


# --- the orders behind the numbers


def test_a_kind_in_the_address_lists_its_orders_and_they_add_up() -> None:
    screen = open_page(RETURNS, MARCH | {"store": "Pieces", "behind": "cancellation"})
    rows = table(screen, "order_name")
    assert list(rows["order_name"]) == ["L4"] and sum(rows["amount"]) == 30
    assert "1 order with 1 reversal of **30.00 EUR** in all" in words(screen)
    # until something else is asked for, what the rates count
    screen = open_page(RETURNS, MARCH | {"store": "Pieces"})
    assert sum(table(screen, "order_name")["amount"]) == 110 and "3 orders with 4 reversals of **110.00 EUR**" in words(
        screen
    )
    assert "which is not there" in words(open_page(RETURNS, MARCH | {"store": "Pieces", "behind": "gifts"}))


def test_a_size_in_the_address_lists_its_orders() -> None:
    asked = MARCH | {"store": "Pieces", "product": "tee", "side": "sizes"}
    rows = table(open_page(RETURNED_PRODUCTS, asked), "order_name")
    assert sum(rows["amount"]) == 110 and set(rows["sku"]) == {"TEE-S", "TEE-M"}
    small = table(open_page(RETURNED_PRODUCTS, asked | {"piece": "S"}), "order_name")
    assert sorted(small["order_name"]) == ["L1", "L2"] and sum(small["amount"]) == 60


def test_a_card_opens_into_the_reversals_that_make_it() -> None:
    screen = open_page(RETURNS, MARCH | {"store": "Pieces"})
    key = next(each.key for each in screen.button if each.key and each.key.startswith("how_return_rate_by_value"))
    screen.button(key=key).click().run()
    assert not screen.exception
    assert "Value returned 110.00 EUR ÷ Sales before reversals 260.00 EUR" in words(screen)
    assert "4 reversals add up to **110.00 EUR**" in words(screen)


def test_what_has_no_purchase_and_what_no_file_knows_is_told() -> None:
    screen = open_page(RETURNS, MARCH | {"store": "Pieces"})
    assert "1 reversal taken back in these days has no purchase in any file" in words(screen)
    listed = next(each.value for each in screen.dataframe if {"document", "why"} <= set(each.value.columns))
    assert list(listed["document"]) == ["LX"]
    assert list(table(screen, "why")["why"]) == ["the document names no customer"]
    screen = open_page(RETURNS, MARCH | {"store": "Money"})
    said = "files name the order's line of 87.7 %, the pieces of 0.0 % and the reason of 0.0 %. What fills the rest"
    assert said in words(screen)
    fills = table(screen, "filled_by").set_index("what")["filled_by"]
    assert fills["Why"] == "a table of returns with reasons, or Amazon's return reports"
    assert "no purchase" not in words(screen)


def sizes(**how: Any) -> dict[str, dict[str, Any]]:
    rows = products.of(Scope(stores.find(JEANS)), "product").to_dict("records")
    assert len(rows) == 1
    found = products.variants(Scope(stores.find(JEANS)), rows[0]["product"], "size", **how)
    return {row["name"]: row for row in found.to_dict("records")}


def test_the_size_that_runs_small_is_the_only_one_flagged() -> None:
    known = answers(sample.COPY)
    small = known["runs_small_size"]
    found = sizes()
    assert [name for name, row in found.items() if row["is_flagged"]] == [small]
    assert max(found, key=lambda name: found[name]["return_rate"]) == small
    # orders of that size, those not cancelled: refunded whole they are returns
    assert found[small]["lines_returned"] >= int(known["runs_small_refunded"])
    assert found[small]["lines_sold"] >= int(known["runs_small_orders"])
    screen = open_page(RETURNED_PRODUCTS, {"store": JEANS, "days": ["2024-11-22", "2026-11-20"], "side": "sizes"})
    assert f"/ {small}" in next(each for each in words(screen).splitlines() if "more often than" in each)


def test_young_cohorts_stand_beside_old_ones_and_are_told_apart() -> None:
    screen = open_page(COHORTS, {"store": "Steady", "days": ["2026-08-31", "2026-09-13"]})
    # of each day's five orders a shoe is back after 5 days and a shirt after 20; the week of 24 August is 14 days old
    assert "Orders of the week of 24 Aug 2026 have 22.9 % back so far; 40.0 – 40.0 % by 90 days" not in words(screen)
    assert "Orders of the week of 24 Aug 2026 have 40.0 % back within 90 days" in words(screen)
    found = {label: value and round(value, 4) for label, value in cards(screen).items()}
    assert {name: f"{value:.4f}" for name, value in found.items()} == {
        "Cohort return rate": "0.4000", "Back so far": "0.2286", "Expected by then": "0.4000",
    }  # fmt: skip
    rows = table(screen, "projected").set_index(["period", "within_days"])
    # 26 weeks, though two were asked for
    assert len(rows) == 26 * 5
    assert list(rows.loc["week of 31 Aug 2026"]["state"]) == [
        "projected",
        "projected",
        "projected",
        "projected",
        "known",
    ]


def test_the_heading_says_between_what_a_young_cohort_will_be() -> None:
    known = cohorts.of(steady_shop.scope(), "week", "orders").assign(lower=Decimal("0.35"), upper=Decimal("0.45"))
    _, young = cohorts.newest(known)
    assert young is not None and young["period"] == "week of 24 Aug 2026"
    assert cohort_panels.between(young) == "35.0 – 45.0 %"
    look = cohort_panels.Look("week", "orders", 90)
    said = "Orders of the week of 24 Aug 2026 have 22.9 % back so far; 35.0 – 45.0 % by 90 days"
    assert cohort_panels._finding(known, look) == said


def test_a_shop_that_is_too_young_for_projections_says_so_and_shows_what_is_known() -> None:
    screen = open_page(COHORTS, {"store": "Young", "days": ["2026-08-31", "2026-09-13"]})
    assert "166 days are needed, and those of 60 are there" in words(screen)
    assert "so far, not known yet" in set(table(screen, "projected")["state"])
    assert set(table(screen, "projected")["projected"].dropna()) == set()
    assert "Expected by then" not in cards(screen)
    screen = open_page(EXPECTED, {"store": "Young"})
    assert "249 days are needed" in words(screen) and not cards(screen)
    assert "still expected back" not in words(
        open_page(SALES, {"store": "Young", "days": ["2026-08-31", "2026-09-13"]})
    )
    assert "No file names the units" in words(open_page(COHORTS, MARCH | {"store": "Money", "measure": "units"}))


def test_what_is_still_expected_back_adds_up_on_its_page() -> None:
    screen = open_page(EXPECTED, {"store": "Steady", "by": "category"})
    found = cards(screen)
    assert (found["Still expected back, EUR"], found["Orders still to return"]) == (350, 25)
    assert found["Net sales after expected returns, EUR"] == 9000 - 85 * 30 - 70 * 10 - 350
    assert "350 EUR of orders placed is still expected back, 220 EUR of it in the week from Mon 14" in words(screen)
    rows = table(screen, "to_come_at_most")
    assert sum(rows["value_to_come"]) == 350 and set(rows["name"]) >= {"Shoes", "Shirts"}


def test_sales_tell_what_is_still_expected_back_apart_from_what_is() -> None:
    asked = {"store": "Steady", "days": ["2026-08-17", "2026-09-13"], "metric": "Net sales", "grain": "week"}
    screen = open_page(SALES, asked)
    # 28 days of 100; shoes of 23 days and shirts of 8 are back
    net = 2800 - 23 * 30 - 8 * 10
    assert cards(screen)["Net sales, EUR"] == net
    assert "about 350 EUR (350 – 350 EUR four of five times) are still expected back" in words(screen)
    assert f"net sales after expected returns would be **{net - 350:,.0f} EUR**" in words(screen)
    assert "dotted in the same colour" in words(screen)
    assert "on the days on which they come" in words(open_page(SALES, asked | {"clock": "refund date"}))
