"""What forecasts are learnt from: series of a shop worked out by hand, corrected for days without stock and marked ones."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

import demand_shop
from analytics import db, events, sales, stores
from analytics.errors import Refused
from analytics.forecasts import demand, demand_results, inputs, location_shares, marks, outs, spikes
from analytics.forecasts.demand import Demand
from analytics.forecasts.inputs import Occasion
from analytics.forecasts.shelf import MARKED, STOCKOUT
from analytics.forecasts.sold import Days
from analytics.scope import Scope
from analytics.stock import books, channel_locations, walk
from analytics.stock.positions import ELSEWHERE
from screens import cards, come_in, open_page, words

D = Decimal
MARKS = "pages/forecasts/marks.py"
SHOP = Scope(1)
ALL = [(measure, level) for measure, levels in demand.LEVELS.items() for level in levels if level != "location"]


@pytest.fixture(scope="module")
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop, loaded once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        demand_shop.bring(tmp_path_factory.mktemp("demand"))
        yield
        db.forget()


def series(found: Demand, key: str, what: Any = None) -> dict[str, float]:
    """A series by the month and day on which its weeks begin, from 1 January 2026 on: what it is learnt from unless told."""
    row = list(found.keys["series_key"]).index(key)
    values = (found.panel.values if what is None else what)[row]
    days = [found.first_day + timedelta(weeks=at) for at in range(len(values))]
    return {f"{day:%m-%d}": float(value) for day, value in zip(days, values, strict=True) if day >= date(2026, 1, 1)}


def test_weeks_are_whole_ones_from_the_stores_first_weekday_and_the_first_of_a_product_is_dropped_if_it_is_not(
    shop: None,
) -> None:
    found = demand.of(1, "units", "product", "week")
    assert found.first_day == date(2024, 12, 29) and found.next_day == date(2026, 3, 29)
    assert list(found.keys["series_key"]) == ["BOWL", "MUG", "SOAP", "VASE"]
    mugs = series(found, "MUG")
    # from Wednesday 7 January on: four days of the week of the 4th, which are no week
    assert np.isnan(mugs["01-04"]) and mugs["01-11"] == 14 and series(found, "MUG", found.raw)["01-04"] == 8
    assert found.panel.length.tolist() == [11, 11, 10, 11], "soaps from Monday 12 January, vases from Friday the 9th"
    assert found.panel.step.offset == 3 and (found.panel.last == (date(2026, 3, 22) - date(1970, 1, 4)).days // 7).all()


def test_a_bundle_is_asked_for_as_its_parts_and_a_product_with_a_new_name_is_the_same(shop: None) -> None:
    found = demand.of(1, "units", "product", "week")
    assert set(list(series(found, "SOAP").values())[2:]) == {3}, "one, and two in a box"
    assert series(found, "MUG")["03-15"] == 14 and "BOX" not in set(found.keys["series_key"])


def test_nine_days_without_stock_are_no_low_demand(shop: None) -> None:
    found = demand.of(1, "units", "product", "week")
    raw, learnt = series(found, "MUG", found.raw), series(found, "MUG")
    # two days of the first week, three of the second
    assert (raw["02-08"], raw["02-15"]) == (4, 6)
    assert (learnt["02-08"], learnt["02-15"]) == (pytest.approx(14), pytest.approx(14))
    why = series(found, "MUG", found.why)
    assert {day: reason for day, reason in why.items() if reason} == {"02-08": STOCKOUT, "02-15": STOCKOUT}
    assert found.panel.known.left_out is not None
    np.testing.assert_array_equal(found.panel.known.left_out, found.why > 0)


def test_what_is_above_products_is_their_sum_as_sold_and_as_learnt_from(shop: None) -> None:
    products, groups = (demand.of(1, "units", level, "week") for level in ("product", "category"))
    whole = demand.of(1, "units", "store", "week")
    for kept in ("raw", "values"):
        each, group, top = (
            getattr(found, kept, None) if kept == "raw" else found.panel.values for found in (products, groups, whole)
        )
        assert each is not None and group is not None and top is not None
        at = slice(-10, None)
        np.testing.assert_allclose(np.nansum(each[:, at], axis=0), top[0, at])
        kitchen = products.keys["category"] == "Kitchen"
        np.testing.assert_allclose(
            each[kitchen][:, at].sum(axis=0), group[list(groups.keys["series_key"]).index("Kitchen"), at]
        )
    # 10 of 21 were put back in the kitchen's week of 8 February; of the shop's 25 that is still more than a tenth
    assert (
        series(groups, "Kitchen")["02-08"] == pytest.approx(21)
        and series(groups, "Kitchen", groups.why)["02-08"] == STOCKOUT
    )
    assert series(whole, "")["02-08"] == pytest.approx(25) and series(whole, "", whole.why)["02-08"] == STOCKOUT
    np.testing.assert_array_equal(products.raw.sum(axis=0) + products.rest, whole.raw[0])


@pytest.mark.parametrize(("measure", "level"), ALL)
def test_series_add_up_to_what_sales_says_of_the_same_days_to_the_cent(shop: None, measure: str, level: str) -> None:
    for grain in demand.GRAINS:
        found = demand.of(1, measure, level, grain)
        told = sales.summary(Scope(1, found.first_day, found.next_day)).set_index("currency")
        currencies = found.keys["currency"].tolist() + found.left["currency"].tolist()
        for currency in set(currencies):
            ours = found.raw[(found.keys["currency"] == currency).to_numpy()].sum() + (
                found.rest.sum() if currency != "USD" else 0
            )
            if measure == "units":
                boxes = sum(
                    sales.products(Scope(1, found.first_day, found.next_day)).query("product_key == 'BOX'")["units"]
                )
                assert D(str(ours)) == sum(told["units"]) + boxes, "a box is two soaps"
            else:
                assert D(str(round(ours, 4))) == told.loc[currency, "net_sales"]


def test_what_was_given_back_lowers_net_sales_on_the_day_of_the_order_and_no_units(shop: None) -> None:
    money, pieces = (demand.of(1, measure, "store", "day") for measure in ("net_sales", "units"))
    at = (date(2026, 3, 1) - money.first_day).days
    row = money.keys["currency"].tolist().index("EUR")
    assert (money.raw[row, at], pieces.raw[0, at]) == (30, 3), "two mugs less one, and a bowl"
    assert money.raw[row, at + 19] == 50, "nothing is taken off on the day on which it came back"


def test_each_currency_is_a_series_of_its_own(shop: None) -> None:
    found = demand.of(1, "net_sales", "store", "week")
    assert found.keys["currency"].tolist() == ["EUR", "USD"]
    assert found.raw[1, -11:].tolist() == [15.0] * 11


def test_net_sales_that_a_stockout_hid_are_put_back_at_what_pieces_bring(shop: None) -> None:
    found = demand.of(1, "net_sales", "category", "week")
    # the mugs of two days and seven bowls; five days of two mugs more
    assert series(found, "Kitchen", found.raw)["02-08"] == 150
    assert series(found, "Kitchen")["02-08"] == pytest.approx(350)
    channels = demand.of(1, "net_sales", "channel", "week")
    assert (
        series(channels, "web")["02-15"] == pytest.approx(280) and series(channels, "web", channels.raw)["02-15"] == 120
    )
    assert series(channels, "till", channels.raw)["02-15"] == pytest.approx(series(channels, "till")["02-15"])


def test_what_was_not_sold_for_a_year_and_what_is_too_new_is_left_out_and_told(shop: None) -> None:
    found = demand.of(1, "units", "product", "week")
    left = found.left.set_index("series_key")[["reason", "last_day"]].to_dict("index")
    assert left["OLD"] == {"reason": demand.GONE, "last_day": date(2025, 1, 1)}
    assert left["NEW"]["reason"] == demand.NEW and len(left) == 2
    assert found.rest.sum() == 3, "what OLD sold is still in the sums"
    # a week later it has one, of six days; what they sold stands for seven
    assert series(demand.of(1, "units", "product", "week", date(2026, 4, 4)), "NEW")["03-29"] == pytest.approx(7 / 6)


def test_as_of_an_earlier_day_nothing_later_is_known(shop: None) -> None:
    found = demand.of(1, "units", "product", "week", date(2026, 2, 16))
    assert found.next_day == date(2026, 2, 15) and "03-01" not in series(found, "MUG")
    assert series(found, "MUG")["02-08"] == 4, "the count that told of the stockout came two days later"


def test_stores_stand_apart_and_a_file_in_utc_is_cut_by_the_stores_zone(shop: None) -> None:
    assert demand.of(stores.find("Elsewhere"), "units", "product", "day").raw.sum() == 100
    west = demand.of(stores.find("West"), "units", "store", "day")
    assert west.last_day == date(2026, 4, 30) and west.raw[0, -1] == 1


def test_what_is_not_forecast_is_refused(shop: None) -> None:
    with pytest.raises(Refused, match="no series of net_sales by product"):
        demand.of(1, "net_sales", "product", "week")
    with pytest.raises(Refused, match="no orders by then"):
        demand.of(1, "units", "store", "week", date(2024, 1, 1))


def test_one_large_order_is_proposed_and_nothing_else(shop: None) -> None:
    (row,) = spikes.of(SHOP).to_dict("records")
    assert (row["product_key"], row["day"], row["units"], row["usual_units"]) == ("BOWL", demand_shop.LARGE, 41, 1)
    # a usual day sells 1, give or take the root of it
    assert (row["deviations"], row["orders"], row["largest_order"]) == (40, 2, 40)
    assert row["reason"] == "One order of 40 pieces (BOWL26030440)"
    assert spikes.of(Scope(1, stop=demand_shop.LARGE)).empty


def test_a_marked_day_is_learnt_from_as_usual_until_the_mark_is_taken_back(shop: None) -> None:
    version = stores.among(1)["data_version"].iloc[0]
    number = marks.mark(
        1, {"sku": "BOWL", "first_day": demand_shop.LARGE, "reason": "A hotel opened", "marked_by": "Ada"}
    )
    assert stores.among(1)["data_version"].iloc[0] == version + 1
    found = demand.of(1, "units", "product", "week")
    assert (series(found, "BOWL", found.raw)["03-01"], series(found, "BOWL")["03-01"]) == (47, pytest.approx(7))
    assert {day for day, why in series(found, "BOWL", found.why).items() if why} == {"03-01"}
    assert series(found, "BOWL", found.why)["03-01"] == MARKED and spikes.of(SHOP).empty
    money = demand.of(1, "net_sales", "category", "week")
    # 1 mug came back; the wholesale order of 200 and the bowl of the day go, a bowl at its usual 10 comes
    assert series(money, "Kitchen", money.raw)["03-01"] == 280 - 20 + 70 + 200
    assert series(money, "Kitchen")["03-01"] == pytest.approx(280 - 20 + 70)
    marks.withdraw(1, number)
    back = demand.of(1, "units", "product", "week")
    assert series(back, "BOWL")["03-01"] == 47 and not series(back, "BOWL", back.why)["03-01"]
    told = marks.of(SHOP)[["product_key", "first_day", "last_day", "reason", "marked_by"]].to_numpy().tolist()
    assert told == [["BOWL", demand_shop.LARGE, demand_shop.LARGE, "A hotel opened", "Ada"]]
    assert marks.of(SHOP)["withdrawn_at"].notna().all() and marks.standing(SHOP).empty
    with pytest.raises(Refused, match="taken back before"):
        marks.withdraw(1, number)


def test_a_day_of_the_whole_shop_can_be_marked_and_a_bundles_are_those_of_its_parts(shop: None) -> None:
    whole = marks.mark(1, {"first_day": date(2026, 3, 16), "reason": "The site was down"})
    box = marks.mark(
        1, {"sku": "BOX", "first_day": date(2026, 3, 9), "last_day": date(2026, 3, 10), "reason": "Given away"}
    )
    found = demand.of(1, "units", "product", "week")
    assert {key: series(found, key, found.why)["03-15"] for key in found.keys["series_key"]} == dict.fromkeys(
        found.keys["series_key"], MARKED
    )
    assert [key for key in found.keys["series_key"] if series(found, key, found.why)["03-08"]] == ["SOAP"]
    assert series(found, "MUG")["03-15"] == pytest.approx(14)
    for number in (whole, box):
        marks.withdraw(1, number)


def test_an_edited_table_of_marks_changes_only_what_was_changed_and_keeps_what_stood(shop: None) -> None:
    rows = [
        {"product_key": "BOWL", "first_day": demand_shop.LARGE, "reason": "Hotel"},
        {"first_day": date(2026, 3, 20), "reason": "Down"},
    ]
    assert marks.save(1, [], rows, "Ada") == 2
    stood = marks.standing(SHOP).to_dict("records")
    known = [row["mark_id"] for row in stood]
    assert marks.save(1, known, stood) == 0
    bowl = next(row for row in stood if row["product_key"])
    assert marks.save(1, known, [bowl | {"reason": "A hotel opened"}], "Ben") == 3, (
        "one anew for the old one, and one less"
    )
    (now,) = marks.standing(SHOP).to_dict("records")
    assert (now["reason"], now["marked_by"], now["mark_id"] in known) == ("A hotel opened", "Ben", False)
    version = stores.among(1)["data_version"].iloc[0]
    for row, said in (
        ({"first_day": None, "reason": "x"}, "Row 1: Which day"),
        ({"first_day": date(2026, 3, 2), "last_day": date(2026, 3, 1), "reason": "x"}, "before they begin"),
        ({"first_day": date(2026, 3, 2), "reason": " "}, "Write why"),
        ({"first_day": date(2027, 3, 2), "reason": "x"}, "lies outside"),
        ({"first_day": date(2026, 3, 2), "reason": "x", "product_key": "JUG"}, "no product “JUG”"),
    ):
        with pytest.raises(Refused, match=said):
            marks.save(1, [now["mark_id"]], [row])
    assert stores.among(1)["data_version"].iloc[0] == version
    marks.withdraw(1, now["mark_id"])


def test_results_tell_of_each_period_what_was_sold_what_is_learnt_from_and_why(shop: None) -> None:
    found = demand_results.of(Scope(1, date(2026, 2, 8), date(2026, 2, 23)), "units", "product", "week", "MUG")
    rows = found[["day", "raw", "corrected", "left_out", "reason"]].to_numpy().tolist()
    assert rows == [
        [date(2026, 2, 8), 4.0, 14.0, True, "out of stock"],
        [date(2026, 2, 15), 6.0, 14.0, True, "out of stock"],
    ]
    with pytest.raises(ValueError, match="'JUG'"):
        demand_results.of(SHOP, "units", "product", "week", "JUG")
    first = demand_results.corrected(SHOP).iloc[0]
    assert (first["series_key"], first["weeks_out_of_stock"], first["put_back"]) == ("MUG", 2, 18)
    assert set(demand_results.left(SHOP)["series_key"]) == {"OLD", "NEW"}


def test_holidays_are_of_the_shops_countries_or_of_those_that_orders_went_to(shop: None) -> None:
    told, said = inputs.countries(1, demand_shop.LAST)
    assert told == ("DE",) and "settings" in said
    west = stores.find("West")
    found, said = inputs.countries(west, date(2026, 5, 1))
    assert found == ("US",) and said.startswith("Holidays of US, where 100% of the orders went")
    assert inputs.countries(stores.find("Elsewhere"), demand_shop.LAST)[0] == ()
    days = dict(inputs.holidays(1, demand_shop.LAST, date(2026, 4, 1), date(2026, 11, 30)))
    assert days[date(2026, 10, 3)] == "German Unity Day" and days[date(2026, 11, 27)] == "Black Friday"
    assert date(2026, 7, 4) not in days and not {"Diwali", "Mothering Sunday"} & set(days.values())
    assert date(2026, 7, 4) in dict(inputs.holidays(west, date(2026, 5, 1), date(2026, 7, 1), date(2026, 7, 31)))


def test_the_users_events_stand_beside_the_series_also_those_ahead(shop: None) -> None:
    rows = [
        {"starts_on": date(2026, 4, 20), "ends_on": date(2026, 4, 26), "kind": "promotion", "title": "Spring sale"},
        {"starts_on": date(2026, 4, 1), "ends_on": date(2026, 4, 30), "kind": "stockout", "title": "No mugs"},
    ]
    events.save(1, [], rows)
    found = inputs.attached(demand.of(1, "units", "category", "week"), 26)
    assert [(each.title, each.starts_on, each.series) for each in found.panel.known.events] == [
        ("Spring sale", date(2026, 4, 20), None)
    ]
    assert found.panel.known.holidays[0][0] >= found.first_day
    found.panel.known.checked(found.panel.values.shape, 26)
    told = inputs.told(found.over, date(2026, 4, 1), date(2026, 4, 30))
    assert told[["title", "kind"]].to_numpy().tolist() == [
        ["Good Friday", "holiday"], ["Easter", "holiday"], ["Easter Monday", "holiday"], ["Spring sale", "promotion"],
    ]  # fmt: skip
    events.save(1, list(events.own(SHOP)["event_id"]), [])


def test_a_promotion_of_last_year_is_assumed_again_unless_somebody_entered_one_near_it() -> None:
    sale = Occasion(date(2025, 4, 18), date(2025, 4, 21), "promotion", "Easter sale", "found by itself", ("Shoes",))
    old = replace(sale, starts_on=date(2024, 4, 1), ends_on=date(2024, 4, 5))
    (again,) = inputs._again([old, sale], date(2026, 3, 31), date(2026, 9, 30))
    assert (again.starts_on, again.ends_on, again.categories) == (date(2026, 4, 17), date(2026, 4, 20), ("Shoes",))
    assert again.title == "Easter sale, assumed again"
    entered = Occasion(date(2026, 4, 30), date(2026, 5, 2), "promotion", "May sale", "calendar")
    assert inputs._again([sale, entered], date(2026, 3, 31), date(2026, 9, 30)) == []
    assert inputs._again([sale], date(2026, 3, 31), date(2026, 4, 16)) == []


def test_a_price_is_a_level_that_holds_from_its_day_on(shop: None) -> None:
    found = demand.of(1, "units", "product", "week")
    day = found.next_day - timedelta(days=7 * 2 + 2)  # two days before the end of a week
    dearer = Occasion(day, day, inputs.PRICE, "Mug 20 → 25", "orders", (), ("MUG",), 1.25)
    levels = inputs._price_levels([dearer], found, 3)
    mug = levels[list(found.keys["series_key"]).index("MUG"), -6:]
    assert mug.tolist() == pytest.approx([1 + 0.25 * 2 / 7, 1.25, 1.25, 1.25, 1.25, 1.25])
    assert levels.sum() == pytest.approx(levels.size + 0.25 * (2 / 7 + 5)) and levels.shape[1] == found.raw.shape[1] + 3


def test_products_are_shared_among_locations_by_what_left_them_or_by_their_channels(shop: None) -> None:
    found = demand.of(1, "units", "location", "week")
    assert found.keys.empty, "nothing but one place was ever counted"
    channel_locations.save(1, {"web": "Main"})
    mapped = demand.of(1, "units", "location", "week")
    assert set(zip(mapped.keys["series_key"], mapped.keys["location_key"], strict=True)) == {
        ("MUG", "Main"), ("BOWL", ELSEWHERE), ("SOAP", ELSEWHERE), ("VASE", ELSEWHERE),
    }  # fmt: skip
    whole = demand.of(1, "units", "store", "week")
    np.testing.assert_array_equal(mapped.raw.sum(axis=0) + mapped.rest, whole.raw[0])
    assert series(mapped, "MUG")["02-08"] == pytest.approx(14), "its own stock tells that it was out"
    told = [outs._states(mapped.over, ["MUG"], part) for part in (books.WHOLE, books.Part(None, (), ("till",)))]
    assert (told[0] == walk.OUT).sum() == 9 and (told[1] == walk.UNKNOWN).all(), "no shelf is that of the till"
    channel_locations.save(1, {})


def test_shares_of_locations_add_up_and_follow_what_left_each(shop: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(name: str, **_: Any) -> pd.DataFrame:
        rows = [(1, "A", [10.0, 4]), (1, "B", [10.0, 4]), (9, "A", [1.0, 4]), (9, "B", [9.0, 9])]
        packed = [
            (day, place, "\x1f".join(("X", "Y")), np.array(counts, dtype=">f8").tobytes())
            for day, place, counts in rows
        ]
        return pd.DataFrame(packed, columns=["as_of", "location", "products", "on_hand"])

    monkeypatch.setattr(location_shares.db, "read", read)
    monkeypatch.setattr(location_shares.channel_locations, "counted", lambda store: ["A", "B"])
    over = Days(1, demand_shop.FIRST, demand_shop.FIRST, demand_shop.LAST)
    shares = location_shares.shares(over, ["X", "Y"])
    # nine pieces of X left A and one B; what nothing left of is shared as all together, nine to one
    assert shares["A"].tolist() == pytest.approx([0.9, 0.9]) and shares["B"].tolist() == pytest.approx([0.1, 0.1])


def test_the_page_marks_a_large_order_and_shows_what_is_learnt_from_instead(
    shop: None, shared_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", shared_database)
    come_in(monkeypatch)
    asked: dict[str, str | list[str]] = {"store": "Corner"}
    screen = open_page(MARKS, asked)
    assert cards(screen)["Large orders found"] == 1 and "Bowl: 1 large order found, still learnt from" in words(screen)
    mug = open_page(MARKS, asked | {"product": "MUG"})
    assert "Mug: 2 weeks out of stock, 18 pieces put back" in words(mug) and cards(mug)["Put back or taken off"] == 18
    marks.mark(1, {"sku": "BOWL", "first_day": demand_shop.LARGE, "reason": "A hotel opened", "marked_by": "Ada"})
    come_in(monkeypatch)  # two seconds later, when the stores are looked at again
    bowl = open_page(MARKS, asked | {"product": "BOWL"})
    assert "Bowl: 1 week marked, 40 pieces taken off" in words(bowl) and cards(bowl)["Large orders found"] == 0
    assert bowl.dataframe[-2].value["marked_by"].tolist()[0] == "Ada"
    ahead = bowl.dataframe[-1].value
    assert ahead["title"].tolist()[:2] == ["Good Friday", "Easter"] and ahead["told_by"].str.contains("DE").all()
    every = open_page(MARKS)
    assert "Days are marked in one store" in words(every)
    marks.withdraw(1, int(marks.standing(SHOP)["mark_id"].iloc[0]))
