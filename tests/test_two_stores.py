"""Of two shops whoever may see one sees nothing of the other, whatever is asked and however."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest

import two_shops
from analytics import db, imports, proof, results, stores, undo
from analytics.actor import OWNER, Actor, acting
from analytics.errors import Refused
from analytics.forecasts import course
from analytics.prices import weekly as prices
from analytics.results import RESULTS
from analytics.scope import Scope
from analytics.seasons import days as seasons
from imported import rows_of
from pages.ui import reads
from screens import come_in
from test_cli import ASKED as OPTIONS
from test_sql import NAMES, NEVER_EMPTY, parameters

MINE, THEIRS, NOBODYS = 1, 2, 999
ANNA, ZOE = Actor("anna@example.com", "viewer", (MINE,)), Actor("zoe@example.com", "viewer", (THEIRS,))
STOP = date(2026, 3, 23)
# What only an owner reads.
OWNERS = {"audit/entries", "links/all"}


@pytest.fixture(scope="module")
def shops(second_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database with both shops in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", second_database)
        two_shops.bring(tmp_path_factory.mktemp("two"))
        assert [stores.find(name) for name in (two_shops.MINE, two_shops.THEIRS)] == [MINE, THEIRS]
    return second_database


@pytest.fixture(autouse=True)
def both(shops: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", shops)
    come_in(monkeypatch)


def scope(*store: int) -> Scope:
    return Scope(store, date(2025, 1, 1), STOP)


def asked(name: str, *store: int) -> dict[str, Any]:
    """The parameters of a query that is asked for stores, everything else as wide as it goes."""
    known = parameters(name)
    told = scope(*store).params_by_month()
    given = {each: told.get(each, value) for each, value in known.items()}
    wide = {
        "store_id": store[0] if store else MINE,
        "word_stores": list(store) or [MINE],
        "search": None,
        "title": None,
    }
    return given | {each: value for each, value in wide.items() if each in given}


def read(who: Actor, name: str, params: dict[str, Any]) -> pd.DataFrame:
    with acting(who):
        return db.read(name, **params)


def is_same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Whether two tables have the same rows; not every query gives them, or the numbers packed in one, in an order."""
    said = [
        found.map(lambda value: sorted(value) if isinstance(value, memoryview) else value) for found in (one, other)
    ]
    rows = [sorted(map(str, found.itertuples(index=False, name=None))) for found in said]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("name", sorted(set(NAMES) - NEVER_EMPTY))
def test_no_query_gives_a_row_of_another_store(name: str) -> None:
    mine, theirs = asked(name, MINE), asked(name, THEIRS)
    found = read(ANNA, name, mine)
    assert not two_shops.names_zebras(found)
    if name in OWNERS:
        assert found.empty
        return
    # all stores are hers alone; her own is whole, and the other's as empty as one that there is not
    is_same(read(ANNA, name, asked(name)), found)
    if {"store_ids", "store_id"} & set(mine):
        is_same(found, read(OWNER, name, mine))
        is_same(read(ANNA, name, theirs), read(OWNER, name, asked(name, NOBODYS)))
    if "import_id" in mine:
        with db.transaction() as cursor:
            cursor.execute(
                "select import_id from imports where store_id = %s order by rejected desc, 1 limit 1", (THEIRS,)
            )
            (number,) = cursor.fetchone()  # type: ignore[misc]
        assert read(ANNA, name, mine | {"import_id": number}).empty


def shown(name: str, asking: Scope) -> pd.DataFrame:
    options = OPTIONS.get(name, ())
    given = dict(zip([each.removeprefix("--") for each in options[::2]], options[1::2], strict=True))
    start, stop = given.pop("start", None), given.pop("stop", None)
    if start and stop:
        asking = asking.over(date.fromisoformat(start), date.fromisoformat(stop))
    if "product" in given:
        given["product"] = "CLAY-1"
    if "sku" in given:
        given["sku"] = "CLAY-1"
    if "order" in given:
        given["order"] = "clay-2026-03-01"
    return results.run(name, asking, given)


