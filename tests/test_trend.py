"""A metric over time: periods of the store's own calendar, parts beside the same parts, moving means, targets, events."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import shop_files
from analytics import comparisons, events, grains, sales, settings, stores, targets, trend
from analytics.errors import Refused
from analytics.ingest.load import Options, load
from analytics.scope import Scope
from analytics.settings import Settings
from analytics.trend import Drawn
from screens import CALENDAR, SALES, SETTINGS, TARGETS, come_in, open_page, words

LAST = date(2026, 3, 31)
MONDAYS, APRIL = Settings(), Settings(7, 4)


@pytest.mark.parametrize(
    ("grain", "run", "first", "name"),
    [
        ("day", MONDAYS, "2026-02-11", "Wed 11 Feb 2026"),
        ("week", MONDAYS, "2026-02-09", "week of 9 Feb 2026"),
        ("week", APRIL, "2026-02-08", "week of 8 Feb 2026"),  # from Sunday
        ("month", APRIL, "2026-02-01", "Feb 2026"),
        ("quarter", MONDAYS, "2026-01-01", "Q1 2026"),
        ("quarter", APRIL, "2026-01-01", "Q4 FY 2025/26"),
        ("quarter", Settings(1, 2), "2026-02-01", "Q1 FY 2026/27"),
        ("year", MONDAYS, "2026-01-01", "2026"),
        ("year", APRIL, "2025-04-01", "FY 2025/26"),
    ],
)
def test_a_day_falls_into_the_period_of_the_stores_calendar(grain: str, run: Settings, first: str, name: str) -> None:
    found = grains.first_day(date(2026, 2, 11), grain, run)
    assert (str(found), grains.name(found, grain, run)) == (first, name)


def version_of(store: int) -> int:
    """The version of a store's data."""
    return int(stores.among(store)["data_version"].iloc[0])


def order(number: int, day: date, units: int, price: str = "10.00", title: str = "Mug") -> dict[str, str]:
    """A paid order of one line."""
    total = str(units * Decimal(price))
    return shop_files.order(number, day, units, price, title, {"Subtotal": total, "Total": total})


def books() -> list[dict[str, str]]:
    """Mugs from 1 January 2025 to 31 March 2026 at 10.00, from 1 March 2026 at 12.00: one on a working day, three on a
    Saturday, none on a Sunday; and a bowl a day from 2 February 2026."""
    rows = []
    for at in range((LAST - date(2025, 1, 1)).days + 1):
        day = date(2025, 1, 1) + timedelta(days=at)
        if day.weekday() < 6:
            price = "12.00" if day >= date(2026, 3, 1) else "10.00"
            rows.append(order(1000 + at, day, 3 if day.weekday() == 5 else 1, price))
        if day >= date(2026, 2, 2):
            rows.append(order(3000 + at, day, 1, "1.00", "Bowl"))
    return rows


