"""What Nordlicht Mode spends on ads in its last twelve months, what its platforms claim of it, and what it really brings.

A day's orders wobble between 85 and 115 % of what is usual. A part of that wobble, in steps, is what Google's ads bring that day, and
the budget of the day is the one that brings so much. Meta's budget is always about the same, so nobody can tell what it brings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from statistics import fmean, pstdev

from analytics.sample import catalogue, export, ledger, money, seasons
from analytics.sample.orders import Order

DAYS = 365
GOOGLE_COLUMNS = export.columns("Day,Campaign,Campaign ID,Currency code,Cost,Impr.,Clicks,Conversions,Conv. value")
META_COLUMNS = export.columns("""
    Reporting starts,Reporting ends,Campaign name,Campaign ID,Day,Amount spent (EUR),Impressions,Link clicks,Purchases,
    Purchases conversion value,Attribution setting""")
# campaign: share of the day's budget in a hundred, sales claimed for 1 spent, cents a click
GOOGLE = {
    "Brand": (12, 12.0, 22), catalogue.RUNS_SMALL: (24, 6.4, 46), catalogue.BESTSELLER: (26, 7.1, 41),
    catalogue.RUNNING_OUT: (12, 6.8, 52), "Shopping all products": (17, 6.0, 35), "Competitors": (9, 3.1, 74),
}  # fmt: skip
META = {
    catalogue.LOSS_MAKER: (22, 5.9, 61), catalogue.OVERSTOCKED: (14, 2.2, 58), catalogue.NEWCOMER: (16, 6.6, 49),
    "New arrivals": (18, 6.1, 44), "Retargeting": (20, 9.4, 38), "Winter looks": (10, 4.8, 55),
}  # fmt: skip
SETTING = "7-day click or 1-day view"
# Google brings MOST × spend ÷ (spend + HALF) of a usual day's orders; on a day it brings one of STEPS equal steps
STEPS, STEP, MOST, HALF = 6, 0.05, 0.40, 300_00
META_A_DAY = 150_00


@dataclass(frozen=True)
class Shown:
    """A campaign's day: cents spent and claimed, how often its ads were shown and clicked, purchases claimed."""

    day: date
    campaign: str
    spend: int
    claimed: int
    impressions: int
    clicks: int
    purchases: int


@dataclass(frozen=True)
class Year:
    """The last twelve months of both platforms, and of each day which wobble its orders had."""

    google: list[Shown]
    meta: list[Shown]
    wobbles: dict[date, float]


def year(seed: int, last_day: date) -> Year:
    """The ads that belong to the orders of that seed."""
    span = seasons.days(last_day)
    wobbles = dict(zip(span, seasons.wobbles(Random(seed), len(span)), strict=True))
    days = span[-DAYS:]
    rng = Random(seed + 2)
    google = [shown for day in days for shown in _shown(rng, GOOGLE, day, budget(wobbles[day]))]
    meta = [shown for day in days for shown in _shown(rng, META, day, META_A_DAY + int(rng.random() * 600) - 300)]
    return Year(google, meta, {day: wobbles[day] for day in days})


def brought(wobble: float) -> float:
    """The share of a usual day's orders that Google's ads bring on a day of that wobble."""
    return STEP * min(STEPS - 1, int((wobble - seasons.CALMEST) / seasons.WOBBLE * STEPS))


def budget(wobble: float) -> int:
    """What it takes to bring so much, in cents."""
    share = brought(wobble)
    return round(HALF * share / (MOST - share))


def curve(spend: float) -> float:
    """The share of a usual day's orders that so many cents a day bring."""
    return MOST * spend / (spend + HALF)


def _shown(rng: Random, campaigns: dict[str, tuple[int, float, int]], day: date, spend: int) -> Iterator[Shown]:
    if not spend:
        return
    weights = [round(share * (80 + 40 * rng.random())) for share, _, _ in campaigns.values()]
    for (campaign, (_, claims, a_click)), part in zip(campaigns.items(), money.spread(spend, weights), strict=True):
        clicks = max(1, round(part / a_click))
        purchases = round(part * claims * (0.8 + 0.4 * rng.random()) / 95_00)
        claimed = purchases * (90_00 + int(rng.random() * 10_00))
        yield Shown(day, campaign, part, claimed, clicks * (28 + int(rng.random() * 9)), clicks, purchases)


