"""Runs of forecasts on a real database: whole, only what changed, one at a time, and never half."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

import forecast_shop
from analytics import db, stores
from analytics.__main__ import main
from analytics.errors import Refused
from analytics.forecasts import fits, job, keeping, locations, prophet_model, runs, siblings, stored
from analytics.forecasts.panel import Panel
from analytics.scope import Scope
from analytics.stock import channel_locations
from forecast_shop import FIRST, LAST, STORE, bring_lines, engine, line
from imported import rows_of, take
from screens import come_in, open_page, words

NEXT, WEEK = LAST + timedelta(days=1), timedelta(days=7)
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def asked(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The shop with one run, and the series that the plain engine was asked for since the list was emptied last."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        found: list[str] = []
        engine(patch, found)
        store = forecast_shop.bring(tmp_path_factory.mktemp("clay"))
        job.run(store)
        yield found


def touch(store: int) -> None:
    """Say that the store's data have changed, though nothing in them has."""
    with db.transaction(store) as cursor:
        db.run(cursor, "load/raise_version", store_id=store, currency=None)


def test_products_categories_channels_and_the_shop_add_up_week_by_week(asked: list[str]) -> None:
    by = {
        level: stored.steps(forecast_shop.scope(), "units", level).groupby("day")["forecast"].sum()
        for level in ("store", "category", "product")
    }
    # its weeks say 79, its last eight days, with a Monday among them, 7 · 92 / 8 = 80.5; alike sure, they meet between
    assert 79 < by["store"].iloc[0] < 80.5 and len(by["store"]) == 26
    assert (by["category"] - by["store"]).abs().max() < 1e-9 and (by["product"] - by["store"]).abs().max() < 1e-9
    sales = {
        level: stored.steps(forecast_shop.scope(), "net_sales", level).groupby("day")["forecast"].sum()
        for level in ("store", "channel", "category")
    }
    assert 1520 < sales["store"].iloc[0] < 1557.5
    assert (sales["channel"] - sales["store"]).abs().max() < 1e-9 and (
        sales["category"] - sales["store"]
    ).abs().max() < 1e-9
    days = stored.steps(forecast_shop.scope(), "net_sales", "store", "day")
    assert days["day"].iloc[0] == LAST + timedelta(days=1) and len(days) == 61
    assert round(days["forecast"].iloc[:7].sum(), 4) == sales["store"].iloc[0]


def test_what_would_have_been_said_is_made_once_afterwards_and_says_so(asked: list[str]) -> None:
    store = stores.find(STORE)
    days = {run.as_of: run.is_backcast for run in runs.done(store)}
    assert days == {LAST: False} | {LAST - timedelta(weeks=each): True for each in (4, 8, 13)}
    assert job.run(store)["backcasts"] == 0
    said = stored.said(forecast_shop.scope(), "units", "product", 4, "CUP")
    assert list(said["day"]) == [LAST + timedelta(days=1) - timedelta(weeks=each) for each in (4, 3, 2, 1)]
    assert said["is_backcast"].all() and list(said["came"]) == [35, 36, 35, 36] and list(said["forecast"]) == [35.5] * 4


def test_a_run_on_the_same_data_forecasts_nothing_again(asked: list[str]) -> None:
    store = stores.find(STORE)
    before = stored.steps(forecast_shop.scope(), "units", "product")
    asked.clear()
    done = job.run(store)
    assert done["again"] == 0 and asked == []
    assert (
        stored.steps(forecast_shop.scope(), "units", "product")
        .drop(columns="run_id")
        .equals(before.drop(columns="run_id"))
    )
    assert job.state(store)["is_current"] and job.state(store)["status"] == "done"


def test_an_import_that_touches_two_products_forecasts_these_and_what_they_are_part_of(
    asked: list[str], tmp_path: Path
) -> None:
    store = stores.find(STORE)
    job.run(store)
    day = LAST - timedelta(days=30)
    bring_lines(
        tmp_path / "more.csv", [forecast_shop.HEADER, line("late-1", day, "CUP", 4), line("late-2", day, "HOOK", 1)]
    )
    assert not job.state(store)["is_current"]
    asked.clear()
    job.run(store)
    # by week: units of the shop, both categories, both products; net sales of the shop, their one channel, both categories;
    # by day the same of net sales, and the shop's units
    by_week = ["", "Home", "Table", "CUP", "HOOK", "EUR", "web", "Home", "Table"]
    by_day = ["", "EUR", "web", "Home", "Table"]
    assert sorted(name.split("\x1f")[0] for name in asked) == sorted(by_week + by_day)
    assert job.state(store)["is_current"]


