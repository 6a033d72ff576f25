"""What advertising cost and brought as a whole, of a range of days and over time: every ratio is a ratio of sums."""

from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import customers, grains, periods, sales, settings
from analytics.ads import margins
from analytics.ads.spend import QUOTIENTS, Part, Row, left_out, over, read, sales_by_currency, summed, told
from analytics.product_rows import framed
from analytics.scope import Scope

SUMMARY_COLUMNS = (
    "currency", "first_day", "last_day", "ad_spend", "net_sales", "mer", "spend_share", "tacos", "attributed_revenue", "roas",
    "acos", "overclaim_ratio", "gross_profit", "covered_share", "poas", "contribution_margin", "contribution_is",
    "break_even_roas", "new_customers", "new_customer_cac", "is_trusted", "history_starts_on", "impressions", "clicks",
    "conversions", "ctr", "cpc", "cpm", "conversion_rate", "left_out_spend",
)  # fmt: skip
OVER_TIME_COLUMNS = (
    "day", "period", "currency", "ad_spend", "net_sales", "mer", "spend_share", "attributed_revenue", "overclaim_ratio",
    "roas", "acos", "impressions", "clicks", "conversions", "ctr", "cpc", "cpm", "conversion_rate",
)  # fmt: skip


def summary(scope: Scope) -> pd.DataFrame:
    """One row a currency with every figure of advertising. Columns: SUMMARY_COLUMNS; no ads told of the days give no row.

    `net_sales` and what follows from it are of first_day to last_day, the days of the scope that ad spend is told of. Net sales
    and spend of different currencies stand in rows of their own, without a ratio. `left_out_spend` is in no other figure:
    see spend.left_out. `contribution_is` names what break-even ROAS is told from. New customers need identity and history:
    `is_trusted` and `history_starts_on` say how far they are known, as customers.of_period does.
    """
    cut, spent = told(scope), {row["currency"]: row for row in read(scope)}
    if cut is None:
        return pd.DataFrame(columns=list(SUMMARY_COLUMNS), dtype=object)
    sold = sales_by_currency(scope)
    people = {row["currency"]: row for row in customers.of_period(cut).to_dict("records")}
    margin = margins.of(cut)
    missed = left_out(scope)
    last = cut.stop and cut.stop - periods.DAY
    found = []
    for currency in sorted({*spent, *sold, *missed["currency"]}):
        amounts, own = spent.get(currency, {}), sold.get(currency, {})
        row = _figures(amounts, own) | {"currency": currency, "first_day": cut.start, "last_day": last}
        row |= {name: own.get(name) for name in ("gross_profit", "covered_share")}
        row["poas"] = over(row["gross_profit"], row["ad_spend"])
        row |= margin.get(currency, {"contribution_margin": None, "contribution_is": None})
        row["break_even_roas"] = over(1, _above_zero(row["contribution_margin"]))
        row |= _new(people.get(currency, {}), row["ad_spend"])
        row["left_out_spend"] = sum(missed.loc[missed["currency"] == currency, "spend"], start=Decimal(0))
        found.append(row)
    return framed(found, SUMMARY_COLUMNS)


def over_time(scope: Scope, grain: str = "day", platform: str = "", campaign: str = "") -> pd.DataFrame:
    """One row a currency and period, without gaps, of all ads, one platform or one campaign. Columns: OVER_TIME_COLUMNS.

    A row of the platforms counts in the period that contains it wholly: of a report by month nothing is told by day. Raises
    ValueError for a grain or platform that does not exist.
    """
    cut = told(scope)
    rows = read(scope, Part(platform, campaign, ("day",)))
    if cut is None or not rows or cut.start is None or cut.stop is None:
        return pd.DataFrame(columns=list(OVER_TIME_COLUMNS), dtype=object)
    run = settings.of(scope.stores)
    sold = {(row["currency"], row["day"]): row for row in sales.daily(cut, grain).to_dict("records")}
    spent: dict[Any, list[Row]] = {}
    for row in rows:
        first, last = (grains.first_day(row[name], grain, run) for name in ("first_day", "last_day"))
        if first == last:
            spent.setdefault((row["currency"], first), []).append(row)
    found = []
    for currency in sorted({row["currency"] for row in rows}):
        for day in grains.periods(cut.start, cut.stop, grain, run):
            amounts = summed(spent.get((currency, day), []))
            row = _figures(amounts, sold.get((currency, day), {}))
            found.append(row | {"day": day, "period": grains.name(day, grain, run), "currency": currency})
    return framed(found, OVER_TIME_COLUMNS)


def _figures(spent: Row, own: Row) -> Row:
    """Spend beside the shop's own sales of the same days, and what follows from both."""
    cost, sold, claimed = spent.get("ad_spend"), own.get("net_sales"), spent.get("attributed_revenue")
    return {name: spent.get(name) for name in ("impressions", "clicks", "conversions", *QUOTIENTS)} | {
        "ad_spend": cost,
        "net_sales": sold,
        "mer": over(sold, cost),
        "spend_share": over(cost, sold),
        "tacos": over(cost, sold),
        "attributed_revenue": claimed,
        "overclaim_ratio": over(claimed, sold),
    }


def _new(people: Row, cost: Any) -> Row:
    """New customers, and what each of them cost if every ad was for them."""
    return {
        "new_customers": people.get("new_customers"),
        "new_customer_cac": over(cost, people.get("new_customers")),
        "is_trusted": people.get("is_trusted"),
        "history_starts_on": people.get("history_starts_on"),
    }


def _above_zero(value: Any) -> Any:
    return value if value is not None and value > 0 else None
