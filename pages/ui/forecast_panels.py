"""What the pages of forecasts share: which series is looked at, and the sentences and tables around its chart."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.forecasts import course
from analytics.forecasts.accuracy import LAST_YEAR
from analytics.forecasts.course import Look
from pages.ui import own, states

WORDS = {"units": "Units", "net_sales": "Net sales"}
MEASURES = {
    "store": ("net_sales", "units"),
    "channel": ("net_sales",),
    "category": ("net_sales", "units"),
    "product": ("units",),
}
HORIZONS = {"week": ("13 weeks", "4 weeks", "8 weeks", "26 weeks"), "day": ("30 days", "7 days", "14 days", "61 days")}
NEEDS = states.Needs(
    "what the next weeks will probably sell, how sure that is, and how far such forecasts were off in the past",
    "an orders export of half a year or more; stock exports tell which days were out of stock and are not learnt from",
    "In Shopify: Orders › Export › All orders › Plain CSV file.",
)
AFTERWARDS = (
    "Nothing was said then: this was made afterwards, as if then, by today's method from what was known by that day. From now on every "
    "week's forecast is kept."
)
METHOD = (
    "Every model is held against the past: it forecasts weeks that had come already from what was known before them. Ours is the mean of "
    "the better ones, weighted by how they did. Days out of stock and days marked as not to be learnt from do not count as errors."
)
KINDS = {
    "smooth": "sold nearly always, in like amounts",
    "erratic": "sold nearly always, in unlike amounts",
    "intermittent": "sold now and then, in like amounts",
    "lumpy": "sold now and then, in unlike amounts",
    "young": "too short to know its season",
    "constant": "always the same",
    "zero": "nothing sold yet",
}


def levels(grains: tuple[str, ...] = ("week", "day"), more: tuple[str, ...] = ()) -> Look:
    """The choice of a level, a measure and a grain that go together; no key. `more` are levels that only some pages have, in units."""
    level = own.few("level", "Of", [*MEASURES, *more])
    words = [WORDS[measure] for measure in MEASURES.get(level, ("units",))]
    measure = _fitting("measure", "What", words)
    is_daily = measure == WORDS["net_sales"] or level == "store"
    grain = _fitting("grain", "Each step is a", grains if is_daily else grains[:1]) if len(grains) > 1 else grains[0]
    return Look(next(name for name, said in WORDS.items() if said == measure), level, grain)


def horizon(grain: str) -> int:
    """How many steps ahead are looked at."""
    return int(_fitting("ahead", "Ahead", HORIZONS[grain]).split()[0])


def _fitting(name: str, label: str, options: Any) -> str:
    """own.few, where another level has other options: what was chosen before and is none of them gives way to the first."""
    if name in st.session_state and st.session_state[name] not in options:
        del st.session_state[name]
        st.query_params.pop(name, None)
    return own.few(name, label, list(options))


def unit(look: Look, currency: str) -> str:
    """A measure's label with its unit: “Net sales, EUR”, “Units”."""
    return f"{WORDS[look.measure]}, {currency}" if look.measure == "net_sales" else WORDS[look.measure]


def subtitle(look: Look, name: str, currency: str) -> str:
    """What the chart of a series shows."""
    return (
        f"{unit(look, currency)} of {name} by {look.grain}: sold, dashed a year before, dotted the forecast with its 80 % and 95 % "
        "intervals; hollow: not learnt from as sold, a dash beside it what is learnt from instead"
    )


def lost(rows: pd.DataFrame) -> list[str]:
    """Each kind of demand on which guessing last year's did better than ours."""
    found = []
    for kind, group in rows.groupby("kind", sort=False):
        ours, naive = (group[group["part"] == part] for part in ("ours", LAST_YEAR))
        if len(ours) and len(naive) and bool(ours["is_beaten"].iloc[0]):
            found.append(
                f"Guessing last year's was better for {kind} demand ({KINDS.get(str(kind), '')}): it missed by "
                f"{wording.percent(naive['wape'].iloc[0])}, ours by {wording.percent(ours['wape'].iloc[0])}."
            )
    return found


def finding(rows: pd.DataFrame, look: Look, currency: str) -> str:
    """What the next steps bring, in a sentence."""
    return course.in_words(course.summed(rows), look, currency)


def models_said(about: Any) -> str:
    """What a series is forecast by, for whoever asks."""
    kind = about["kind"]
    return f"Its demand is {kind}: {KINDS.get(kind, '')}. Forecast by {states.plain(str(about['models']))}."


def nothing_said(weeks_ago: int) -> None:
    """There is no forecast of so long ago, or it did not have this series."""
    st.info(
        f"Nothing was said of this {weeks_ago} weeks ago: the orders did not reach back far enough then, it was first sold since, or what "
        "would have been said then is still to be made afterwards, by the next run. Choose fewer weeks, or another series.",
        title="Nothing to hold against what came",
    )
