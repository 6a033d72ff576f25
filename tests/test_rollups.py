"""The summaries hold what the ledger says, at every grain, and every question gets the same answer from both."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg2.errors
import pytest
from sqlalchemy import text

from analytics import db, rollups
from analytics.scope import Scope
from imported import rows_of, take
from tests.bench import shop
from tests.bench.views import CUSTOMERS, DAYS, FIRST, VIEWS, is_equal, scopes

LINES = 3000


@pytest.fixture(scope="module")
def made(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A made-up shop of two stores, three channels, twelve countries and a thousand days, summed up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        shop.build(shop.draw(LINES), tmp_path_factory.mktemp("shop"))
        yield shared_database
        db.forget()


def file(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def straight(statement: str) -> pd.DataFrame:
    with db.engine().connect() as connection:
        return pd.read_sql(text(statement), connection)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.usefixtures("made")
def test_a_view_says_what_the_ledger_says_whatever_is_asked(view: str) -> None:
    for scope in scopes(15):
        for read in VIEWS[view]:
            assert is_equal(read.ours(scope), straight(read.straight(scope))), (view, scope)


@pytest.mark.usefixtures("made")
def test_months_and_the_days_beside_them_are_the_whole_range() -> None:
    day, read = FIRST + timedelta(days=40), VIEWS["products"][0]
    for length in (1, 17, 18, 19, 20, 45, 46, 49, 50, 51, 300):
        scope = Scope(store=1, start=day, stop=day + timedelta(days=length))
        assert is_equal(read.ours(scope), straight(read.straight(scope))), scope
    for scope in (Scope(), Scope(start=day), Scope(stop=day)):
        within = Scope(start=scope.start or FIRST, stop=scope.stop or FIRST + timedelta(days=DAYS + 40))
        assert is_equal(read.ours(scope), straight(read.straight(within))), scope


@pytest.mark.usefixtures("made")
def test_customers_of_one_store_are_counted_by_their_order_before() -> None:
    for first, length in ((0, 1000), (100, 30), (500, 1), (900, 100)):
        start = FIRST + timedelta(days=first)
        scope = Scope(store=2, start=start, stop=start + timedelta(days=length))
        assert scope.is_one_whole_store
        assert is_equal(CUSTOMERS.ours(scope), straight(CUSTOMERS.straight(scope)))


ORDERS = "order,date,sku,title,quantity,price\n1,2026-03-01,A,Mug,1,10.00\n"
PRODUCTS = "sku,title,category,price\nA,Mug,Cups,10.00\n"
CHANGED = """
create temp table changed on commit drop as
select order_key from orders where store_id = 1 and ordered_on = any(%(days)s);
create temp table touched on commit drop as
select distinct unnest(array[ordered_on, booked_on]) as day
from ledger
where store_id = 1 and order_key in (select order_key from changed);
update orders set channel = 'Wholesale', customer_key = 'h:same' where order_key in (select order_key from changed);
delete from order_items where order_key in (select order_key from changed) and line_no = 2;
"""


@pytest.mark.usefixtures("made")
def test_a_refresh_of_some_days_leaves_what_a_refresh_of_all_would() -> None:
    assert rollups.differences(1) == []
    days = [FIRST + timedelta(days=number) for number in (3, 200, 201, 999)]
    with db.transaction(1) as cursor:
        cursor.execute(CHANGED, {"days": days})
        rollups.refresh(cursor, 1)
    assert rollups.differences(1) == [] and rollups.differences(2) == []


@pytest.mark.usefixtures("database")
def test_a_category_that_a_catalogue_brings_later_moves_the_sales(tmp_path: Path) -> None:
    take(file(tmp_path, "orders.csv", ORDERS), currency="EUR")
    assert by_category() == [("", 100000)]
    take(file(tmp_path, "products.csv", PRODUCTS), currency="EUR")
    assert by_category() == [("Cups", 100000)]
    take(file(tmp_path, "later.csv", PRODUCTS.replace("Cups", "Mugs")), currency="EUR", as_of=date(2026, 9, 1))
    assert by_category() == [("Mugs", 100000)]
    assert rollups.differences(1) == []


def by_category() -> list[tuple[Any, ...]]:
    return rows_of(
        "select v.value, sum(c.amount)::bigint from sales_categories_daily as c join sold_values as v using (value_no) "
        "group by v.value order by 1"
    )


@pytest.mark.usefixtures("database")
def test_summaries_of_another_version_are_made_anew_at_the_next_start(tmp_path: Path) -> None:
    take(file(tmp_path, "orders.csv", ORDERS), currency="EUR")
    rows_of("delete from sales_products_daily; update settings set value = '0' where name = 'summaries'; select 1")
    assert len(rollups.differences(1)) > 1  # the day, and the periods that would be made of it
    db.migrate()
    assert rollups.differences(1) == []


KEYS = "select tablename, indexdef from pg_indexes where starts_with(tablename, 'sales_') order by 1, 2"
TWO = ORDERS + "2,2026-03-01,A,Mug,2,10.00\n2,2026-03-01,B,Cup,1,5.00\n"


@pytest.mark.usefixtures("database")
def test_summaries_that_were_filled_without_keys_have_them_again(tmp_path: Path) -> None:
    db.migrate()
    keys = rows_of(KEYS)
    take(file(tmp_path, "orders.csv", TWO), currency="EUR")
    assert rows_of(KEYS) == keys and len(keys) == 11
    assert rollups.differences(1) == []


@pytest.mark.usefixtures("database")
def test_the_first_import_does_not_wait_for_who_reads_the_summaries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c statement_timeout=10s")
    db.migrate()
    db.forget()
    with db.engine().connect() as reader:
        assert reader.execute(text("select count(*) from sales_monthly")).scalar_one() == 0
        take(file(tmp_path, "orders.csv", TWO), currency="EUR")
    assert rollups.differences(1) == [] and by_category() == [("", 350000)]


@pytest.mark.usefixtures("database")
def test_a_second_store_summed_up_in_the_same_transaction_leaves_the_first(tmp_path: Path) -> None:
    for store in ("One", "Two"):
        take(file(tmp_path, "orders.csv", TWO), currency="EUR", store=store)
    numbers = [number for (number,) in rows_of("select store_id from stores order by 1")]
    with db.transaction() as cursor:
        cursor.execute("truncate sales_daily, sales_products_daily, sales_orders, sales_documents_daily")
        for store in numbers:
            db.lock(cursor, store)
            rollups.refresh(cursor, store, everything=True)
    assert len(numbers) == 2 and [rollups.differences(store) for store in numbers] == [[], []]


@pytest.mark.usefixtures("database")
def test_a_whole_sum_skips_what_is_unknown_and_never_runs_over() -> None:
    db.migrate()
    say = "select whole_sum(x) from (values (cast(%(one)s as bigint)), (cast(%(two)s as bigint)), (null)) as v (x)"
    assert rows_of(say, one=3, two=-5) == [(-2,)]
    assert rows_of(say, one=None, two=None) == [(None,)]
    with pytest.raises(psycopg2.errors.NumericValueOutOfRange, match="out of range"):
        rows_of(say, one=2**63 - 1, two=1)