def google_title(last_day: date) -> tuple[str, ...]:
    """The lines above Google's header: what it is, and which days."""
    first = last_day - timedelta(days=DAYS - 1)
    return ("Campaign report", " - ".join(f"{day.day} {day:%B} {day.year}" for day in (first, last_day)))


def google_rows(shown: list[Shown]) -> Iterator[dict[str, str]]:
    """One row a campaign and day, then the totals that Google puts below."""
    ids = {name: str(2_140_000_001 + at) for at, name in enumerate(GOOGLE)}
    for row in shown:
        yield {"Day": row.day.isoformat(), "Campaign": row.campaign, "Campaign ID": ids[row.campaign]} | _google(
            row.spend, row.claimed, (row.impressions, row.clicks, row.purchases)
        )
    for total in ("Total: Campaigns", "Total: Account"):
        counts = (
            sum(row.impressions for row in shown),
            sum(row.clicks for row in shown),
            sum(row.purchases for row in shown),
        )
        amounts = _google(sum(row.spend for row in shown), sum(row.claimed for row in shown), counts)
        yield {"Day": total, "Campaign": " --", "Campaign ID": " --"} | amounts


def _google(spend: int, claimed: int, counts: tuple[int, int, int]) -> dict[str, str]:
    impressions, clicks, purchases = counts
    return {
        "Currency code": "EUR",
        "Cost": f"{spend / 100:,.2f}",
        "Impr.": f"{impressions:,}",
        "Clicks": f"{clicks:,}",
        "Conversions": f"{purchases:,}.00",
        "Conv. value": f"{claimed / 100:,.2f}",
    }


def meta_rows(shown: list[Shown], last_day: date) -> Iterator[dict[str, str]]:
    """The total that Meta puts first, without a name, then one row a campaign and day."""
    first = last_day - timedelta(days=DAYS - 1)
    ids = {name: str(120_210_000_000_000_000 + 371 * at) for at, name in enumerate(META)}
    yield {
        "Reporting starts": first.isoformat(),
        "Reporting ends": last_day.isoformat(),
        "Amount spent (EUR)": money.text(sum(row.spend for row in shown)),
        "Impressions": str(sum(row.impressions for row in shown)),
    }
    for row in shown:
        yield {
            "Reporting starts": row.day.isoformat(),
            "Reporting ends": row.day.isoformat(),
            "Campaign name": row.campaign,
            "Campaign ID": ids[row.campaign],
            "Day": row.day.isoformat(),
            "Amount spent (EUR)": money.text(row.spend),
            "Impressions": str(row.impressions),
            "Link clicks": str(row.clicks),
            "Purchases": str(row.purchases) if row.purchases else "",
            "Purchases conversion value": money.text(row.claimed) if row.claimed else "",
            "Attribution setting": SETTING,
        }


def answers(found: Year, placed: list[Order], last_day: date) -> list[tuple[str, str, str]]:
    """What the ads cost, what is claimed of them, and what they really brought: key, exact value, meaning."""
    net = _net_by_day(placed, found.wobbles)
    spend = {name: sum(row.spend for row in rows) for name, rows in (("google", found.google), ("meta", found.meta))}
    claimed = {
        name: sum(row.claimed for row in rows) for name, rows in (("google", found.google), ("meta", found.meta))
    }
    own = sum(net.values())
    by_day = [sum(row.spend for row in found.meta if row.day == day) for day in found.wobbles]
    return [
        ("ads_first_day", min(found.wobbles).isoformat(), "first of the 365 days with ads"),
        ("google_spend", money.text(spend["google"]), "Google Ads"),
        ("meta_spend", money.text(spend["meta"]), "Meta Ads"),
        ("ad_spend", money.text(sum(spend.values())), "both"),
        ("google_claimed", money.text(claimed["google"]), "sales that Google claims"),
        ("meta_claimed", money.text(claimed["meta"]), "sales that Meta claims"),
        ("ads_net_sales", money.text(own), "the shop's own net sales of those days, refunds on their order's day"),
        ("overclaim_ratio", _quotient(sum(claimed.values()), own), "claimed ÷ own net sales"),
        *_truth(found, net, spend["google"]),
        (
            "meta_variation",
            f"{pstdev(by_day) / fmean(by_day):.4f}",
            "deviation ÷ mean of Meta's spend a day: too little for a curve",
        ),
        *_wasted(found, placed, last_day),
    ]


