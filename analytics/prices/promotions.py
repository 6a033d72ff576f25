"""What promotions really brought: beside what would have sold without them, and after what was only bought earlier."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import wording
from analytics.prices import costs, elasticity, found_promotions
from analytics.prices.elasticity import Z_80, Told, money
from analytics.prices.found_promotions import Promotion
from analytics.product_rows import framed
from analytics.scope import Scope

COLUMNS = (
    "promotion", "promotion_kind", "starts_on", "ends_on", "categories", "currency", "products", "weeks", "units_sold", "baseline_units",
    "baseline_sales", "incremental_units", "incremental_units_low", "incremental_units_high", "pull_forward_units", "net_incremental_units",
    "incremental_sales", "pull_forward_sales", "net_incremental_sales", "given_away", "net_incremental_contribution",
    "incremental_contribution_low", "incremental_contribution_high", "costed_share", "is_certain", "is_refused", "reason",
)  # fmt: skip
# The weeks after a promotion in which fewer may buy because they just did; and those on either side that the baseline is fitted to.
AFTER, AROUND = 4, 8
LEAST_AROUND = 3
# What was found by itself took off so much of its goods' regular price in all its weeks, or it was none.
LEAST_DEPTH = 0.03
FEW_CUT = 0.05
METHOD = (
    "Weeks run back from the last day of orders, so a promotion of four days can touch two of them. What would have sold follows from "
    "each product's trend and season at its regular price, fitted to calm weeks on both sides; what was missing in the four weeks after "
    "counts as bought earlier. Sending and advertising are not in the contribution."
)
Values = np.ndarray[Any, Any]
Row = dict[str, Any]


@dataclass(frozen=True)
class Goods:
    """Of the products of one currency, by week: units and what the model has for calm weeks, what a piece brought and regularly
    brings, and whether the price was cut; by product the landed cost (NaN where unknown) and category; the share that fees take."""

    units: Values
    calm: Values
    price: Values
    regular: Values
    cost: Values
    fee: float
    is_cut: Values
    categories: Values

    def some(self, rows: Values) -> "Goods":
        """The same of some of the products."""
        names = ("units", "calm", "price", "regular", "cost", "is_cut", "categories")
        return Goods(**{name: getattr(self, name)[rows] for name in names}, fee=self.fee)


def of(scope: Scope) -> pd.DataFrame:
    """One row a promotion of the days and currency, the latest first. Columns: COLUMNS.

    Of each product's weeks the elasticity model knows a calm course (trend and season at the regular price). The baseline is this
    course, raised or lowered to fit the eight calm weeks on either side of the promotion (and of the weeks after it). Incremental is what
    was sold beyond it in the promotion's weeks; pull-forward what was missing to it in the four weeks after (0 if nothing was); net is
    both together, `given_away` the regular price less the real one of what was sold below it. Contribution is after landed cost and
    fees, of products with a known cost (`costed_share` of the units). The 80 % interval follows from how far calm weeks lie from the
    baseline; `is_certain` says that it does not hold 0. Refused where too few calm weeks are known on either side.
    """
    known = elasticity.told(scope.over(None, None))
    every = found_promotions.of(scope.over(None, None))
    if known is None or not every:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    rows: list[Row] = []
    for currency, goods in _goods(scope, known).items():
        spans = [_span(each, known) for each in every]
        known_spans = [span for span in spans if span is not None]
        for promotion, span in zip(every, spans, strict=True):
            if not _is_in(promotion, scope):
                continue
            if span is None:
                rows.append(
                    _about(promotion, currency, 0)
                    | _refused("Its days are not all among the weeks of orders that are known.")
                )
                continue
            chosen = _chosen(goods, promotion, span)
            if promotion.kind == found_promotions.FOUND and _depth(chosen, span) < LEAST_DEPTH:
                continue
            rows.append(
                _about(promotion, currency, len(chosen.units)) | _result(chosen, span, _taken(goods, known_spans))
            )
    rows.sort(key=lambda row: (-row["starts_on"].toordinal(), row["promotion"]))
    return framed(rows, COLUMNS)


def _is_in(promotion: Promotion, scope: Scope) -> bool:
    is_late = scope.stop is not None and promotion.starts_on >= scope.stop
    return not is_late and not (scope.start is not None and promotion.ends_on < scope.start)


def _goods(scope: Scope, known: Told) -> dict[str, Goods]:
    weeks, now, fees = (
        known.weeks.some(known.rows),
        costs.now(scope.over(None, None)),
        costs.fee_shares(scope.over(None, None)),
    )
    price = weeks.usual[:, None] * np.exp(weeks.log_price)
    regular = weeks.usual[:, None] * np.exp(weeks.regular)
    told = [now.get(product) for product in weeks.about["product"]]
    cost = np.array([np.nan if each is None or each.unit_cost is None else float(each.unit_cost) for each in told])
    found = {}
    for currency in sorted(set(weeks.about["currency"])):
        rows = np.flatnonzero((weeks.about["currency"] == currency).to_numpy())
        is_cut = weeks.log_price < weeks.regular - elasticity.LEAST_RANGE
        whole = Goods(
            weeks.units * (weeks.exposure > 0), known.fit.calm, price, regular, cost, float(fees.get(currency, Decimal(0))), is_cut,
            weeks.about["category"].to_numpy(),
        )  # fmt: skip
        found[str(currency)] = whole.some(rows)
    return found


def _span(promotion: Promotion, known: Told) -> tuple[int, int] | None:
    """The weeks that a promotion touches, the second exclusive; None if they are not among those known."""
    first = known.weeks.first_day
    start = (promotion.starts_on - first).days // 7
    stop = (promotion.ends_on - first).days // 7 + 1
    return (start, stop) if start >= 0 and stop <= known.weeks.units.shape[1] else None


def _chosen(goods: Goods, promotion: Promotion, span: tuple[int, int]) -> Goods:
    """The products of a promotion: of its categories; of one somebody named, those whose price was cut in it, else all."""
    if promotion.categories:
        return goods.some(np.isin(goods.categories, promotion.categories))
    is_cut = np.flatnonzero(goods.is_cut[:, slice(*span)].any(axis=1))
    # a few are always cut somewhere: a promotion of some of the goods cuts more of them
    is_some = promotion.kind != found_promotions.CODE and _share_cut(goods, span) > FEW_CUT
    return goods.some(is_cut) if is_some else goods


def _depth(goods: Goods, span: tuple[int, int]) -> float:
    """The share of the regular price that was taken off what sold."""
    weeks = slice(*span)
    off = np.maximum(goods.regular - goods.price, 0.0)[:, weeks] * goods.units[:, weeks]
    return float(off.sum() / max(float((goods.regular[:, weeks] * goods.units[:, weeks]).sum()), 1e-9))


def _share_cut(goods: Goods, span: tuple[int, int]) -> float:
    return float(goods.is_cut[:, slice(*span)].any(axis=1).mean())


def _refused(reason: str) -> Row:
    return {"is_refused": True, "reason": reason}


def _taken(goods: Goods, spans: list[tuple[int, int]]) -> Values:
    """Weeks that are not calm, because a promotion of any kind is in them."""
    taken = np.zeros(goods.units.shape[1], dtype=bool)
    for start, stop in spans:
        taken[start:stop] = True
    return taken


def _about(promotion: Promotion, currency: str, products: int) -> Row:
    return {
        "promotion": promotion.title, "promotion_kind": promotion.kind, "starts_on": promotion.starts_on, "ends_on": promotion.ends_on,
        "categories": ", ".join(promotion.categories) or "all", "currency": currency, "products": products,
    }  # fmt: skip


def _result(goods: Goods, span: tuple[int, int], taken: Values) -> Row:
    start, stop = span
    after_stop = min(stop + AFTER, len(taken))
    row: Row = {"weeks": stop - start, "is_refused": False, "reason": None}
    sold, calm = goods.units.sum(axis=0), goods.calm.sum(axis=0)
    row["units_sold"] = pieces(float(sold[start:stop].sum()))
    free = ~taken & (calm > 0)
    before = [at for at in range(start - 1, -1, -1) if free[at]][:AROUND]
    later = [at for at in range(after_stop, len(taken)) if free[at]][:AROUND]
    # calm weeks of another season tell nothing
    near = [at for at in before + later if start - 2 * AROUND <= at < after_stop + 2 * AROUND]
    of_sides = sum(at < start for at in near), sum(at >= after_stop for at in near)
    if min(of_sides) < LEAST_AROUND or not calm[start:stop].all():
        said = f"{wording.count(of_sides[0], 'calm week')} before it and {of_sides[1]} after it are known"
        return row | _refused(f"Only {said}: its baseline needs {LEAST_AROUND} on either side.")
    ratio = float(sold[near].sum() / calm[near].sum())
    apart = sold[near] / (ratio * calm[near]) - 1
    noise = float(np.sqrt((apart**2).sum() / (len(near) - 1)))
    weeks_after = [at for at in range(stop, after_stop) if not taken[at]]
    return row | _sums(goods, (list(range(start, stop)), weeks_after), ratio, (noise, len(near)))


def _sums(goods: Goods, weeks: tuple[list[int], list[int]], ratio: float, noise: tuple[float, int]) -> Row:
    """What a promotion brought in its weeks and lost in those after, with what the noise of a week makes of it."""
    inside, after = weeks
    baseline = ratio * goods.calm
    is_costed = np.isfinite(goods.cost)
    left, left_before = (
        np.where(is_costed[:, None], each * (1 - goods.fee) - np.nan_to_num(goods.cost)[:, None], 0.0)
        for each in (goods.price, goods.regular)
    )
    more = [_more(goods, baseline, inside, each) for each in _worth(goods, left, left_before)]
    less = [min(_more(goods, baseline, after, each), 0.0) for each in _worth(goods, left, left_before)]
    unsure = [
        _unsure(baseline * worth[1], inside + (after if low < 0 else []), noise)
        for worth, low in zip(_worth(goods, left, left_before), less, strict=True)
    ]
    net = [one + other for one, other in zip(more, less, strict=True)]
    off = np.maximum(goods.regular - goods.price, 0.0) * goods.units
    sold = goods.units[:, inside].sum()
    share = float(goods.units[is_costed][:, inside].sum() / sold) if sold else 0.0
    row: Row = {
        "baseline_units": pieces(float(baseline[:, inside].sum())),
        "baseline_sales": money(float((baseline * goods.regular)[:, inside].sum())), "incremental_units": pieces(more[0]),
        "incremental_units_low": pieces(more[0] - Z_80 * unsure[0]), "incremental_units_high": pieces(more[0] + Z_80 * unsure[0]),
        "pull_forward_units": pieces(less[0]), "net_incremental_units": pieces(more[0]) + pieces(less[0]),
        "incremental_sales": money(more[1]),
        "pull_forward_sales": money(less[1]), "net_incremental_sales": money(more[1]) + money(less[1]),
        "given_away": money(float(off[:, inside].sum())), "costed_share": elasticity.number(share), "is_certain": False,
    }  # fmt: skip
    if share > 0:
        ends = net[2] - Z_80 * unsure[2], net[2] + Z_80 * unsure[2]
        row |= {"net_incremental_contribution": money(net[2]), "incremental_contribution_low": money(ends[0])}
        row |= {"incremental_contribution_high": money(ends[1]), "is_certain": ends[0] > 0 or ends[1] < 0}
    return row


def _unsure(baseline: Values, weeks: list[int], noise: tuple[float, int]) -> float:
    """The standard error of a baseline over weeks: each has noise of its own, and all of them that of those it was fitted to."""
    by_week = baseline[:, weeks].sum(axis=0)
    return float(noise[0] * np.sqrt((by_week**2).sum() + by_week.sum() ** 2 / noise[1]))


def _worth(goods: Goods, left: Values, left_before: Values) -> list[tuple[Values, Values]]:
    """What a piece counts as it was sold and as it would have been: one piece, its price, what it leaves."""
    ones = np.ones_like(goods.price)
    return [(ones, ones), (goods.price, goods.regular), (left, left_before)]


def _more(goods: Goods, baseline: Values, weeks: list[int], worth: tuple[Values, Values]) -> float:
    return float((goods.units * worth[0])[:, weeks].sum() - (baseline * worth[1])[:, weeks].sum())


def pieces(value: float) -> Decimal:
    """Units of a model, whole ones."""
    return Decimal(round(value))


def summed(rows: pd.DataFrame) -> dict[str, Any]:
    """What the promotions that could be told come to, of rows of one currency: promotions_told, promotions_refused, and the sums of
    units, given_away and net contribution; those without a known cost are not in the last."""
    told = rows[~rows["is_refused"].astype(bool)]
    names = ("net_incremental_units", "net_incremental_sales", "given_away", "net_incremental_contribution")
    sums = {
        name: sum((each for each in told[name] if each is not None and not pd.isna(each)), start=Decimal(0))
        for name in names
    }
    return {"promotions_told": len(told), "promotions_refused": len(rows) - len(told)} | sums


def in_words(rows: pd.DataFrame, currency: str) -> str:
    """What the promotions left, as a sentence: the one that left most or lost most."""
    known = [
        not refused and amount is not None
        for refused, amount in zip(rows["is_refused"], rows["net_incremental_contribution"], strict=True)
    ]
    told = rows.loc[known]
    if told.empty:
        return "Which promotions there were; what they left cannot be told yet"
    row = max(told.to_dict("records"), key=lambda each: abs(each["net_incremental_contribution"]))
    amount = row["net_incremental_contribution"]
    verb = "left" if amount >= 0 else "cost"
    sure = "" if row["is_certain"] else ", which may be chance"
    said = wording.money(abs(amount), currency)
    return f"{row['promotion']} {verb} {said} after what it gave away and what was only bought earlier{sure}"
