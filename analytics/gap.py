"""Ours to the platform's figure: of its report, or typed in. Each difference is named, what is left is said to be left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd

from analytics import agreement, causes, gap_causes, sales, stores, wording
from analytics.compared import Cause, Effect, amount, closes, exact, plus, whole
from analytics.errors import Refused
from analytics.gap_causes import FIGURES, Asked
from analytics.metrics import METRICS
from analytics.scope import Scope

STEP_COLUMNS = ("currency", "step", "label", "amount", "is_total", "why")
TRIED_COLUMNS = ("label", "amount", "remaining", "why")
# A day is taken apart by its orders, which takes a while: so are the furthest apart, and only where they are few.
MOST_DAYS = 5
LARGEST = Decimal(10) ** 12


@dataclass(frozen=True)
class Gap:
    """Our figure beside the platform's: what is known to differ, what closes the rest exactly, and what was tried.

    `tried` has one row a cause with what would remain; `days` are those of the report that differ, None if it was typed.
    """

    question: Asked
    theirs: Decimal
    certain: list[Cause]
    exact: list[Cause]
    tried: pd.DataFrame
    days: pd.DataFrame | None = None

    @property
    def difference(self) -> Decimal:
        """The platform's figure less ours."""
        return self.theirs - self.question.ours

    @property
    def unexplained(self) -> Decimal:
        """What of the difference no cause makes up."""
        return self.difference - sum((self.worth(cause) for cause in [*self.certain, *self.exact]), start=Decimal(0))

    def worth(self, cause: Cause) -> Decimal:
        """What a cause changes the figure by."""
        return amount(cause.effect[self.question.figure])


def typed(text: str) -> Decimal:
    """A figure as somebody types it: 12345.67, 12,345.67, -80. Raises Refused for anything else."""
    plain = text.strip().replace(" ", "").replace("\u00a0", "").replace("−", "-")
    head, _, tail = plain.rpartition(",")
    if head and (len(tail.split(".")[0]) != 3 or "." in head):
        raise Refused(f"“{text}” can be read in two ways. Write the figure with a point before the cents: 12345.67.")
    try:
        figure = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        figure = Decimal("NaN")
    if not figure.is_finite() or abs(figure) >= LARGEST or figure != round(figure, 4):
        raise Refused(f"“{text}” is not an amount. Write the platform's figure as 12345.67.")
    return figure


def read(scope: Scope, figure: str, theirs: Decimal | None = None) -> Gap | None:
    """Ours to the platform's figure, from its report unless `theirs` says it; None if there is no report or no sale.

    Raises ValueError for a figure that is not one of FIGURES, or a scope of several currencies; Refused for a converted one.
    """
    if figure not in FIGURES:
        raise ValueError(f"figure is one of {', '.join(FIGURES)}, not {figure!r}")
    if scope.into:
        raise Refused(
            f"A platform's figure is in its own currency, and here all amounts are converted into {scope.into}: the two cannot be "
            "compared to the cent. Choose that currency instead."
        )
    numbers = stores.among(scope.stores)["store_id"]
    question = gap_causes.asked(replace(scope, store=tuple(int(number) for number in numbers)), figure)
    if question is None:
        return None
    if theirs is None:
        return _from_report(question)
    found, tried = _explain(question, {figure: whole(question.ours - theirs)})
    return Gap(question, theirs, [], found, tried)


def steps(scope: Scope, figure: str = "total_sales", platform: Any = None) -> pd.DataFrame:
    """One row a step from our figure to the platform's, which add up. Columns: STEP_COLUMNS. `platform` is a typed figure.

    Raises ValueError as `read` does, Refused for a typed figure that is none.
    """
    found = read(scope, figure, None if platform is None else typed(str(platform)))
    return walk(found) if found else pd.DataFrame(columns=list(STEP_COLUMNS), dtype=object)


