"""What deserves attention this morning: at most five sentences, each with its money, what to do, and its proof."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from analytics import imports, money_findings, sales, wording
from analytics import unshipped as waiting
from analytics.finding import WINDOW, Finding, total_of
from analytics.returns import rises
from analytics.returns.weekly import WHOLE
from analytics.scope import Scope
from analytics.stock import inventory, settings

MOST = 5
# A day late is a day's export not made yet; inventory counts a week.
STALE_AFTER = {"orders": 2, "inventory": 7}
CALLED = {"orders": "orders", "inventory": "stock levels"}
# A-sellers: the products that together bring this share of net sales.
BEST = Decimal("0.8")
SMALLEST, SMALLEST_SHARE = Decimal(100), Decimal("0.005")


def of(scope: Scope) -> list[Finding]:
    """The findings of a scope of one day in one currency: what is wrong with the data first, then by money at stake."""
    day = (scope.stop or date.today()) - timedelta(days=1)
    month = scope.over(day - WINDOW + timedelta(days=1), day + timedelta(days=1))
    asked: tuple[Callable[[Scope, Scope], Finding | None], ...] = (
        unreconciled, stale, sold_out, unshipped, money_findings.below_zero, money_findings.ads_in_vain,
        rising_returns,
    )  # fmt: skip
    found = [finding for finding in (ask(scope, month) for ask in asked) if finding is not None]
    limit = _worth(scope, day)
    kept = [each for each in found if each.is_pinned or each.money is None or each.money >= limit]
    return sorted(kept, key=lambda each: (not each.is_pinned, -(each.money or 0)))[:MOST]


def _worth(scope: Scope, day: date) -> Decimal:
    """Below this, nothing is worth a morning: 100, or half a per cent of the week's net sales if that is more."""
    week = sales.summary(scope.over(day - timedelta(days=6), day + timedelta(days=1)))
    return SMALLEST if week.empty else max(SMALLEST, SMALLEST_SHARE * week["net_sales"].iloc[0])


def unreconciled(scope: Scope, month: Scope) -> Finding | None:
    """Orders of any day whose parts do not add up to their own total."""
    orders = sales.unreconciled(scope.over(None, None))
    if orders.empty:
        return None
    gap = total_of(orders["difference"].dropna().abs())
    sentence = (
        f"{wording.count(len(orders), 'order does', 'orders do')} not add up to the total in the export; together they are "
        f"{wording.money(gap, scope.currency or '')} apart."
    )
    return Finding("unreconciled", sentence, "See the orders", "sales", gap, True, orders)


def stale(scope: Scope, month: Scope) -> Finding | None:
    """Orders or stock whose newest day is older than it should be."""
    freshness = imports.freshness(scope.stores)
    limits = freshness["kind"].map(STALE_AFTER)
    old = freshness[limits.notna() & freshness["days_old"].notna() & (freshness["days_old"] > limits)]
    if old.empty:
        return None
    said = [
        f"the newest {CALLED[row['kind']]}{_of(row['store'], freshness)} are of {wording.day(row['through'])}, "
        f"{wording.count(int(row['days_old']), 'day')} ago"
        for row in old.to_dict("records")
    ]
    sentence = " and ".join(said)
    return Finding("stale", f"{sentence[0].upper()}{sentence[1:]}.", "Import newer files", "import", None, True, old)


def _of(store: str, freshness: pd.DataFrame) -> str:
    return f" of {store}" if freshness["store"].nunique() > 1 else ""


def sold_out(scope: Scope, month: Scope) -> Finding | None:
    """Best sellers of 30 days with nothing available, or less than sells while a delivery comes; at stake is what they sell in
    14 days."""
    levels = inventory.levels(scope.over(None, None))
    sold = sales.products(month)
    if levels.empty or sold.empty:
        return None
    best = sold[(sold["net_sales"].cumsum() - sold["net_sales"]) < BEST * total_of(sold["net_sales"])]
    stock = levels.drop_duplicates("product_key").set_index("product_key")[["available", "days_of_cover"]]
    rows = best.join(stock, on="product_key").dropna(subset=["available"])
    lead_time = settings.of_scope(scope).lead_time_days
    is_out = rows["available"] <= 0
    is_short = ~is_out & rows["days_of_cover"].map(lambda days: days is not None and days <= lead_time).astype(bool)
    found = pd.concat([rows[is_out], rows[is_short]], ignore_index=True)
    if found.empty:
        return None
    a_day = total_of(found["net_sales"]) / WINDOW.days
    parts = (
        [wording.count(int(is_out.sum()), "best seller is", "best sellers are") + " out of stock"]
        if is_out.any()
        else []
    )
    if is_short.any():
        lasts = wording.count(int(is_short.sum()), "best seller lasts", "best sellers last")
        parts.append(f"{lasts} no longer than the {lead_time:f} days that a delivery is assumed to take")
    sentence = (
        f"{' and '.join(parts)}, {found.iloc[0]['title']} before all; "
        f"{'it brings' if len(found) == 1 else 'they bring'} {wording.money(a_day, scope.currency or '')} a day."
    )
    return Finding("sold_out", sentence, "See the stock", "stock", a_day * 14, False, found)


def unshipped(scope: Scope, month: Scope) -> Finding | None:
    """Paid orders that were not sent two days after they were placed; at stake is what they are worth."""
    orders = waiting.late(waiting.orders(scope))
    if orders.empty:
        return None
    total, longest = total_of(orders["amount"]), int(orders["days_waiting"].max())
    sentence = (
        f"{wording.count(len(orders), 'paid order has', 'paid orders have')} waited two days or more to be sent, the oldest "
        f"for {longest}; they are worth {wording.money(total, scope.currency or '')}."
    )
    return Finding("unshipped", sentence, "See the orders", "unshipped", total, False, orders)


def rising_returns(scope: Scope, month: Scope) -> Finding | None:
    """Products whose returns began to rise in the last quarter of a year and go on so; at stake is what comes back beyond the
    rate before, in 30 days of what was sold since."""
    found = rises.recent(rises.of(scope.over(None, scope.stop)), scope)
    if found.empty:
        return None
    end = scope.stop or date.today()
    rows = found.to_dict("records")
    stakes = [row["rise_value"] * WINDOW.days / max((end - row["first_day"]).days, 1) for row in rows]
    at = max(range(len(rows)), key=lambda each: stakes[each])
    worst, more = rows[at], len(rows) - 1
    part = "" if worst["level"] == WHOLE else f" ({worst['part']})"
    others = f"; {wording.count(more, 'other rises', 'others rise')}, too" if more else ""
    told = f", most of them for “{worst['main_reason']}”" if worst["main_reason"] else ""
    sentence = (
        f"Since the week of {wording.day(worst['first_day'])} {worst['title']}{part} comes back more often: "
        f"{wording.percent(worst['rate_since'])} of its order lines against {wording.percent(worst['rate_before'])} before, "
        f"{worst['lines_returned']} of {worst['lines_sold']} so far, "
        f"{wording.money(worst['rise_value'], scope.currency or '')} more than usual{told}{others}."
    )
    opens = (("product", worst["product"]), ("series", worst["series"]))
    total = sum(stakes, start=Decimal(0))
    return Finding("rising_returns", sentence, "See its returns", "rises", total, False, found, opens)