@pytest.fixture(scope="module")
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> int:
    """The books in a database that these tests share; what one changes it puts back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        path = tmp_path_factory.mktemp("trend") / "orders.csv"
        load(shop_files.write(path, shop_files.ORDER_COLUMNS, books()), Options(store="Mugs"))
        for day, mugs, bowls in (("2026-03-02", 5, 4), ("2026-03-08", 0, 4), ("2026-03-16", 8, 0)):
            count = path.with_name(f"{day}.csv")
            rows = [
                {"Handle": title.lower(), "Title": title, "SKU": f"SKU-{title}", "Location": "Shop", "On hand (current)": str(n)}
                for title, n in (("Mug", mugs), ("Bowl", bowls))
            ]  # fmt: skip
            shop_files.write(count, shop_files.INVENTORY_COLUMNS, rows)
            load(count, Options(store="Mugs", as_of=date.fromisoformat(day)))
        return stores.find("Mugs")


@pytest.fixture
def store(shop: int, shared_database: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("DATABASE_URL", shared_database)
    come_in(monkeypatch)
    return shop


def scope(store: int, first: str, last: str) -> Scope:
    """The days from first to last, both included."""
    return Scope(store, date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1), currency="USD")


def test_weeks_begin_on_the_stores_first_weekday_and_quarters_with_its_fiscal_year(store: int) -> None:
    days = scope(store, "2026-01-01", "2026-03-31")
    version = version_of(store)
    settings.save(store, Settings(7, 2, ("DE",)))
    try:
        assert version_of(store) == version + 1
        assert settings.of(store) == Settings(7, 2, ("DE",))
        assert {day.isoweekday() for day in sales.daily(days, "week")["day"]} == {7}
        quarters = sales.daily(days, "quarter")
        # January: 22 working days with a mug and 5 Saturdays with three; it ends the quarter that began in November
        assert [str(day) for day in quarters["day"]] == ["2025-11-01", "2026-02-01"]
        assert quarters["net_sales"].tolist()[0] == (22 + 5 * 3) * 10
    finally:
        settings.save(store, Settings())


@pytest.mark.parametrize(
    "wrong", [Settings(0), Settings(8), Settings(1, 13), Settings(1, 1, ("XX",)), Settings(1, 1, ("germany",))]
)
def test_settings_that_do_not_exist_are_refused_and_nothing_changes(store: int, wrong: Settings) -> None:
    version = version_of(store)
    with pytest.raises(Refused):
        settings.save(store, wrong)
    assert (settings.of(store), version_of(store)) == (Settings(), version)


@pytest.mark.parametrize("grain", ["day", "week", "quarter"])
@pytest.mark.parametrize("comparison", comparisons.COMPARISONS[:4])
def test_the_periods_add_up_to_the_days_and_to_the_days_compared_with(store: int, grain: str, comparison: str) -> None:
    days = scope(store, "2026-02-11", "2026-03-17")
    assert days.start and days.stop
    compared = comparisons.of(days.start, days.stop, comparison, comparisons.Known(date(2025, 1, 1), LAST))
    assert compared is not None
    before = compared.scope(days)
    found = trend.of(days, before, Drawn("units", grain, comparison, LAST, date(2025, 1, 1)))
    assert sum(found["amount"]) == sales.summary(days)["units"].iloc[0]
    assert sum(each for each in found["before"] if each) == comparisons.answer(sales.summary, before)["units"].iloc[0]


def test_a_part_of_a_month_stands_beside_the_same_part(store: int) -> None:
    days = scope(store, "2026-02-11", "2026-03-31")
    before = days.over(date(2025, 2, 12), date(2025, 4, 2))
    drawn = Drawn("gross_sales", "month", "same weekdays last year", date(2026, 3, 10), date(2025, 1, 1))
    found = trend.of(days, before, drawn)
    assert found["is_partial"].tolist() == [True, True]  # from the 11th; and until the 10th, where the data end
    assert found[["days", "period_days"]].values.tolist() == [[18, 28], [10, 31]]
    # 11 to 28 February: 13 working days and 3 Saturdays, and 18 bowls; a year before no bowls
    assert found["amount"].tolist()[0] == (13 + 3 * 3) * 10 + 18
    assert found["before"].tolist()[0] == (13 + 3 * 3) * 10
    whole = trend.of(scope(store, "2026-02-01", "2026-02-28"), None, Drawn("gross_sales", "month", last_day=LAST))
    assert whole["is_partial"].tolist() == [False]


def test_days_that_are_not_over_are_not_drawn_as_zero(store: int) -> None:
    found = trend.of(scope(store, "2026-03-30", "2026-04-05"), None, Drawn(last_day=LAST))
    assert [str(day) for day in found["day"]] == ["2026-03-30", "2026-03-31"]


def test_days_before_the_data_begin_are_unknown_in_a_comparison(store: int) -> None:
    days = scope(store, "2025-01-01", "2025-01-07")
    found = trend.of(days, days.over(date(2024, 1, 3), date(2024, 1, 10)), Drawn(first_day=date(2025, 1, 1)))
    assert found["before"].tolist() == [None] * 7


def test_ratios_are_those_of_sums_in_a_period_and_in_a_mean_of_ranges(store: int) -> None:
    days = scope(store, "2026-03-02", "2026-03-08")
    compared = comparisons.of(date(2026, 3, 2), date(2026, 3, 9), "last four same weekdays")
    assert compared is not None
    found = trend.of(days, compared.scope(days), Drawn("average_order_value", "week", "last four same weekdays", LAST))
    # mugs 5 × 12 + 36 and seven bowls, over 13 orders; before: four times 5 × 10 + 30 and seven bowls
    assert found["amount"].tolist() == [Decimal(103) / 13]
    assert found["before"].tolist() == [Decimal(87) / 13]


def test_a_moving_mean_takes_the_seven_days_up_to_the_day(store: int) -> None:
    found = trend.of(scope(store, "2025-01-05", "2025-01-08"), None, Drawn("units", first_day=date(2025, 1, 1)))
    # 1 January 2025 was a Wednesday: the seventh day is Tuesday the 7th. Six days sold, one of them a Saturday: 8 ÷ 7
    assert found["moving"].tolist() == [None, None, Decimal(8) / 7, Decimal(8) / 7]
    ratio = trend.of(scope(store, "2025-01-07", "2025-01-07"), None, Drawn("average_order_value"))
    assert ratio["moving"].tolist() == [Decimal(80) / 6]


def test_a_targets_shape_follows_the_same_weekdays_of_last_year(store: int) -> None:
    about = scope(store, "2026-03-01", "2026-03-31")
    found = targets.shape(about, date(2026, 3, 1), "units")
    assert found.rule == targets.BY_LAST_YEAR and sum(found.shares.values()) == 1
    # March 2026 has 22 working days, 4 Saturdays and 5 Sundays: 34 units a year before
    assert found.shares[date(2026, 3, 2)] == Fraction(1, 34)
    assert found.shares[date(2026, 3, 7)] == Fraction(3, 34)
    assert found.shares[date(2026, 3, 1)] == 0


def test_without_last_year_the_weekdays_of_eight_weeks_give_the_shape(store: int) -> None:
    found = targets.shape(scope(store, "2025-03-01", "2025-03-31"), date(2025, 3, 1), "units")
    assert found.rule == targets.BY_WEEKDAY and sum(found.shares.values()) == 1
    # March 2025 has 21 working days and 5 Saturdays: 36 units
    assert found.shares[date(2025, 3, 3)] == Fraction(1, 36) and found.shares[date(2025, 3, 1)] == Fraction(3, 36)


def test_without_eight_weeks_a_target_is_spread_evenly(store: int) -> None:
    found = targets.shape(scope(store, "2025-02-01", "2025-02-28"), date(2025, 2, 1), "units")
    assert found.rule == targets.EVENLY and set(found.shares.values()) == {Fraction(1, 28)}


def test_the_days_parts_of_a_target_add_up_to_it() -> None:
    thirds = targets.Shape({date(2026, 3, day): Fraction(1, 3) for day in (1, 2, 3)}, "")
    assert list(targets.spread(Decimal(100), thirds).values()) == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]


def target(month: str, amount: Any, metric: str = "units", currency: str = "USD") -> dict[str, Any]:
    """A row as the page's table gives it."""
    return {"month": date.fromisoformat(month), "metric": metric, "currency": currency, "amount": amount}


