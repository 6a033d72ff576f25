"""All forecasts of a store as of one day: every panel fitted, then all of them made to add up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics import grains, settings
from analytics.forecasts import demand, fits, inputs, reconcile, run, siblings, young
from analytics.forecasts.demand import Demand
from analytics.forecasts.fits import HORIZON, Before, Fitted
from analytics.forecasts.panel import Matrix
from analytics.forecasts.reconcile import PARTS, Days, Said

# Which series are forecast: measure, level, grain.
Panel = tuple[str, str, str]
WEEKS: tuple[Panel, ...] = (
    ("units", "store", "week"),
    ("units", "category", "week"),
    ("units", "product", "week"),
    ("units", "location", "week"),
    ("net_sales", "store", "week"),
    ("net_sales", "channel", "week"),
    ("net_sales", "category", "week"),
)
DAYS: tuple[Panel, ...] = (
    ("units", "store", "day"),
    ("net_sales", "store", "day"),
    ("net_sales", "channel", "day"),
    ("net_sales", "category", "day"),
)
CATEGORIES, PRODUCTS = WEEKS[1], WEEKS[2]
EXPLAINED = ("store", "channel", "category")
WORDS = {"units": "units", "net_sales": "net sales"}
OF = {"store": "the shop", "category": "categories", "product": "products", "location": "products by location",
      "channel": "channels"}  # fmt: skip
# What is said while it goes on: the share that is done, from 0 to 1, and what is being done.
Say = Callable[[float, str], None]
NOTHING = Before(pd.DataFrame(columns=[*fits.IDENTITY, "fingerprint"]), None)


@dataclass(frozen=True)
class Made:
    """A panel's forecasts as they are kept: `forecast` adds up with the other panels (a row a series, a column a step)."""

    panel: Panel
    fitted: Fitted
    forecast: Matrix


def of(store: int, as_of: date, panels: tuple[Panel, ...], how: tuple[Mapping[Panel, Before], Say]) -> list[Made]:
    """The forecasts of a store by what was known on a day, panel by panel; those of the last run by panel in `how`."""
    before, say = how
    week = grains.first_day(as_of, "week", settings.of(store))
    fitted: dict[Panel, Fitted] = {}
    demands: dict[Panel, Demand] = {}
    for at, panel in enumerate(panels):
        measure, level, grain = panel
        share, words = at / len(panels), f"{WORDS[measure]} of {OF[level]} by {grain}"
        say(share, words)
        found = _demand(store, panel, as_of)
        if found is not None and len(found.keys):
            demands[panel] = found
            own = fits.fit(found, before.get(panel, NOTHING), week, _said_of(say, share, words))
            fitted[panel] = fits.explained(found, own) if level in EXPLAINED and len(panels) > len(WEEKS) else own
    say(0.97, "making them add up")
    for panel in fitted:
        fitted[panel] = _with_wholes(panel, fitted)
    told = _with_young(fitted, demands)
    whole = _added_up(told, as_of)
    return [Made(panel, replace(each, models=told[panel].models), whole[panel]) for panel, each in fitted.items()]


def _with_young(fitted: dict[Panel, Fitted], demands: Mapping[Panel, Demand]) -> dict[Panel, Fitted]:
    """Young products hear what is said of their category, or of a sibling; what is kept of them to be taken over later is what they
    said alone."""
    if PRODUCTS not in fitted or CATEGORIES not in fitted:
        return fitted
    products, categories = demands[PRODUCTS], demands[CATEGORIES]
    told = young.by_share(fitted[PRODUCTS], fitted[CATEGORIES], young.shares(products, categories))
    told = young.like_siblings(told, products, categories, siblings.named(products.over.store))
    return fitted | {PRODUCTS: young.mixed(fitted[PRODUCTS], told)}


def _said_of(say: Say, share: float, words: str) -> run.Tell:
    return lambda said: say(share, f"{words}: {said}")


def _demand(store: int, panel: Panel, as_of: date) -> Demand | None:
    """The series with what is known besides."""
    measure, level, grain = panel
    found = demand.of(store, measure, level, grain, as_of)
    return inputs.attached(found, HORIZON[grain]) if len(found.keys) else None


