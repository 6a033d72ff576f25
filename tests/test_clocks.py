"""The two clocks side by side, and the reversals that are the whole difference."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import ledger_answers as answers
import ledger_books
import ledger_shop as shop
from analytics import clocks, stores
from analytics.scope import Scope


@pytest.fixture(scope="module", autouse=True)
def books(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with ledger_books.opened(shared_database, tmp_path_factory.mktemp("books")):
        yield


def scope(start: date | None = answers.FEBRUARY, stop: date | None = answers.MARCH, **more: Any) -> Scope:
    return Scope(store=stores.find(shop.STORE), start=start, stop=stop, currency="EUR", **more)


@pytest.mark.parametrize("at", [2, 4, 6])
def test_both_clocks_have_the_figures_worked_out_by_hand(at: int) -> None:
    _, start, stop, _ = answers.PERIODS[at]
    ordered, refunded = answers.of_period(at), answers.of_period(at + 1)
    for row in clocks.side_by_side(scope(start, stop)).to_dict("records"):
        if row["metric"] != "average_order_value":
            found = (row["order_date"], row["refund_date"], row["difference"])
            known = (ordered[row["metric"]], refunded[row["metric"]])
            assert found == (*known, known[1] - known[0]), row["metric"]


@pytest.mark.parametrize(
    "filters", [{}, {"countries": ("DE",)}, {"categories": ("Kitchen",)}, {"channels": ("Phone",)}]
)
@pytest.mark.parametrize("at", [2, 4, 6])
def test_the_reversals_listed_add_up_to_every_difference(at: int, filters: dict[str, Any]) -> None:
    _, start, stop, _ = answers.PERIODS[at]
    asked = scope(start, stop, **filters)
    differences = clocks.side_by_side(asked).set_index("metric")["difference"]
    found = clocks.moved(asked)
    for name in clocks.MOVED:
        assert (name, found.sums[name]) == (name, differences[name])
        assert (name, sum(found.rows[name])) == (name, differences[name])


def test_the_list_names_each_refund_with_what_it_moves() -> None:
    rows = clocks.moved(scope()).rows
    found = {row["order_name"]: (row["net_sales"], row["is_ordered_in"]) for row in rows.to_dict("records")}
    assert found == {
        "W-1": (-18, False),  # ordered in January, taken back in February
        "W-2": (30, True),
        "W-3": (25, True),
        "#2005": (30, True),
        "#2004": (20, True),
        "W-4": (20, True),
    }
    # in one currency no rate can move a refund within the days
    assert set(rows["direction"]) == {clocks.DIRECTIONS[True, False], clocks.DIRECTIONS[False, True]}


def test_the_walk_between_the_clocks_closes() -> None:
    steps = clocks.walk(clocks.side_by_side(scope()), clocks.moved(scope()))
    assert list(steps["amount"]) == [91, 125, -18, 198]


def test_a_refund_ordered_and_taken_back_in_the_days_moves_nothing() -> None:
    found = clocks.moved(scope(answers.JANUARY, answers.APRIL))
    assert found.count == 0 and not any(found.sums.values())


def test_over_all_time_both_clocks_are_equal() -> None:
    frame = clocks.side_by_side(scope(None, None))
    assert len(frame) == len(clocks.MOVED) + len(clocks.STAY) and not any(frame["difference"])
    assert clocks.moved(scope(None, None)).count == 0
    assert clocks.over_all_time(scope()) == "Over all time both clocks are equal: net sales 292.77 EUR."


def test_of_what_was_never_sold_nothing_is_said_to_differ() -> None:
    nothing = replace(scope(), categories=("Never sold",))
    assert clocks.over_all_time(nothing) == "Over all time nothing was sold or taken back."


def test_of_a_long_list_the_first_are_shown_and_all_are_summed() -> None:
    whole, part = clocks.moved(scope()), clocks.moved(scope(), 2)
    assert (part.count, part.sums, len(part.rows)) == (6, whole.sums, 2)
    assert set(part.rows["order_name"]) == {"W-2", "#2005"}


def test_a_metric_that_reversals_do_not_touch_never_moves() -> None:
    frame = clocks.side_by_side(scope()).set_index("metric")
    assert not any(frame.loc[[*clocks.STAY], "difference"])
    assert frame.at["net_sales", "difference"] == Decimal(107)
