"""What the pages of advertising consist of: cards, the claims beside the sales, spend over time, campaigns and new customers."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import customers, grains, wording
from analytics.ads import newcomers, spend, totals
from analytics.metrics import METRICS
from pages.ui import ad_charts, cards, charts, filters, over_time, own, panels, reads, states, tables
from pages.ui.cards import Card
from pages.ui.filters import View

FILTERS = ("days", "clock", *filters.MONEY)
FIGURES = (
    "ad_spend", "net_sales", "mer", "spend_share", "tacos", "attributed_revenue", "roas", "acos", "overclaim_ratio", "gross_profit",
    "poas", "contribution_margin", "break_even_roas", "new_customers", "new_customer_cac", "impressions", "clicks", "ctr", "cpc",
    "cpm", "conversions", "conversion_rate",
)  # fmt: skip
ROWS = (
    "ad_spend", "attributed_revenue", "share_of_claimed", "roas", "acos", "tacos", "impressions", "clicks", "ctr", "cpc", "cpm",
    "conversions", "conversion_rate",
)  # fmt: skip


def view(title: str, names: tuple[str, ...] = FILTERS) -> View:
    """The head of a page of advertising; stops where no ads were ever imported."""
    made = filters.view(title, names, states.ADS)
    if reads.of_store(spend.reach, made.shop.stores).empty:
        states.empty(states.ADS)
        st.stop()
    return made


def of_currency(view: View, frame: pd.DataFrame) -> "pd.Series[Any] | None":
    """The row of the page's currency that has spend; stops the page in words where no spend is told of the days."""
    rows = frame[(frame["currency"] == view.currency) & frame["ad_spend"].notna()] if len(frame) else frame
    if rows.empty:
        said = reads.of(spend.cautions, view.scope)
        known = reads.of_store(spend.reach, view.shop.stores)
        days = f"It is told from {wording.day(min(known['first_day']))} to {wording.day(max(known['last_day']))}."
        st.info(
            " ".join([f"No ad spend in {view.currency} is told of these days alone. {days}", *said]),
            title="Nothing to show",
        )
        st.stop()
    return rows.iloc[0]


def overview(view: View, now: "pd.Series[Any]") -> None:
    """The six cards of advertising, each with what belongs beside it."""
    even = now["break_even_roas"]
    known = wording.percent(now["covered_share"])
    new = (
        wording.count(int(now["new_customers"] or 0), "new customer")
        if now["new_customers"] is not None
        else "nobody is known"
    )
    notes = {
        "ad_spend": f"{wording.percent(now['spend_share'])} of net sales",
        "overclaim_ratio": f"{wording.money(now['attributed_revenue'], view.currency)} claimed",
        "roas": f"breaks even at {even:.2f}, {now['contribution_is']}"
        if even is not None
        else "No cost tells from where on it pays.",
        "poas": f"costs known of {known} of net sales",
        "new_customer_cac": new,
    }
    names = ("ad_spend", "mer", "overclaim_ratio", "roas", "poas", "new_customer_cac")
    cards.row([Card(name, now[name], notes.get(name, "")) for name in names], view.currency)


def claims(view: View, now: "pd.Series[Any]", platforms: pd.DataFrame) -> None:
    """What the platforms claim beside what the shop sold; the title says how much of it they claim together."""
    charts.heading(
        overclaimed(now["overclaim_ratio"]),
        f"Claimed revenue and the shop's own net sales, {view.currency}, "
        f"{wording.days(now['first_day'], now['last_day'].fromordinal(now['last_day'].toordinal() + 1))}",
    )
    told = platforms[platforms["attributed_revenue"].notna()]
    rows = [*zip(told["title"], told["attributed_revenue"], strict=True)]
    rows += [("All platforms claim", now["attributed_revenue"]), ("Your net sales", now["net_sales"])]
    charts.bars(
        pd.DataFrame(rows, columns=["name", "amount"], dtype=object), "name", "amount", f"Revenue, {view.currency}"
    )


def overclaimed(ratio: Any) -> str:
    """The finding of what platforms claim: “The platforms together claim 143 % of your sales”."""
    if ratio is None:
        return "No platform tells what it claims of your sales"
    return f"The platforms together claim {ratio * 100:.0f} % of your sales"


def over_days(view: View) -> tuple[str, pd.DataFrame]:
    """The grain that the address names, and spend beside net sales by it."""
    grain = own.few("grain", "Each point is a", grains.GRAINS)
    return grain, rows_of_currency(reads.of(totals.over_time, view.scope, grain), view)


def through_time(view: View, now: "pd.Series[Any]", grain: str, frame: pd.DataFrame) -> None:
    """Spend and net sales over time, with the events of the days; the title says what went with each unit of spend."""
    mer = METRICS["mer"].label
    is_known = now["mer"] is not None
    charts.heading(
        f"Each {view.currency} of ads went with {now['mer']:.2f} {view.currency} of net sales" if is_known
        else "Net sales of these days are not known",
        f"Line: net sales; columns: ad spend, {view.currency}, refunds on the {view.clock}. What a report tells of a longer period "
        "stands only in a period that holds it wholly",
    )  # fmt: skip
    if frame.empty:
        return
    found, marks = over_time.marks(view.scope, list(frame["day"]))
    ad_charts.over_time(
        frame.assign(ratio=frame["mer"]), "net_sales", f"Amount, {view.currency}", ("Net sales", mer), marks
    )
    over_time.explain(found)
    with st.expander(f"{mer} and the rest over time, as a table"):
        names = (
            "ad_spend",
            "net_sales",
            "mer",
            "spend_share",
            "attributed_revenue",
            "overclaim_ratio",
            "roas",
            "clicks",
            "cpc",
        )
        columns = {"period": tables.Column("Period"), **{name: tables.metric(name, view.currency) for name in names}}
        tables.show(frame, columns, f"Advertising by {grain}")


