"""Runs written to the database: begun, told how far they are, and kept whole in one transaction at their end."""

import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import numpy as np
from psycopg2.extensions import cursor as Cursor

from analytics import actor, db
from analytics.forecasts import fits, run
from analytics.forecasts.fits import Before, Taught
from analytics.forecasts.making import Made, Panel
from analytics.forecasts.panel import Matrix

KILLED = "it was ended before it was finished"
DIGITS = 4
COLUMNS = (
    "store_id", "run_id", "measure", "level", "grain", "series_key", "location_key", "currency", "kind", "models",
    "first_day", "category", "scale", "fingerprint", "base", "naive", *run.AMOUNTS, *run.SUMS[1:],
)  # fmt: skip
QUANTILES = ("store_id", "run_id", "measure", "level", "grain", "kind", "step", "is_sum", "errors")
SCORES = (
    "store_id", "run_id", "measure", "level", "grain", "kind", "model", "step", "series", "wape", "bias", "coverage_80",
    "coverage_95", "weight",
)  # fmt: skip
COMPONENTS = (
    "store_id", "run_id", "measure", "level", "grain", "series_key", "currency", "component", "first_day", "amounts",
)  # fmt: skip


def lock(cursor: Cursor, store: int) -> bool:
    """Take the lock of a store's forecasts, which this transaction then holds to its end; False if another process has it."""
    db.run(cursor, "load/forecasts/lock", lock=db.FORECAST_LOCK, store_id=store)
    row = cursor.fetchone()
    return bool(row and row[0])


def begin(store: int, as_of: date, read_version: int, is_backcast: bool = False) -> int:
    """The number of a new run. Whoever begins one holds the lock, so that those still called running are dead."""
    actor.require("edit")
    with db.transaction() as cursor:
        db.run(cursor, "load/forecasts/call_failed", store_id=store, why=KILLED)
        db.run(
            cursor, "load/forecasts/begin",
            store_id=store, as_of=as_of, is_backcast=is_backcast, read_version=read_version,
        )  # fmt: skip
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def tell(store: int, run_id: int, share: float, words: str) -> None:
    """Say how far a run is."""
    actor.require("edit")
    with db.transaction() as cursor:
        db.run(cursor, "load/forecasts/progress", store_id=store, run_id=run_id, done_share=share, progress=words)


def fail(store: int, why: str) -> None:
    """Say that the run at work has failed, and why."""
    actor.require("edit")
    with db.transaction() as cursor:
        db.run(cursor, "load/forecasts/call_failed", store_id=store, why=why)


def finish(store: int, run_id: int, made: list[Made], about: tuple[str, int | None]) -> None:
    """Keep a run whole: its forecasts, what was learnt, and that it is done; runs nobody will ask for any more go."""
    actor.require("edit")
    words, last_run = about
    with db.transaction(store) as cursor:
        for each in made:
            _write(cursor, (store, run_id, *each.panel), each)
            _carry(cursor, (store, run_id, last_run, *each.panel), each)
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        db.run(cursor, "load/forecasts/finish", store_id=store, run_id=run_id, progress=words)
        db.run(cursor, "load/forecasts/keep_seen", store_id=store)
        db.run(cursor, "load/forecasts/forget_old", store_id=store)


def last(store: int, run_id: int) -> dict[Panel, Before]:
    """What a run has kept of each panel, so that the next one need not make all of it again."""
    rows = db.read("forecasts/learnt", store_id=store, run_id=run_id)
    found = {}
    for row in rows.to_dict("records"):
        panel = (row["measure"], row["level"], row["grain"])
        kept = db.read(
            "forecasts/fitted", store_id=store, run_id=run_id, measure=panel[0], level=panel[1], grain=panel[2]
        )
        found[panel] = Before(kept, fits.taught(row["learnt_for"], row["learnt"]))
    return found


