"""How long an import takes beside a bare COPY of the same file: python -m tests.bench import --file F | --rows N [--json].

Everything runs here and now, on one server, so that the ratios mean something on a machine that has other things to do.
With --rows, a Shopify orders export of that many lines is made, and a second one that overlaps it, a month later.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tests.bench import forecasts, loading, reading, replenishment, returns, simulated


def main(arguments: list[str] | None = None) -> int:
    """Run one measurement and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    measures = parser.add_subparsers(dest="measure", required=True)
    importing = measures.add_parser("import", help="our import against a bare COPY into a table of text")
    what = importing.add_mutually_exclusive_group(required=True)
    what.add_argument("--file", type=Path, help="this file, into an empty database, several times")
    what.add_argument("--rows", type=int, help="a Shopify orders export of so many lines, and one that overlaps it")
    importing.add_argument("--format")
    importing.add_argument("--repeat", type=int, default=3, help="how often, with --file")
    importing.add_argument("--json", action="store_true")
    paging = measures.add_parser("pages", help="what every view reads, against SQL on the facts and DuckDB in memory")
    paging.add_argument("--lines", type=int, default=1_000_000, help="order lines of the shop that is made")
    paging.add_argument("--json", action="store_true")
    stocking = measures.add_parser(
        "replenishment", help="the plan of orders replayed on real demand, beside two others"
    )
    played = stocking.add_mutually_exclusive_group(required=True)
    played.add_argument("--file", type=Path, help="the public file online_retail.csv or .csv.gz")
    played.add_argument("--simulated", action="store_true", help="seven kinds of demand whose truth is known")
    stocking.add_argument("--seed", type=int, default=1, help="of the drawn lead times")
    stocking.add_argument("--json", action="store_true")
    returning = measures.add_parser("returns", help="cohorts of orders projected at every week of the past")
    returning.add_argument(
        "--file", type=Path, help="the public file online_retail.csv or .csv.gz, beside the sample shop"
    )
    returning.add_argument("--json", action="store_true")
    forecasting = measures.add_parser(
        "forecast", help="forecasts held against what came, beside single models and Prophet"
    )
    forecasting.add_argument("--file", type=Path, help="a table of unique_id, ds and y instead of the usual ones")
    forecasting.add_argument("--horizon", type=int, help="the steps held out of it, 8 unless told")
    forecasting.add_argument(
        "--retail", type=Path, help="the public file online_retail.csv or .csv.gz, beside the sample shop"
    )
    forecasting.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    if given.measure == "forecast":
        rows = forecasts.measured((given.file, given.horizon), given.retail)
        print(json.dumps(rows) if given.json else forecasts.in_words(rows))
        return 0
    if given.measure == "replenishment" and given.simulated:
        rows = simulated.measured()
        print(json.dumps(rows) if given.json else simulated.in_words(rows))
        return 0
    if given.measure == "returns":
        found = returns.measured(given.file)
        print(json.dumps(found) if given.json else returns.in_words(found))
        return 0
    if given.measure == "replenishment":
        found = replenishment.measured(given.file, given.seed)
        print(json.dumps(found) if given.json else replenishment.in_words(found))
        return 0
    if given.measure == "pages":
        found = reading.of_pages(given.lines)
        print(json.dumps(found) if given.json else _pages_in_words(found))
        return 0
    found = loading.of_rows(given.rows) if given.rows else loading.of_file(given.file, given.format, given.repeat)
    print(json.dumps(found) if given.json else _in_words(found))
    return 0


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


if __name__ == "__main__":
    sys.exit(main())
