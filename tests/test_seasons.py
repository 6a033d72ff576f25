"""Seasons: planted indices, events, launches and stockouts come back, formulas by hand, parts that add up, and what is refused."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

import season_shop
from analytics import db
from analytics.errors import Refused
from analytics.forecasts import ahead as forecast
from analytics.forecasts import marks
from analytics.forecasts.intervals import LEVELS
from analytics.seasons import (
    by_event,
    day_map,
    decompose,
    index,
    launches,
    preseason,
    season_calendar,
    season_demand,
    uplift,
)
from analytics.seasons import days as sold_days
from analytics.seasons.uplift import Course, Seen
from analytics.stock import purchase_orders
from screens import cards, come_in, open_page, words
from season_shop import DAYS, LAST, STOP, scope

YEARS = np.arange(np.datetime64("2023-01-01"), np.datetime64("2025-01-01"))
OPEN = np.ones(len(YEARS))


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        come_in(patch)
        season_shop.bring(tmp_path_factory.mktemp("seasons"))
        yield


def row_of(frame: pd.DataFrame, value: str, column: str = "title") -> Any:
    return frame[frame[column] == value].iloc[0]


def known() -> sold_days.Days:
    found = sold_days.of(scope().over(None, STOP))
    assert found is not None
    return found


# the formulas, by hand


def test_a_month_that_sells_twice_as_much_has_twice_the_index_whatever_the_growth() -> None:
    key, _ = decompose.months_of(YEARS)
    # July 20 a day, the others 10, all of it twice as much after a year: the mean of the months is 130 ÷ 12
    sold = np.where(key == 6, 20.0, 10.0) * 2 ** ((YEARS - YEARS[0]).astype(int) / 365.25)
    found = decompose.season(decompose.cells(sold, OPEN, YEARS, decompose.months_of), 12, len(YEARS))
    assert found is not None and found.index[6] == pytest.approx(20 * 12 / 130, rel=0.002)
    assert np.delete(found.index, 6) == pytest.approx(np.full(11, 10 * 12 / 130), rel=0.003)
    assert found.growth == pytest.approx(1.0, rel=0.01) and found.years == 2


def test_a_week_of_which_three_days_are_known_is_no_lower_for_it() -> None:
    weekday = (YEARS.astype(int) + 3) % 7
    sold = np.where(weekday == 5, 40.0, 10.0)
    start = 3  # a Wednesday: the first week lacks two days, none of them the Saturday
    cells = decompose.cells(sold[start:], OPEN[start:], YEARS[start:], decompose.weeks_of)
    assert cells.sold / cells.exposure == pytest.approx(np.full(len(cells.sold), 100 / 7))


def test_days_left_out_count_in_neither_part() -> None:
    there = OPEN.copy()
    there[180:200] = 0
    sold = np.where(there > 0, 10.0, 0.0)
    found = decompose.season(decompose.cells(sold, there, YEARS, decompose.months_of), 12, len(YEARS))
    assert found is not None and found.index == pytest.approx(np.ones(12), rel=0.001)


def test_one_year_is_told_as_one_and_less_is_refused() -> None:
    rng = np.random.default_rng(2)
    sold = rng.poisson(30, 400).astype(float)
    one = decompose.season(decompose.cells(sold, OPEN[:400], YEARS[:400], decompose.weeks_of), 52, 400)
    two = decompose.season(
        decompose.cells(np.tile(sold[:365], 2), OPEN[:730], YEARS[:730], decompose.weeks_of), 52, 730
    )
    assert one is not None and two is not None and (one.years, one.growth) == (1, 0.0)
    width = [np.mean(np.subtract(*reversed(each.interval(0.8)))) for each in (one, two)]
    assert width[0] > 0.3 > width[1]
    assert decompose.season(decompose.cells(sold[:300], OPEN[:300], YEARS[:300], decompose.weeks_of), 52, 300) is None


@pytest.mark.parametrize(("level", "years"), [(3, 2), (60, 3)])
def test_intervals_hold_the_true_index_about_as_often_as_they_say(level: int, years: int) -> None:
    rng = np.random.default_rng(4)
    dates = np.arange(np.datetime64("2021-03-10"), np.datetime64("2021-03-10") + int(365.25 * years))
    key, run = decompose.weeks_of(dates)
    wave = np.exp(0.4 * np.cos(2 * np.pi * (np.arange(52) / 52 - 0.5)))
    true, held = wave / wave.mean(), []
    for _ in range(8):
        noise = np.exp(rng.normal(0, 0.1, np.ptp(run) + 1))[run - run.min()]
        sold = rng.poisson(level * 1.3 ** (np.arange(len(dates)) / 365.25) * wave[key] * noise).astype(float)
        found = decompose.season(decompose.cells(sold, np.ones(len(dates)), dates, decompose.weeks_of), 52, len(dates))
        assert found is not None
        low, high = found.interval(0.8)
        held.append(((low <= true) & (true <= high)).mean())
    assert 0.75 <= np.mean(held) <= 0.88


def test_chance_alone_is_no_season() -> None:
    rng = np.random.default_rng(6)
    chances = []
    for _ in range(30):
        shape = decompose.shape(
            decompose.cells(rng.poisson(2, len(YEARS)).astype(float), OPEN, YEARS, decompose.weeks_of)
        )
        assert shape is not None
        chances.append(shape.chance)
    assert sum(each < season_calendar.CHANCE for each in chances) <= 1 and 0.3 < np.mean(chances) < 0.7


def test_a_stockout_is_put_back_at_the_pace_around_it_as_busy_as_the_shop_was() -> None:
    units = np.full((2, 60), 4.0)
    units[1] = 20.0
    there = np.ones((2, 60))
    units[0, 30:35], there[0, 30:35] = 0.0, 0.0
    assert sold_days.asked_for(units, there)[0, 30:35] == pytest.approx(np.full(5, 4.0), rel=0.001)
    units[1, 30:35] = 40.0
    busy = sold_days.asked_for(units, there)
    assert busy[0, 30:35] == pytest.approx(np.full(5, 8.0), rel=0.1) and busy[0, 20] == 4 and busy[1, 31] == 40


def test_a_season_may_run_over_the_end_of_the_year_and_a_year_may_have_two() -> None:
    winter = np.where(np.isin(np.arange(52), [50, 51, 0, 1]), 2.0, 0.9)
    assert season_calendar.spans(winter) == [(50, 1)]
    assert list(season_calendar.inside((50, 1))) == [50, 51, 0, 1]
    twice = np.where(np.isin(np.arange(52), [10, 11]), 1.3, np.where(np.isin(np.arange(52), [30]), 1.5, 0.9))
    assert season_calendar.spans(twice) == [(30, 30), (10, 11)]
    assert season_calendar.spans(np.full(52, 1.0)) == []
    assert season_calendar.next_days((50, 1), date(2025, 1, 3)) == (date(2024, 12, 16), date(2025, 1, 12))


def test_the_days_of_an_event_are_expected_at_the_level_of_the_weeks_around_it() -> None:
    sold, calm = np.full(100, 10.0), np.ones(100, dtype=bool)
    sold[50:], sold[49], calm[49] = 20.0, 45.0, False
    course = Course(sold, np.full(100, 5.0), calm)
    # 28 days of 10 before and 28 of 20 after the whole: 15 a day, whatever the course's own level
    assert course.expected((49, 50), (49, 50)) == pytest.approx(15)
    assert Course(sold, np.full(100, 5.0), np.zeros(100, dtype=bool)).expected((49, 50), (49, 50)) is None


def test_what_was_seen_once_is_less_sure_than_what_was_seen_three_times() -> None:
    noise, times = {1: 0.1}, [Seen(15, 45, 1)]
    once, reach = uplift.pooled(times, noise, 0.01)
    # t of 2 degrees: 1.886 × √(0.1² + 0.01)
    assert (np.expm1(once), reach) == (pytest.approx(2), pytest.approx(1.8856 * np.sqrt(0.02), rel=1e-3))
    assert uplift.pooled(times * 3, noise, 0.01)[1] < reach / 2


def test_a_launch_goes_on_as_its_siblings_did() -> None:
    siblings = np.array([[10.0, 20, 30], [20, 40, 60], [40, 80, 120]])
    middle, low, high = launches.project(np.array([25.0]), siblings, 3)
    assert np.isnan(middle[0]) and middle[1:] == pytest.approx([50, 75], rel=0.02)
    assert low[2] < middle[2] < high[2] and (low[1:] >= 25).all()
    assert np.isnan(launches.project(np.array([25.0]), siblings[:2], 3)[0]).all()
    # it stays with its own size where it lies far from its siblings'
    assert launches.project(np.array([900.0]), siblings, 3)[0][2] > 2000


def test_a_kept_forecast_that_reaches_to_the_end_of_a_season_is_its_demand() -> None:
    first, week = date(2025, 3, 3), timedelta(weeks=1)
    kept = forecast.Ahead(
        1, first - timedelta(days=1), first, {"SUN": 0}, np.array([[7.0] * 4 + [14.0] * 6]), np.array([2.0]), np.array(["smooth"]),
        {"smooth": np.tile(np.linspace(1, 10, 10)[:, None], (1, len(LEVELS)))}, np.array([False]), pd.DataFrame(),
    )  # fmt: skip

    def told(last: date) -> season_demand.Expected:
        ahead = season_demand.Ahead(first + 4 * week, last, 50.0, 300.0, 0.1, 2.0, None, "its own")
        row = {"store_id": 1, "product_key": "SUN"}
        return season_demand.expected(row, ahead, (0.5, 1.0), (first, {1: kept}))

    # four weeks of 7 until it, six of 14 in it; the error of six weeks 6, of scale 2
    found = told(first + 10 * week - timedelta(days=1))
    assert (found.until, found.inside, found.reach) == (28, 84, 12) and found.basis == "the forecast of Sun 2 Mar 2025"
    later = told(first + 10 * week)
    assert (later.until, later.inside, later.basis) == (25, 150, season_demand.BY_INDEX)
    assert later.reach == pytest.approx(1.2816 * np.sqrt(2 * 150 + 15**2))


# the planted shop


def test_days_have_what_the_ledger_has_and_the_stockout_is_put_back() -> None:
    found = known()
    told = day_map.of(scope())
    assert (found.count, found.last_day) == (DAYS, LAST)
    assert found.units.sum() == told["units"].sum() and found.total("net_sales").sum() >= float(told["net_sales"].sum())
    assert found.net_sales.sum() == pytest.approx(float(told["net_sales"].sum()))
    sun = index.place(found, "Sun")
    out = slice(*(found.at(day) for day in (season_shop.OUT[0], season_shop.OUT[1] + timedelta(days=1))))
    assert found.units[sun, out].sum() == 0 and not found.there[sun, out].any()
    wanted = 14 * 6 * season_shop.shape("SUN")[190] * 1.2**1.5
    assert found.demand[sun, out].sum() == pytest.approx(wanted, rel=0.25)


def test_days_that_were_marked_tell_nothing_of_a_season() -> None:
    day, sku = date(2023, 11, 24), {"product_key": "MUG"}
    before = known()
    mug, at = index.place(before, "Mug"), before.at(day)
    number = marks.mark(1, {"first_day": day, "last_day": day, "reason": "A single order"} | sku)
    try:
        after = known()
        assert before.demand[mug, at] == before.units[mug, at] == after.units[mug, at] != after.demand[mug, at]
        # eight a day, at the growth since, three times as much as the rest of the shop sold that day
        assert after.demand[mug, at] == pytest.approx(24 * 1.2**0.89, rel=0.3)
        assert after.there[mug, at] == 0 and before.there[mug, at] == 1
        assert (after.demand[:, at] != before.demand[:, at]).sum() == 1
    finally:
        marks.withdraw(1, number)
    assert (known().demand == before.demand).all()


def test_one_huge_order_makes_no_season_and_hides_none() -> None:
    rng = np.random.default_rng(8)
    wave = np.exp(0.6 * np.cos(2 * np.pi * YEARS.astype(int) / 365.25))
    sold = rng.poisson(3 * wave).astype(float)
    sold[100] += 400
    shape = decompose.shape(decompose.cells(sold, OPEN, YEARS, decompose.weeks_of))
    assert shape is not None and shape.chance < 0.001
    times = season_calendar.week_times()
    assert shape.index(times) == pytest.approx(np.exp(0.6 * np.cos(2 * np.pi * times)) / 1.092, rel=0.3)


def test_planted_indices_lie_within_their_intervals() -> None:
    rows = index.of(scope(), "product", "month")
    for sku in ("SUN", "SCARF"):
        days = [season_shop.FIRST + timedelta(days=each) for each in range(730)]
        month = np.array([each.month for each in days]) - 1
        daily = np.array(
            [season_shop.rush(each) * season_shop.shape(sku)[each.timetuple().tm_yday % 365 - 1] for each in days]
        )
        true = np.array([daily[month == each].mean() for each in range(12)])
        true /= true.mean()
        found = rows[rows["title"] == sku.title()]
        low, high = (found[name].to_numpy(dtype=float) for name in ("index_low_95", "index_high_95"))
        assert ((low <= true) & (true <= high)).sum() >= 11
        assert found["season_index"].astype(float).to_numpy() == pytest.approx(true, rel=0.25)
        assert set(found["season_basis"]) == {"its own"}
    # a fifth more each year
    assert Decimal("0.1") < row_of(rows, "Mug")["growth_a_year"] < Decimal("0.3")


def test_a_young_product_borrows_its_categorys_season_or_the_shops() -> None:
    rows = index.of(scope(), "product", "month")
    assert row_of(rows, "New")["season_basis"].startswith("the whole shop's")
    assert row_of(index.of(scope(), "category", "week"), "Jars")["season_basis"] == "the whole shop's"
    one = index.of(scope(), "product", "month", "units", "Sun")
    assert set(one["title"]) == {"Sun"} and len(one) == 12
    with pytest.raises(Refused, match="Nothing called Kite"):
        index.of(scope(), "product", "month", "units", "Kite")


def test_the_mean_of_the_year_is_one_and_less_than_a_year_is_refused_in_words() -> None:
    rows = index.of(scope(), "shop", "week", "net_sales")
    assert len(rows) == 52 and sum(rows["season_index"]) / 52 == pytest.approx(Decimal(1), abs=Decimal("0.001"))
    short = index.of(scope().over(None, date(2023, 9, 1)), "shop")
    assert short["is_refused"].all() and "242 days" in short["reason"].iloc[0] and "two" in short["reason"].iloc[0]
    year = index.of(scope().over(None, date(2024, 3, 1)), "shop")
    assert set(year["season_basis"]) == {index.FROM_ONE}
    with pytest.raises(ValueError, match="grain is one of"):
        index.of(scope(), "shop", "hour")


def test_seasons_start_and_peak_where_they_were_planted_and_what_has_none_has_none() -> None:
    rows = season_calendar.of(scope())
    sun, scarf = row_of(rows, "Sun"), row_of(rows, "Scarf")
    assert abs(sun["season_peak_week"] - 28) <= 3 and sun["peak_from_week"] <= 28 <= sun["peak_to_week"]
    # e^(0.9 cos) ÷ its mean passes 1.25 in the weeks 16 and 39
    assert abs(sun["season_start_week"] - 18) <= 3 and abs(sun["season_end_week"] - 38) <= 3
    assert scarf["season_start_week"] > 40 and scarf["season_end_week"] < 17
    for name in ("Mug", "Tea", "Pan", "Lamp"):
        assert row_of(rows, name)["season_state"] == "no season" and row_of(rows, name)["reason"]
    assert row_of(rows, "New")["season_state"] == "not known"
    assert sun["season_starts_on"] > LAST and scarf["season_starts_on"] < LAST < scarf["season_ends_on"]


def test_all_products_are_fitted_at_once_as_each_would_be_alone() -> None:
    found, calm = known(), season_calendar.calm_days(scope(), known())
    first = found.about["first_sold"].to_numpy()
    together = season_calendar.curves(found, calm, [np.array([at]) for at in range(len(first))])
    months = index.told(found, index.Look("product"), [np.array([at]) for at in range(len(first))])
    assert index.products(scope())["title"].iloc[0] == "Mug" and len(index.products(scope())) == len(first) == 10
    for at in np.flatnonzero(first == 0):
        there = found.there[at] * calm
        shape = decompose.shape(decompose.cells(found.units[at], there, found.dates, decompose.weeks_of))
        one, season = together[at], months[at][0]
        assert shape is not None and one is not None and season is not None and one.basis == "its own"
        assert one.shape.waves == pytest.approx(shape.waves) and one.shape.chance == pytest.approx(shape.chance)
        cells = decompose.cells(found.units[at], found.there[at], found.dates, decompose.months_of)
        alone = decompose.season(cells, 12, found.count)
        assert alone is not None and season.index == pytest.approx(alone.index)
        assert season.error == pytest.approx(alone.error)
    # a launch of the days of orders has no two years, and its category none to lend
    young = season_calendar.of(scope()).set_index("title").loc["New"]
    assert (young["season_state"], young["reason"]) == (
        season_calendar.UNKNOWN, "First sold 63 days ago: a season needs two years, and its category has none to lend.",
    )  # fmt: skip


def test_planted_uplifts_lie_within_their_intervals() -> None:
    rows = uplift.of(scope())
    during = rows[rows["phase"] == "during"].set_index("event")
    for name, true in (("Black Friday", 2.0), ("Fair", 1.0)):
        row = during.loc[name]
        # counts of Black Friday were drawn high
        reach = row["uplift_high_80"] - row["uplift"]
        assert abs(row["uplift"] - Decimal(str(true))) < reach * Decimal("1.2") and row["is_certain"]
        assert row["times_seen"] == 2 and row["really_sold"] - row["expected_sold"] == row["extra_sold"]
    assert during.loc["Fair", "event_kind"] == "own event"
    assert during.loc["Mother's Day", "reason"] == "Shares days with Fair: what those brought is in it."
    others = during.drop(["Black Friday", "Fair", "Mother's Day"])
    assert others["is_certain"].astype(bool).mean() <= 0.3
    assert during.loc["Black Friday", "next_on"] == date(2025, 11, 28)


def test_days_to_an_event_stand_beside_the_same_days_to_it() -> None:
    rows = by_event.of(scope(), "Black Friday", 28)
    told = day_map.of(scope()).set_index("day")["net_sales"]
    first = rows.iloc[0]
    assert (first["day"], first["day_before"], len(rows)) == (date(2024, 11, 1), date(2023, 10, 27), 43)
    zero = row_of(rows, 0, "days_to_event")  # type: ignore[arg-type]
    assert (zero["day"], zero["day_before"]) == season_shop.RUSHES[::-1]
    assert zero["sold"] == told[date(2024, 11, 29)] and rows["sold"].sum() == rows["sold_so_far"].iloc[-1]
    assert zero["sold_so_far"] == sum(told[date(2024, 11, 1) : date(2024, 11, 29)])
    easter = by_event.of(scope(), "Easter", 56)
    assert easter["day"].iloc[56] == date(2024, 3, 31) and easter["day_before"].iloc[56] == date(2023, 4, 9)
    with pytest.raises(Refused, match="no event Sukkot"):
        by_event.of(scope(), "Sukkot")


def test_days_that_are_not_over_are_not_known() -> None:
    rows = by_event.of(scope().over(None, date(2024, 11, 20)), "Black Friday", 28)
    ahead = rows[[each >= date(2024, 11, 20) for each in rows["day"]]]
    assert ahead["sold"].isna().all() and ahead["sold_so_far"].isna().all() and ahead["sold_before"].notna().all()


def test_a_launch_stands_beside_siblings_of_its_age() -> None:
    rows = launches.of(scope())
    new, jar = row_of(rows, "New"), row_of(rows, "Jar")
    assert list(rows["title"]) == ["New", "Pot", "Cup", "Jar"]
    assert (new["age_weeks"], new["siblings"], new["siblings_basis"]) == (9, 3, launches.AT_AGE)
    assert new["siblings_below"] == 1 and new["is_young"] and not jar["is_young"]
    # 28 days at 8, 154 at 4, at the growth of the shop then
    true = (28 * 8 + 154 * 4) * 1.2 ** ((DAYS + 14) / 365.25)
    assert float(new["projected_low_80"]) <= true <= float(new["projected_high_80"])
    curve = launches.curve(scope(), "New")
    assert (
        curve["sold_so_far"].dropna().iloc[-1] == new["sold_so_far"] == known().units[index.place(known(), "New")].sum()
    )
    assert curve["projected"].iloc[-1] == new["projected"]
    named = row_of(launches.of(scope(), 13, "Mug, Tea"), "New")
    assert named["is_refused"] or named["siblings_basis"] in (launches.NAMED, launches.YEAR_BEFORE)
    with pytest.raises(Refused, match="launch of Mug is not known"):
        launches.curve(scope(), "Mug")
    with pytest.raises(ValueError, match="weeks is 13 or 26"):
        launches.of(scope(), 20)


def test_a_plan_adds_up_and_orders_a_lead_time_before_the_season() -> None:
    rows = preseason.of(scope(), 26)
    assert list(rows["sku"]) == ["SUN"]
    row = rows.iloc[0]
    assert row["order_by"] == row["season_starts_on"] - timedelta(days=30) and row["supplier"] == "Dunes"
    assert row["days_left"] == (row["order_by"] - STOP).days
    assert row["incoming_before"] == 40 and row["available"] == 900
    assert row["stock_at_start"] == 900 + 40 - row["units_until"] > 0
    assert row["missing_units"] == row["season_units"] - row["stock_at_start"] - row["incoming_in_season"]
    assert row["suggested_order"] % 10 == 0 and 0 <= row["suggested_order"] - row["missing_units"] < 10
    assert row["order_value"] == row["suggested_order"] * 4
    days = pd.date_range(row["season_starts_on"], row["season_ends_on"])
    true = sum(season_shop.wanted("SUN", day.date()) for day in days)
    assert row["season_units_low"] * Decimal("0.9") <= true <= row["season_units_high"] * Decimal("1.1")
    parts = preseason.by_product(rows).iloc[0]
    assert parts["from_stock"] + parts["from_incoming"] + parts["missing_units"] == parts["season_units"]
    assert preseason.of(scope(), 2).empty


# the pages


def test_pages_show_what_the_results_say(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = open_page("pages/forecasts/seasons.py", {"by": "products", "series": "sun"})
    month = index.of(scope().over(None, None), "product", "month", "units", "Sun")
    assert cards(screen)["Highest index"] == max(month["season_index"]) and "Sun sells" in words(screen)
    # the names of a shop's products reach every one of them, and all of them are told
    found = open_page("pages/forecasts/seasons.py", {"by": "products", "find": "lam"})
    assert "Lamp sells" in words(found) and "of the products found the 1 that sold most" in words(found)
    screen = open_page("pages/forecasts/season_calendar.py")
    assert cards(screen)["With a season"] == 2 and "2 of 10 products have a season" in words(screen)
    assert cards(screen)["Without a season"] + cards(screen)["Season not known"] == 8
    found = open_page("pages/forecasts/season_calendar.py", {"find": "scarf,new"})
    assert list(found.dataframe[0].value["title"]) == ["Scarf", "New"] and "1 of 2 products" in words(found)
    assert "Nothing found" in {
        each.proto.title for each in open_page("pages/forecasts/season_calendar.py", {"find": "kite"}).info
    }
    screen = open_page("pages/forecasts/holidays.py")
    assert "Black Friday sold +" in words(screen)
    screen = open_page("pages/forecasts/by_event.py", {"event": "Black Friday"})
    assert "14 days after Black Friday" in words(screen)
    screen = open_page("pages/forecasts/launches.py")
    assert "more than 3 of 3 siblings" in words(screen)
    assert "No season of a counted product" in words(open_page("pages/forecasts/preseason.py"))
    monkeypatch.setattr(purchase_orders, "day_of", lambda scope: STOP)
    row = preseason.of(scope(), 26).iloc[0]
    from streamlit import cache_data

    cache_data.clear()
    screen = open_page("pages/forecasts/preseason.py")
    shown = cards(screen)
    assert shown["Missing for the season"] == row["missing_units"] and shown["Too late to order"] == 0
    screen.button(key="make_draft").click().run()
    assert not screen.exception and "is a draft now" in words(screen)
    drafted = purchase_orders.orders(scope()).query("status == 'draft'").iloc[0]
    assert (drafted["supplier"], drafted["units"], drafted["value"]) == (
        "Dunes",
        row["suggested_order"],
        row["order_value"],
    )
    lines = purchase_orders.lines(scope()).query("order_no == @drafted.order_no")
    assert list(lines["sku"]) == ["SUN"] and list(lines["units"]) == [row["suggested_order"]]