def test_what_prophet_sees_is_kept_and_carried_over_with_series_that_have_not_changed(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stores.find(STORE)
    told: list[str] = []

    def explained(panel: Panel, horizon: int) -> pd.DataFrame:
        told.extend(panel.ids)
        days = [NEXT - WEEK, NEXT]
        rows = [(name, day, "trend", float(at)) for name in panel.ids for at, day in enumerate(days)]
        return pd.DataFrame(rows, columns=["unique_id", "ds", "component", "amount"]).iloc[::-1]

    with monkeypatch.context() as patch:
        patch.setattr(prophet_model, "is_fit", lambda panel: True)
        patch.setattr(prophet_model, "explained", explained)
        patch.setattr(fits, "VERSION", fits.VERSION + 1)
        job.run(store)
        assert len(told) == 14 and "CUP" not in told, "of the shop, channels and categories, by week and by day"
        first = stored.components(forecast_shop.scope(), "net_sales", "channel", "week", "web")
        told.clear()
        job.run(store)
    found = stored.components(forecast_shop.scope(), "net_sales", "channel", "week", "web")
    assert told == [] and found["run_id"].iloc[0] > first["run_id"].iloc[0]
    assert list(found["component"]) == ["trend"] * 2 and list(found["amount"]) == [0, 1]
    assert list(found["day"]) == [NEXT - WEEK, NEXT]


def test_an_import_while_a_run_is_at_work_leaves_the_forecasts_not_of_the_data(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, whole = stores.find(STORE), fits.fit
    told: list[int] = []

    def fit(*given: object) -> fits.Fitted:
        if not told:
            told.append(1)
            bring_lines(tmp_path / "meanwhile.csv", [forecast_shop.HEADER, line("mean-1", LAST, "CUP", 1)])
        return whole(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(fits, "fit", fit)
        job.run(store)
    assert not job.state(store)["is_current"] and job.state(store)["may_try"]


def test_forecasts_of_an_earlier_version_of_the_models_are_made_anew_on_the_same_data(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stores.find(STORE)
    job.run(store)
    assert job.state(store)["is_current"]
    monkeypatch.setenv("ANALYTICS_BACKGROUND", "on")
    assert not job.ensure(store)
    monkeypatch.setattr(fits, "VERSION", fits.VERSION + 1)
    assert not job.state(store)["is_current"]
    monkeypatch.setattr(job, "_start", lambda name: subprocess.Popen([sys.executable, "-c", ""]))
    assert job.ensure(store)
    asked.clear()
    assert job._started.pop(store).wait(30) == 0 and job.run(store)["again"] == len(asked) > 0
    assert job.state(store)["is_current"]


def test_a_second_run_at_once_is_told_so(asked: list[str]) -> None:
    store = stores.find(STORE)
    with db.transaction() as cursor:
        assert keeping.lock(cursor, store)
        assert job.state(store)["status"] == "working"
        with pytest.raises(Refused, match="another process"):
            job.run(store)


def test_a_run_that_fails_says_why_and_leaves_the_last_one(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    store = stores.find(STORE)
    last = runs.last_done(store)
    touch(store)

    def broken(*given: object) -> None:
        raise Refused("No more room.")

    with monkeypatch.context() as patch:
        patch.setattr(fits, "fit", broken)
        with pytest.raises(Refused):
            job.run(store)
    now = job.state(store)
    assert (now["status"], now["words"], now["run_id"]) == ("failed", "No more room.", last.run_id if last else None)
    job.run(store)
    now = job.state(store)
    assert now["status"] == "done" and now["is_current"]
    failed = "insert into forecast_runs (store_id, as_of, status, progress) values (%s, %s, 'failed', 'no more room')"
    with db.transaction() as cursor:
        cursor.execute(failed, (store, LAST))
    assert job.state(store)["status"] == "done", "the forecasts are of the data: nothing is to be done"


def test_of_each_week_the_last_run_stays_for_thirty_weeks(asked: list[str]) -> None:
    store = stores.find(STORE)
    with db.transaction() as cursor:
        for days in (7, 8, 9, 7 * 31):
            cursor.execute(
                "insert into forecast_runs (store_id, as_of, status) values (%s, %s, 'done')",
                (store, LAST - timedelta(days=days)),
            )
    job.run(store)
    days = [run.as_of for run in runs.done(store) if not run.is_backcast]
    assert days == [LAST, LAST - timedelta(days=7)]
    with db.transaction() as cursor:
        cursor.execute("delete from forecast_runs where as_of = %s", (LAST - timedelta(days=7),))


def test_a_killed_run_leaves_the_last_one_and_the_next_calls_it_failed(asked: list[str], tmp_path: Path) -> None:
    store = stores.find(STORE)
    last = runs.last_done(store)
    touch(store)
    process = subprocess.Popen(
        [sys.executable, "-m", "analytics", "forecast", "--store", STORE], cwd=ROOT,
        env=os.environ | {"ANALYTICS_HOME": str(tmp_path)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    running = "select run_id from forecast_runs where status = 'running'"
    until = time.monotonic() + 90
    while not rows_of(running) and time.monotonic() < until:
        time.sleep(0.05)
    assert job.state(store)["status"] == "working"
    process.send_signal(signal.SIGKILL)
    process.wait()
    until = time.monotonic() + 30
    while job.state(store)["status"] == "working" and time.monotonic() < until:
        time.sleep(0.05)
    now = job.state(store)
    assert (now["status"], now["words"]) == ("failed", "it was ended before it was finished")
    assert runs.last_done(store) == last
    job.run(store)
    assert rows_of(running) == [] and job.state(store)["status"] == "done"


def test_the_app_starts_a_process_that_forecasts_and_only_one(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [forecast_shop.HEADER, *(line(f"o{at}", FIRST + timedelta(days=at), "CUP", 1 + at % 2) for at in range(40))]
    bring_lines(tmp_path / "few.csv", rows)
    store = stores.find(STORE)
    assert not job.ensure(store), "in tests nothing starts by itself"
    monkeypatch.setenv("ANALYTICS_BACKGROUND", "on")
    monkeypatch.setenv("ANALYTICS_HOME", str(tmp_path / "home"))
    assert job.ensure(store) and job.state(store)["status"] == "working"
    assert not job.ensure(store)
    assert job._started[store].wait(timeout=180) == 0
    now = job.state(store)
    assert now["is_current"] and now["status"] == "done" and now["as_of"] == FIRST + timedelta(days=39)
    assert not job.ensure(store)
    assert stored.steps(Scope(store), "units", "product")["forecast"].iloc[0] > 0


def test_the_command_line_forecasts_a_shop_and_says_how_far_it_was_off(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forecast", "--store", STORE, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (
        told["run_id"] == runs.of(forecast_shop.scope())["run_id"].max() and told["again"] == 0 and told["series"] == 18
    )
    assert {row["model"] for row in told["scores"]} == {"Ensemble"}
    assert main(["show", "forecasts.said", "--measure", "units", "--weeks_ago", "8", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 8


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["--horizon", "4"], "about a FILE"),
        (["table.csv"], "Say it with --horizon"),
        (["table.csv", "--horizon", "4", "--store", STORE], "belongs to no store"),
        (["--store", "Nowhere"], "no store called Nowhere"),
    ],
)
def test_a_forecast_of_a_shop_and_of_a_table_are_not_mixed_up(
    asked: list[str], given: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forecast", *given]) == 2
    assert why in capsys.readouterr().err


def test_a_shop_without_orders_has_nothing_to_forecast(database: str) -> None:
    with db.transaction() as cursor:
        stores.claim(cursor, "Empty")
    store = stores.find("Empty")
    with pytest.raises(Refused, match="no orders yet"):
        job.run(store)
    assert job.state(store)["status"] == "none" and not job.ensure(store)
    assert stored.series(Scope(store)).empty and stored.said(Scope(store)).empty


def test_products_by_location_add_up_to_the_product(asked: list[str], tmp_path: Path) -> None:
    store = stores.find(STORE)
    rows = ["SKU,Title,Location,On hand,Committed,Date"]
    rows += [
        f"{sku},{sku},{place},90,0,{LAST}" for sku in ("CUP", "BOWL", "VASE", "HOOK") for place in ("Berlin", "Ulm")
    ]
    (tmp_path / "counts.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    take(tmp_path / "counts.csv", store=STORE, as_of=LAST)
    channel_locations.save(store, {"web": "Berlin", "shop": "Ulm"})
    job.run(store)
    found = stored.steps(forecast_shop.scope(), "units", "location")
    assert set(zip(found["series_key"], found["location_key"], strict=True)) >= {("CUP", "Berlin"), ("BOWL", "Ulm")}
    whole = stored.steps(forecast_shop.scope(), "units", "product")
    names = ["series_key", "day"]
    assert list(found.groupby(names)["forecast"].sum().round(4)) == list(
        whole.groupby(names)["forecast"].sum().round(4)
    )
    table = locations.ahead(forecast_shop.scope(), 4)
    assert list(table.columns) == list(locations.COLUMNS) and set(table["location"]) == {"Berlin", "Ulm"}
    sums = stored.series(forecast_shop.scope(), "units", "product", "week", 4).set_index("series_key")["forecast"]
    assert dict(table.groupby("series_key")["forecast"].sum().round(4)) == dict(sums.round(4))
    assert list(table["share"]) == [1.0] * 4, "every product is sold by one channel, so at one location"
    assert (
        list(table["location"]) == sorted(table["location"]) and table["forecast"].iloc[0] > table["forecast"].iloc[1]
    )
    by_week = locations.by_week(forecast_shop.scope(), "Ulm")
    assert list(by_week["series"]) == [2] * 26 and by_week["forecast"].iloc[:4].sum() == pytest.approx(
        table.loc[table["location"] == "Ulm", "forecast"].sum()
    )
    own = found[(found["series_key"] == "CUP") & (found["location_key"] == "Berlin")]
    one = locations.by_week(forecast_shop.scope(), "Berlin", "CUP")
    assert list(one["hi_80"]) == list(own["hi_80"]) and list(one["forecast"]) == list(own["forecast"])
    assert list(locations.ahead(forecast_shop.scope(), 4, "Ulm", "BOWL")["series_key"]) == ["BOWL"]
    with pytest.raises(Refused, match="From 1 to 26"):
        locations.ahead(forecast_shop.scope(), 27)


def test_a_new_product_follows_the_sibling_that_somebody_names_on_the_page(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stores.find(STORE)
    (tmp_path / "plate.csv").write_text(
        forecast_shop.PRODUCTS + "plate,Plate,Clay,Table,Title,Default Title,PLATE,15.00\n", encoding="utf-8"
    )
    take(tmp_path / "plate.csv", store=STORE, as_of=LAST, currency="EUR")
    sold = [LAST - timedelta(days=at) for at in range(70)]
    rows = [f"plate-{day},{day} 10:00,PLATE,Plate,{1 + day.day % 3},15.00,EUR,shop,DE" for day in sold]
    # the four weeks a year before those ahead, in which cups sold five times as much
    rows += [line(f"party-{at}", LAST - timedelta(days=48 * 7 + at), "CUP", 20) for at in range(28)]
    bring_lines(tmp_path / "plates.csv", [forecast_shop.HEADER, *rows])
    models = "0.50 {} + 0.50 of (1.00 WindowAverage)"
    job.run(store)
    before = stored.series(forecast_shop.scope(), "units", "product").set_index("series_key").loc["PLATE"]
    assert before["models"] == models.format("CategoryShare")
    with pytest.raises(Refused, match="no product “saucer”"):
        siblings.save(store, "plate", "saucer")
    with pytest.raises(Refused, match="its own sibling"):
        siblings.save(store, "plate", "plate")
    come_in(monkeypatch)
    screen = open_page("pages/forecasts/launches.py", {"store": STORE, "product": "plate"})
    assert not screen.exception
    follows = next(each for each in screen.selectbox if "follows" in each.label)
    assert follows.label == "The forecast of Plate follows" and follows.value is None
    follows.select("cup")
    next(each for each in screen.button if each.label == "Keep it").click().run(timeout=60)
    assert "Its forecast follows Cup from the next forecasts on" in words(screen)
    told = siblings.of(forecast_shop.scope()).iloc[0]
    assert (told["title"], told["sibling_title"]) == ("Plate", "Cup") and not job.state(store)["is_current"]
    asked.clear()
    job.run(store)
    after = stored.series(forecast_shop.scope(), "units", "product").set_index("series_key").loc["PLATE"]
    assert asked == [] and after["models"] == models.format("like Cup"), "no model was asked again"
    # cups were there when the orders begin: the year before tells, when they became 8 of 9 pieces of their category, and 5 of 8 again
    assert after["forecast"] > before["forecast"] + 5
    siblings.save(store, "plate", None)
    job.run(store)
    again = stored.series(forecast_shop.scope(), "units", "product").set_index("series_key").loc["PLATE"]
    assert again["models"] == models.format("CategoryShare") and again["forecast"] == before["forecast"]
