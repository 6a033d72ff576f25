"""The whole shop of ledger_shop.py, imported once for the tests of a module that only read it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

import ledger_shop as shop
from analytics import db
from analytics.ingest.load import Options, load

FILES = (
    ("orders.csv", shop.ORDERS_TO_MARCH, date(2026, 3, 31)),
    ("lines.csv", shop.LINES_TO_MARCH, date(2026, 3, 31)),
    ("products_february.csv", shop.PRODUCTS_OF_FEBRUARY, date(2026, 2, 16)),
    ("products_march.csv", shop.PRODUCTS_OF_MARCH, date(2026, 3, 1)),
)


@contextmanager
def opened(address: str, folder: Path) -> Iterator[None]:
    """The books in the database at an address, which analytics.db uses meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", address)
        db.forget()
        for name, text, as_of in FILES:
            load(shop.write(folder, name, text), Options(store=shop.STORE, as_of=as_of, currency="EUR"))
        yield
    db.forget()
