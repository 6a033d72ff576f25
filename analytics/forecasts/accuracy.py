"""How well models did when held against the past: ours beside last year's guess, by kind of demand and by steps ahead."""

from typing import Any

import pandas as pd

from analytics import wording
from analytics.product_rows import framed

OURS, NAIVE = "Ensemble", "SeasonalNaive"
# What people said, and the models on the same weeks, are of every kind together.
ALL, SAID, UNSAID = "all", "Override", "Ensemble without the override"
MODELS = ("kind", "model", "part", "series", "wape", "bias", "coverage_80", "coverage_95", "weight", "is_beaten")
STEPS = ("step", "ours", "naive", "coverage_80", "series")
OUR, LAST_YEAR, MODEL = "ours", "last year", "model"


def models(scores: pd.DataFrame) -> pd.DataFrame:
    """One row a kind and model over all steps, most series first, ours first within a kind, then the better ones: MODELS.

    `part` is ours, last year or model; `is_beaten` that last year's guess did better than this. Models without an error are left out.
    """
    whole = scores[(scores["step"] == 0) & scores["wape"].notna() & (scores["kind"] != ALL)]
    rows: list[dict[str, Any]] = []
    for kind, group in whole.groupby("kind", sort=False):
        naive = error(whole, str(kind), NAIVE)
        for row in group.to_dict("records"):
            part = {OURS: OUR, NAIVE: LAST_YEAR}.get(row["model"], MODEL)
            is_beaten = naive is not None and part != LAST_YEAR and row["wape"] > naive
            rows.append(row | {"part": part, "is_beaten": is_beaten, "kind": kind})
    many = {kind: max(row["series"] for row in rows if row["kind"] == kind) for kind in {row["kind"] for row in rows}}
    rows.sort(key=lambda row: (-many[row["kind"]], row["kind"], row["part"] != OUR, row["wape"]))
    return framed(rows, MODELS)


def by_step(scores: pd.DataFrame) -> pd.DataFrame:
    """One row a step ahead: the errors of ours and of last year's guess over all kinds, weighted by their series: STEPS.

    A kind without one of the two is left out of both.
    """
    apart = scores[(scores["step"] > 0) & scores["model"].isin([OURS, NAIVE]) & scores["wape"].notna()]
    rows = []
    for step, group in apart.groupby("step"):
        ours = group[group["model"] == OURS].set_index("kind")
        naive = group[group["model"] == NAIVE].set_index("kind")
        both = ours.index.intersection(naive.index)
        if not len(both):
            both, naive = ours.index, ours.assign(wape=None)
        weight = ours.loc[both, "series"].astype(float)
        rows.append({
            "step": int(str(step)), "series": int(weight.sum()),
            "ours": _mean(ours.loc[both, "wape"], weight), "naive": _mean(naive.loc[both, "wape"], weight),
            "coverage_80": _mean(ours.loc[both, "coverage_80"], weight),
        })  # fmt: skip
    return framed(rows, STEPS)


def _mean(values: "pd.Series[Any]", weight: "pd.Series[float]") -> float | None:
    known = values.notna()
    total = weight[known].sum()
    return float((values[known].astype(float) * weight[known]).sum() / total) if total else None


def error(scores: pd.DataFrame, kind: str, model: str) -> float | None:
    """A model's error over all steps for a kind; None where it has none."""
    found = scores.loc[(scores["kind"] == kind) & (scores["model"] == model) & (scores["step"] == 0), "wape"]
    return None if found.empty or pd.isna(found.iloc[0]) else float(found.iloc[0])


def of_kind(scores: pd.DataFrame, kind: str, grain: str) -> str:
    """How far ours and last year's were off in the past, of series of one kind, in a sentence; "" where nothing is known.

    Where guessing last year's was better, that is said.
    """
    ours, naive = error(scores, kind, OURS), error(scores, kind, NAIVE)
    if ours is None:
        return ""
    many = int(scores.loc[(scores["kind"] == kind) & (scores["step"] == 0), "series"].max())
    whose = f"{many:,} {kind} series of this level were" if many > 1 else "this was"
    said = f"Held against the past, {whose} missed by {wording.percent(ours)}"
    if naive is None:
        return f"{said}; too little of a year before is known to guess from it."
    if ours <= naive:
        return f"{said}; guessing last year's {grain} missed by {wording.percent(naive)}."
    return f"{said}. Guessing last year's {grain} was better: it missed by {wording.percent(naive)}."


def in_words(scores: pd.DataFrame) -> str:
    """The finding of a level, over all its kinds: ours against last year's guess, losers named."""
    whole = models(scores)
    ours = whole[whole["part"] == OUR]
    if ours.empty:
        return "Nothing of this level has a past long enough to be held against"
    lost = [str(kind) for kind, is_beaten in zip(ours["kind"], ours["is_beaten"], strict=True) if is_beaten]
    said = f"Ours missed by {wording.percent(_overall(ours))}"
    naive = whole[(whole["part"] == LAST_YEAR) & whole["kind"].isin(ours["kind"])]
    if len(naive):
        said += f", guessing last year's by {wording.percent(_overall(naive))}"
    return said + (f"; it lost on {wording.listed(lost)} demand" if lost else "")


def _overall(rows: pd.DataFrame) -> float | None:
    return _mean(rows["wape"], rows["series"].astype(float))


def people(scores: pd.DataFrame) -> str:
    """How people did who said otherwise, beside the models in the same weeks, in a sentence; "" where nobody did, or none is over."""
    said, models_alone = error(scores, ALL, SAID), error(scores, ALL, UNSAID)
    if said is None or models_alone is None:
        return ""
    side = "better than" if said < models_alone else "worse than" if said > models_alone else "as well as"
    return (
        f"What people said instead missed by {wording.percent(said)}, the models alone in the same weeks by "
        f"{wording.percent(models_alone)}: people did {side} the models."
    )


def by_step_in_words(rows: pd.DataFrame, grain: str) -> str:
    """How the error grows with the distance, from the rows of by_step, in a sentence."""
    first, last = rows.iloc[0], rows.iloc[-1]
    near, far = wording.count(int(first["step"]), grain), wording.count(int(last["step"]), grain)
    return (
        f"{near} ahead ours missed by {wording.percent(first['ours'])}, {far} ahead by {wording.percent(last['ours'])}"
    )
