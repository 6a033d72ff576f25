"""Behind every number: rows that add up to it exactly, and the query that gives it again when it is run by hand."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

import ledger_answers as answers
import ledger_books
import ledger_shop as shop
from analytics import customers, db, proof, sales, stores
from analytics.returns import rates
from analytics.scope import Scope

PERIODS = [answers.PERIODS[at] for at in (0, 4, 5, 7)]


@pytest.fixture(scope="module", autouse=True)
def books(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with ledger_books.opened(shared_database, tmp_path_factory.mktemp("books")):
        yield


def scope(start: date | None = answers.FEBRUARY, stop: date | None = answers.MARCH, **more: Any) -> Scope:
    return Scope(store=stores.find(shop.STORE), start=start, stop=stop, currency="EUR", **more)


def numbers(asked: Scope) -> dict[str, Any]:
    """Every metric of a scope as the pages have it."""
    found = sales.summary(asked).iloc[0].to_dict() | customers.of_period(asked).iloc[0].to_dict()
    found["placed_sales"] = found["gross_sales"] - found["discounts"]
    found["nonzero_orders"] = found["orders"] - found["zero_total_orders"]
    return found


@pytest.mark.parametrize(("name", "start", "stop", "basis"), PERIODS)
def test_the_rows_behind_every_metric_add_up_to_it(name: str, start: date, stop: date, basis: str) -> None:
    asked = scope(start, stop, basis=basis)
    known = numbers(asked)
    for metric in (*proof.SUMS, *proof.PEOPLE):
        (behind,) = proof.behind(asked, metric)
        assert (metric, behind.total) == (metric, known[metric] or 0)
        assert (metric, sum(behind.rows["amount"])) == (metric, behind.total)
        assert (metric, len(behind.rows)) == (metric, behind.count)


def test_a_ratio_is_the_quotient_of_its_two_parts() -> None:
    known = numbers(scope()) | rates.summary(scope()).iloc[0].to_dict()
    for metric in proof.RATIOS:
        above, below = proof.behind(scope(), metric)
        assert (metric, above.total / below.total) == (metric, known[metric])


def test_every_metric_of_the_summary_can_be_proved() -> None:
    assert [name for name in sales.SUMMARY_COLUMNS if name != "currency" and not proof.has_lines(name)] == []


def test_filtered_by_category_orders_are_proved_too() -> None:
    asked = scope(categories=("Kitchen",))
    found = sales.summary(asked).iloc[0]
    for metric in ("orders", "net_sales", "units"):
        (behind,) = proof.behind(asked, metric)
        assert (metric, behind.total, sum(behind.rows["amount"])) == (metric, found[metric], found[metric])


def test_a_long_list_is_counted_whole_and_shown_in_part() -> None:
    (whole,) = proof.behind(scope(), "net_sales")
    (part,) = proof.behind(scope(), "net_sales", most=2)
    assert (part.count, part.total, len(part.rows)) == (whole.count, whole.total, 2)
    pd.testing.assert_frame_equal(part.rows, whole.rows.head(2))


def test_the_file_of_all_rows_is_read_in_parts_and_is_the_same_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "IN_MEMORY", 5)
    parts = list(proof.in_parts(scope(), "net_sales"))
    (whole,) = proof.behind(scope(), "net_sales")
    assert len(parts) > 2 and max(map(len, parts)) <= 5
    joined = pd.concat(parts, ignore_index=True)
    assert list(joined["amount"]) == list(whole.rows["amount"]) and list(joined["title"]) == list(whole.rows["title"])


@pytest.mark.parametrize("metric", ["gross_sales", "orders", "new_customers"])
def test_the_query_shown_gives_the_number_when_it_is_run_as_it_stands(metric: str) -> None:
    asked = scope(countries=("DE", "A'T:x"))
    (statement,) = proof.ran(asked, metric)
    assert statement.startswith("-- ") and statement.endswith(";") and "A''T:x" in statement
    with db.transaction() as cursor:
        cursor.execute(statement)
        columns = [column.name for column in cursor.description or ()]
        row = dict(zip(columns, cursor.fetchone() or (), strict=True))
    assert row[metric] == numbers(asked)[metric] != 0


def test_a_metric_without_rows_says_so() -> None:
    assert not proof.has_lines("days_of_cover")
    with pytest.raises(ValueError, match="metric is one of"):
        proof.rows(scope(), "days_of_cover")


def test_amounts_of_several_currencies_are_not_added() -> None:
    with pytest.raises(ValueError, match="currency is missing"):
        proof.behind(Scope(store=stores.find(shop.STORE)), "net_sales")


def test_every_row_of_a_ratio_names_its_part() -> None:
    rows = proof.rows(scope(), "average_order_value")
    sums = {part: sum(each["amount"], start=Decimal(0)) for part, each in rows.groupby("part")}
    assert sums == {"placed_sales": Decimal(216), "orders": Decimal(11)}
