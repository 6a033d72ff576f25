"""Size curves: how a style's demand is shared over its sizes, so that a size which was not there is not planned as if nobody
wanted it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from analytics import product_options, product_rows
from analytics.product_rows import records
from analytics.scope import Scope

Values = np.ndarray[Any, Any]
Row = dict[str, Any]
# The category's curve counts for as much as so many pieces that the style itself sold.
LIKE_PIECES = 20
ROUNDS, CLOSE = 200, 1e-9
DIGITS = Decimal("0.000001")
NO_SIZE = (product_options.NONE, product_options.UNKNOWN)
COLUMNS = ("size_velocity", "style_velocity", "size_share", "days_there", "days_asked", "size_basis")


@dataclass(frozen=True)
class Runs:
    """The runs of a style, or of the styles of a category that come in the same sizes: pieces sold by run (row; a style in one
    colour) and size (column), and the days on which each was there to be sold."""

    pieces: Values
    days: Values


def told(scope: Scope) -> dict[Any, Row]:
    """Of variants of styles with several: product_key → parent, parent_title, colour, size."""
    styles: dict[Any, list[Row]] = {}
    for row in records(product_rows.told(scope), ("product_key", "parent", "parent_title", "options")):
        styles.setdefault(row["parent"], []).append(row)
    found: dict[Any, Row] = {}
    for variants in styles.values():
        if len(variants) > 1:
            options = product_options.told([each["options"] for each in variants])
            for each, (colour, size) in zip(variants, options, strict=True):
                found[each["product_key"]] = each | {"colour": colour, "size": size}
    return found


def curve(runs: Runs, prior: Values | None = None) -> Values:
    """The share of each size in the demand of a run that has all of them; shares add up to 1, all are 0 where nothing was sold.

    Pieces of a run and size are supposed to come at the rate run × share on the days it was there (a Poisson model; the rounds
    find its most likely shares), so that a size which was out for a month is not taken for one that sells less. With a `prior`
    curve the shares are drawn towards it as if LIKE_PIECES pieces had been sold by it.
    """
    sold = runs.pieces.sum(axis=0)
    shares = np.full(len(sold), 1 / len(sold)) if prior is None else prior
    for _ in range(ROUNDS):
        asked = (runs.days * pace(runs, shares)[:, None]).sum(axis=0)
        extra = 0.0 if prior is None else LIKE_PIECES
        own = sold if prior is None else sold + LIKE_PIECES * prior
        found = np.divide(own, asked + extra, out=np.zeros(len(sold)), where=asked + extra > 0)
        found = found / (found.sum() or 1)
        if np.abs(found - shares).max() < CLOSE:
            return np.asarray(found)
        shares = found
    return shares


def pace(runs: Runs, shares: Values) -> Values:
    """What each run would sell a day with all of its sizes there: its pieces ÷ Σ of days × share."""
    there = (runs.days * shares).sum(axis=1)
    return np.asarray(np.divide(runs.pieces.sum(axis=1), there, out=np.zeros(len(there)), where=there > 0))


def share(rows: list[Row], styles: dict[Any, Row], days_there: Values, days: int) -> None:
    """Share the demand of styles over their sizes, in rows of planning.inputs: velocity and deviation change, COLUMNS are added.

    `days_there` are those of the last `days` on which each product was there to be sold. On those a size sells as it did, on the
    others what the curve gives it: velocity = (own × days there + style's × share × days not there) ÷ days. A size that was there
    all the time keeps its own. The curve is the style's, over all its colours, drawn towards that of the category's styles in the
    same sizes. What is not known by a size, is the only one, sells as a sibling, or stands twice in a run is left as it is.
    """
    for row in rows:
        row |= dict.fromkeys(COLUMNS)
    by_range: dict[Any, dict[Any, dict[Any, list[int]]]] = {}
    for parent, of_style in _styles(rows, styles).items():
        sizes = tuple(product_options.in_order([size for run in of_style.values() for size in run]))
        category = rows[next(iter(next(iter(of_style.values())).values()))]["category"]
        kind = (category or ("", parent), sizes)
        by_range.setdefault(kind, {})[parent] = {
            colour: [run.get(size, -1) for size in sizes] for colour, run in of_style.items()
        }
    pieces = np.array([float(row["velocity"]) for row in rows] + [0.0]) * np.append(days_there, 0)
    there = np.append(days_there, 0)
    for (_, sizes), ranges in by_range.items():
        if len(sizes) > 1:
            at = {parent: np.array(list(each.values())) for parent, each in ranges.items()}
            whole = np.concatenate(list(at.values()))
            usual = curve(Runs(pieces[whole], there[whole]))
            for each in at.values():
                runs = Runs(pieces[each], there[each])
                _of_style(rows, each, (runs, curve(runs, usual) if usual.any() else usual), days)


def _styles(rows: list[Row], styles: dict[Any, Row]) -> dict[Any, dict[Any, dict[Any, int]]]:
    """Which row is which style, colour and size; a run in which a size stands twice is left out."""
    found: dict[Any, dict[Any, dict[Any, int]]] = {}
    twice = set()
    for number, row in enumerate(rows):
        known = styles.get(row["product_key"])
        if known is None or known["size"] in NO_SIZE or str(row["velocity_basis"]).startswith("as its sibling"):
            continue
        run = found.setdefault(known["parent"], {}).setdefault(known["colour"], {})
        if known["size"] in run:
            twice.add((known["parent"], known["colour"]))
        run[known["size"]] = number
    for parent, colour in twice:
        del found[parent][colour]
    return {parent: runs for parent, runs in found.items() if runs}


def _of_style(rows: list[Row], at: Values, known: tuple[Runs, Values], days: int) -> None:
    runs, shares = known
    for run, there, of_run in zip(at, runs.days, pace(runs, shares), strict=True):
        found = [rows[each] for each in run if each >= 0]
        sold = sum((row["velocity"] for row in found), start=Decimal(0))
        # how much demand strays for each piece of it: what the run's sizes show together
        per_piece = sum((row["deviation"] ** 2 for row in found), start=Decimal(0)) / sold if sold else Decimal(0)
        for number, part, days_there in zip(run, shares, there, strict=True):
            if number >= 0:
                of_days = Decimal(int(days_there)), Decimal(days)
                _blend(rows[number], (_exact(of_run), _exact(part)), of_days, per_piece)


def _blend(row: Row, style: tuple[Decimal, Decimal], days: tuple[Decimal, Decimal], per_piece: Decimal) -> None:
    (there, asked), curved = days, style[0] * style[1]
    if there >= asked or not curved:
        return
    own, missing = row["velocity"], asked - there
    variance = (there * row["deviation"] ** 2 + missing * per_piece * curved) / asked
    row |= {
        "size_velocity": own, "style_velocity": style[0], "size_share": style[1], "days_there": there, "days_asked": asked,
        "velocity": ((own * there + curved * missing) / asked).quantize(DIGITS),
        "deviation": variance.sqrt().quantize(DIGITS),
    }  # fmt: skip
    row["size_basis"] = f"it was there on {there} of {asked} days; the others as the size curve says"


def _exact(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(DIGITS)
