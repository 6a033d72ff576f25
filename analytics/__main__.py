"""The command line: python -m analytics import | imports | sample | show | doctor, each with --json."""

import argparse
import math
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import simplejson

from analytics import db, doctor, embedded, imports, results, stores
from analytics.errors import DatabaseUnavailable, Refused
from analytics.ingest.load import Options, load
from analytics.ingest.stage import unpacked
from analytics.scope import BASES, Scope

Command = Callable[[argparse.Namespace, list[str]], None]
ACCOUNT = ("rows", "loaded", "updated", "unchanged", "duplicate", "rejected", "ignored")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 2 refused with the reason on standard error."""
    parser, commands = _parser()
    given, rest = parser.parse_known_args(arguments)
    if rest and given.command != "show":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        commands[given.command](given, rest)
    except (Refused, DatabaseUnavailable) as refused:
        print(refused, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except Exception:  # a fault of ours: its details go to a file, not into the user's face
        log = embedded.home() / "errors.log"
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now().astimezone().isoformat()} {given.command}\n{traceback.format_exc()}\n")
        print(
            f"Storeledger has a fault and could not finish; nothing was half done. Details are in {log}.",
            file=sys.stderr,
        )
        return 1
    return 0


def _parser() -> tuple[argparse.ArgumentParser, dict[str, Command]]:
    parser = argparse.ArgumentParser(prog="python -m analytics", description="Storeledger from the command line.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_import(commands.add_parser("import", help="load files"))
    listed = commands.add_parser("imports", help="every import and what became of its rows")
    listed.add_argument("--store")
    commands.add_parser("sample", help="load the sample shop")
    checked = commands.add_parser("doctor", help="the database, its settings, and what is wrong with it")
    checked.add_argument("--verify", action="store_true", help="recompute every summary and list the differences")
    _add_show(commands.add_parser("show", help="a result by its name"))
    for command in commands.choices.values():
        command.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    names: dict[str, Command] = {
        "import": _import,
        "imports": _imports,
        "sample": _sample,
        "doctor": _doctor,
        "show": _show,
    }
    return parser, names


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--store", help="the store's name; made if it is new")
    parser.add_argument("--format", help="the format, where it is not to be recognised")
    parser.add_argument("--as-of", type=_day, help="the day the file speaks of, such as 2026-11-21")
    parser.add_argument("--currency", help="the currency, where the file does not say it")
    parser.add_argument("--time-zone", help="the time zone of a new store, such as Europe/Berlin")


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=", ".join(results.RESULTS))
    parser.add_argument("--store")
    parser.add_argument("--start", type=_day, help="the first day")
    parser.add_argument("--stop", type=_day, help="the day after the last one")
    parser.add_argument("--basis", choices=BASES, default="order_date", help="the day on which reversals count")
    for name in ("channel", "country", "category"):
        parser.add_argument(f"--{name}", action="append", default=[], help=f"only this {name}; may be repeated")
    parser.add_argument("--currency")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a day; write it as 2026-11-21") from error


def _import(given: argparse.Namespace, rest: list[str]) -> None:
    db.migrate(say=_tell)
    options = Options(given.store, given.format, given.as_of, given.currency, time_zone=given.time_zone)
    done: list[dict[str, Any]] = []
    refused: list[str] = []
    for file in given.files:
        try:
            with unpacked(file) as tables:
                for name, path in tables:
                    _import_table(path, replace(options, file_name=name), given.json, (done, refused))
        except Refused as error:
            refused.append(f"{file.name}: {error}")
    _print_imports(done, given.json)
    if refused:
        raise Refused("\n".join(refused))


def _import_table(path: Path, options: Options, as_json: bool, results: tuple[list[dict[str, Any]], list[str]]) -> None:
    """One of an archive's tables; what is refused does not keep the others out."""
    done, refused = results
    name = options.file_name or path.name
    try:
        done.append(load(path, options, None if as_json else _progress(name)))
    except Refused as error:
        refused.append(f"{name}: {error}")


