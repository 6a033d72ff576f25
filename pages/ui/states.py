"""What a page says when there is nothing to show, or not all of it, or not yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from analytics import actor
from analytics.errors import DatabaseUnavailable, Refused
from analytics.faults import keep as keep_fault

# Milliseconds after which a page without a database loads again; its address says all that it shows.
TRY_AGAIN = 8000
IMPORT_PAGE = "pages/data/import_files.py"


@dataclass(frozen=True)
class Needs:
    """What a view answers, which file brings it, and where to export that file."""

    answers: str
    file: str
    export: str


ORDERS = Needs(
    "how much was sold, through which channel, to which country, and what came back",
    "a Shopify orders export, or any table of order lines",
    "In Shopify: Orders › Export › All orders › Plain CSV file.",
)
RETURNS = Needs(
    "what share of orders, units and value comes back, of which products and sizes, and what else was refunded",
    "a Shopify orders export with its transactions, Amazon's return reports, or any table of returns beside the orders",
    "In Shopify: Orders › Export › All orders, and Export transaction histories. A table of returns: Data › File formats.",
)
REASONS = Needs(
    "why goods come back, in which condition, in which products and sizes, and what buyers wrote about it",
    "a table of returns with a column of reasons, or Amazon's return reports, beside the orders",
    "A template of the table: Data › File formats. In Seller Central: Reports › Fulfilment › FBA customer returns.",
)
STOCK = Needs(
    "what is in stock, what it is worth, how long it lasts, and what to reorder",
    "a Shopify inventory export, and a products export for costs and prices",
    "In Shopify: Products › Inventory › Export, and Products › Export.",
)
PURCHASES = Needs(
    "what was ordered from whom, what is on its way in, how suppliers keep their word, and what is still to be paid",
    "a table of purchase orders; a table of suppliers adds lead times, packs and landed costs",
    "Templates of both stand under Data › File formats.",
)
COSTS = Needs(
    "what selling and sending each order cost, and what is left of its sales after that",
    "orders with costs of goods, and beside them payments with their fees, settlements, a carrier's invoice, or rules of your own",
    "In Shopify: Products › Export (Cost per item), Finance › Payouts › Transactions › Export. Rules: Profit › Costs of orders.",
)
REPORT = Needs(
    "whether your numbers agree with the platform's own, day by day, and which orders make a difference",
    "the platform's own sales report, beside its orders export",
    "In Shopify: Analytics › Reports › Total sales over time › Day › Export.",
)
ADS = Needs(
    "what ads cost, what they brought by the platforms' own word and by your sales, and what more of them would bring",
    "a report by day of Google Ads, Meta Ads, Amazon Ads, Microsoft Advertising or TikTok Ads, or any table of ad spend",
    "In Google Ads: Campaigns › Segment › Time › Day › Download › .csv. In Meta Ads Manager: Campaigns › Breakdown › By time › Day › "
    "Export table data. In the Amazon Ads console: Measurement & Reporting › Sponsored ads reports › Time unit: Daily.",
)


def empty(needs: Needs) -> None:
    """The page before its data are in: what it answers, the file that brings it, and the two ways on."""
    with st.container(border=True):
        st.subheader("Nothing is here yet")
        st.write(f"This page shows {needs.answers}. It is filled by {needs.file}.")
        st.caption(needs.export)
        if not actor.current().may("import"):
            st.caption("To import it takes the role of an analyst.")
            return
        with st.container(horizontal=True):
            if st.button("Import files", type="primary", icon=":material/upload_file:"):
                st.switch_page(IMPORT_PAGE)
            if st.button("Load the sample shop", icon=":material/storefront:"):
                st.session_state["load_sample"] = True
                st.switch_page(IMPORT_PAGE)


def nothing_in_scope() -> None:
    """There are data, but none in the chosen days and filters."""
    st.info(
        "Nothing happened in these days with these filters. Choose other days, or take a filter away.",
        title="Nothing to show",
    )


def stale(what: str, days_old: int) -> None:
    """One line for data that have aged: “Inventory is 12 days old.”"""
    st.warning(f"{what} is {days_old} days old. Import a newer export to bring it up to date.")


def partial(sentence: str) -> None:
    """One line for numbers that cover only part of the data, with the share in the sentence."""
    st.caption(f":material/pie_chart: {sentence}")


@contextmanager
def in_words() -> Iterator[None]:
    """What was refused, a database that went away, and a fault of our own are told in words; the rest of the page stands."""
    try:
        yield
    except Refused as refused:
        st.warning(str(refused), title="This cannot be done")
    except DatabaseUnavailable as away:
        st.error(f"{away} This page tries again by itself.", title="The database does not answer")
        st.html(
            f"<script>setTimeout(() => window.location.reload(), {TRY_AGAIN})</script>", unsafe_allow_javascript=True
        )
    except Exception:
        log = keep_fault("page")
        st.error(
            "Storeledger has a fault and could not show this. What was being saved was saved whole or not at all. Load the page "
            f"again; if it comes back, choose other days or filters. {_details(str(log))}",
            title="This is our fault",
        )


def _details(log: str) -> str:
    # where files lie on the host does not concern everybody who looks
    return f"Details are in {plain(log)}." if actor.current().may("settings") else "Tell the owner when it happened."


def reload() -> None:
    """Let the browser load the page again.

    A process's first run looks for its address among pages/*.py and tells the browser that there is no such page; from
    the second run on the navigation is known.
    """
    st.html("<script>window.location.reload()</script>", unsafe_allow_javascript=True)
    st.stop()


def plain(text: str) -> str:
    """Text from outside, with nothing in it that Markdown would act on."""
    return "".join(f"\\{each}" if each in r"\`*_{}[]()<>#+-!|$~:" else each for each in text)
