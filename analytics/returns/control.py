"""A control chart for shares of few: how strongly the weeks of a series tell of a rise, and since which week.

The chart is that of Shiryaev and Roberts: S. W. Roberts, “A Comparison of Some Control Chart Procedures”, Technometrics 8
(1966), 411–430. Its statistic R adds up, over every week in which a rise may have begun, how much likelier the counts are with
it than without. While nothing rises, R less the weeks passed is a martingale, whatever the counts: so the chart needs A weeks
on average until R reaches A by chance (M. Pollak, “Optimal Detection of a Change in Distribution”, Annals of Statistics 13
(1985), 206–227), and the chance that it does within n weeks is at most n ÷ A (Doob). That holds for one in two as for
thousands, which limits at so many standard deviations do not.

Counts are binomial: of n sold in a week, whose returns have come in to the share c, each came back with chance p × c. So young
weeks are compared with what should have come back of them by now. The usual share p is not known: it is a beta distribution
over its category's products, made narrower by the series' own weeks before the rise. A rise multiplies the odds of p.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

Matrix = np.ndarray[Any, Any]
# How many times the odds are in a rise, each as likely: 2 makes 18 % of 10 %, and 4 makes 31 % of it.
ODDS = (2.0, 4.0)
# Shares from 0.05 to 97 %, in steps of less than a third of the smaller rise.
LOGITS = np.linspace(-7.6, 3.5, 56)
SHARES = 1 / (1 + np.exp(-LOGITS))
# Before a rise can begin, so much must have been sold whose returns are in; and so many must have come back in it.
SOLD_BEFORE, RETURNED_SINCE = 20, 4
WIDE, NARROW = 4.0, 400.0
# A rise is over when the weeks after it are 20 times likelier without it.
OVER = float(np.log(20))
AT_ONCE = 400


@dataclass(frozen=True)
class Counts:
    """What was sold and came back of it, a row a series and a column a week; `come_in` is the share of the returns of each
    week that have come in, and `priors` what is known of each series' usual share (see prior)."""

    sold: Matrix
    returned: Matrix
    come_in: Matrix
    priors: Matrix
    # the first week in which a rise is looked for
    start: int = 0

    def rows(self, some: Any) -> "Counts":
        """The same of some of the series."""
        return Counts(self.sold[some], self.returned[some], self.come_in, self.priors[some], self.start)

    @property
    def known(self) -> Matrix:
        """What was sold, as far as its returns have come in."""
        return np.asarray(self.sold * self.come_in)


@dataclass(frozen=True)
class Run:
    """The weeks in which a rise shows most: the first and the last; and whether those after it say that it is over."""

    first: int
    last: int
    is_over: bool = False


def prior(sold: Matrix, returned: Matrix) -> Matrix:
    """The logarithms of the chances that a category's share is each of SHARES: the beta distribution of which its products
    (sold whose returns are in, returned of it) are samples, by their moments.

    J. C. Kleinman, “Proportions with Extraneous Variance”, Journal of the American Statistical Association 68 (1973), 46–54.
    It counts for what NARROW or WIDE were sold at most and at least: of few products nobody knows how alike they are.
    """
    total = float(sold.sum())
    mean = min(max((float(returned.sum()) + 0.5) / (total + 1), 0.001), 0.9)
    each = sold[sold > 0]
    by_chance, others = mean * (1 - mean), len(each) - 1
    room = total - float((each**2).sum()) / total - others if others > 0 else 0.0
    between = 0.0
    if room > 0:
        spread = float((each * (returned[sold > 0] / each - mean) ** 2).sum())
        between = (spread / by_chance - others) / room
    worth = min(max(1 / between - 1, WIDE), NARROW) if between > 0 else NARROW
    # the density of the logit: that of the share times p(1 − p)
    logs = worth * (mean * np.log(SHARES) + (1 - mean) * np.log1p(-SHARES))
    return np.asarray(logs - _sum(logs))


def statistic(counts: Counts) -> Matrix:
    """The logarithm of R by series and week, -inf where no rise can have begun."""
    parts = [slice(start, start + AT_ONCE) for start in range(0, len(counts.sold), AT_ONCE)]
    found = [_statistic(counts.rows(part)) for part in parts]
    return np.concatenate(found) if found else np.zeros(counts.sold.shape)


