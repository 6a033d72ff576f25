"""The pages of forecasts: what they say of runs written by hand, what people say otherwise, and how a run at work is shown."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

import pottery_forecasts
import price_shop
from analytics import db
from analytics.forecasts import accuracy, course, hindsight, job, overrides, parts, stored
from analytics.forecasts.course import Look
from analytics.scope import Scope
from screens import PRODUCTS, come_in, open_page, words

FORECAST, SAID, ACCURACY, SCENARIOS = (
    f"pages/forecasts/{name}.py" for name in ("forecast", "said", "accuracy", "scenarios")
)
STORE = {"store": price_shop.STORE}
MUG = {"level": "product", "measure": "Units", "product": "MUG"}
OURS = STORE | {"measure": "Units"}


@pytest.fixture(scope="module", autouse=True)
def shop(second_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", second_database)
        patch.setenv("ANALYTICS_BACKGROUND", "off")
        price_shop.bring(tmp_path_factory.mktemp("shop"))
        came = _came()
        pottery_forecasts.fill([came[0] * 2, *came[1:]])
        come_in(patch)
        yield
        db.forget()


def _came() -> list[float]:
    """What the store sold in the four weeks from 15 June on."""
    found = course.demand_of(price_shop.scope(), Look())
    return [float(each) for each in found.raw[0][-4:]]


def test_the_heading_sums_up_the_next_weeks_and_the_error_stands_beside_last_years() -> None:
    screen = open_page(FORECAST, OURS | {"ahead": "4 weeks"})
    said = words(screen)
    assert "Next 4 weeks: 400 pieces, 360 to 460 in four of five cases" in said
    assert "this was missed by 18.0 %; guessing last year's week missed by 31.0 %." in said
    assert "Forecasts of orders up to Fri 17 Jul 2026" in said
    rows = course.of(price_shop.scope(), Look(), 4)
    before = sum(course.of(price_shop.scope(), Look(), 4).loc[lambda each: each["is_ahead"].astype(bool), "before"])
    found = course.demand_of(price_shop.scope(), Look())
    assert float(before) == found.raw[0][-52:-48].sum()
    assert f"{abs(400 / before - 1) * 100:,.0f} %" in said and len(rows) == 65 + 4


def test_where_last_years_guess_was_better_that_is_said() -> None:
    said = words(open_page(FORECAST, STORE))
    assert "this was missed by 25.0 %. Guessing last year's week was better: it missed by 20.0 %." in said
    losers = words(open_page(ACCURACY, STORE))
    assert "Ours missed by 25.0 %, guessing last year's by 20.0 %; it lost on smooth demand" in losers
    assert "Guessing last year's was better for smooth demand" in losers
    winners = words(open_page(ACCURACY, OURS))
    assert "Ours missed by 18.0 %, guessing last year's by 31.0 %" in winners and "lost" not in winners
    assert "1 week ahead ours missed by 9.0 %, 13 weeks ahead by 27.0 %" in winners


def test_models_stand_behind_ours_and_last_year_is_marked() -> None:
    rows = accuracy.models(stored.scores(Scope(1), "units", "store", "week"))
    assert list(rows["model"]) == ["Ensemble", "MSTL", "SeasonalNaive"]
    assert list(rows["part"]) == ["ours", "model", "last year"] and not any(rows["is_beaten"])
    sales = accuracy.models(stored.scores(Scope(1), "net_sales", "store", "week"))
    assert list(sales["is_beaten"]) == [True, False]


def test_the_parts_of_the_store_stand_in_a_table_that_opens_them() -> None:
    screen = open_page(FORECAST, OURS | {"ahead": "4 weeks"})
    table = next(each.value for each in screen.dataframe if "forecast_low" in each.value.columns)
    assert list(table["name"]) == ["Cups", "Cloth"] and list(table["forecast"]) == [240, 160]
    assert list(table["forecast_low"]) == [216, 144]
    cups = open_page(FORECAST, OURS | {"level": "category", "category_of": "Cups", "ahead": "4 weeks"})
    assert "Next 4 weeks: 240 pieces, 216 to 276" in words(cups)
    product = next(each.value for each in cups.dataframe if "forecast_low" in each.value.columns)
    assert list(product["name"]) == ["Mug"]
    mug = open_page(FORECAST, OURS | {"level": "product", "product": "MUG"})
    assert "Next 13 weeks: 780 pieces" in words(mug)


def test_what_prophet_sees_is_shown_part_by_part() -> None:
    rows = parts.of(price_shop.scope(), Look("net_sales"))
    assert list(dict.fromkeys(rows["part"])) == ["trend", "holiday"]
    assert list(parts.summed(rows, "holiday")["amount"]) == [-400, 250]
    said = words(open_page(FORECAST, STORE))
    assert "Trend: from 1,900 EUR to 2,000 EUR a week" in said
    assert "Strike moves most: −400 EUR in the week of Mon 6 Jul 2026" in said
    assert "Holidays and festivals, EUR a week" in said


def test_a_level_that_has_no_such_measure_is_not_taken_for_another() -> None:
    screen = open_page(FORECAST, STORE | {"level": "product", "measure": "Net sales"})
    assert "This view does not exist" in [
        each.icon or each.proto.title for each in screen.warning
    ] or "not there" in words(screen)
    assert not screen.get("vega_lite_chart")


def test_what_was_said_is_held_against_what_came() -> None:
    came = _came()
    screen = open_page(SAID, OURS)
    said = words(screen)
    # the first week was said twice as high as it came, the others exactly
    wape = came[0] / sum(came)
    assert f"came {sum(came):,.0f} pieces: missed by {wape * 100:.1f} % over the weeks, 3 of 4 weeks inside" in said
    assert "made afterwards" in said
    row = hindsight.series(price_shop.scope(), Look(), 4).iloc[0]
    assert row["bias"] == pytest.approx(wape) and row["inside"] == 0.75 and row["weeks"] == 4
    naive = [2 * 0.95 * came[0], *(0.95 * each for each in came[1:])]
    expected = sum(abs(one - other) for one, other in zip(naive, came, strict=True)) / sum(came)
    assert row["naive_wape"] == pytest.approx(expected, abs=1e-6)
    assert "Nothing was said of this 8 weeks ago" in words(open_page(SAID, OURS | {"ago": "8"}))


def test_an_override_moves_the_forecast_stands_in_the_list_and_is_taken_back() -> None:
    screen = open_page(FORECAST, OURS | {"ahead": "4 weeks"})
    first, last, kind = (each for each in screen.selectbox if each.label in ("First week", "Last week", "Say"))
    first.set_value(date(2026, 7, 13))
    last.set_value(date(2026, 7, 20))
    kind.set_value("percent")
    next(each for each in screen.number_input if each.label == "Value").set_value(50.0)
    next(each for each in screen.button if each.label == "Keep it").click().run()
    assert "Write why" in words(screen)
    next(each for each in screen.text_input if each.label == "Reason").set_value("A fair in town")
    next(each for each in screen.button if each.label == "Keep it").click().run()
    assert not screen.exception
    said = words(screen)
    assert "Next 4 weeks: 500 pieces" in said and "is kept beside what the models say" in said
    listed = next(each.value for each in screen.dataframe if "reason" in each.value.columns)
    assert list(listed["said"]) == ["+50.0 %"] and list(listed["weeks"]) == ["13 – 26 Jul 2026"]
    rows = course.of(price_shop.scope(), Look(), 4)
    ahead = rows[rows["is_ahead"].astype(bool)]
    assert list(ahead["forecast"]) == [150, 150, 100, 100] and list(ahead["model"]) == [100] * 4
    screen.button(key="take_back").click().run()
    assert "It is taken back" in words(screen) and "Next 4 weeks: 400 pieces" in words(screen)
    assert overrides.of(Scope(1))["withdrawn_at"].notna().all()


def test_a_scenario_stands_in_the_address_and_refuses_what_cannot_be_told() -> None:
    screen = open_page(SCENARIOS, STORE | {"growth": "+10 %", "weeks": "4"})
    assert "The next 4 weeks: 440 pieces instead of 400, 800 EUR more net sales" in words(screen)
    table = next(each.value for each in screen.dataframe if "between" in each.value.columns)
    assert list(table["changed"]) == ["440", "506", "8,800.00 EUR"]
    refused = open_page(SCENARIOS, STORE | {"level": "product", "product": "MUG", "price": "−30 %"})
    assert "was never sold near" in words(refused) and not refused.get("vega_lite_chart")
    assert "Nothing is changed yet" in words(open_page(SCENARIOS, STORE))


def _state(**other: Any) -> dict[str, Any]:
    return job.state(1) | other


def test_a_run_at_work_shows_how_far_it_is_and_the_last_forecasts_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    working = _state(status="working", share=0.4, words="208 series; holding the models against the past")
    monkeypatch.setattr(job, "state", lambda store: working)
    screen = open_page(FORECAST, OURS)
    bar = screen.get("progress")[0].proto
    assert bar.value == 40 and "208 series" in bar.text and "of orders up to Fri 17 Jul 2026" in bar.text
    assert "Next 13 weeks" in words(screen)


def test_a_run_that_failed_says_why_and_forecasts_of_other_data_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = _state(status="failed", words="it was ended before it was finished")
    monkeypatch.setattr(job, "state", lambda store: failed)
    said = words(open_page(FORECAST, OURS))
    assert "it was ended before it was finished" in said and "Next 13 weeks" in said
    stale = failed | {"status": "done", "words": None, "is_current": False}
    monkeypatch.setattr(job, "state", lambda store: stale)
    assert "the data have changed since" in words(open_page(FORECAST, OURS))


def test_where_nothing_is_forecast_a_button_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    none = _state(status="none", as_of=None, run_id=None, is_current=False)
    asked: list[int] = []
    monkeypatch.setattr(job, "state", lambda store: none)
    monkeypatch.setattr(job, "run", lambda store, **how: asked.append(store))
    screen = open_page(FORECAST, OURS)
    assert not screen.get("vega_lite_chart") and "Nothing is forecast yet" in words(screen)
    screen.button(key="forecast_now").click().run()
    assert asked == [1] and not screen.exception


def test_units_are_told_by_location_and_of_every_product_at_each() -> None:
    asked = STORE | {"level": "location", "ahead": "4 weeks"}
    screen = open_page(FORECAST, asked)
    assert "Next 4 weeks: Yard will sell most, 220 pieces, 55.0 % of all" in words(screen) and "Yard by week" in words(
        screen
    )
    table = screen.dataframe[0].value
    assert {(row.name, row.location): (row.forecast_units, row.share_at_location) for row in table.itertuples(index=False)} == {
        ("Mug", "Hall"): (180, 75), ("Mug", "Yard"): (60, 25), ("Towel", "Yard"): (160, 100),
    }  # fmt: skip
    one = open_page(FORECAST, asked | {"at": "Hall", "find": "mug"})
    assert "Hall by week" in words(one) and list(one.dataframe[0].value["forecast_units"]) == [180]
    # a band is that of one product; of a whole location none is known
    assert "Units of Mug: dotted the forecast with its 80 % and 95 % intervals" in words(one)
    assert "Units of all its products: dotted the forecast, dashed" in words(screen)


def test_error_of_people_stands_beside_the_models() -> None:
    rows = stored.scores(Scope(1), "units", "store", "week").head(2)
    people = rows.assign(kind="all", model=[accuracy.SAID, accuracy.UNSAID], wape=[0.1, 0.2], step=0)
    assert accuracy.people(people).endswith(
        "missed by 10.0 %, the models alone in the same weeks by 20.0 %: people did better than the models."
    )
    assert accuracy.people(rows) == ""


def test_a_product_leads_to_its_forecast_and_back() -> None:
    links = {each.proto.label: dict(parse_qsl(each.proto.query_string)) for each in _links(FORECAST, MUG)}
    assert links["What to order of it"]["product"] == "MUG" and links["Its sales"]["product"] == "mug"
    assert links["What if"] == {"store": price_shop.STORE, "level": "product", "product": "MUG"}
    there = {
        each.proto.label: dict(parse_qsl(each.proto.query_string)) for each in _links(PRODUCTS, {"product": "mug"})
    }
    asked = there["Forecasts of its variants"]
    assert "Next 13 weeks: 780 pieces" in words(open_page(FORECAST, asked))


def _links(page: str, asked: dict[str, str]) -> Any:
    return open_page(page, STORE | asked).get("page_link")


def _with_a_table() -> None:
    import streamlit as st

    from pages.ui import forecast_panels, forecast_series

    st.session_state["table_parts"] = {"selection": {"rows": [1]}}
    st.button("open", on_click=forecast_series.open_row, args=("category", "parts", ["Cloth", "Cups"]))
    st.write(forecast_panels.levels().level)


def test_a_click_on_a_row_opens_its_level_and_series() -> None:
    screen = AppTest.from_function(_with_a_table).run()
    assert screen.markdown[0].value == "store"
    screen.button[0].click().run()
    assert not screen.exception
    assert screen.markdown[0].value == "category" and "Cups" in screen.query_params["category_of"]
