"""How fast views read, beside straightforward SQL on the facts and DuckDB in memory on the same lines."""

import os
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from sqlalchemy import text

from analytics import db, rollups
from tests.bench import shop
from tests.bench.loading import own_database, own_server
from tests.bench.views import DAYS, FIRST, VIEWS, Read, is_equal, scopes

FACTS = ("orders", "order_items", "reversals", "transactions")
SUMMARIES = (
    "sales_daily", "sales_monthly", "sales_products_daily", "sales_goods_periods", "sales_categories_daily",
    "sales_hours_daily", "sales_vendors_monthly", "sales_returns", "sales_orders", "sales_customers_daily", "sales_documents_daily",
    "sold_values", "slices", "contribution_daily", "contribution_products_daily", "contribution_orders",
)  # fmt: skip
ASKED, ASKED_STRAIGHT = 30, 4


def of_pages(lines: int) -> dict[str, Any]:
    """Milliseconds (median and p95) of every view's reads over random scopes, whether all three ways say the same, the
    bytes of facts and summaries, and the seconds of a refresh after a day's import."""
    with own_server() as server, tempfile.TemporaryDirectory(prefix="storeledger-bench-") as work:
        with own_database(server, f"storeledger_bench_{os.getpid()}"):
            duck = shop.draw(lines)
            shop.build(duck, Path(work))
            duck.execute("create table ledger as select * from as_ledger order by ordered_on")
            views = [_measured(name, reads, duck) for name, reads in VIEWS.items()]
            return {
                "lines": lines,
                "views": views,
                "refresh_day_seconds": round(_refresh(), 3),
                "facts_bytes": _bytes(FACTS),
                "summaries_bytes": _bytes(SUMMARIES),
            }


def _measured(name: str, reads: tuple[Read, ...], duck: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    ours, base, ducks, equal = [], [], [], True
    for number, scope in enumerate(scopes(ASKED)):
        seconds, found = _timed(lambda scope=scope: [read.ours(scope) for read in reads])
        ours.append(seconds)
        statements = [read.straight(scope) for read in reads]
        seconds, by_duck = _timed(lambda asked=statements: [duck.sql(each).df() for each in asked])
        ducks.append(seconds)
        equal = equal and all(map(is_equal, found, by_duck))
        if number < ASKED_STRAIGHT:
            seconds, straight = _timed(lambda asked=statements: [_straight(each) for each in asked])
            base.append(seconds)
            equal = equal and all(map(is_equal, found, straight))
    told = {
        f"{way}p{share}_ms": _percentile(seconds, share)
        for way, seconds in _ways(ours, base, ducks)
        for share in (50, 95)
    }
    return {"view": name, **told, "equal": equal}


def _ways(ours: list[float], base: list[float], ducks: list[float]) -> list[tuple[str, list[float]]]:
    return [("", ours), ("base_", base), ("duckdb_", ducks)]


def _timed(run: Any) -> tuple[float, Any]:
    started = time.perf_counter()
    found = run()
    return time.perf_counter() - started, found


def _straight(statement: str) -> pd.DataFrame:
    with db.engine().connect() as connection:
        return pd.read_sql(text(statement), connection)


def _percentile(seconds: list[float], share: int) -> float:
    """Milliseconds within which so many per cent of the answers came."""
    ordered = sorted(seconds)
    if share == 50:
        return round(statistics.median(ordered) * 1000, 1)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))] * 1000, 1)


def _refresh() -> float:
    """Seconds to sum up the last day of the first store, as the import of a day's orders does."""
    last = FIRST + timedelta(days=DAYS - 1)
    with db.transaction(1) as cursor:
        cursor.execute("create temp table touched (day date primary key) on commit drop")
        cursor.execute("insert into touched values (%s)", (last,))
        return _timed(lambda: rollups.refresh(cursor, 1))[0]


def _bytes(tables: tuple[str, ...]) -> int:
    sizes = db.read("doctor/sizes")
    return int(sizes.loc[sizes["name"].isin(tables), "bytes"].sum())
