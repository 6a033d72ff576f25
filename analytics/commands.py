"""What each command of the command line does."""

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Any

import pandas as pd

from analytics import db, doctor, imports, printing, results, stores, watch
from analytics import undo as undoing
from analytics.carrying import backup, publish
from analytics.errors import Refused
from analytics.ingest.load import Options, load
from analytics.ingest.stage import unpacked
from analytics.scope import Scope


def import_files(given: argparse.Namespace, rest: list[str]) -> None:
    """Load files one after the other. Raises Refused at the end, naming those that could not be used."""
    db.migrate(say=printing.tell)
    options = Options(
        given.store,
        given.format,
        given.as_of,
        given.currency,
        time_zone=given.time_zone,
        day_first=given.date_order == "day" if given.date_order else None,
    )
    done: list[dict[str, Any]] = []
    refused: list[str] = []
    for file in given.files:
        try:
            with unpacked(file) as tables:
                for name, path in tables:
                    said = replace(options, file_name=name)
                    _import_table(path, said, given.json, (done, refused))
        except Refused as error:
            refused.append(f"{file.name}: {error}")
    _print_imports(done, given.json)
    if refused:
        raise Refused("\n".join(refused))


def _import_table(
    path: Path, options: Options, as_json: bool, sorted_out: tuple[list[dict[str, Any]], list[str]]
) -> None:
    """One of an archive's tables; what is refused does not keep the others out."""
    done, refused = sorted_out
    name = options.file_name or path.name
    try:
        done.append(load(path, options, None if as_json else printing.progress(name)))
    except Refused as error:
        refused.append(f"{name}: {error}")


def undo(given: argparse.Namespace, rest: list[str]) -> None:
    """Take back what one import brought."""
    db.migrate(say=printing.tell)
    taken_back = undoing.undo(given.import_id)
    if given.json:
        printing.document(taken_back)
        return
    print(
        f"Import {taken_back['import_id']} is undone: {taken_back['file']} ({taken_back['format']}), store "
        f"{taken_back['store']}. {taken_back['removed']:,} rows went, {taken_back['returned']:,} returned."
    )


def sample(given: argparse.Namespace, rest: list[str]) -> None:
    """Make and load the sample shop."""
    from analytics import sample  # the generator is not needed for anything else

    db.migrate(say=printing.tell)
    _print_imports(sample.load(None if given.json else printing.progress("Sample shop")), given.json)


