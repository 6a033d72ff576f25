"""What is known ahead of demand: holidays of the shop's countries, days that shops plan by, the user's events, promotions, prices."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, events, festivals, product_rows, settings, stores
from analytics.forecasts import known as engine
from analytics.forecasts import shelf
from analytics.forecasts.demand import GRAINS, Demand
from analytics.forecasts.known import Event, Holiday
from analytics.forecasts.panel import Matrix
from analytics.forecasts.sold import Days
from analytics.prices import found_promotions, history, weekly
from analytics.scope import Scope

# Orders of the last year tell the countries where nobody did: those that a tenth of them or more went to.
TOLD_DAYS, LEAST_SHARE = 364, 0.1
# A year in whole weeks, so that weekdays meet.
YEAR = timedelta(days=364)
# What somebody entered so near to a promotion of last year is that promotion.
NEAR = timedelta(days=14)
# A promotion of some categories is one of the shop where they sell so much of it.
MOST_OF_SHOP = 1 / 3
# A change of a price is known once it has held so long (sql/queries/calendar/price_changes.sql).
HELD = timedelta(days=13)
PROMOTION, PRICE, AGAIN = "promotion", "price change", "assumed again"
# Celebrated as told here in few countries, or public holidays where they matter.
OF_FEW = ("Chinese New Year", "Diwali", "Eid al-Fitr", "Eid al-Adha")
ONLY_IN = {"Mothering Sunday": {"GB", "IE"}}
COLUMNS = ("starts_on", "ends_on", "kind", "title", "categories", "told_by")


@dataclass(frozen=True)
class Occasion:
    """Something known: its days, both included, what it is, the categories or products that it is about (none: all), how it is
    known, and for a price the new one ÷ the old one."""

    starts_on: date
    ends_on: date
    kind: str
    title: str
    told_by: str
    categories: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    ratio: float = 1.0


def countries(store: int, as_of: date) -> tuple[tuple[str, ...], str]:
    """The countries whose holidays count, and how they are known: told in the settings, or those that most orders went to."""
    told = settings.of(store).countries
    if told:
        return told, f"Holidays of {', '.join(told)}, as the settings say."
    start, stop = as_of - timedelta(days=TOLD_DAYS), as_of + timedelta(days=1)
    rows = db.read("forecasts/orders_by_country", store_id=store, start=start, stop=stop)
    total = int(rows["orders"].sum())
    most = rows[(rows["orders"] >= LEAST_SHARE * total) & rows["country"].isin(festivals.countries())]
    found = tuple(most["country"])
    if not found:
        return (), "No country's holidays are known. Choose the shop's countries in the settings."
    share = int(most["orders"].sum()) / total
    return (
        found,
        f"Holidays of {', '.join(found)}, where {share:.0%} of the orders went; the settings can say otherwise.",
    )


def holidays(store: int, as_of: date, first: date, last: date) -> tuple[Holiday, ...]:
    """Public holidays, and the days that shops plan by where they are no holidays themselves, in order."""
    codes, _ = countries(store, as_of)
    public = engine.holidays_of(codes, first, last)
    taken = {day for day, _ in public}
    asked = [
        each for each in festivals.EVENTS if each not in OF_FEW and (each not in ONLY_IN or ONLY_IN[each] & set(codes))
    ]
    planned = [(day, each) for each in asked for day in festivals.days_of(each, first, last) if day not in taken]
    return tuple(sorted({*public, *planned}))


def occasions(store: int, as_of: date, until: date) -> list[Occasion]:
    """What happened and is going to, by what is known on a day: the user's events up to `until`, promotions, and changes of prices."""
    prices = [each for each in _prices(store, _version(store)) if each.starts_on <= as_of - HELD]
    return sorted([*happenings(store, as_of, until), *prices], key=lambda each: (each.starts_on, each.title))


def happenings(store: int, as_of: date, until: date) -> list[Occasion]:
    """The user's events up to `until` and promotions, without prices.

    A promotion of the last year is assumed to come again on the same weekdays, unless somebody entered one near those days. A
    stockout that somebody entered says nothing of demand."""
    return list(_happenings(store, as_of, until, _version(store)))


def _version(store: int) -> tuple[int, str]:
    """What the answers that are kept are of."""
    return int(stores.among(store)["data_version"].iloc[0]), db.url()


@lru_cache(maxsize=8)
def _happenings(store: int, as_of: date, until: date, version: tuple[int, str]) -> tuple[Occasion, ...]:
    scope = Scope(store, stop=as_of + timedelta(days=1))
    own = events.own(Scope(store, stop=until + timedelta(days=1))).to_dict("records")
    entered = [
        Occasion(row["starts_on"], row["ends_on"], row["kind"], row["title"], "calendar")
        for row in own
        if row["kind"] != "stockout"
    ]
    found = [
        Occasion(each.starts_on, each.ends_on, PROMOTION, each.title, each.kind, _categories(each.categories))
        for each in found_promotions.of(scope)
        if each.kind != found_promotions.CALENDAR
    ]
    return (*entered, *found, *_again([*entered, *found], as_of, until))


