"""Every query on a real database: it runs on an empty one, and gives the columns that it promises."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics import db, pieces
from analytics.scope import Scope

QUERIES = Path(db.SQL) / "queries"
NAMES = sorted(path.relative_to(QUERIES).with_suffix("").as_posix() for path in QUERIES.rglob("*.sql"))

# Beside the scope, what a query asks for; a new parameter has to be added here.
ASKED: dict[str, Any] = {
    "store_id": 1,
    "import_id": 1,
    "window": 90,
    "numbers": None,
    "locations": None,
    "day": date(2026, 3, 1),
    "dimension": "",
    "identified": None,
    "priced": None,
    "amount": 1,
    "kind": "",
    "by_location": False,
    "orders": ["shopify_orders"],
    "reports": ["shopify_report"],
    "is_simple": False,
    "is_grouped": False,
    "people": ["shopify_customers"],
    "metric": "net_sales",
    "source": "amazon_settlement",
    "products": ["MUG"],
    "given": '{"MUG": "Clay"}',
    "country": "DE",
    "grain": "week",
    "values": ["Shoes"],
    "code": None,
    "search": "mug",
    "names": ["jit"],
    "parts": ["10"],
    "by_day": False,
    "by_goods": True,
    "is_below_zero": True,
    "cost_kind": None,
    "by": "paid",
    "skus": ["mug"],
    "title": "%mug%",
    "customer": "h:0",
    "payments": None,
    "sent": ["unfulfilled"],
    "least": None,
    "most": 100,
    "sort": "total",
    "is_down": True,
    "first": 0,
    "most_rows": 100,
    "order_key": "1",
    "name": "#1",
    "field": "reason",
    "word_stores": [1],
    "word_fields": ["reason"],
    "words": ["Kratzt"],
    "meanings": ["other"],
    "platforms": None,
    "campaign": None,
    "by_platform": True,
    "by_campaign": True,
    "by_sku": False,
    "horizon": date(2026, 4, 1),
    "payout": None,
    "days": [date(2026, 3, 1)],
    "run_id": 1,
    "measure": "units",
    "level": "product",
    "series_key": None,
    "number": 1,
    "lock": 1,
    "email": "anna@example.com",
    "last_days": 30,
    "ticket": "t",
}
# These have rows before there are data: about the server, about whoever asks.
NEVER_EMPTY = {"doctor/settings", "doctor/sizes", "sign_ins/standing"}


def parameters(name: str) -> dict[str, Any]:
    """The parameters that a query names, with neutral values."""
    code = db.statement(f"queries/{name}.sql")
    known = pieces.of_products(Scope()) | Scope().params_by_month() | ASKED
    wanted = set(re.findall(r"(?<![:\\\w]):([a-z_]+)", code))
    assert wanted <= set(known), f"{name} has a parameter that this test does not know: {wanted - set(known)}"
    return {each: known[each] for each in wanted}


@pytest.mark.parametrize("name", NAMES)
def test_a_query_runs_on_an_empty_database(name: str, emptied: str) -> None:
    frame = db.read(name, **parameters(name))
    columns = list(frame.columns)
    assert columns and len(set(columns)) == len(columns) and "?column?" not in columns
    assert frame.empty == (name not in NEVER_EMPTY)


@pytest.mark.parametrize("name", [name for name in NAMES if ":start" in db.statement(f"queries/{name}.sql")])
@pytest.mark.parametrize("basis", ["order_date", "refund_date"])
def test_a_query_takes_every_filter_on_both_clocks(name: str, basis: str, emptied: str) -> None:
    scope = Scope(
        (1, 2), date(2026, 1, 1), date(2026, 2, 1), basis, ("web",), ("DE",), ("Shoes",), "EUR", "USD"
    ).params_by_month()
    given = {each: scope.get(each, neutral) for each, neutral in parameters(name).items()}
    assert list(db.read(name, **given).columns) == list(db.read(name, **parameters(name)).columns)


@pytest.mark.parametrize("dimension", ["", "day", "week", "month", "channel", "country"])
def test_amounts_answer_every_dimension(dimension: str, emptied: str) -> None:
    assert db.read("sales/amounts", **parameters("sales/amounts") | {"dimension": dimension}).empty