def test_the_month_to_date_stands_beside_the_part_of_the_target_due(store: int) -> None:
    targets.save(store, [target("2026-03-15", 68)])
    try:
        row = targets.progress(scope(store, "2026-03-05", "2026-03-10")).iloc[0]
        # 1 to 10 March: Sunday, 5 working days, Saturday, Sunday, 2 working days: 10 of 34, so 20 of 68 are due;
        # mugs 10, bowls 10
        assert (row["month"], row["through"]) == (date(2026, 3, 1), date(2026, 3, 10))
        assert (row["due"], row["actual"], row["ahead"]) == (20, 20, 0)
        found = trend.of(scope(store, "2026-03-01", "2026-03-31"), None, Drawn("units", "month", last_day=LAST))
        assert found["target"].tolist() == [68]
        channel = Scope(store, date(2026, 3, 1), date(2026, 4, 1), channels=("web",), currency="USD")
        assert targets.progress(channel).empty  # a target is the whole store's
        assert "as much as the 20 due by then" in targets.in_words(row.to_dict())
    finally:
        targets.save(store, [])


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([target("2026-03-01", None)], "Row 1 has no amount"),
        ([target("2026-03-01", 0)], "more than 0"),
        ([target("2026-03-01", 5, "gross_margin")], "there are targets for"),
        ([target("2026-03-01", 5, currency="EURO")], "not a currency"),
        ([target("2026-03-01", 5), target("2026-03-31", 6)], "Units of March 2026 in USD is there twice"),
    ],
)
def test_a_target_that_is_wrong_is_refused_and_none_is_changed(store: int, rows: list[Any], reason: str) -> None:
    targets.save(store, [target("2026-01-01", 7)])
    try:
        with pytest.raises(Refused, match=reason):
            targets.save(store, rows)
        assert targets.of(Scope(store))["amount"].tolist() == [7]
    finally:
        targets.save(store, [])