def walk(found: Gap) -> pd.DataFrame:
    """The steps of a gap: ours, each cause, what is unexplained, the platform's."""
    label = METRICS[found.question.figure].label
    rows: list[tuple[Any, ...]] = [("ours", f"{label} here", found.question.ours, True, "")]
    rows += [(cause.name, cause.name, found.worth(cause), False, cause.sentence) for cause in found.certain]
    rows += [(cause.name, cause.name, found.worth(cause), False, cause.sentence) for cause in found.exact]
    if found.unexplained:
        why = "Nothing that was tried makes it up."
        rows.append(("unexplained", "Unexplained", found.unexplained, False, why))
    rows.append(("platform", "The platform's", found.theirs, True, ""))
    currency = found.question.scope.currency
    return pd.DataFrame([(currency, *row) for row in rows], columns=list(STEP_COLUMNS), dtype=object)


def answer(found: Gap) -> str:
    """The difference in a sentence, what it consists of, and what stays unexplained."""
    currency, label = found.question.scope.currency or "", METRICS[found.question.figure].label
    ours, theirs = wording.exact(found.question.ours), wording.exact(found.theirs)
    if not found.difference:
        return f"{label} here and the platform's figure are the same to the cent: {ours} {currency}."
    way = "above" if found.difference < 0 else "below"
    said = f"{label} here are {wording.exact(abs(found.difference))} {currency} {way} the platform's: {ours} against {theirs}."
    known = [*found.certain, *found.exact]
    if known:
        listed = "; ".join(f"{cause.name} {_signed(found.worth(cause))}" for cause in known)
        said += f" {'It is' if not found.unexplained else 'Known of it:'} {listed}{'' if found.unexplained else ', to the cent'}."
    if found.unexplained:
        left = wording.exact(abs(found.unexplained))
        said += (
            f" {left} {currency} stay unexplained{'' if known else ': nothing that was tried makes the difference up'}."
        )
    elif called := _called(found):
        said += f" The platform's figure is what is called {called} here."
    elif found.days is None and len(found.exact) > 1:
        said += " Several causes may fit one figure by chance: compare another figure, too."
    return said


def _called(found: Gap) -> str:
    """What we call the platform's figure, if it is another one of ours on one of both clocks; else nothing."""
    for basis, amounts in found.question.sums.items():
        for name, parts in FIGURES.items():
            if name != found.question.figure and gap_causes.value(amounts, parts) == found.theirs:
                clock = "" if basis == found.question.scope.basis else ", refunds on the other clock,"
                return f"{METRICS[name].label.lower()}{clock}"
    return ""


def _signed(worth: Decimal) -> str:
    return f"{'+' if worth > 0 else ''}{wording.exact(worth)}"


def _explain(question: Asked, gap: Effect) -> tuple[list[Cause], pd.DataFrame]:
    """The causes that close a gap exactly: one alone, else another reading of the figure, else the fewest; and all tried."""
    if not any(gap.values()):
        return [], _tried(question, gap, [])
    single, zones = gap_causes.named(question), gap_causes.zones(question)
    tried = _tried(question, gap, [*single, *zones])
    one = [[each] for each in [*single, *zones]]
    another_reading = sorted(gap_causes.meanings(question), key=len)
    for way in [*one, *another_reading]:
        if closes(gap, _together(gap, way)):
            return [replace(each, is_exact=True) for each in way], tried
    if found := exact(gap, single):
        return found, tried
    for zone in zones:  # a zone and one thing more
        for each in single:
            if closes(gap, plus(zone.effect, each.effect)):
                return [replace(zone, is_exact=True), replace(each, is_exact=True)], tried
    return [], tried


def _together(gap: Effect, several: list[Cause]) -> Effect:
    effect = dict.fromkeys(gap, 0)
    for each in several:
        effect = plus(effect, each.effect)
    return effect


def _tried(question: Asked, gap: Effect, several: list[Cause]) -> pd.DataFrame:
    left = gap[question.figure]
    # the gap is ours less theirs, what remains is theirs less ours
    rows = [
        (each.name, amount(each.effect[question.figure]), -amount(left + each.effect[question.figure]), each.sentence)
        for each in several
    ]
    rows.sort(key=lambda row: abs(row[2]))
    return pd.DataFrame(rows, columns=list(TRIED_COLUMNS), dtype=object)


