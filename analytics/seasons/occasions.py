"""The days that shops plan by: holidays of their countries, the events of the year, and those of their own calendar."""

from dataclasses import dataclass
from datetime import date, timedelta

from analytics import events, festivals, settings
from analytics.comparisons import ONLY_IN
from analytics.scope import Scope
from analytics.seasons.days import DAY

FESTIVAL, HOLIDAY, OWN = "event of the year", "public holiday", "own event"
# How many days before and after its day an event lasts, where it is not that day alone.
LASTS = {"Black Friday": (0, 3), "Christmas": (1, 1), "Easter": (2, 1)}
# Part of another one: counted with it.
PART_OF = ("Cyber Monday",)
# What the calendar has of them are no events but their consequences.
NO_EVENT = ("stockout", "price change")


@dataclass(frozen=True)
class Occasion:
    """One occurrence of an event: its name, kind, first and last day."""

    name: str
    kind: str
    first: date
    last: date


def festivals_of(countries: tuple[str, ...]) -> list[str]:
    """The events of the year that count for a shop of these countries."""
    return [
        name
        for name in festivals.EVENTS
        if name not in PART_OF and (name not in ONLY_IN or set(ONLY_IN[name]) & set(countries))
    ]


def span(name: str, day: date) -> tuple[date, date]:
    """First and last day of an event of the year whose day this is."""
    before, after = LASTS.get(name, (0, 0))
    return day - timedelta(days=before), day + timedelta(days=after)


def of(scope: Scope, first: date, last: date) -> list[Occasion]:
    """Every occasion that touches the days, by first day; a public holiday inside an event of the year is that event."""
    countries = settings.of(scope.stores).countries
    found = [
        Occasion(name, FESTIVAL, *span(name, day))
        for name in festivals_of(countries)
        for day in festivals.days_of(name, first - 3 * DAY, last + 3 * DAY)
    ]
    taken = {each.first + n * DAY for each in found for n in range((each.last - each.first).days + 1)}
    holidays: dict[tuple[str, date], None] = {}
    for country in countries:
        for year in range(first.year, last.year + 1):
            for day, name in festivals.of_country(country, year):
                if day not in taken:
                    holidays[name, day] = None
    found += [Occasion(name, HOLIDAY, day, day) for name, day in holidays]
    for row in events.own(scope.over(first, last + DAY)).to_dict("records"):
        if row["kind"] not in NO_EVENT:
            found.append(Occasion(row["title"], OWN, row["starts_on"], row["ends_on"]))
    return sorted(
        (each for each in found if each.last >= first and each.first <= last), key=lambda each: (each.first, each.name)
    )