def event(title: str, day: str, number: int | None = None, **more: Any) -> dict[str, Any]:
    """A row as the page's table gives it."""
    usual = {"event_id": number, "starts_on": date.fromisoformat(day), "ends_on": None, "kind": "note", "note": None}
    return usual | {"title": title} | more


def test_price_changes_stockouts_and_launches_are_found(store: int) -> None:
    found = events.found(scope(store, "2026-01-15", "2026-03-31"))
    told = {(str(row["starts_on"]), row["kind"], row["title"], row["note"]) for row in found.to_dict("records")}
    assert told == {
        ("2026-03-02", "price change", "Mug 10.00 → 12.00 USD", "+20.0 %"),  # the 1st was a Sunday, when nothing sold
        ("2026-02-02", "launch", "Bowl first sold", "28 units in its first 28 days"),
        # counted at 0 on a Sunday; on Monday one was sold. The bowl was counted at 0 on a day on which it sold: it was there
        ("2026-03-08", "stockout", "Mug out of stock", "back on Mon 9 Mar 2026"),
    }


def test_variants_of_a_product_that_change_in_one_week_are_one_event() -> None:
    day = date(2026, 3, 3)
    changed = [
        (at, day + timedelta(days=later), "price change", title, "1.00 → 2.00 EUR", "+100.0 %")
        for at, (title, later) in enumerate([("Jeans - 38", 2), ("Jeans - 40", 0), ("Jeans - 42", 30), ("Shirt", 0)])
    ]
    assert [(str(row[0]), row[3]) for row in events._by_product(changed)] == [
        ("2026-03-03", "Jeans (2 variants) 1.00 → 2.00 EUR"),
        ("2026-04-02", "Jeans - 42 1.00 → 2.00 EUR"),
        ("2026-03-03", "Shirt 1.00 → 2.00 EUR"),
    ]


def test_an_event_of_many_variants_is_on_the_day_of_most_of_them_and_counts_each_once() -> None:
    day = date(2026, 3, 3)
    out = [
        (at, day + timedelta(days=later), "stockout", title, "out of stock", note)
        for at, (title, later, note) in enumerate(
            [("Jeans - 38", 4, ""), ("Jeans - 40", 4, ""), ("Jeans - 42", 0, ""), ("Jeans - 42", 4, "back later")]
        )
    ]
    assert [(str(row[0]), row[3]) for row in events._by_product(out)] == [
        ("2026-03-07", "Jeans (3 variants) out of stock")
    ]
    # one variant that is out twice in a week is one variant
    assert events._by_product(out[2:])[0][3:] == ("Jeans - 42 out of stock", None)


def test_what_sold_from_the_first_day_of_the_data_was_not_launched_then(store: int) -> None:
    assert events.found(scope(store, "2025-01-01", "2025-01-31")).empty