def efficiency(now: "pd.Series[Any]", frame: pd.DataFrame) -> None:
    """MER over time, where any period has one."""
    mer = METRICS["mer"].label
    shown = frame[frame["mer"].notna()]
    if shown.empty:
        return
    share = wording.percent(now["spend_share"])
    charts.heading(
        f"{mer} was {now['mer']:.2f}; ads took {share} of net sales",
        "Net sales ÷ ad spend; periods without spend have none",
    )
    charts.trend(shown, "mer", mer)


def rows_of_currency(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """The rows of the page's currency."""
    return frame[frame["currency"] == view.currency].reset_index(drop=True)


def beside(view: View, now: "pd.Series[Any]") -> None:
    """What belongs beside the figures: who is really new, what is told of which days, and spend that is in no figure."""
    said = list(reads.of(spend.cautions, view.scope))
    if now["new_customers"] is not None and (doubt := customers.caution(now)):
        said.append(doubt)
    if said:
        states.partial(" ".join(said))


def beside_spend(view: View) -> None:
    """What belongs beside figures of spend alone."""
    if said := reads.of(spend.cautions, view.scope):
        states.partial(" ".join(said))


def platforms(view: View, rows: pd.DataFrame) -> None:
    """The platforms as a table, with their share of what all claim."""
    columns = {"title": tables.Column("Platform"), **row_columns(view), **days_columns()}
    tables.show(rows, columns, "Ads by platform")


def row_columns(view: View) -> dict[str, tables.Column]:
    """The columns of a platform or campaign: spend and its share first, because a phone shows three columns."""
    columns = {name: tables.metric(name, view.currency) for name in ROWS}
    return {
        "ad_spend": columns.pop("ad_spend"),
        "share_of_spend": tables.share("Share of spend"),
        **columns,
    }


def days_columns() -> dict[str, tables.Column]:
    """The columns that say of which days a row is, and by which rule its platform claims."""
    return {"first_day": tables.day("From"), "last_day": tables.day("To"), "attribution": tables.Column("Claimed by")}


def figures(view: View, now: "pd.Series[Any]") -> None:
    """Every figure of advertising with how it is computed."""
    with st.expander("Every figure, and how it is computed"):
        rows = [
            {
                "figure": METRICS[name].label,
                "amount": _said(name, now[name], view.currency),
                "how": METRICS[name].formula,
            }
            for name in FIGURES
        ]
        columns = {
            "figure": tables.Column("Figure"),
            "amount": tables.Column("Amount"),
            "how": tables.Column("How it is computed"),
        }
        tables.guide(pd.DataFrame(rows), columns)


def _said(name: str, value: Any, currency: str) -> str:
    if spend.is_unknown(value):
        return wording.BLANK
    unit = METRICS[name].unit
    if unit == "percent":
        return wording.percent(value)
    return f"{value:,.2f} {currency}" if unit == "money" else f"{value:,.2f}" if unit == "ratio" else f"{value:,.0f}"


def new_customers(view: View) -> None:
    """What a new customer costs and after how many months it is paid back; read when it is opened."""
    panel = st.expander(
        "When a new customer has paid its ads", icon=":material/person_add:", on_change="rerun", key="payback"
    )
    if not panel.open:
        return
    with panel:
        row = panels.one(rows_of_currency(reads.of(newcomers.payback, view.scope), view))
        rows = rows_of_currency(reads.of(newcomers.curve, view.scope), view)
        if row is None or rows.empty:
            st.info(row["why"] if row is not None else "Nothing is known of new customers.", title="Not known")
            return
        charts.heading(
            payback_words(row, view.currency),
            "What a new customer has left, gross profit added up, by months since the first order",
        )
        named = rows.assign(name=[_age(each) for each in rows["age"]])
        charts.bars(
            named, "name", "contribution_per_customer", tables.metric("contribution_per_customer", view.currency).label
        )
        columns = {
            "name": tables.Column("Up to"),
            **{
                each: tables.metric(each, view.currency)
                for each in ("contribution_per_customer", "new_customer_cac", "cohort_customers")
            },
            "covered_share": tables.metric("covered_share"),
        }
        tables.show(named, columns, "What new customers leave")
        if row["new_customers"] is not None and (doubt := customers.caution(row)):
            states.partial(doubt)


def _age(age: int) -> str:
    return "the first day" if age == 0 else wording.count(int(age), "month")


def payback_words(row: "pd.Series[Any]", currency: str) -> str:
    """When a new customer has paid the CAC, in words; or why that is not known."""
    cac = wording.money(row["new_customer_cac"], currency)
    if row["payback_months"] is None:
        return str(row["why"])
    if row["payback_months"] == 0:
        return f"A new customer costs {cac} of ads and has paid it with the first order"
    return (
        f"A new customer costs {cac} of ads and has paid it after {wording.count(int(row['payback_months']), 'month')}"
    )
