"""One return that several files tell of counts once, in every order of import and after every undo."""

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import db, doctor
from analytics.undo import undo
from imported import rows_of, take
from told_returns import FILES, ORDERS_OF

Told = tuple[str, str, str, str, str | None, str | None]


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        yield
        db.forget()


def taken_back() -> dict[str, list[Told]]:
    """What counts as taken back of goods, by the order that it was sold in: kind, product, amount, day, units, reason."""
    found: dict[str, list[Told]] = {}
    for name, *row in rows_of(
        "select o.order_name, l.kind, coalesce(l.product_key, ''), round(l.amount, 2)::text, l.booked_on::text, l.units::int::text, "
        "r.reason from ledger as l join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key "
        "join reversals as r on l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no "
        "and not r.is_superseded where l.entry = 'reversal' and l.line_kind = 'product' order by 1, 2, 3, 4, 5"
    ):
        found.setdefault(name, []).append(tuple(row))
    return found


def steps(length: int) -> list[str]:
    """Files to bring if they are not there, and to take back if they are, in an order that is no order."""
    chance = random.Random(1)
    names = [name for _ in range(1 + length // len(FILES)) for name in chance.sample(list(FILES), len(FILES))]
    return names[:length]


def test_a_return_counts_once_whichever_files_tell_of_it(tmp_path: Path) -> None:
    there: dict[str, int] = {}
    seen: dict[tuple[str, frozenset[str]], list[Told]] = {}
    for name in steps(3 * len(FILES)):
        if name in there:
            undo(there.pop(name))
        else:
            # of two exports of an order the newer one stands
            as_of = date(2024, 6, 30 if name == "export" else 29)
            there[name] = take(FILES[name](tmp_path), store="Shop", currency="EUR", as_of=as_of)["import_id"]
        found = taken_back()
        for order, (makes, tells, counts) in ORDERS_OF.items():
            rows = found.get(order, [])
            told = [row for row in rows if row[0] != "goodwill"]
            is_told = there.keys() & makes and there.keys() & tells
            assert (order, sum(Decimal(row[2]) for row in told)) == (order, 30 if is_told else 0), (name, there, rows)
            if is_told and there.keys() & counts:
                assert [row[4] for row in told if row[4]] == ["1"], (order, name, there, rows)
            known = seen.setdefault((order, frozenset(there.keys() & (makes | tells))), rows)
            assert known == rows, (order, name, there)
    for name in sorted(there):
        undo(there.pop(name))
    assert taken_back() == {} and doctor.check(verify=True)["differences"] == []
