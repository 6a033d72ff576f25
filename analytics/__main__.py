"""The command line: python -m analytics import | undo | imports | watch | sample | show | forecast | daily | doctor | publish |
backup | restore, each with --json."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from analytics import commands, faults, periods, results, watch
from analytics.errors import DatabaseUnavailable, Refused
from analytics.printing import tell
from analytics.scope import BASES

Command = Callable[[argparse.Namespace, list[str]], None]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 2 refused with the reason on standard error, 1 after a fault of our own."""
    parser, names = _parser()
    given, rest = parser.parse_known_args(arguments)
    if rest and given.command != "show":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        names[given.command](given, rest)
    except (Refused, DatabaseUnavailable) as refused:
        tell(str(refused))
        return 2
    except BrokenPipeError:
        return 0
    except Exception:
        log = faults.keep(given.command)
        tell(f"Storeledger has a fault and could not finish; nothing was half done. Details are in {log}.")
        return 1
    return 0


def _parser() -> tuple[argparse.ArgumentParser, dict[str, Command]]:
    parser = argparse.ArgumentParser(prog="python -m analytics", description="Storeledger from the command line.")
    added = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_import(added.add_parser("import", help="load files"))
    undone = added.add_parser("undo", help="take back what one import brought")
    undone.add_argument("import_id", type=int, metavar="ID", help="the import's number, as `imports` lists it")
    listed = added.add_parser("imports", help="every import and what became of its rows")
    listed.add_argument("--store")
    listed.add_argument(
        "--rejected", type=int, metavar="ID", help="print the rows that import set aside, as CSV to mend"
    )
    _add_watch(added.add_parser("watch", help="import what is dropped into a folder"))
    added.add_parser("sample", help="load the sample shop")
    checked = added.add_parser("doctor", help="the database, its settings, and what is wrong with it")
    checked.add_argument("--verify", action="store_true", help="recompute every summary and list the differences")
    added.add_parser("daily", help="import the inbox, make old forecasts anew, and mail the digests that are due")
    _add_show(added.add_parser("show", help="a result by its name"))
    _add_forecast(added.add_parser("forecast", help="forecast a shop, or a table of unique_id, ds and y"))
    _add_carrying(added)
    for command in added.choices.values():
        command.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    names: dict[str, Command] = {
        "import": commands.import_files,
        "undo": commands.undo,
        "imports": commands.list_imports,
        "watch": commands.watch_folder,
        "sample": commands.sample,
        "doctor": commands.check,
        "daily": commands.daily,
        "show": commands.show,
        "forecast": commands.forecast,
        "publish": commands.publish_shop,
        "backup": commands.make_backup,
        "restore": commands.restore,
    }
    return parser, names


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--store", help="the store's name; made if it is new")
    parser.add_argument("--format", help="the format, where it is not to be recognised")
    parser.add_argument("--as-of", type=_day, help="the day the file speaks of, such as 2026-11-21")
    parser.add_argument("--currency", help="the currency, where the file does not say it")
    parser.add_argument("--time-zone", help="the time zone of a new store, such as Europe/Berlin")
    parser.add_argument(
        "--date-order",
        choices=("day", "month"),
        help="what stands first in dates such as 03/04/2024, where the file leaves it open",
    )


def _add_watch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="default: inbox in ANALYTICS_HOME")
    parser.add_argument("--store", help="the store of files that lie directly in the folder")
    parser.add_argument("--once", action="store_true", help="import what is there now, and end")
    parser.add_argument(
        "--settle",
        type=_seconds,
        default=watch.SETTLE,
        help=f"seconds for which a file must not have changed to be finished, {watch.SETTLE:g} unless told",
    )


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=", ".join(results.RESULTS))
    parser.add_argument("--store", action="append", default=[], help="a store's name; may be repeated; all without")
    parser.add_argument("--start", type=_day, help="the first day")
    parser.add_argument("--stop", type=_day, help="the day after the last one")
    parser.add_argument("--basis", choices=BASES, default="order_date", help="the day on which reversals count")
    for name in ("channel", "country", "category"):
        parser.add_argument(f"--{name}", action="append", default=[], help=f"only this {name}; may be repeated")
    parser.add_argument("--currency", help="only what was sold in this currency")
    parser.add_argument("--into", help="amounts converted into this currency, by the exchange rate of each day")


def _add_forecast(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE",
        help="a table with the columns unique_id, ds and y; without one the shop's own series are forecast and kept",
    )
    parser.add_argument("--store", help="the shop, where there are several; without a FILE")
    parser.add_argument("--horizon", type=int, help="how many steps ahead, of a FILE")
    parser.add_argument(
        "--frequency", choices=("D", "W", "M"), help="days, weeks or months; found in the table without"
    )
    parser.add_argument("--output", type=Path, help="the file to write; standard output without")


def _add_carrying(added: Any) -> None:
    published = added.add_parser(
        "publish", help="copy the shop to the database that others look at; later what changed"
    )
    published.add_argument("--to", help="postgresql://user:password@host:5432/database; ANALYTICS_PUBLISH_TO without")
    kept = added.add_parser("backup", help="write the whole database to a file")
    kept.add_argument("file", type=Path, metavar="FILE")
    restored = added.add_parser("restore", help="bring a backup into an empty database")
    restored.add_argument("file", type=Path, metavar="FILE")
    for command in (published, restored):
        command.add_argument("--replace", action="store_true", help="lose what was changed there, or what is in it")


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a day; write it as 2026-11-21") from error
    if not periods.FIRST <= day <= periods.LAST:
        raise argparse.ArgumentTypeError(f"{text} is not a day from {periods.FIRST} to {periods.LAST}")
    return day


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds") from error
    if not 0 <= seconds <= 3600:
        raise argparse.ArgumentTypeError("between 0 and 3600 seconds, please")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
