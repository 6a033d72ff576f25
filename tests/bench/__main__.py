"""How long an import takes beside a bare COPY of the same file: python -m tests.bench import --file F | --rows N [--json].

Everything runs here and now, on one server, so that the ratios mean something on a machine that has other things to do.
With --rows, a Shopify orders export of that many lines is made, and a second one that overlaps it, a month later.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import (
    advertising,
    elasticities,
    forecasts,
    foretold,
    load,
    loading,
    reading,
    replenishment,
    returns,
    simulated,
)

Given = argparse.Namespace
RETAIL = "the public file online_retail.csv or .csv.gz"


def main(arguments: list[str] | None = None) -> int:
    """Run one measurement and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    measures = parser.add_subparsers(dest="measure", required=True)
    for name, (about, ask, _, _) in MEASURES.items():
        measure = measures.add_parser(name, help=about)
        ask(measure)
        measure.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    _, _, run, in_words = MEASURES[given.measure]
    found = run(given)
    print(json.dumps(found) if given.json else in_words(found))
    return 0


def _ask_import(measure: argparse.ArgumentParser) -> None:
    what = measure.add_mutually_exclusive_group(required=True)
    what.add_argument("--file", type=Path, help="this file, into an empty database, several times")
    what.add_argument("--rows", type=int, help="a Shopify orders export of so many lines, and one that overlaps it")
    measure.add_argument("--format")
    measure.add_argument("--repeat", type=int, default=3, help="how often, with --file")


def _import(given: Given) -> Any:
    return loading.of_rows(given.rows) if given.rows else loading.of_file(given.file, given.format, given.repeat)


def _ask_pages(measure: argparse.ArgumentParser) -> None:
    measure.add_argument("--lines", type=int, default=1_000_000, help="order lines of the shop that is made")


def _ask_replenishment(measure: argparse.ArgumentParser) -> None:
    played = measure.add_mutually_exclusive_group(required=True)
    played.add_argument("--file", type=Path, help=RETAIL)
    played.add_argument("--simulated", action="store_true", help="seven kinds of demand whose truth is known")
    played.add_argument("--forecasts", action="store_true", help="plans fed by forecasts, on four kinds of some years")
    measure.add_argument("--seed", type=int, default=1, help="of the drawn lead times")


def _replenishment(given: Given) -> Any:
    if given.forecasts:
        return foretold.measured()
    return simulated.measured() if given.simulated else replenishment.measured(given.file, given.seed)


def _replenishment_in_words(found: Any) -> str:
    if isinstance(found, list) and "forecast" in found[0]:
        return foretold.in_words(found)
    return simulated.in_words(found) if isinstance(found, list) else replenishment.in_words(found)


def _ask_returns(measure: argparse.ArgumentParser) -> None:
    measure.add_argument("--file", type=Path, help=f"{RETAIL}, beside the sample shop")


def _ask_ads(measure: argparse.ArgumentParser) -> None:
    measure.add_argument("--simulated", action="store_true", required=True, help="shops whose curve is known")
    measure.add_argument("--shops", type=int, default=400, help="how many")


def _ask_prices(measure: argparse.ArgumentParser) -> None:
    measure.add_argument("--simulated", action="store_true", required=True, help="seven kinds of shops, thirty of each")


def _ask_forecast(measure: argparse.ArgumentParser) -> None:
    measure.add_argument("--file", type=Path, help="a table of unique_id, ds and y instead of the usual ones")
    measure.add_argument("--horizon", type=int, help="the steps held out of it, 8 unless told")
    measure.add_argument("--retail", type=Path, help=f"{RETAIL}, beside the sample shop")


def _ask_load(measure: argparse.ArgumentParser) -> None:
    measure.add_argument("--viewers", type=int, default=50, help="how many look for the whole time")
    measure.add_argument(
        "--think", type=float, default=5, help="seconds between an answer and a viewer's next question"
    )
    measure.add_argument("--processes", type=int, default=2, help="of the app")
    measure.add_argument("--lines", type=int, default=10_000_000, help="order lines of the shop that is made")
    measure.add_argument("--seconds", type=float, default=180, help="how long they look")


