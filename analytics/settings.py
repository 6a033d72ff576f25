"""How a store's calendar runs: the day its week starts, the month its fiscal year starts, the countries of its holidays."""

from dataclasses import asdict, dataclass

from analytics import actor, audit, db, festivals
from analytics.errors import Refused
from analytics.scope import Stores
from analytics.scope import chosen as chosen_stores

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """`week_start` is 1 for Monday to 7 for Sunday, `fiscal_year_start` a month's number, `countries` ISO codes of two letters."""

    week_start: int = 1
    fiscal_year_start: int = 1
    countries: tuple[str, ...] = ()


def of(store: Stores) -> Settings:
    """The settings of a store; of several what they have in common, else the usual, and every country of theirs."""
    rows = db.read("stores/settings", store_ids=list(chosen_stores(store)) or None)
    weeks, years = set(rows["week_start"]), set(rows["fiscal_year_start"])
    countries = sorted({code for codes in rows["countries"] for code in codes})
    return Settings(
        int(weeks.pop()) if len(weeks) == 1 else 1, int(years.pop()) if len(years) == 1 else 1, tuple(countries)
    )


def save(store: int, chosen: Settings) -> None:
    """Keep a store's settings, in one transaction under its lock; its data version rises, so that views are drawn anew.

    Raises Refused for a weekday, month or country that there is not.
    """
    actor.require("settings")
    if chosen.week_start not in range(1, 8):
        raise Refused(f"A week starts on a day from 1 (Monday) to 7 (Sunday), not on {chosen.week_start}.")
    if chosen.fiscal_year_start not in range(1, 13):
        raise Refused(f"A fiscal year starts in a month from 1 to 12, not in {chosen.fiscal_year_start}.")
    unknown = [code for code in chosen.countries if code not in festivals.countries()]
    if unknown:
        raise Refused(f"There is no calendar of holidays for {', '.join(unknown)}. Write a country as DE, FR or US.")
    with db.transaction(store) as cursor:
        db.run(
            cursor,
            "load/save_settings",
            store_id=store,
            week_start=chosen.week_start,
            fiscal_year_start=chosen.fiscal_year_start,
            countries=list(dict.fromkeys(chosen.countries)),
        )
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "settings", "calendar", store, **asdict(chosen))