def _write(cursor: Cursor, identity: tuple[Any, ...], made: Made) -> None:
    _copy(cursor, "forecasts", COLUMNS, _series(identity, made))
    taught = made.fitted.taught
    _copy(cursor, "forecast_quantiles", QUANTILES, _quantiles(identity, taught))
    _copy(cursor, "forecast_scores", SCORES, _scores(identity, taught))
    _copy(cursor, "forecast_components", COMPONENTS, _components(identity, made))
    names = ("store_id", "run_id", "measure", "level", "grain")
    db.run(
        cursor, "load/forecasts/add_learnt",
        **dict(zip(names, identity, strict=True)), learnt_for=taught.week, learnt=taught.as_json(),
    )  # fmt: skip


def _carry(cursor: Cursor, identity: tuple[Any, ...], made: Made) -> None:
    """What was seen in series that were not fitted again, from the last run."""
    names = ("store_id", "run_id", "last_run", "measure", "level", "grain")
    same = made.fitted.keys.drop(index=made.fitted.changed)
    if len(same):
        db.run(
            cursor, "load/forecasts/carry_components", **dict(zip(names, identity, strict=True)),
            series_keys=list(same["series_key"]), currencies=list(same["currency"]),
        )  # fmt: skip


def _series(identity: tuple[Any, ...], made: Made) -> Iterator[tuple[Any, ...]]:
    fitted, quantiles = made.fitted, made.fitted.taught.learnt.quantiles
    is_above = np.ones(len(fitted.keys), dtype=bool)
    of = (fitted.kinds, fitted.scale, quantiles)
    said = run.with_intervals(made.forecast, is_above, of, is_sum=False)
    said |= run.with_intervals(made.forecast.cumsum(axis=1), is_above, of, is_sum=True)
    told = zip(*(fitted.keys[name] for name in fits.IDENTITY), fitted.kinds, fitted.models, strict=True)
    categories = list(fitted.keys["category"])
    arrays = [fitted.base, fitted.naive, *(said[name] for name in (*run.AMOUNTS, *run.SUMS[1:]))]
    for at, about in enumerate(told):
        rest = (fitted.first_day, categories[at], float(fitted.scale[at]), fitted.fingerprints[at])
        yield (*identity, *about, *rest, *(_array(each[at]) for each in arrays))


def _quantiles(identity: tuple[Any, ...], taught: Taught) -> Iterator[tuple[Any, ...]]:
    for kind, each in taught.learnt.quantiles.items():
        for name, is_sum in (("step", False), ("sum", True)):
            for step, errors in enumerate(each.upper[name].T, start=1):
                yield (*identity, kind, step, is_sum, _array(errors))


def _scores(identity: tuple[Any, ...], taught: Taught) -> Iterator[tuple[Any, ...]]:
    for score in taught.learnt.scores:
        told = score.__dict__
        yield (*identity, *(told.get(name, 0 if name == "step" else None) for name in SCORES[5:]))


def _components(identity: tuple[Any, ...], made: Made) -> Iterator[tuple[Any, ...]]:
    keys = made.fitted.keys
    for each in made.fitted.components:
        row = keys.iloc[each.row]
        yield (*identity, row["series_key"], row["currency"], each.name, each.first_day, _array(each.amounts))


def _array(values: Matrix) -> str:
    rounded = np.round(np.asarray(values, dtype=float), DIGITS)
    return "{" + json.dumps(np.where(rounded == 0, 0.0, rounded).tolist())[1:-1] + "}"


def _copy(cursor: Cursor, table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows by COPY; None is null, and an empty text is one."""
    file = io.BytesIO()
    for row in rows:
        file.write(",".join("" if each is None else _quoted(each) for each in row).encode() + b"\n")
    if file.tell():
        file.seek(0)
        db.copy_from(cursor, table, columns, file)


def _quoted(value: Any) -> str:
    return '"' + str(value).replace('"', '""') + '"'