def _load(given: Given) -> Any:
    return load.measured(given.lines, given.viewers, given.think, given.processes, given.seconds)


def _pages_in_words(found: dict[str, Any]) -> str:
    """The views as a table of Markdown, for the README."""
    rows = [
        f"| {view['view']} | {view['p50_ms']:,.0f} | {view['p95_ms']:,.0f} | {view['base_p95_ms']:,.0f} "
        f"| {view['base_p95_ms'] / view['p95_ms']:,.0f} | {view['duckdb_p95_ms']:,.0f} | {'yes' if view['equal'] else 'NO'} |"
        for view in found["views"]
    ]
    return "\n".join(
        [
            f"{found['lines']:,} order lines; milliseconds of all reads of a view, over random scopes",
            "| view | median | p95 | SQL on the facts, p95 | times faster | DuckDB in memory, p95 | equal |",
            "|---|---|---|---|---|---|---|",
            *rows,
            f"refresh after a day's import: {found['refresh_day_seconds']:.2f} s; summaries take "
            f"{found['summaries_bytes'] / found['facts_bytes']:.0%} of the bytes of the facts",
        ]
    )


def _in_words(found: dict[str, Any]) -> str:
    if "file" in found:
        return (
            f"{found['file']}: {found['rows']:,} rows, {found['bytes'] / 1e6:,.1f} MB, median of {found['repeat']}\n"
            f"bare COPY {found['copy_seconds']:.2f} s, import {found['import_seconds']:.2f} s: {found['ratio']:.2f} times"
        )
    rates = {name: found["rows"] / found[f"{name}_seconds"] for name in ("ours", "overlap", "copy", "pandas")}
    return "\n".join(
        [
            f"{found['rows']:,} rows of a Shopify orders export",
            f"bare COPY          {found['copy_seconds']:8.1f} s {rates['copy']:10,.0f} rows/s",
            f"import, first      {found['ours_seconds']:8.1f} s {rates['ours']:10,.0f} rows/s, "
            f"{found['ours_to_copy']:.2f} times the COPY",
            f"import, overlap    {found['overlap_seconds']:8.1f} s {rates['overlap']:10,.0f} rows/s, "
            f"{found['overlap_to_copy']:.2f} times the COPY",
            f"pandas (scaled up) {found['pandas_seconds']:8.1f} s {rates['pandas']:10,.0f} rows/s, "
            f"{found['pandas_to_ours']:.1f} times our import",
            f"peak memory of the importing process {found['peak_memory_mb']:,.0f} MB",
        ]
    )


# Of each measurement: what it measures, what it can be asked, how it is done, and how it is said in words.
MEASURES: dict[
    str, tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[Given], Any], Callable[[Any], str]]
] = {
    "import": ("our import against a bare COPY into a table of text", _ask_import, _import, _in_words),
    "pages": (
        "what every view reads, against SQL on the facts and DuckDB in memory",
        _ask_pages,
        lambda given: reading.of_pages(given.lines),
        _pages_in_words,
    ),
    "load": ("how fast the app answers many viewers at once", _ask_load, _load, load.in_words),
    "replenishment": (
        "the plan of orders replayed on real demand, beside two others",
        _ask_replenishment,
        _replenishment,
        _replenishment_in_words,
    ),
    "returns": (
        "cohorts of orders projected at every week of the past",
        _ask_returns,
        lambda given: returns.measured(given.file),
        returns.in_words,
    ),
    "ads": (
        "whether the curve of ad spend finds curves that are known",
        _ask_ads,
        lambda given: advertising.measured(given.shops),
        advertising.in_words,
    ),
    "prices": (
        "elasticities of shops whose truth is known",
        _ask_prices,
        lambda given: elasticities.measured(),
        elasticities.in_words,
    ),
    "forecast": (
        "forecasts held against what came, beside single models and Prophet",
        _ask_forecast,
        lambda given: forecasts.measured((given.file, given.horizon), given.retail),
        forecasts.in_words,
    ),
}

if __name__ == "__main__":
    sys.exit(main())