def _categories(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("" if each == weekly.UNKNOWN else each for each in names)


def _again(known: list[Occasion], as_of: date, until: date) -> list[Occasion]:
    promotions = [each for each in known if each.kind == PROMOTION]
    ahead = [each for each in promotions if each.ends_on > as_of]
    found = []
    for each in promotions:
        first, last = each.starts_on + YEAR, each.ends_on + YEAR
        is_told = any(other.starts_on - NEAR <= last and first <= other.ends_on + NEAR for other in ahead)
        if as_of < first <= until and each.ends_on <= as_of and not is_told:
            found.append(replace(each, starts_on=first, ends_on=last, title=f"{each.title}, {AGAIN}", told_by=AGAIN))
    return found


@lru_cache(maxsize=4)
def _prices(store: int, version: tuple[int, str]) -> tuple[Occasion, ...]:
    """Lasting changes of prices of all days, each told once, by orders before exports."""
    scope = Scope(store)
    rows = history.changes(scope).sort_values("told_by", key=lambda each: each != history.SOLD, kind="stable")
    told = product_rows.told(scope)
    variants = told.groupby("parent")["product_key"].agg(tuple).to_dict()
    found: dict[tuple[Any, ...], Occasion] = {}
    for row in rows.to_dict("records"):
        products = variants.get(row["product"], (row["product"],))
        ratio = float(row["price"] / row["price_before"])
        title = f"{row['title']} {row['price_before']:.2f} → {row['price']:.2f} {row['currency']}"
        told_by = str(row["told_by"])
        key = row["product"], row["price_before"], row["price"]
        found.setdefault(key, Occasion(row["day"], row["day"], PRICE, title, told_by, (), products, ratio))
    return tuple(found.values())


def attached(found: Demand, horizon: int) -> Demand:
    """The series with all that is known of them and of so many steps ahead: holidays, occasions, and by product categories and
    prices. Of the days out of stock and those marked they know already."""
    over, step = found.over, GRAINS[found.grain]
    until = found.next_day + timedelta(days=horizon * step)
    told = occasions(over.store, over.as_of, until)
    is_of_products = found.level in ("product", "location")
    known = replace(
        found.panel.known,
        holidays=holidays(over.store, over.as_of, found.first_day, until),
        events=tuple(_events(told, found)),
        category=pd.factorize(found.keys["category"], sort=True)[0].astype(float) if is_of_products else None,
        prices={"price": _price_levels(told, found, horizon)} if is_of_products else {},
    )
    return replace(found, panel=replace(found.panel, known=known))


def _events(told: list[Occasion], found: Demand) -> list[Event]:
    """The occasions as events of the series, but those that are not about any of them; prices are told as such."""
    shares = _shares(found.over) if found.level in ("store", "channel") else {}
    ids: dict[str, list[Any]] = {}
    for name, category in zip(found.panel.ids, found.keys["category"], strict=True):
        ids.setdefault(category, []).append(name)
    events_of = []
    for each in told:
        series: tuple[Any, ...] | None = None
        if each.products:
            continue
        if each.categories and found.level in ("store", "channel"):
            if sum(shares.get(name, 0.0) for name in each.categories) < MOST_OF_SHOP:
                continue
        elif each.categories:
            series = tuple(name for category in each.categories for name in ids.get(category, ()))
        if series != ():
            events_of.append(Event(each.starts_on, each.ends_on, each.kind, each.title, series))
    return events_of


def _shares(over: Days) -> dict[str, float]:
    """The share of the shop's pieces that each category sold in the last year."""
    own = shelf.of(over).sold
    pieces = own.amounts[:, -YEAR.days :].sum(axis=1)
    by = pd.Series(pieces).groupby(own.keys["category"].to_numpy()).sum()
    return {str(name): float(share) for name, share in (by / max(by.sum(), 1)).items()}


def _price_levels(told: list[Occasion], found: Demand, horizon: int) -> Matrix:
    """The price of each product in each period and step ahead, as a multiple of the first one that is known; a period in which it
    changed has a part of each."""
    width, step = found.panel.values.shape[1] + horizon, GRAINS[found.grain]
    rows: dict[str, list[int]] = {}
    for row, key in enumerate(found.keys["series_key"]):
        rows.setdefault(key, []).append(row)
    levels = np.ones((len(found.keys), width), dtype=np.float32)
    for each in sorted((each for each in told if each.products), key=lambda each: each.starts_on):
        of = [row for key in each.products for row in rows.get(key, ())]
        days = (each.starts_on - found.first_day).days
        after = np.clip((np.arange(1, width + 1) * step - days) / step, 0, 1)
        levels[of] *= (1 + (each.ratio - 1) * after).astype(np.float32)
    return levels


def told(over: Days, first: date, last: date) -> pd.DataFrame:
    """One row a holiday or occasion on the days, both included, the earliest first. Columns: COLUMNS; categories, as text, are those
    that it is about, None for all; `told_by` says how it is known."""
    return _told(over, (first, last), occasions(over.store, over.as_of, last))


def ahead(over: Days, days: int) -> pd.DataFrame:
    """The same of so many days after the last one that is told from, without prices, which only hold on."""
    last = over.as_of + timedelta(days=days)
    return _told(over, (over.stop, last), happenings(over.store, over.as_of, last))


def _told(over: Days, days: tuple[date, date], known: list[Occasion]) -> pd.DataFrame:
    first, last = days
    _, said = countries(over.store, over.as_of)
    held = holidays(over.store, over.as_of, first, last)
    rows: list[tuple[Any, ...]] = [(day, day, "holiday", name, None, said) for day, name in held]
    for each in known:
        if each.ends_on >= first:
            about = ", ".join(name or weekly.UNKNOWN for name in each.categories) or None
            rows.append((each.starts_on, each.ends_on, each.kind, each.title, about, each.told_by))
    return pd.DataFrame(sorted(rows, key=lambda row: (row[0], row[3])), columns=list(COLUMNS), dtype=object)