def _from_report(question: Asked) -> Gap | None:
    """What is certain first (filters, the clock, days without a report); then the days that differ."""
    scope, figure = question.scope, question.figure
    whole_shop = replace(scope, channels=(), countries=(), categories=())
    control = _reported(whole_shop, figure)
    unfiltered = question if whole_shop == scope else gap_causes.asked(whole_shop, figure)
    if control.empty or unfiltered is None:
        return None
    by_report = Asked(replace(whole_shop, basis="refund_date"), figure, unfiltered.sums)
    ours, theirs = (sum(control[name], start=Decimal(0)) for name in ("ours", "platform"))
    certain = [
        _certain(
            figure, "What the filters leave out", "The report knows the whole shop.", unfiltered.ours - question.ours
        ),
        _certain(
            figure,
            "Reversals on their own day",
            "The report counts what was taken back on its own day.",
            by_report.ours - unfiltered.ours,
        ),
        _certain(figure, "Days without a report", _not_covered(scope, control), ours - by_report.ours),
    ]
    differing = control.loc[[bool(each) for each in control["difference"]]]
    found, tried = _of_days(_on_days(by_report, control), differing, {figure: whole(ours - theirs)})
    return Gap(question, theirs, [each for each in certain if each], found, tried, differing.reset_index(drop=True))


def _reported(scope: Scope, figure: str) -> pd.DataFrame:
    """Ours beside the reports, each store by itself: what one of them does not report is not compared with another's."""
    found = [sales.control(replace(scope, store=number)) for number in scope.stores]
    control = pd.concat([frame for frame in found if len(frame)] or found[:1], ignore_index=True)
    return control[control["metric"] == figure].reset_index(drop=True)


def _certain(figure: str, name: str, sentence: str, change: Decimal) -> Cause | None:
    return Cause(name, sentence, effect={figure: whole(change)}) if whole(change) else None


def _not_covered(scope: Scope, control: pd.DataFrame) -> str:
    covered = control["day"].nunique()
    if scope.start is None or scope.stop is None or scope.only_store is None:
        return "The reports do not cover every day of every store."
    missing = (scope.stop - scope.start).days - covered
    return f"The report does not cover {wording.count(missing, 'of the days', 'of the days')}."


def _on_days(question: Asked, control: pd.DataFrame) -> Asked | None:
    """The same figure on the days that the report covers; None if they have gaps, or are several stores'."""
    if question.scope.only_store is None:
        return None
    first, stop = min(control["day"]), max(control["day"]) + timedelta(days=1)
    if (question.scope.start, question.scope.stop) == (first, stop):
        return question
    is_whole = control["day"].nunique() == (stop - first).days
    return gap_causes.asked(question.scope.over(first, stop), question.figure) if is_whole else None


def _of_days(question: Asked | None, differing: pd.DataFrame, gap: Effect) -> tuple[list[Cause], pd.DataFrame]:
    """Few days are taken apart by their orders; what they leave, or many days differing, is looked at as one period."""
    found: list[Cause] = []
    if question and len(differing) <= MOST_DAYS:
        found = list(_by_day(question.scope, question.figure, differing))
    left = {name: each + sum(cause.effect[name] for cause in found) for name, each in gap.items()}
    if question is None:
        return found, pd.DataFrame(columns=list(TRIED_COLUMNS), dtype=object)
    more, tried = _explain(question, left)
    return found + more, tried


def _by_day(scope: Scope, figure: str, differing: pd.DataFrame) -> Iterator[Cause]:
    """What makes a day of the report agree exactly, one cause a kind, its days together."""
    by_kind: dict[str, list[tuple[str, Cause]]] = {}
    for day in differing["day"]:
        seen = agreement.of_day(Scope(store=scope.only_store, currency=scope.currency), day)
        for cause in seen.causes:
            if cause.is_exact and figure in cause.effect:
                kind = causes.SHORT[cause.name.split()[0]]
                by_kind.setdefault(kind, []).append((wording.day(day), cause))
    for kind, several in by_kind.items():
        effect = {figure: sum(cause.effect[figure] for _, cause in several)}
        said = " ".join(f"{day}: {cause.sentence}" for day, cause in several)
        orders = tuple(dict.fromkeys(order for _, cause in several for order in cause.orders))
        yield Cause(kind.capitalize(), said, orders, effect, is_exact=True)
