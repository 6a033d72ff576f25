"""Young products take half of what is said of them from their category, worked out by hand."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd

from analytics.forecasts import young
from analytics.forecasts.fits import Fitted, Taught
from analytics.forecasts.intervals import Spread
from analytics.forecasts.run import Learnt

LEARNT = Taught(date(2026, 11, 16), 0.0, 1, Learnt({}, Spread((0.5, 0.5), 1.0), {}, []))


def demand(keys: list[tuple[str, str]], *rows: list[float]) -> SimpleNamespace:
    return SimpleNamespace(
        panel=SimpleNamespace(values=np.array(rows, dtype=float)),
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
    found = young.with_shares(own, above, share)
    assert found.base.tolist() == [[9, 9], [7, 12], [7, 7], [5, 5]], "(4 + 0.25 · 40) ÷ 2, (4 + 0.25 · 80) ÷ 2"
    assert found.models.tolist() == ["1.00 SES", "0.50 CategoryShare + 0.50 of (1.00 SES)", "1.00 SES", "1.00 SES"]
    assert own.base.tolist()[1] == [4, 4], "what it said alone is kept"


def test_a_forecast_that_was_taken_over_names_the_share_once() -> None:
    own, above = fitted([("NEW", "Mugs")], ["young"], [4, 4]), fitted([("Mugs", "")], ["smooth"], [40, 80])
    once = young.with_shares(own, above, {"NEW": 0.25})
    assert young.with_shares(once, above, {"NEW": 0.25}).models.tolist() == once.models.tolist()