def _with_wholes(panel: Panel, fitted: Mapping[Panel, Fitted]) -> Fitted:
    """The series that what they are part of is forecast of, too: one that began this week has days, and no whole week yet."""
    measure, level, grain = panel
    own = fitted[panel]
    above = {"product": ("category", "category"), "location": ("product", "series_key")}.get(level)
    if grain == "day":
        weeks = fitted.get((measure, level, "week"))
        known, names = set(_identities(weeks)) if weeks else set(), _identities(own)
    elif above and (measure, above[0], grain) in fitted:
        known, names = set(fitted[measure, above[0], grain].keys["series_key"]), list(own.keys[above[1]])
    else:
        return own
    return own.rows(np.array([at for at, each in enumerate(names) if each in known], dtype=int))


def _identities(of: Fitted) -> list[tuple[str, str, str]]:
    return list(zip(*(of.keys[name] for name in fits.IDENTITY), strict=True))


def _added_up(fitted: dict[Panel, Fitted], as_of: date) -> dict[Panel, Matrix]:
    """The forecasts of every panel, which add up over levels and days."""
    found = {panel: np.maximum(each.base, 0.0) for panel, each in fitted.items()}
    weeks = next((each for panel, each in fitted.items() if panel[2] == "week"), None)
    if weeks is None:
        return found
    held = _held(weeks.first_day, as_of + timedelta(days=1))
    _add_up_units(fitted, found, held)
    for currency in sorted(
        set().union(*(each.keys["currency"] for panel, each in fitted.items() if panel[0] != "units"))
    ):
        _add_up_money(fitted, found, (held, currency))
    return found


def _held(first_week: date, first_day: date) -> Days:
    """The weeks ahead that lie within the days ahead, whole."""
    starts = (first_week - first_day).days + 7 * np.arange(HORIZON["week"])
    weeks = np.flatnonzero((starts >= 0) & (starts + 7 <= HORIZON["day"]))
    return Days(weeks, starts[weeks])


def _add_up_units(fitted: dict[Panel, Fitted], found: dict[Panel, Matrix], held: Days) -> None:
    levels: dict[str, Said] = {}
    above: pd.DataFrame | None = None
    for level, name in (("store", None), ("category", None), ("product", "category"), ("location", "series_key")):
        each = fitted.get(("units", level, "week"))
        if each is None:
            continue
        parent = (
            _places(each.keys[name], above["series_key"])
            if name and above is not None
            else np.zeros(len(each.keys), int)
        )
        levels[level] = Said(each.base, each.variance(1, False), parent)
        above = each.keys
    if "store" not in levels:
        return
    daily = fitted.get(("units", "store", "day"))
    days = None if daily is None else Said(daily.base, daily.variance(7, True), np.zeros(1, int))
    whole, by_day = reconcile.units(levels, days, held)
    for level, sums in whole.items():
        found["units", level, "week"] = sums / PARTS
    if days is not None:
        found["units", "store", "day"] = by_day / PARTS


def _places(wanted: "pd.Series[str]", there: "pd.Series[str]") -> Matrix:
    place = {key: at for at, key in enumerate(there)}
    return np.array([place[key] for key in wanted], dtype=int)


def _add_up_money(fitted: dict[Panel, Fitted], found: dict[Panel, Matrix], of: tuple[Days, str]) -> None:
    """The series of one currency."""
    held, currency = of
    weeks: dict[str, Said] = {}
    days: dict[str, Said] = {}
    rows: dict[Panel, Matrix] = {}
    for level in ("store", "channel", "category"):
        each, daily = fitted.get(("net_sales", level, "week")), fitted.get(("net_sales", level, "day"))
        if each is None or not (each.keys["currency"] == currency).any():
            continue
        own = rows["net_sales", level, "week"] = np.flatnonzero(each.keys["currency"] == currency)
        weeks[level] = Said(each.base[own], each.variance(1, False)[own], np.zeros(len(own), int))
        if daily is not None:
            there = {identity: at for at, identity in enumerate(_identities(daily))}
            names = _identities(each)
            same = rows["net_sales", level, "day"] = np.array([there.get(names[at], -1) for at in own], dtype=int)
            values = np.where((same >= 0)[:, None], daily.base[same], 0.0)
            days[level] = Said(values, daily.variance(7, True)[same], np.zeros(len(own), int))
    by_week, by_day = reconcile.money(weeks, days, held)
    for grain, whole in (("week", by_week), ("day", by_day)):
        for level, sums in whole.items():
            at = rows["net_sales", level, grain]
            found["net_sales", level, grain][at[at >= 0]] = sums[at >= 0] / PARTS
