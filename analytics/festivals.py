"""Holidays by country, and the events that shops plan by, each with its day in a year: most of them move."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

DAY = timedelta(days=1)


@lru_cache
def countries() -> tuple[str, ...]:
    """The countries whose public holidays are known, as ISO codes of two letters."""
    import holidays  # only who needs a moving day waits for it

    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))


@lru_cache(maxsize=64)
def of_country(country: str, year: int) -> tuple[tuple[date, str], ...]:
    """The public holidays of a country in a year, in English where its calendar has English names."""
    import holidays

    names = holidays.country_holidays(country).supported_languages
    language = "en_US" if "en_US" in names else next((each for each in names if each.startswith("en")), None)
    return tuple(sorted(holidays.country_holidays(country, years=year, language=language, observed=False).items()))


def _named(country: str, name: str) -> Callable[[int], date | None]:
    """The first day in a year that a country's calendar calls so; a day that is only estimated counts."""

    def found(year: int) -> date | None:
        days = (day for day, named in of_country(country, year) if name in _bare(named))
        return next(days, None)

    return found


def _bare(named: str) -> list[str]:
    return [each.replace(" (estimated)", "").strip() for each in named.split(";")]


def weekday_of_month(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday (0 is Monday) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _black_friday(year: int) -> date:
    return weekday_of_month(year, 11, 3, 4) + DAY


# In the order of their weight for a shop: where several fall into a range, the first of them is meant. Eid is dated as
# in the United Arab Emirates, Diwali as in India, Chinese New Year as in Singapore.
EVENTS: dict[str, Callable[[int], date | None]] = {
    "Black Friday": _black_friday,
    "Cyber Monday": lambda year: _black_friday(year) + 3 * DAY,
    "Christmas": lambda year: date(year, 12, 25),
    "Easter": easter,
    "Singles' Day": lambda year: date(year, 11, 11),
    "Chinese New Year": _named("SG", "Chinese New Year"),
    "Diwali": _named("IN", "Diwali"),
    "Eid al-Fitr": _named("AE", "Eid al-Fitr"),
    "Eid al-Adha": _named("AE", "Eid al-Adha"),
    "Valentine's Day": lambda year: date(year, 2, 14),
    "Mother's Day": lambda year: weekday_of_month(year, 5, 6, 2),
    "Mothering Sunday": lambda year: easter(year) - 21 * DAY,
    "Father's Day": lambda year: weekday_of_month(year, 6, 6, 3),
    "Halloween": lambda year: date(year, 10, 31),
    "New Year": lambda year: date(year, 1, 1),
}


def days_of(event: str, first: date, last: date) -> list[date]:
    """The days of an event from `first` to `last`, both included, in order."""
    found = (EVENTS[event](year) for year in range(first.year, last.year + 1))
    return [day for day in found if day is not None and first <= day <= last]
