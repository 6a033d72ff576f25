"""Contribution: what is left of net sales after the goods (CM1), after sending and fees (CM2), and after ads (CM3)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from analytics import grains, sales, settings
from analytics.metrics import METRICS
from analytics.profit import ads_of, ads_of_part, sums
from analytics.profit.sums import COSTS, FIGURES, NOUGHT, Row
from analytics.scope import Scope

SUMMARY_COLUMNS = ("currency", *FIGURES)
TIME_COLUMNS = ("day", "currency", *FIGURES)
STEP_COLUMNS = ("currency", "step", "label", "amount", "is_total")
BY_COLUMNS = ("value", "title", "currency", "is_of_no_order", *FIGURES, "ad_spend_spread")
DIMENSIONS = ("channel", "country", "category", "vendor", "product", "discount_code")
OF_NO_ORDER = "of no order"


def summary(scope: Scope) -> pd.DataFrame:
    """One row a currency: contribution after goods, sending and fees, and ads, with what each is of. Columns: SUMMARY_COLUMNS.

    landed_cost and cm1 are of lines with a known cost (cm1_net_sales of them); cm2 and the costs before it of those of which
    every group of costs that the store is told of is known, too (cm2_net_sales): cm2 = cm1 − cm1_left_out + shipping − costs −
    other_fee, cm3 = cm2 − ad_spend. `other_fee` is charged for no order. A coverage is the share of net sales that a figure is
    of, `untold` names what no file and no rule ever told of, `estimated_share` the part of the costs that rules say,
    ad_spend_left_out what was spent in periods that reach beyond the days. A part of the shop has its share of each day's ad
    spend by net sales. What is not known is None, never 0.
    """
    rows = [sums.figures(row) for row in _whole(scope)]
    return pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS), dtype=object)


def over_time(scope: Scope, grain: str = "day") -> pd.DataFrame:
    """One row a currency and period, without gaps; `day` is the period's first. Columns: TIME_COLUMNS, as in `summary`.

    What was spent on ads in a period that no report tells apart counts only in rows that contain it wholly. Raises ValueError
    for a grain that does not exist.
    """
    if grain not in grains.GRAINS:
        raise ValueError(f"grain is {', '.join(grains.GRAINS[:-1])} or {grains.GRAINS[-1]}, not {grain!r}")
    run = settings.of(scope.stores) if grain != "day" else settings.Settings()
    told = sums.told(scope)
    spent = ads_of_part.of(scope, told)
    known: dict[tuple[str, date], Row] = {}
    for row in sums.of(scope, "day", told):
        first = grains.first_day(date.fromisoformat(row["value"]), grain, run)
        sums.add(known.setdefault((row["currency"], first), sums.empty(row["currency"])), row)
    for fee in sums.of_no_order(scope):
        first = grains.first_day(fee["day"], grain, run)
        known.setdefault((fee["currency"], first), sums.empty(fee["currency"]))["other_fee"] += fee["amount"]
    found = []
    for currency in sorted({currency for currency, _ in known} | set(spent.currencies)):
        days = [day for each, day in known if each == currency] + spent.days(currency)
        for day in _periods(scope, days, grain, run):
            row = known.get((currency, day)) or sums.empty(currency)
            after = min(grains.next_first_day(day, grain), scope.stop or date.max)
            row["ad_spend"], row["ad_spend_left_out"] = spent.within(currency, max(day, scope.start or day), after)
            found.append({"day": day, **sums.figures(row)})
    return pd.DataFrame(found, columns=list(TIME_COLUMNS), dtype=object)


def _periods(scope: Scope, days: list[date], grain: str, run: settings.Settings) -> Iterable[date]:
    first = scope.start or min(days)
    after = scope.stop or max(days) + timedelta(days=1)
    return grains.periods(first, after, grain, run)


def waterfall(scope: Scope) -> pd.DataFrame:
    """From gross sales to CM3, one row a currency and step, in order; amounts are signed. Columns: STEP_COLUMNS.

    Between two totals the amounts add up exactly: what is not covered is a step of its own (net sales without a known cost, CM1
    of orders whose fees or sending nobody knows). The walk ends where nothing more is known.
    """
    sold = {row["currency"]: row for row in sales.sums(scope).to_dict("records")}
    rows: list[Row] = []
    for row in map(sums.figures, _whole(scope)):
        rows += [{"currency": row["currency"], **step} for step in _steps(row, sold.get(row["currency"]))]
    return pd.DataFrame(rows, columns=list(STEP_COLUMNS), dtype=object)


def _steps(row: Row, sold: Row | None) -> list[Row]:
    found: list[Row] = []
    if sold:
        found += [
            _step("gross_sales", sold["gross_sales"], True),
            _step("discounts", -sold["discounts"]),
            _step("reversals", -sold["reversals"]),
        ]
    found.append(_step("net_sales", row["net_sales"], True))
    if row["cm1"] is not None:
        found += [
            _step("cm1_uncovered", row["cm1_net_sales"] - row["net_sales"]),
            _step("landed_cost", -row["landed_cost"]),
            _step("cm1", row["cm1"], True),
        ]
    if row["cm2"] is not None:
        found += [_step("cm1_left_out", -row["cm1_left_out"]), _step("shipping", row["shipping"])]
        found += [_step(name, -row[name]) for name in (*COSTS, "other_fee")]
        found.append(_step("cm2", row["cm2"], True))
    if row["cm3"] is not None:
        found += [_step("ad_spend", -row["ad_spend"]), _step("cm3", row["cm3"], True)]
    # a step of nothing is none; totals stay
    return [step for step in found if step["is_total"] or step["amount"]]


def _step(name: str, amount: Decimal, is_total: bool = False) -> Row:
    return {"step": name, "label": METRICS[name].label, "amount": amount, "is_total": is_total}


def by(scope: Scope, dimension: str = "channel") -> pd.DataFrame:
    """One row a currency and channel, country, category, vendor, product or discount code, net sales descending. Columns: BY_COLUMNS.

    What is charged for no order is a row of its own (is_of_no_order), so that the rows add up to the summary. Ads on Amazon
    belong to Amazon's channels; the rest is spread over the rows whose CM2 is known by their net sales, `ad_spend_spread` of it.
    Raises ValueError for another dimension.
    """
    if dimension not in DIMENSIONS:
        raise ValueError(f"dimension is {', '.join(DIMENSIONS[:-1])} or {DIMENSIONS[-1]}, not {dimension!r}")
    told = sums.told(scope)
    rows, spent = sums.of(scope, dimension, told), ads_of_part.of(scope, told)
    found: list[Row] = []
    for total in _whole(scope):
        of_currency = [row for row in rows if row["currency"] == total["currency"]]
        of_currency.sort(key=lambda row: -row["net_sales"])
        rest = sums.empty(total["currency"], None) | {"is_of_no_order": True, "other_fee": total["other_fee"]}
        if total["ad_spend"] is not None:
            of_amazon = spent.within(total["currency"], scope.start, scope.stop, [ads_of.AMAZON])[0] or NOUGHT
            direct = of_amazon if dimension == "channel" else NOUGHT
            _give(of_currency, rest, (total, direct, spent.digits(total["currency"])))
        if rest["other_fee"] or rest.get("ad_spend"):
            of_currency.append(rest)
        found += of_currency
    shown = [_shown(row) for row in found]
    columns = {name: pd.Series([row[name] for row in shown], dtype=object) for name in BY_COLUMNS}
    return pd.DataFrame(columns, columns=list(BY_COLUMNS), dtype=object)


def _shown(row: Row) -> Row:
    value = row["value"] or None
    is_alone = row.get("is_of_no_order", False)
    title = OF_NO_ORDER if is_alone else value
    found = sums.figures(row)
    found["value"], found["title"], found["is_of_no_order"] = value, title, is_alone
    found["ad_spend_spread"] = row.get("ad_spend_spread")
    return found


def _give(rows: list[Row], rest: Row, given: tuple[Row, Decimal, int]) -> None:
    """Give each row its part of what was spent on ads, `direct` of it to Amazon's; what nothing sold for stays with the rest."""
    total, direct, digits = given
    # where CM2 is not known CM3 is not either, and what was given to it would be in no row
    nets = [row["net_sales"] if sums.has_cm2(row) else NOUGHT for row in rows]
    amazon = [net if ads_of.is_of_amazon(row["value"]) else NOUGHT for row, net in zip(rows, nets, strict=True)]
    if not any(net > 0 for net in amazon):
        direct = NOUGHT
    of_amazon = ads_of.parts(direct, amazon, digits)
    spread = ads_of.parts(total["ad_spend"] - direct, nets, digits)
    for row, own, part in zip(rows, of_amazon, spread, strict=True):
        row["ad_spend"], row["ad_spend_spread"] = own + part, part
    rest["ad_spend"] = total["ad_spend"] - sum((*of_amazon, *spread), start=NOUGHT)
    rest["ad_spend_spread"], rest["ad_spend_left_out"] = NOUGHT, total["ad_spend_left_out"]


def _whole(scope: Scope) -> list[Row]:
    """The sums of all of the scope, one row a currency, with what is of no order and ad spend."""
    told = sums.told(scope)
    found = {row["currency"]: row for row in sums.of(scope, "", told)}
    fees, spent = sums.of_no_order(scope), ads_of_part.of(scope, told)
    for currency in {str(fee["currency"]) for fee in fees} | set(spent.currencies):
        found.setdefault(currency, sums.empty(currency))
    for currency, row in found.items():
        row["other_fee"] = sum((fee["amount"] for fee in fees if fee["currency"] == currency), start=NOUGHT)
        row["ad_spend"], row["ad_spend_left_out"] = spent.within(currency, scope.start, scope.stop)
    return [found[currency] for currency in sorted(found)]