def test_own_events_come_first_and_holidays_are_those_of_the_countries(store: int) -> None:
    settings.save(store, Settings(countries=("AT", "DE")))
    events.save(store, [], [event("Fair", "2026-01-05"), event("Sale", "2026-01-02", kind="promotion")])
    try:
        found = events.of(scope(store, "2026-01-01", "2026-01-31"), most=3)
        assert found[["letter", "title", "kind", "is_own"]].values.tolist() == [
            ["A", "New Year's Day", "holiday", False],
            ["B", "Sale", "promotion", True],
            ["C", "Fair", "note", True],
        ]
        assert found["note"].iloc[0] == "AT, DE"
        # by week from Monday: the 1st, 2nd lie in the week of 29 December
        assert events.letters(found, [date(2025, 12, 29), date(2026, 1, 5)]) == ["A B", "C"]
        # over two years the letters of 1, 2 and 5 January would touch
        two_years = [date(2025, 1, 1) + timedelta(days=at) for at in range(730)]
        assert [each for each in events.letters(found, two_years) if each] == ["A B C"]
    finally:
        settings.save(store, Settings())
        events.save(store, list(events.own(Scope(store))["event_id"]), [])


def test_an_edited_calendar_keeps_what_somebody_else_entered_meanwhile(store: int) -> None:
    events.save(store, [], [event("First", "2026-01-05"), event("Second", "2026-01-06")])
    first, second = events.own(Scope(store))["event_id"]
    try:
        events.save(store, [], [event("Theirs", "2026-01-07")])
        events.save(store, [first, second], [event("Changed", "2026-01-08", second), event("New", "2026-01-09")])
        assert events.own(Scope(store))["title"].tolist() == ["Theirs", "Changed", "New"]
        with pytest.raises(Refused, match="Row 1: “Back” ends on 2026-01-01"):
            events.save(store, [second], [event("Back", "2026-01-02", ends_on=date(2026, 1, 1))])
        assert events.own(Scope(store))["title"].tolist() == ["Theirs", "Changed", "New"]
    finally:
        events.save(store, list(events.own(Scope(store))["event_id"]), [])


MARCH = {"store": "Mugs", "days": ["2026-03-02", "2026-03-08"]}


def test_the_sales_page_draws_the_metric_and_grain_of_the_address(store: int) -> None:
    screen = open_page(SALES, MARCH | {"metric": "Units", "grain": "week", "compare": "last four same weekdays"})
    said = words(screen)
    assert "Units by week" in said
    assert "against the mean of 4 ranges of the same weekdays in 2 Feb – 1 Mar 2026" in said
    assert "Mug 10.00 → 12.00 USD" in said.replace("\\", "")


@pytest.mark.parametrize(("name", "value"), [("metric", "Profit"), ("grain", "decade"), ("smooth", "yes")])
def test_a_metric_or_grain_that_does_not_exist_shows_a_notice_and_no_chart(store: int, name: str, value: str) -> None:
    screen = open_page(SALES, MARCH | {name: value})
    assert f"“{value}”" in words(screen)
    assert "highest" not in words(screen)


def test_days_without_an_event_are_refused_on_the_page(store: int) -> None:
    screen = open_page(
        SALES, {"store": "Mugs", "days": ["2026-01-19", "2026-01-25"], "compare": "same event last year"}
    )
    assert "No event lies in these days" in words(screen)


@pytest.mark.parametrize("page", [CALENDAR, TARGETS, SETTINGS])
def test_settings_targets_and_the_calendar_are_pages(store: int, page: str) -> None:
    assert open_page(page, {"store": "Mugs"}).title


def test_settings_are_kept_by_their_button(store: int) -> None:
    screen = open_page(SETTINGS, {"store": "Mugs"})
    next(box for box in screen.selectbox if box.label == "A week starts on").set_value("Sunday")
    next(button for button in screen.button if button.label == "Save").click()
    screen.run()
    try:
        assert settings.of(store).week_start == 7 and "The settings are kept." in words(screen)
    finally:
        settings.save(store, Settings())
