"""Bundles: the table they come from, and their sales as those of what they are made of, adding up either way."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.bundles import spread, weights
from analytics.undo import undo
from imported import AS_OF, counts, rejects, rows_of, take

BUNDLES = "Bundle SKU,Component SKU,Units\nSET,MUG,2\nSET,BOWL,1\nPAIR,MUG,2\n"


def written(folder: Path, text: str, name: str = "bundles.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def known() -> list[tuple[object, ...]]:
    return rows_of("select bundle_sku, component_sku, units::int from bundles order by 1, 2")


@pytest.mark.usefixtures("emptied")
def test_a_newer_table_replaces_a_bundle_whole_and_undo_returns_it(tmp_path: Path) -> None:
    first = take(written(tmp_path, BUNDLES))
    assert counts(first) == {"rows": 3, "loaded": 3}
    assert counts(take(written(tmp_path, BUNDLES + "\n", "again.csv"))) == {"rows": 3, "unchanged": 3}
    newer = take(written(tmp_path, "Set SKU;Component;Qty\nSET;MUG;3\n", "newer.csv"))
    assert counts(newer) == {"rows": 1, "updated": 1}
    assert known() == [("PAIR", "MUG", 2), ("SET", "MUG", 3)]
    undo(newer["import_id"])
    assert known() == [("PAIR", "MUG", 2), ("SET", "BOWL", 1), ("SET", "MUG", 2)]
    older = take(written(tmp_path, "Set SKU;Component;Qty\nSET;MUG;9\n", "older.csv"), as_of=AS_OF.replace(day=1))
    assert counts(older) == {"rows": 1, "unchanged": 1} and ("SET", "MUG", 9) not in known()


@pytest.mark.usefixtures("emptied")
def test_a_bundle_with_an_unusable_row_is_set_aside_whole(tmp_path: Path) -> None:
    text = "Bundle SKU,Component SKU,Units\nSET,MUG,2\nSET,BOWL,two\n,MUG,1\nPAIR,PAIR,1\nTRIO,MUG,0\nFOUR,,4\nFINE,MUG,1\nFINE,MUG,4\n"
    account = take(written(tmp_path, text))
    assert counts(account) == {"rows": 8, "loaded": 1, "duplicate": 1, "rejected": 6}
    assert [reason for *_, reason in rejects(account)] == [
        "another row of this bundle cannot be used, and a part of it is not the bundle",
        "this is not a number",
        "the bundle's SKU is missing",
        "a bundle is no component of itself",
        "a bundle holds more than 0 of a component",
        "the component's SKU is missing",
    ]
    assert known() == [("FINE", "MUG", 4)]


@pytest.mark.usefixtures("emptied")
def test_a_bundle_within_itself_is_refused_however_deep_and_one_can_be_taken_away(tmp_path: Path) -> None:
    deep = "Bundle SKU,Component SKU,Units\nA,B,1\nB,C,1\nC,A,2\nC,MUG,1\nOUT,A,1\nSET,PAIR,1\nPAIR,MUG,2\n"
    account = take(written(tmp_path, deep))
    assert [(line, reason) for line, _, _, reason in rejects(account)] == [
        (2, "this component holds the bundle itself"),
        (3, "this component holds the bundle itself"),
        (4, "this component holds the bundle itself"),
        (5, "another row of this bundle cannot be used, and a part of it is not the bundle"),
    ]
    assert known() == [("OUT", "A", 1), ("PAIR", "MUG", 2), ("SET", "PAIR", 1)]
    away = take(written(tmp_path, "Bundle SKU,Component SKU,Units,Remove\nSET,,,yes\nOUT,A,,yes\n", "away.csv"))
    assert [reason for *_, reason in rejects(away)] == ["a row that takes a bundle away names no component"]
    assert known() == [("OUT", "A", 1), ("PAIR", "MUG", 2)]
    undo(away["import_id"])
    assert ("SET", "PAIR", 1) in known()


@pytest.mark.parametrize(
    ("amount", "shares", "parts"),
    [
        ("10.00", "1 1 1", "3.34 3.33 3.33"),
        ("-10.00", "1 1 1", "-3.33 -3.33 -3.34"),
        ("100.00", "39.98 5", "88.88 11.12"),
        ("0.05", "1 1", "0.03 0.02"),
        ("0.0003", "1 1", "0.0002 0.0001"),
        ("0", "3 1", "0 0"),
        ("7.00", "1 0", "7.00 0"),
    ],
)
def test_an_amount_is_spread_to_the_last_cent(amount: str, shares: str, parts: str) -> None:
    found = spread(Decimal(amount), [Decimal(each) for each in shares.split()])
    assert found == [Decimal(each) for each in parts.split()] and sum(found) == Decimal(amount)


@given(
    amount=st.decimals(-10000, 10000, places=4),
    shares=st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=6).filter(any),
)
def test_whatever_is_spread_adds_up_and_no_part_is_a_unit_off(amount: Decimal, shares: list[Decimal]) -> None:
    found = spread(amount, shares)
    assert sum(found) == amount
    wanted = [amount * share / sum(shares) for share in shares]
    assert all(abs(one - other) <= Decimal("0.01") for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("prices", "found"),
    [
        ([("20", "EUR", 2), ("10", "EUR", 1)], [40, 10]),
        ([("20", "EUR", 2), (None, None, 1)], [1, 1]),
        ([("20", "EUR", 2), ("10", "USD", 1)], [1, 1]),
        ([("0", "EUR", 2), ("0", "EUR", 1)], [1, 1]),
    ],
)
def test_components_weigh_what_they_cost_to_buy_and_the_same_where_a_price_is_not_known(
    prices: list[tuple[str | None, str | None, int]], found: list[int]
) -> None:
    rows = [
        {"price": None if price is None else Decimal(price), "price_currency": currency, "units": units}
        for price, currency, units in prices
    ]
    assert weights(rows) == found