def _truth(found: Year, net: dict[date, int], spent: int) -> list[tuple[str, str, str]]:
    usual = {day: net[day] / wobble for day, wobble in found.wobbles.items()}
    really = sum(usual[day] * brought(wobble) for day, wobble in found.wobbles.items())
    recent = list(found.wobbles)[-28:]
    today = fmean(budget(found.wobbles[day]) for day in recent)
    following = 28 * fmean(usual[day] for day in recent) * (curve(today + 100_00 / 28) - curve(today))
    return [
        (
            "google_curve",
            "0.40 × spend ÷ (spend + 300)",
            "what a day's spend on Google adds to a usual day's orders, as a share of them",
        ),
        ("google_brought", money.text(round(really)), "net sales that Google's ads really brought"),
        ("google_really_brought_for_1", _quotient(round(really), spent), "for 1 spent; what Google claims is far more"),
        ("google_spend_a_day_of_28", money.text(round(today)), "mean of the last 28 days"),
        (
            "google_next_100_bring",
            money.text(round(following)),
            "net sales that 100 more, spread over 28 days, would bring",
        ),
    ]


def _wasted(found: Year, placed: list[Order], last_day: date) -> list[tuple[str, str, str]]:
    first, last = (last_day - timedelta(days=age) for age in seasons.STOCKOUT)
    friday = seasons.black_friday_covered(last_day)
    out = sum(row.spend for row in found.google if row.campaign == catalogue.BESTSELLER and first <= row.day <= last)
    weekend = sum(
        row.spend for row in found.meta if row.campaign == catalogue.LOSS_MAKER and 0 <= (row.day - friday).days <= 3
    )
    slow = sum(row.spend for row in found.meta if row.campaign == catalogue.OVERSTOCKED)
    return [
        ("out_of_stock_campaign", catalogue.BESTSELLER, "goes on while the bestseller is out of stock"),
        ("out_of_stock_spend", money.text(out), "its spend on those days"),
        ("below_cost_campaign", catalogue.LOSS_MAKER, "goes on while the product is sold below cost"),
        ("below_cost_spend", money.text(weekend), "its spend on the Black Friday weekend"),
        ("losing_campaign", catalogue.OVERSTOCKED, "costs more than its product earns"),
        ("losing_spend", money.text(slow), "its spend of the year"),
        (
            "losing_gross_profit",
            money.text(_earned(catalogue.OVERSTOCKED, placed, min(found.wobbles))),
            "net of discounts − cost, before refunds, of the same days",
        ),
    ]


def _earned(title: str, placed: list[Order], first: date) -> int:
    earned = 0
    for order in placed:
        if not ledger.counts(order) or order.created.date() < first:
            continue
        for line, (gross, discount) in zip(order.lines, ledger.by_line(order), strict=True):
            if line.product and line.variant and line.product.title == title:
                earned += gross - discount - line.quantity * (line.variant.cost or 0)
    return earned


def _net_by_day(placed: list[Order], days: dict[date, float]) -> dict[date, int]:
    """Net sales in cents of each of the days, what went back taken off the day of its order."""
    net = dict.fromkeys(days, 0)
    for order in placed:
        day = order.created.date()
        if day in net and ledger.counts(order):
            sold = ledger.charged(order)
            net[day] += sold.gross - sold.discounts
            if ledger.is_taken_back(order):
                net[day] -= ledger.taken_back(order).returns
    return net


def _quotient(part: int, whole: int) -> str:
    return str((Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"), ROUND_HALF_UP))