def _print_imports(done: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        printing.document({"imports": done})
        return
    for each in done:
        print(printing.account(each))


def list_imports(given: argparse.Namespace, rest: list[str]) -> None:
    """Every import and what became of its rows; or the rows that one of them set aside, as CSV."""
    db.migrate(say=printing.tell)
    if given.rejected is not None:
        _print_rejected(given.rejected, given.json)
        return
    frame = imports.history(stores.find(given.store) if given.store else None)
    if given.json:
        printing.document({"imports": frame.to_dict("records")})
    else:
        printing.table(frame)


def _print_rejected(import_id: int, as_json: bool) -> None:
    content = imports.rejected_file(import_id)
    if as_json:
        printing.document({"rejects": imports.rejects(import_id).to_dict("records")})
        return
    # the bytes as they are: the file keeps its own line ends and mark
    sys.stdout.buffer.write(content)
    sys.stdout.flush()


def watch_folder(given: argparse.Namespace, rest: list[str]) -> None:
    """Import what is dropped into a folder: what is there now, or everything until it is stopped."""
    db.migrate(say=printing.tell)
    settings = watch.Settings(watch.place(given.folder), given.store, given.settle)
    if not given.json:
        print(watch.promise(settings), flush=True)
    told: list[dict[str, Any]] = []

    def tell(result: dict[str, Any]) -> None:
        told.append(result)
        if not given.json:
            print(watch.in_words(result), flush=True)

    with suppress(KeyboardInterrupt), _until_stopped() as stop:
        watch.run(settings, tell, stop, given.once)
    if given.json:
        printing.document(watch.document(told))


@contextmanager
def _until_stopped() -> Iterator[Event]:
    """An event that Ctrl-C or SIGTERM sets, so that the file at hand is finished; the second time it ends at once."""
    stop = Event()

    def asked(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def check(given: argparse.Namespace, rest: list[str]) -> None:
    """The doctor's report."""
    report = doctor.check(given.verify)
    if given.json:
        printing.document(report)
        return
    print(f"PostgreSQL {report['server_version']} ({report['database']}), {report['database_bytes'] / 1e6:,.1f} MB")
    for name in ("stores", "freshness", "tables", "settings", "problems", "differences"):
        if name in report:
            print(f"\n{name}: {len(report[name]) or 'none'}")
            printing.table(pd.DataFrame(report[name]))


def daily(given: argparse.Namespace, rest: list[str]) -> None:
    """Do what is due today; a second run beside one that is at it says so and does nothing."""
    from analytics import daily as due  # nothing else pays for what makes reports

    db.migrate(say=printing.tell)
    done = due.run(printing.tell)
    if given.json:
        printing.document(done)
        return
    if not done["ran"]:
        print("Another daily run is at work on this database; this one did nothing.")
        return
    said = [*done["refreshed"], *(f"{each['digest']}: sent to {each['to_count']}" for each in done["sent"])]
    said += [f"{each['what']} failed: {each['why']}" for each in done["failed"]]
    print("\n".join(said) or "Nothing was due.")


def show(given: argparse.Namespace, rest: list[str]) -> None:
    """A result by its name; one row is an object, many rows are a list."""
    options = _options(given.name, rest)
    if given.start and given.stop and given.start > given.stop:
        raise Refused(f"The first day, {given.start}, is after the day to stop before, {given.stop}.")
    db.migrate(say=printing.tell)
    scope = Scope(
        store=tuple(stores.find(name) for name in given.store),
        start=given.start,
        stop=given.stop,
        basis=given.basis,
        channels=tuple(given.channel),
        countries=tuple(given.country),
        categories=tuple(given.category),
        currency=given.currency,
        into=given.into,
    )
    frame = results.run(given.name, scope, options)
    if given.json:
        rows = frame.to_dict("records")
        printing.document(rows[0] if len(rows) == 1 else rows)
    elif len(frame) == 1:
        printing.table(frame.T.reset_index().set_axis(["", ""], axis=1))
    else:
        printing.table(frame)


def forecast(given: argparse.Namespace, rest: list[str]) -> None:
    """The forecasts of a shop, which are kept; or of a table, as CSV or JSON, and what was chosen for it on standard error."""
    if given.file is None:
        _forecast_shop(given)
        return
    from analytics.forecasts import run, table  # nothing else pays for the models

    if given.store:
        raise Refused("A table belongs to no store. Leave out --store, or the file to forecast the shop itself.")
    if given.horizon is None:
        raise Refused(f"How many steps of {given.file.name} are to be forecast? Say it with --horizon.")
    frame = run.forecast(table.read(given.file), given.horizon, given.frequency, printing.tell)
    if given.json:
        printing.document(frame.assign(ds=frame["ds"].astype(str)).to_dict("records"))
        return
    if given.output is None:
        frame.to_csv(sys.stdout, index=False)
        return
    try:
        frame.to_csv(given.output, index=False)
    except OSError as error:
        raise Refused(f"{given.output} cannot be written: {error.strerror}. Choose another place.") from error
    printing.tell(f"{len(frame):,} forecasts are in {given.output}.")


def _forecast_shop(given: argparse.Namespace) -> None:
    """Make a shop's forecasts and keep them; how far it is goes to standard error."""
    from analytics.forecasts import job

    if given.horizon is not None or given.frequency or given.output:
        raise Refused(
            "--horizon, --frequency and --output are about a FILE. Of a shop 26 weeks and 61 days are forecast."
        )
    db.migrate(say=printing.tell)
    store = stores.find(stores.chosen_name(given.store))
    done = job.run(store, printing.tell, printing.progress("Forecasts"))
    if given.json:
        printing.document(done | {"scores": _scores(store)})
        return
    print(f"{done['series']:,} series are forecast as of {done['as_of']:%d %B %Y}, {done['again']:,} of them anew.")


def _scores(store: int) -> list[dict[Any, Any]]:
    """How far the ensemble and the seasonal guess were off when they were held against the past, a row a panel and kind."""
    from analytics.forecasts import stored

    found = stored.scores(Scope(store))
    return found[found["model"].isin(stored.SHOWN) & (found["step"] == 0)].to_dict("records")


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


def make_backup(given: argparse.Namespace, rest: list[str]) -> None:
    """Write the whole database to a file."""
    db.migrate(say=printing.tell)
    done = backup.write(given.file, None if given.json else printing.progress("Backup"))
    if given.json:
        printing.document(done)
        return
    print(f"{done['file']}: {done['rows']:,} rows of {done['tables']} tables, {done['bytes'] / 1e6:,.1f} MB.")
    print(_of_key(done["hash_key_fingerprint"]))


def restore(given: argparse.Namespace, rest: list[str]) -> None:
    """Bring a backup into the database."""
    done = backup.restore(given.file, given.replace, None if given.json else printing.progress("Restore"))
    if given.json:
        printing.document(done)
        return
    print(
        f"{', '.join(done['stores']) or 'No store'}: {done['rows']:,} rows of {done['tables']} tables, as of {done['made_at']}."
    )
    print(_of_key(done["hash_key_fingerprint"]))


def _of_key(fingerprint: str | None) -> str:
    if fingerprint is None:
        return "No customer is in it, so no key belongs to it."
    return (
        f"The key of its customers (fingerprint {fingerprint}) is not in it: keep ANALYTICS_HASH_KEY, or hash.key in ANALYTICS_HOME, "
        "apart from it. Without it new orders do not find their customers."
    )


def publish_shop(given: argparse.Namespace, rest: list[str]) -> None:
    """Make the database that others look at equal to this one."""
    db.migrate(say=printing.tell)
    done = publish.publish(given.to, given.replace, None if given.json else printing.progress("Publish"))
    if given.json:
        printing.document(done)
        return
    what = (
        f"{done['rows']:,} rows of {len(done['tables'])} tables ({done['bytes'] / 1e6:,.1f} MB)"
        if done["rows"]
        else "nothing"
    )
    print(f"Sent {what} to {done['to']}; every table there has the checksums it has here.")
    if done["links_left"]:
        print(f"{done['links_left']} links were left out, because the host has others of that number. Make them anew.")
