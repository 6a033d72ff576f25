"""Young products take half of what is said of them from their category or a named sibling, worked out by hand."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.forecasts import young
from analytics.forecasts.fits import Fitted, Taught
from analytics.forecasts.intervals import Spread
from analytics.forecasts.run import Learnt
from analytics.forecasts.siblings import Sibling

LEARNT = Taught(date(2026, 11, 16), 0.0, 1, Learnt({}, Spread((0.5, 0.5), 1.0), {}, []))


def demand(keys: list[tuple[str, str]], *rows: list[float]) -> Any:
    values = np.array(rows, dtype=float)
    return SimpleNamespace(
        panel=SimpleNamespace(values=values, length=np.isfinite(values).sum(axis=1)),
        keys=pd.DataFrame(keys, columns=["series_key", "category"]),
    )


def fitted(keys: list[tuple[str, str]], kinds: list[str], *base: list[float]) -> Fitted:
    count = len(keys)
    words = np.full(count, "1.00 SES", dtype=object)
    return Fitted(
        pd.DataFrame(keys, columns=["series_key", "category"]), date(2026, 11, 23), np.array(base, dtype=float),
        np.zeros((count, len(base[0]))), np.ones(count), np.array(kinds, dtype=object), words, words, LEARNT,
        np.arange(count),
    )  # fmt: skip


def test_the_share_is_that_of_the_last_eight_weeks_or_of_those_since_its_first() -> None:
    products = demand(
        [("OLD", "Mugs"), ("NEW", "Mugs"), ("LOST", "Bowls")],
        [50, *[6.0] * 8],
        [np.nan] * 7 + [3, 5],
        [1.0] * 9,
    )
    categories = demand([("Mugs", ""), ("Plates", "")], [60, *[8.0] * 6, 12, 20], [5.0] * 9)
    # 48 of 80 in eight weeks; 8 of 32 in the two since NEW is there; LOST has no category
    assert young.shares(products, categories) == {"OLD": 0.6, "NEW": 0.25}


def test_a_young_product_is_the_mean_of_itself_and_its_share_of_the_category_and_an_old_one_itself() -> None:
    keys = [("OLD", "Mugs"), ("NEW", "Mugs"), ("FIRST", "Bowls"), ("LOST", "")]
    own = fitted(keys, ["smooth", "young", "young", "young"], [9, 9], [4, 4], [7, 7], [5, 5])
    above = fitted([("Mugs", ""), ("Bowls", "")], ["smooth", "young"], [40, 80], [100, 100])
    share = {"OLD": 0.6, "NEW": 0.25, "FIRST": 0.5}
    found = young.mixed(own, young.by_share(own, above, share))
    assert found.base.tolist() == [[9, 9], [7, 12], [7, 7], [5, 5]], "(4 + 0.25 · 40) ÷ 2, (4 + 0.25 · 80) ÷ 2"
    assert found.models.tolist() == ["1.00 SES", "0.50 CategoryShare + 0.50 of (1.00 SES)", "1.00 SES", "1.00 SES"]
    assert own.base.tolist()[1] == [4, 4], "what it said alone is kept"


def test_a_forecast_that_was_taken_over_names_the_share_once() -> None:
    own, above = fitted([("NEW", "Mugs")], ["young"], [4, 4]), fitted([("Mugs", "")], ["smooth"], [40, 80])
    once = young.mixed(own, young.by_share(own, above, {"NEW": 0.25}))
    assert once.models.tolist() == ["0.50 CategoryShare + 0.50 of (1.00 SES)"]
    assert young.mixed(once, young.by_share(once, above, {"NEW": 0.25})).models.tolist() == once.models.tolist()
    like = young.mixed(once, {0: (np.array([4.0, 4.0]), "like Mug (old, blue)")})
    assert like.models.tolist() == ["0.50 like Mug (old, blue) + 0.50 of (1.00 SES)"]
    assert young.mixed(like, {}).models.tolist() == ["1.00 SES"], "nobody names it any more"


# The sibling is 14 weeks older: 10 of 100 a week in its first ten weeks, 20 of 100 from then on.
OLDER = [*[np.nan] * 6, *[10.0] * 10, *[20.0] * 20]
YOUNGER = [*[np.nan] * 26, *[5.0] * 10]
KEYS = [("OLD", "Mugs"), ("NEW", "Mugs"), ("SAME", "Mugs")]


def test_a_young_product_follows_its_siblings_share_of_the_category_at_equal_age() -> None:
    products = demand(KEYS, OLDER, YOUNGER, YOUNGER)
    categories = demand([("Mugs", "")], [100.0] * 36)
    plain = np.array([5.0, 10.0, 5.0])  # its share of a category that doubles for a week
    told: young.Told = {1: (plain, "CategoryShare"), 2: (plain, "CategoryShare")}
    found = young.like_siblings(told, products, categories, {"NEW": Sibling("Mug", ("OLD",))})
    # at ten weeks the sibling had sold 10 of 100; in the nine weeks around the 11th, 12th and 13th of its own 20 in 5, 6 and 7
    course = np.array([(4 * 10 + 5 * 20) / 90, (3 * 10 + 6 * 20) / 90, (2 * 10 + 7 * 20) / 90])
    assert found[1][0] == pytest.approx(plain * course) and found[1][1] == "like Mug"
    assert found[2] == told[2], "nobody named a sibling of it"


def test_a_sibling_that_was_there_from_the_beginning_tells_the_season_of_a_year_ago() -> None:
    # 10 of 100 a week, but 40 in the five weeks of a year ago that lie ahead now
    old = [*[10.0] * 28, *[40.0] * 5, *[10.0] * 47]
    products = demand(KEYS[:2], old, [*[np.nan] * 70, *[5.0] * 10])
    categories = demand([("Mugs", "")], [100.0] * 80)
    told: young.Told = {1: (np.full(5, 5.0), "CategoryShare")}
    found = young.like_siblings(told, products, categories, {"NEW": Sibling("Mug", ("OLD",))})[1][0]
    assert found[0] == pytest.approx(5 * (4 * 10 + 5 * 40) / 90), "nine weeks around the 29th"
    # the sibling's own launch counts no more than the year before: their geometric mean
    launched = demand(KEYS[:2], [*[np.nan] * 6, *old[6:]], [*[np.nan] * 70, *[5.0] * 10])
    both = young.like_siblings(told, launched, categories, {"NEW": Sibling("Mug", ("OLD",))})[1][0]
    assert both[0] == pytest.approx(5 * (1.0 * (4 * 10 + 5 * 40) / 90) ** 0.5)


def test_a_sibling_that_is_no_older_or_was_not_sold_tells_nothing() -> None:
    categories = demand([("Mugs", "")], [100.0] * 36)
    told: young.Told = {1: (np.full(3, 5.0), "CategoryShare")}
    named = {"NEW": Sibling("Mug", ("OLD",))}
    assert young.like_siblings(told, demand(KEYS[:2], YOUNGER, YOUNGER), categories, named) == told
    assert (
        young.like_siblings(told, demand(KEYS[:2], OLDER, YOUNGER), categories, {"NEW": Sibling("Mug", ("GONE",))})
        == told
    )
