"""A database that tests have used is as new once it is emptied, and is not taken for new where its tables were changed."""

import psycopg2
import pytest

import emptying
from imported import rows_of

BEGIN = "insert into stores (name, currency, time_zone) values ('Shop', 'USD', 'UTC') returning store_id"


def test_what_a_test_wrote_is_gone_and_numbers_begin_anew(database: str, template: str) -> None:
    before = rows_of("select * from settings")
    for _ in range(2):
        assert rows_of(BEGIN) == [(1,)]
        rows_of("update settings set value = '0' returning name")
        assert emptying.is_as_new(database, template)
        assert rows_of("select count(*) from stores") == [(0,)]
        assert rows_of("select * from settings") == before != []


@pytest.mark.parametrize(
    "change",
    [
        "create table more (n integer)",
        "alter table stores alter column currency drop not null, alter column name type varchar(9)",
        "alter table stores alter column currency set default 'EUR'",
        "alter table orders drop constraint orders_pkey cascade",
        "drop view ledger cascade",
        "update alembic_version set version_num = '0001'",
    ],
)
def test_a_database_with_changed_tables_is_not_as_new(change: str, database: str, template: str) -> None:
    with psycopg2.connect(database.replace("+psycopg2", "")) as using, using.cursor() as cursor:
        cursor.execute(change)
    using.close()
    assert not emptying.is_as_new(database, template)


def test_one_that_is_not_there_is_not_as_new(database: str, template: str) -> None:
    assert not emptying.is_as_new(database + "_no", template)