@pytest.mark.parametrize("name", sorted(RESULTS))
def test_no_result_tells_of_another_store(name: str) -> None:
    for store in ((MINE,), (), (THEIRS,)):
        with acting(ANNA):
            try:
                found = shown(name, scope(*store))
            except Refused as refused:
                assert two_shops.ZEBRA not in str(refused).lower()
                continue
        assert not two_shops.names_zebras(found), store


def test_answers_that_python_keeps_are_not_given_to_whoever_sees_another_store() -> None:
    whole = Scope(stop=STOP)
    look = course.Look("units", "product", "week", "")
    for who, word, other in ((ZOE, two_shops.ZEBRA, "clay"), (ANNA, "clay", two_shops.ZEBRA)):
        with acting(who):
            kept = [
                seasons.of(whole).about,  # type: ignore[union-attr]
                prices.of(whole).about,  # type: ignore[union-attr]
                course.demand_of(whole, look).keys,
            ]
        for found in kept:
            text = found.to_csv().lower()
            assert word in text and other not in text


def test_what_is_saved_as_a_file_holds_one_store() -> None:
    with acting(ANNA):
        for asking in (scope(), scope(MINE)):
            told = pd.concat(proof.in_parts(asking, "net_sales"))
            assert len(told) and not two_shops.names_zebras(told)
        assert list(proof.in_parts(scope(THEIRS), "net_sales")) == []


# Tables of stores' data by the column that says whose a row is, with what that column is for the first store.
OF_THE_FIRST = {
    "store_id": "(1)",
    "slice_no": "(select slice_no from slices where store_id = 1)",
    "import_id": "(select import_id from imports where store_id = 1)",
}


def test_a_reader_finds_of_every_table_what_there_is_of_his_store() -> None:
    columns = rows_of("""
        select table_name, array_agg(cast(column_name as text)) from information_schema.columns
        inner join information_schema.tables using (table_schema, table_name)
        where table_schema = 'public' and table_type = 'BASE TABLE' group by table_name
    """)
    counted = {}
    for table, names in columns:
        for column in OF_THE_FIRST:
            if column in names and table not in ("audit_log", "share_links"):
                counted[table] = f"select count(*) from {table} where {column} in {OF_THE_FIRST[column]}"  # noqa: S608
                break
    assert len(counted) > 50
    with acting(ANNA), db._reading() as connection:
        seen = {table: connection.exec_driver_sql(f"table {table}").rowcount for table in counted}
    assert seen == {table: rows_of(asked)[0][0] for table, asked in counted.items()}
    assert {table for table, rows in seen.items() if not rows} == set()


def test_a_store_that_is_not_hers_is_not_even_named() -> None:
    with acting(ANNA):
        assert list(stores.all_stores()["name"]) == [two_shops.MINE]
        assert stores.versions(()) == ((MINE, 1000),) and stores.versions((THEIRS,)) == ()
        with pytest.raises(Refused, match=r"There is no store called Zebra shop\. The stores are: Clay shop\."):
            stores.find(two_shops.THEIRS)


def test_what_one_person_takes_back_others_see_at_once_and_never_more_than_their_own() -> None:
    history = imports.history((MINE,))
    (number,) = history.loc[history["file"] == "clay-ads.csv", "import_id"]
    assert (spent(ANNA), spent(ZOE), spent(OWNER)) == ({MINE: 35}, {THEIRS: 35}, {MINE: 35, THEIRS: 35})
    with acting(Actor("kim@example.com", "analyst", (MINE,))):
        undo.undo(int(number))
        reads.forget()
    assert (spent(ANNA), spent(ZOE), spent(OWNER)) == ({}, {THEIRS: 35}, {THEIRS: 35})


def spent(who: Actor) -> dict[int, int]:
    """What each store spent on ads, as pages read it for somebody."""
    with acting(who):
        found = reads.of(ads, Scope(stop=STOP))
    return {int(store): int(spend) for store, spend in found.groupby("store_id")["ad_spend"].sum().items()}


def ads(asking: Scope) -> pd.DataFrame:
    """The rows of ads, as a page's function gives them."""
    return db.read("ads/campaigns", **asking.params())
