"""What only the overview shows: its six cards, the findings, the weeks that lead up to the day."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import streamlit as st

from analytics import comparisons, periods, targets, trend, wording
from analytics.finding import Finding
from analytics.forecasts import projection
from analytics.metrics import METRICS
from analytics.overview import Day
from analytics.scope import Scope
from pages.ui import access, charts, over_time, reads, tables
from pages.ui.cards import Card
from pages.ui.filters import View

PAGES = {
    "sales": "pages/sales/sales.py",
    "unshipped": "pages/sales/unshipped.py",
    "stock": "pages/stock/stock.py",
    "import": "pages/data/import_files.py",
    "rises": "pages/returns/rises.py",
    "product_profit": "pages/profit/profit_products.py",
    "spend_on_products": "pages/ads/spend_on_products.py",
}
WEEKS = 8
# What is left of sales, the last first, each with what is missing where it is the last that is known.
LEVELS = {
    "cm3": "",
    "cm2": "Ads are missing: import a Google Ads or Meta Ads report. ",
    "cm1": "Fees or sending of these orders are not known yet: import newer payments and carrier invoices, or add rules of costs. ",
}


def six(view: View, seen: Day) -> list[Card]:
    """Net sales, orders, contribution, ads, the month, reversals; what is unknown names the file that fills it."""
    day, year, usual = seen.day, seen.last_year, seen.usual
    month = Scope(**{**view.scope.__dict__, "start": seen.month_start})
    average = f"Average order {wording.money(day.average_order_value, view.currency)}."
    a_day = wording.BLANK if usual.orders is None else f"{usual.orders:.0f}"
    return [
        _card(
            "net_sales",
            day.net_sales,
            year.net_sales,
            view.scope,
            _usual(wording.money(usual.net_sales, view.currency)),
        ),
        _card("orders", day.orders, year.orders, view.scope, f"{average} {_usual(a_day)}"),
        Card("cm3", seen.kept.get("cm3"), _contribution(view, seen), seen.kept_last_year.get("cm3"), "on last year"),
        Card(
            "ad_spend", seen.ads.get("ad_spend"), _ads(view, seen), seen.ads_last_year.get("ad_spend"), "on last year"
        ),
        _card(
            "month_to_date",
            seen.month.net_sales,
            seen.month_last_year.net_sales,
            month,
            f"{_month_end(view)} {_target(view)}".strip(),
        ),
        _card(
            "reversals",
            day.reversals,
            year.reversals,
            view.scope,
            f"{_usual(wording.money(usual.reversals, view.currency))} Rates stand under Returns.",
        ),
    ]


def _card(name: str, value: Decimal | int | None, before: Decimal | int | None, scope: Scope, note: str) -> Card:
    return Card(name, value, note, before, "on last year", scope)


def _usual(value: str) -> str:
    return f"Last four: {value} on average."


def _contribution(view: View, seen: Day) -> str:
    """Under contribution: its share and of how much it is known, or what is known before it and what would fill it."""
    kept = seen.kept
    for name, without in LEVELS.items():
        if kept.get(name) is not None:
            figure = "" if not without else f"{METRICS[name].label} {wording.money(kept[name], view.currency)}, "
            untold = (
                "" if without or not kept["untold"] else f" Without {kept['untold']}: no file and no rule tells of it."
            )
            return (
                f"{without}{figure}{wording.percent(kept[f'{name}_share'])} of net sales, known for "
                f"{wording.percent(kept[f'{name}_coverage'])} of them.{untold}"
            )
    return "Filled by the costs of a products export (Cost per item), by fees, and by ads."


def _ads(view: View, seen: Day) -> str:
    """Under ad spend: what it stands for in sales and new customers."""
    if seen.ads.get("ad_spend") is None:
        return "Filled by a Google Ads or Meta Ads report by day."
    new = seen.ads["new_customer_cac"]
    bought = "" if new is None else f" A new customer for {wording.money(new, view.currency)}."
    return f"MER {seen.ads['mer']:.1f}: net sales for each unit of it.{bought}"


def show(finding: Finding, view: View) -> None:
    """A finding: the sentence, the button that leads to where it is acted on, and the rows that prove it."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(finding.sentence.replace("$", r"\$"), width="stretch")
            if access.may("import" if finding.view == "import" else "browse"):
                st.page_link(
                    PAGES[finding.view],
                    label=finding.action,
                    icon=":material/arrow_forward:",
                    query_params={"store": list(view.shop.names), **dict(finding.opens)},
                )
        proof = st.expander(
            f"The {wording.count(len(finding.proof), 'row')} behind it",
            on_change="rerun",
            key=f"proof_{finding.name}",
            type="compact",
        )
        if proof.open:
            with proof:
                tables.show(finding.proof, tables.PROOFS, f"Rows of {finding.name}", key=f"finding_{finding.name}")


def last_weeks(view: View) -> None:
    """Net sales of the eight weeks up to the day, beside the same weekdays a year earlier."""
    stop = view.scope.stop or view.shop.last_complete_day
    start = stop - timedelta(weeks=WEEKS)
    weeks = view.scope.over(start, stop)
    year_ago = view.scope.over(start - periods.YEAR_OF_WEEKS, stop - periods.YEAR_OF_WEEKS)
    shop = view.shop
    drawn = trend.Drawn("net_sales", "day", comparisons.COMPARISONS[0], shop.last_day, shop.first_day)
    frame = reads.of(trend.of, weeks, year_ago, drawn)
    if frame.empty:
        return
    charts.heading(
        f"The last {WEEKS} weeks",
        f"Net sales a day, {view.currency}, refunds on the {view.clock}, {wording.days(weeks.start, weeks.stop)}, "
        f"dashed: same weekdays last year{', dotted: target' if frame['target'].notna().any() else ''}.",
    )
    over_time.marked(replace(view, scope=weeks), frame.drop(columns="moving"), "amount", f"Net sales, {view.currency}")


def _month_end(view: View) -> str:
    """What the month will come to; nothing where the day is not the last one, of which alone that can be said."""
    if view.scope.stop != view.shop.last_complete_day + periods.DAY:
        return ""
    found = reads.of(projection.month_end, view.scope)
    found = found[found["currency"] == view.currency]
    if found.empty:
        return ""
    row = found.iloc[0]
    if row["projected"] is None:
        return f"Month-end: {row['why'][0].lower()}{row['why'][1:]}"
    low, high, middle = (wording.money(row[name], view.currency) for name in ("lo_80", "hi_80", "projected"))
    return f"Month-end {middle}, {low} to {high} in four cases of five."


def _target(view: View) -> str:
    """The month's target beside its net sales, or where to enter one."""
    found = reads.of(targets.progress, view.scope)
    found = found[found["metric"] == "net_sales"]
    if found.empty:
        return "No target yet: enter one under Targets."
    row = found.iloc[0]
    side = "ahead of" if row["ahead"] >= 0 else "behind"
    return (
        f"{wording.money(abs(row['ahead']), view.currency)} {side} the {wording.money(row['due'], view.currency)} due by "
        f"then; {wording.percent(row['done_share'])} of the month's target."
    )
