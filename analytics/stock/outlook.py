"""What is asked for of a product on the days to come: a forecast's weeks spread evenly over their days, or one velocity."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property

NOUGHT, WEEK = Decimal(0), 7


@dataclass(frozen=True)
class Outlook:
    """Units asked for: `weeks` one after the other from `first_day` on, then `pace` a day (without weeks, on every day).

    `said_on` is the day up to which the forecast knew orders, None without one."""

    pace: Decimal
    first_day: date = date.min
    weeks: tuple[Decimal, ...] = ()
    said_on: date | None = None

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked for on any day."""
        return self.pace > 0 or any(self.weeks)

    @cached_property
    def _edges(self) -> list[Decimal]:
        """What is asked for from the first day of the weeks to the end of each, before them nothing."""
        found = [NOUGHT]
        for units in self.weeks:
            found.append(found[-1] + units)
        return found

    def over(self, start: date, days: Decimal) -> Decimal:
        """Units asked for in so many days (a part of a day counts in part) from `start` on."""
        if not self.weeks:
            return self.pace * days
        at = Decimal((start - self.first_day).days)
        return self._until(at + days) - self._until(at)

    def _until(self, day: Decimal) -> Decimal:
        """Units from the first day of the weeks up to a day counted from it; before it the first week's pace holds."""
        if day <= 0:
            return self.weeks[0] * day / WEEK
        number = int(day // WEEK)
        if number >= len(self.weeks):
            return self._edges[-1] + self.pace * (day - WEEK * len(self.weeks))
        return self._edges[number] + self.weeks[number] * (day - WEEK * number) / WEEK

    def lasts(self, start: date, units: Decimal) -> Decimal | None:
        """For how many days from `start` on `units` last (below 0: how long ago they would have been gone); None if they never end."""
        if not self.weeks:
            return units / self.pace if self.pace > 0 else None
        at = Decimal((start - self.first_day).days)
        wanted = self._until(at) + units
        return None if (found := self._day_of(wanted)) is None else found - at

    def _day_of(self, wanted: Decimal) -> Decimal | None:
        """The day, counted from the first, on which so much is asked for in all; None if it never is."""
        if wanted <= 0 and self.weeks[0] > 0:
            return wanted * WEEK / self.weeks[0]
        number = bisect_left(self._edges, wanted)
        if number == 0:  # asked for before the first week, of which nothing is asked
            return NOUGHT
        if number < len(self._edges):
            return WEEK * (number - 1) + (wanted - self._edges[number - 1]) * WEEK / self.weeks[number - 1]
        if self.pace <= 0:
            return None
        return WEEK * len(self.weeks) + (wanted - self._edges[-1]) / self.pace

    def parts(self, start: date, days: Decimal, after: Decimal = NOUGHT) -> list[tuple[Decimal, Decimal]]:
        """What `over` adds up for so many days that begin `after` days after `start`: days and the units of a whole week, week by
        week; of days at one pace, that pace times seven."""
        if not self.weeks:
            return [(days, self.pace * WEEK)]
        at = Decimal((start - self.first_day).days) + after
        found, end, last = [], at + days, Decimal(WEEK * len(self.weeks))
        while at < end:
            number = max(int((at / WEEK).to_integral_value(ROUND_FLOOR)), 0)
            is_beyond = at >= last
            stop = end if is_beyond else min(end, Decimal(WEEK * (number + 1)))
            found.append((stop - at, self.pace * WEEK if is_beyond else self.weeks[number]))
            at = stop
        return found

    def times(self, factor: Decimal) -> "Outlook":
        """The same with so many times the demand."""
        weeks = tuple(units * factor for units in self.weeks)
        return Outlook(self.pace * factor, self.first_day, weeks, self.said_on)


def even(velocity: Decimal) -> Outlook:
    """The same every day."""
    return Outlook(velocity)
