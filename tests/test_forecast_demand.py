"""What forecasts are learnt from: series of a shop worked out by hand, corrected for days without stock and marked ones."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import demand_shop
from analytics import db, sales, stores
from analytics.errors import Refused
from analytics.forecasts import demand, demand_results, marks, spikes
from analytics.forecasts.demand import Demand
from analytics.forecasts.shelf import MARKED, STOCKOUT
from analytics.scope import Scope

D = Decimal
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
