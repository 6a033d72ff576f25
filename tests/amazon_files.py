"""Amazon's reports as Seller Central writes them: the header rows, and files of a few rows written by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from analytics.ingest.stage import Staged, convert, staged

ORDERS = [
    "amazon-order-id",
    "merchant-order-id",
    "purchase-date",
    "last-updated-date",
    "order-status",
    "fulfillment-channel",
    "sales-channel",
    "order-channel",
    "url",
    "ship-service-level",
    "product-name",
    "sku",
    "asin",
    "item-status",
    "quantity",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "item-promotion-discount",
    "ship-promotion-discount",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "promotion-ids",
    "is-business-order",
    "purchase-order-number",
    "price-designation",
]


def written(path: Path, columns: list[str], rows: list[dict[str, str]], delimiter: str = "\t", above: str = "") -> Path:
    """A report as Amazon writes it: cells as they are, without quotation marks around them."""
    lines = [delimiter.join(columns), *(delimiter.join(row.get(name, "") for name in columns) for row in rows)]
    unknown = {name for row in rows for name in row} - set(columns)
    assert not unknown, f"the report has no column {unknown}"
    path.write_bytes((above + "\n".join(lines) + "\n").encode("utf-8"))
    return path


@contextmanager
def converted(path: Path, wanted: str | None = None, **said: Any) -> Iterator[Staged]:
    """A file taken as far as its facts in DuckDB."""
    with staged(path, wanted) as stage:
        convert(stage, {"currency": "USD", "as_of": date(2026, 6, 30), "hash_key": "key"} | said)
        yield stage


def facts(stage: Staged, query: str) -> list[tuple[Any, ...]]:
    """What a test asks the staged file."""
    return stage.duck.sql(query).fetchall()


def accounted(stage: Staged) -> dict[str, int]:
    """The records of a staged file by what becomes of them; every record has one state."""
    states = dict(facts(stage, "select state, count(*) from records group by 1"))
    assert sum(states.values()) == len(stage.duck.table("source"))
    assert set(states) <= {"fact", "rejected", "ignored", "duplicate"}
    return states
