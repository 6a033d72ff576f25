"""Why net sales changed: effects worked out by hand, and effects that add up whatever the shop, the clock, the filters."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import change, results, sales, stores
from analytics.errors import Refused
from analytics.scope import Scope
from imported import take

HEADER = "Order,Date,SKU,Title,Quantity,Price,Discount,Currency,Country,Channel,Kind\n"
# Mug 10 × 20, one returned; Bowl 5 × 10; a lamp that is not sold again. Then Mug 8 × 22, Bowl 10 × 10 less 5, a new vase.
TWO_MONTHS = """\
A-1,2026-01-05,MUG,Mug,10,20.00,0,EUR,DE,Web,
A-1,2026-01-09,MUG,Mug,-1,20.00,0,EUR,DE,Web,
A-2,2026-01-06,BOWL,Bowl,5,10.00,0,EUR,AT,Web,
A-3,2026-01-07,LAMP,Lamp,1,80.00,0,EUR,DE,Phone,
B-1,2026-02-05,MUG,Mug,8,22.00,0,EUR,DE,Web,
B-2,2026-02-06,BOWL,Bowl,10,10.00,5.00,EUR,AT,Web,
B-3,2026-02-07,VASE,Vase,2,30.00,0,EUR,DE,Phone,
B-3,2026-02-09,VASE,Vase,-1,30.00,0,EUR,DE,Phone,
"""
JANUARY = (date(2026, 1, 1), date(2026, 2, 1))
FEBRUARY = (date(2026, 2, 1), date(2026, 3, 1))
# 250 for 15 mugs and bowls: 16.67 each. Volume 3 × 16.67; price 8 × 2; mix −2 × 3.33 + 5 × −6.67; one mug less came back
BY_HAND = {
    "net_sales_before": "310.00",
    "volume": "50.00",
    "prices": "16.00",
    "mix": "-40.00",
    "discounts": "-5.00",
    "reversals": "20.00",
    "new": "30.00",
    "lost": "-80.00",
    "net_sales": "301.00",
}


def imported(folder: Path, lines: str) -> Scope:
    path = folder / "lines.csv"
    path.write_text(HEADER + lines, encoding="utf-8")
    take(path, currency="EUR")
    return Scope(store=stores.find("Shop"), currency="EUR")


@pytest.fixture
def february(emptied: str, tmp_path: Path) -> tuple[Scope, Scope]:
    """Two months of a shop: February, and the January it is compared with."""
    shop = imported(tmp_path, TWO_MONTHS)
    return shop.over(*FEBRUARY), shop.over(*JANUARY)


def amounts(walk: pd.DataFrame) -> dict[str, str]:
    return {row["step"]: f"{row['amount']:.2f}" for row in walk.to_dict("records")}


def products(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return [(row["title"], f"{row['amount']:.2f}") for row in frame.to_dict("records")]


def test_every_effect_is_what_was_worked_out_by_hand(february: tuple[Scope, Scope]) -> None:
    assert amounts(change.steps(*february)) == BY_HAND


def test_the_products_of_an_effect_are_those_behind_it(february: tuple[Scope, Scope]) -> None:
    of = {effect: products(change.products(*february, effect)) for effect in change.EFFECTS}
    assert of["volume"] == [("Bowl", "83.33"), ("Mug", "-33.33")]
    assert of["mix"] == [("Bowl", "-33.33"), ("Mug", "-6.67")]
    assert of["prices"] == [("Mug", "16.00")] and of["reversals"] == [("Mug", "20.00")]
    assert of["new"] == [("Vase", "30.00")] and of["lost"] == [("Lamp", "-80.00")]
    assert of["discounts"] == [("Bowl", "-5.00")] and of["rest"] == []


def test_why_sales_are_down_is_answered_in_a_sentence(february: tuple[Scope, Scope]) -> None:
    assert change.explained(*february).answer == (
        "Net sales are down 2.9 %: 301 EUR after 310 EUR in 1 – 31 Jan 2026 (-9.00 EUR). The biggest effects: products no "
        "longer sold, -80.00 EUR (led by Lamp -80.00 EUR); against that more units sold, +50.00 EUR (led by Bowl +83.33 EUR)."
    )


def test_the_largest_effect_is_opened_unless_another_is_chosen(february: tuple[Scope, Scope]) -> None:
    assert change.explained(*february).effect == "lost"
    assert products(change.explained(*february, "new").products) == [("Vase", "30.00")]


def test_less_of_what_is_cheap_is_called_that(february: tuple[Scope, Scope]) -> None:
    # the other way round: 276 for 18 of them, 15.33 each; two mugs more × 6.67, five bowls fewer × −5.33
    rows = change.by_product(*(sales.products(each) for each in reversed(february)))
    assert change._part(rows, "mix", Decimal(40), "EUR") == (
        "a dearer mix, +40.00 EUR (led by fewer Bowl +26.67 EUR, more Mug +13.33 EUR)"
    )


def test_nothing_before_gives_no_percentage(february: tuple[Scope, Scope]) -> None:
    now, _ = february
    seen = change.explained(now, now.over(date(2025, 1, 1), date(2025, 2, 1)))
    assert amounts(seen.steps) == {"net_sales_before": "0.00", "new": "301.00", "net_sales": "301.00"}
    assert seen.answer.startswith("Net sales are up: 301 EUR after 0.00 EUR in 1 – 31 Jan 2025 (+301 EUR). It is all ")


def test_no_sales_at_all_are_no_rows(emptied: str) -> None:
    empty = Scope(currency="EUR")
    assert change.steps(empty, empty).empty and change.products(empty, empty, "mix").empty
    assert change.explained(empty, empty).answer == ""


def test_the_command_line_gives_the_walk_and_an_effect_s_products(february: tuple[Scope, Scope]) -> None:
    now, _ = february
    asked = {"compare": "same dates last year"}
    assert amounts(results.run("sales.change", now, asked)) == amounts(
        change.steps(now, now.over(date(2025, 2, 1), date(2025, 3, 1)))
    )
    assert products(results.run("sales.change_products", now, asked | {"effect": "new"}))[0] == ("Mug", "176.00")
    for wrong in ({"effect": "weather"}, {"compare": "the future"}):
        with pytest.raises(Refused):
            results.run("sales.change_products", now, asked | wrong)
    with pytest.raises(Refused, match="needs days"):
        results.run("sales.change", now.over(None, None), asked)


def random_lines(seed: int) -> str:
    """A shop of three months: prices that move, discounts, returns weeks later, products that come and go."""
    drawn = Random(seed)
    lines = []
    for number in range(160):
        day = drawn.randint(0, 85)
        product = drawn.randint(max(0, day // 12), 6 + day // 12)
        units, price = drawn.randint(1, 9), Decimal(drawn.randint(100, 9_999)) / 100
        off = (units * price * drawn.choice((0, 0, 1, 3)) / 10).quantize(Decimal("0.01"))
        where = f"EUR,{drawn.choice(('DE', 'AT', 'FR'))},{drawn.choice(('Web', 'Phone'))}"
        lines.append(f"R-{number},{_day(day)},P{product},Product {product},{units},{price},{off},{where},")
        if drawn.random() < 0.2:
            lines.append(
                f"R-{number},{_day(day + drawn.randint(0, 30))},P{product},Product {product},-1,{price},0,{where},"
            )
    return "\n".join(lines) + "\n"


def _day(number: int) -> date:
    return date.fromordinal(date(2026, 1, 1).toordinal() + number)


def test_effects_add_up_to_the_change_on_both_clocks_and_with_every_filter(emptied: str, tmp_path: Path) -> None:
    shop = imported(tmp_path, random_lines(7))
    drawn, seen = Random(8), set()
    narrowed: tuple[dict[str, Any], ...] = ({}, {"channels": ("Web",)}, {"countries": ("DE", "FR")})
    for basis in ("order_date", "refund_date"):
        for more in narrowed:
            first, second = sorted(drawn.sample(range(90), 2))
            of = {"store": shop.store, "basis": basis, "currency": "EUR", **more}
            now = Scope(start=_day(second), stop=_day(second + 20), **of)
            before = Scope(start=_day(first), stop=_day(first + 20), **of)
            walk = change.steps(now, before)
            seen |= set(walk["step"])
            _add_up(walk)
            for asked, step in ((now, "net_sales"), (before, "net_sales_before")):
                summed = sales.summary(asked)["net_sales"].sum()
                assert sum(walk.loc[walk["step"] == step, "amount"]) == summed, (basis, more, step)
            for effect in change.EFFECTS:
                whole = sum(walk.loc[walk["step"] == effect, "amount"])
                assert sum(change.products(now, before, effect)["amount"]) == whole, (basis, more, effect)
    assert seen >= {"volume", "prices", "mix", "discounts", "reversals", "new", "lost"}


def _add_up(walk: pd.DataFrame) -> None:
    steps = walk.set_index("step")["amount"]
    effects = sum((steps[name] for name in steps.index if not name.startswith("net_sales")), start=Decimal(0))
    assert steps["net_sales_before"] + effects == steps["net_sales"]


MONEY = st.integers(0, 10_000_000).map(lambda number: Decimal(number) / 10_000)
SOLD = st.fixed_dictionaries(
    {
        "product_key": st.sampled_from([None, *"abcdefgh"]),
        "currency": st.sampled_from(["EUR", "USD"]),
        "gross_sales": MONEY,
        "discounts": MONEY,
        "reversals": MONEY,
        "units": st.one_of(st.just(Decimal(0)), st.integers(1, 1_000_000).map(lambda number: Decimal(number) / 1000)),
    }
)
PERIOD = st.lists(SOLD, max_size=12, unique_by=lambda row: (row["product_key"], row["currency"]))


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    whole = [row | {"net_sales": row["gross_sales"] - row["discounts"] - row["reversals"]} for row in rows]
    return pd.DataFrame(whole, columns=list(sales.PRODUCT_COLUMNS), dtype=object)


@given(PERIOD, PERIOD)
def test_whatever_was_sold_a_product_s_effects_are_its_change_to_the_last_digit(
    now: list[dict[str, Any]], before: list[dict[str, Any]]
) -> None:
    for row in change.by_product(_frame(now), _frame(before)):
        assert sum(row["by"][effect] for effect in change.EFFECTS) == row["net_sales"] - row["net_sales_before"]


@given(st.lists(st.integers(-(10**9), 10**9).map(lambda number: Decimal(number) / 7), max_size=30))
def test_amounts_in_cents_add_up_to_their_rounded_sum(amounts: list[Decimal]) -> None:
    whole = change.in_cents(amounts)
    assert abs(sum(whole) - sum(amounts)) <= Decimal("0.0051")
    assert all(abs(cents - amount) < Decimal("0.01") for cents, amount in zip(whole, amounts, strict=True))