def _statistic(counts: Counts) -> Matrix:
    """R week by week: what it was, and a rise that begins now, times the likelihood of the week with a rise ÷ without."""
    series, weeks = counts.sold.shape
    beginning = _may_begin(counts)
    chances = [_chances(counts.come_in, odds) for odds in (1.0, *ODDS)]
    usual = counts.priors.copy()
    risen = [np.full((series, len(LOGITS)), -np.inf) for _ in ODDS]
    found = np.full((series, weeks), -np.inf)
    for week in range(weeks):
        begun = np.where(beginning[:, week, None], usual, -np.inf)
        for at in range(len(ODDS)):
            risen[at] = np.logaddexp(risen[at], begun) + _likelihood(counts, week, chances[1 + at])
        usual += _likelihood(counts, week, chances[0])
        together = np.logaddexp.reduce([_sum(each) for each in risen])
        found[:, week] = together - np.log(len(ODDS)) - _sum(usual)
    return found


def run(counts: Counts, row: int) -> Run:
    """The weeks of one series that are likeliest to be the rise, of all that it can have begun and ended in."""
    one = counts.rows(slice(row, row + 1))
    chances = [_chances(one.come_in, odds) for odds in (1.0, *ODDS)]
    likelihoods = [
        np.cumsum(
            [np.zeros(len(LOGITS))] + [_likelihood(one, week, each)[0] for week in range(one.sold.shape[1])], axis=0
        )
        for each in chances
    ]
    usual = one.priors[0] + likelihoods[0]
    without = _sum(usual[1:])
    best, found = -np.inf, Run(0, 0)
    for first in np.flatnonzero(_may_begin(one)[0]):
        risen = [_sum(usual[first] - each[first] + each[first + 1 :]) for each in likelihoods[1:]]
        ratio = np.logaddexp.reduce(risen) - without[first:]
        if ratio.max() > best:
            best, last = float(ratio.max()), int(first + ratio.argmax())
            found = Run(int(first), last, bool(best - ratio[-1] > OVER))
    return found


def _may_begin(counts: Counts) -> Matrix:
    """Where enough was sold before; a week of which nothing was sold begins nothing."""
    known = counts.known
    before = np.cumsum(known, axis=1) - known
    may: Matrix = (before >= SOLD_BEFORE) & (known > 0)
    may[:, : counts.start] = False
    return may


def _chances(come_in: Matrix, odds: float) -> tuple[Matrix, Matrix]:
    """By week and share: the logarithms of having come back by now and of not, where the odds are so many times the share's."""
    share = 1 / (1 + np.exp(-LOGITS - np.log(odds)))
    known = np.maximum(come_in, 1e-12)[:, None] * share[None, :]
    return np.log(known), np.log1p(-known)


def _likelihood(counts: Counts, week: int, chances: tuple[Matrix, Matrix]) -> Matrix:
    """By series and share, without the factor that all shares have in common."""
    back = counts.returned[:, week, None]
    kept = counts.sold[:, week, None] - back
    return back * chances[0][week] + kept * chances[1][week]


def _sum(logs: Matrix) -> Any:
    return np.logaddexp.reduce(logs, axis=-1)


def usual(counts: Counts, row: int, stop: int) -> float:
    """The share that is to be expected of a series, from its category and its own weeks before `stop`."""
    logs = counts.priors[row].copy()
    chances, one = _chances(counts.come_in, 1.0), counts.rows(slice(row, row + 1))
    for week in range(min(stop, counts.sold.shape[1])):
        logs += _likelihood(one, week, chances)[0]
    weights = np.exp(logs - logs.max())
    return float((weights * SHARES).sum() / weights.sum())


def limit(of: int, chance: float, beyond: float) -> int:
    """The least number that so many binomial trials pass with no more than the chance `beyond`."""
    if of == 0 or chance <= 0:
        return 0
    number, below = 0, (1 - chance) ** of
    term = below
    while 1 - below > beyond and number < of:
        term *= (of - number) / (number + 1) * chance / (1 - chance)
        number += 1
        below += term
    return number