def _sample(given: argparse.Namespace, rest: list[str]) -> None:
    from analytics import sample

    db.migrate(say=_tell)
    _print_imports(sample.load(None if given.json else _progress("Sample shop")), given.json)


def _print_imports(done: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        _print_json({"imports": done})
        return
    for each in done:
        counts = ", ".join(f"{each[name]:,} {name}" for name in ACCOUNT[1:] if each[name])
        print(f"{each['file']}: {each['format']}, {each['rows']:,} rows ({counts or 'nothing in it'})")
        for notice in each["notices"]:
            print(f"  {notice}")


def _imports(given: argparse.Namespace, rest: list[str]) -> None:
    db.migrate(say=_tell)
    frame = imports.history(stores.find(given.store) if given.store else None)
    if given.json:
        _print_json({"imports": frame.to_dict("records")})
    else:
        _print_table(frame)


def _doctor(given: argparse.Namespace, rest: list[str]) -> None:
    report = doctor.check(given.verify)
    if given.json:
        _print_json(report)
        return
    print(f"PostgreSQL {report['server_version']} ({report['database']}), {report['database_bytes'] / 1e6:,.1f} MB")
    for name in ("stores", "freshness", "tables", "settings", "problems", "differences"):
        if name in report:
            print(f"\n{name}: {len(report[name]) or 'none'}")
            _print_table(pd.DataFrame(report[name]))


def _show(given: argparse.Namespace, rest: list[str]) -> None:
    options = _options(given.name, rest)
    db.migrate(say=_tell)
    scope = Scope(
        store=stores.find(given.store) if given.store else None,
        start=given.start,
        stop=given.stop,
        basis=given.basis,
        channels=tuple(given.channel),
        countries=tuple(given.country),
        categories=tuple(given.category),
        currency=given.currency,
    )
    frame = results.run(given.name, scope, options)
    if given.json:
        rows = frame.to_dict("records")
        _print_json(rows[0] if len(rows) == 1 else rows)
    elif len(frame) == 1:
        _print_table(frame.T.reset_index().set_axis(["", ""], axis=1))
    else:
        _print_table(frame)


def _options(name: str, rest: list[str]) -> dict[str, Any]:
    """What stands behind the known options: --name value pairs of the result's own."""
    results.get(name)
    pairs = [part for word in rest for part in word.split("=", 1)] if any("=" in word for word in rest) else rest
    if len(pairs) % 2 or not all(key.startswith("--") for key in pairs[::2]):
        raise Refused(f"What does {' '.join(rest)} mean? Options are written as --name value.")
    values = {"true": True, "yes": True, "false": False, "no": False}
    return {
        key[2:].replace("-", "_"): values.get(value, value) for key, value in zip(pairs[::2], pairs[1::2], strict=True)
    }


def _tell(message: str) -> None:
    print(message, file=sys.stderr)


def _progress(name: str) -> Callable[[float, str], None] | None:
    if not sys.stderr.isatty():
        return None
    return lambda share, what: print(
        f"\r{name}: {what} ({share:.0%})\033[K", end="\n" if share >= 1 else "", file=sys.stderr
    )


def _print_table(frame: pd.DataFrame) -> None:
    if not frame.empty:
        print(frame.map(_shown).to_string(index=False))


def _shown(value: Any) -> str:
    if isinstance(value, Decimal) and value.is_finite():
        if value.as_tuple().exponent == 0:
            return f"{value:,}"
        short = round(value, 4)
        return f"{short:,.2f}" if short == round(value, 2) else f"{short.normalize():,f}"
    return "–" if value is None or value != value else str(value)


def _print_json(document: Any) -> None:
    print(simplejson.dumps(_plain(document), use_decimal=True, ensure_ascii=False, indent=1))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return None if value.is_nan() else int(value) if value == value.to_integral_value() else value.normalize()
    if value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


if __name__ == "__main__":
    sys.exit(main())
