"""Every page of the app: its script under pages/, its name in the menu, its icon and address, and what it answers."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

import streamlit as st

from analytics import actor
from pages.ui import gate, login

# What a link may open: the groups of views, but for the pages among them that are for editing.
VIEWS = ("overview", "sales", "profit", "ads", "prices", "returns", "stock", "forecasts")
EDITED = ("profit/cost_rules", "stock/policies", "stock/bundles", "forecasts/marks")


@dataclass(frozen=True)
class Place:
    """A page; `address` is the last part of its URL where it is not the script's name, `takes` what one must be allowed to do
    to open it (see actor.ACTIONS)."""

    script: str
    title: str
    icon: str
    answers: str
    address: str | None = None
    takes: str = "browse"

    @property
    def is_shared(self) -> bool:
        """Whether a link may open it: not what edits the shop's data, or tells of what was done to them and by whom."""
        is_view = self.script.partition("/")[0] in VIEWS or self.script == "data/agreement"
        return is_view and self.script not in EDITED


PLACES: dict[str, list[Place]] = {
    "": [
        Place("overview/overview", "Overview", "today", "Yesterday against other days, and what deserves attention."),
    ],
    "Sales": [
        Place("sales/sales", "Sales", "show_chart", "Sales over time, and the bridge to what was collected."),
        Place("sales/clocks", "Clocks", "schedule", "Refunds on the order's day and on their own, and what differs."),
        Place("sales/presets", "As others count", "compare", "What other reports say of these days, step by step.", "as-others"),
        Place("sales/bridge", "Bridge", "stairs", "What lies between gross sales and collected, two periods, ours and the platform's."),
        Place("sales/products", "Products", "sell", "What sells best, what moved, what is new or fading; sizes and colours."),
        Place("sales/channels", "Channels", "storefront", "Where orders come from, by channels of your own making."),
        Place("sales/countries", "Countries", "public", "Where orders go: countries and their regions."),
        Place("sales/categories", "Categories", "category", "Sales and margin by category and by brand."),
        Place("sales/hours", "Hours", "schedule", "At which hours of which weekdays the shop sells."),
        Place("sales/discounts", "Discounts", "sell", "What each discount code brought, whom, and what it gave away."),
        Place("sales/orders", "Orders", "receipt_long", "Orders found by number, product, code, customer; one in full."),
        Place("sales/unshipped", "Unshipped", "local_shipping", "Orders that wait to be sent, by age and value."),
    ],
    "Profit": [
        Place("profit/profit", "Contribution", "savings", "What is left of sales after goods, sending, ads.", "contribution"),
        Place("profit/profit_by", "Contribution by side", "donut_small", "By channel, country, category, brand …", "contribution-by"),
        Place("profit/profit_products", "Product profit", "sell", "What each product leaves, losses first.", "product-profit"),
        Place("profit/profit_orders", "Order profit", "receipt_long", "What orders leave, and which lose money.", "order-profit"),
        Place("profit/cost_rules", "Costs of orders", "price_change", "What selling and sending cost, and rules.", "costs-of-orders"),
        Place("profit/payouts", "Payouts", "account_balance", "What was paid to the bank, and the way there from the orders."),
    ],
    "Advertising": [
        Place("ads/advertising", "Advertising", "campaign", "What ads cost and brought, what platforms claim, what a new customer costs."),
        Place("ads/campaigns", "Campaigns", "ads_click", "Ads by campaign; one campaign in full."),
        Place("ads/diminishing", "Diminishing returns", "stacked_line_chart", "What more spend would bring.", "diminishing-returns"),
        Place("ads/spend_on_products", "Spend on products", "target", "Ads spent in vain.", "spend-on-products"),
    ],
    "Prices": [
        Place("prices/prices", "Prices", "price_change", "What products were listed at, what they brought, what that left."),
        Place("prices/elasticity", "Elasticity", "swap_vert", "How much units answer to prices, and of what nothing can be told."),
        Place("prices/what_if", "Price what if", "price_check", "What another price would sell and leave.", "price-what-if"),
        Place("prices/promotions", "Promotions", "campaign", "What promotions brought, after what was only bought earlier."),
        Place("prices/markdowns", "Markdowns", "trending_down", "At which prices dead and overstocked products clear."),
    ],
    "Returns": [
        Place("returns/returns", "Returns", "assignment_return", "What comes back, when, and what else was refunded."),
        Place("returns/cohorts", "Cohorts", "stacked_line_chart", "What of each week's orders came back by age, and what is to come."),
        Place("returns/expected", "Expected returns", "update", "What of orders placed still comes back, when, of which products."),
        Place("returns/returned_products", "Returned products", "compare_arrows", "What comes back too often, in which size or colour."),
        Place("returns/rises", "Rising returns", "trending_up", "What comes back more often than it used to, and since when."),
        Place("returns/reasons", "Reasons", "question_answer", "Why goods come back, in which sizes, what buyers wrote."),
        Place("returns/conditions", "Conditions", "health_and_safety", "What of it can be sold again and was put back."),
        Place("returns/costs", "Cost of returns", "request_quote", "What returns cost, part by part, and what stays.", "return-costs"),
        Place("returns/breakdown", "Returns by side", "account_tree", "By channel, country, brand, supplier, code …", "returns-by"),
    ],
    "Stock": [
        Place("stock/stock", "Stock", "inventory_2", "What is in stock, where the money lies, how long it lasts."),
        Place("stock/excess", "Excess", "move_to_inbox", "Dead stock, overstock, age, broken size runs, sell-through."),
        Place("stock/replenishment", "Replenishment", "add_shopping_cart", "What to order of whom, how much and by when."),
        Place("stock/what_if", "What if", "tune", "What other service levels, lead times or demand would do."),
        Place("stock/purchase_orders", "Purchase orders", "shopping_cart", "What is on its way in, and how late; one order in full."),
        Place("stock/cash", "Cash calendar", "payments", "What purchase orders cost in each of the next 13 weeks."),
        Place("stock/suppliers", "Suppliers", "local_shipping", "How suppliers keep their word, and their terms, to edit."),
        Place("stock/policies", "Policies", "rule", "How classes and products are replenished, to edit."),
        Place("stock/bundles", "Bundles", "widgets", "Which products bundles are made of, to edit."),
        Place("stock/stockouts", "Stockouts", "production_quantity_limits", "Which products were out, how long, and about what it lost."),
        Place("stock/history", "Stock history", "timeline", "Stock of a product on any day, counted or reconstructed.", "stock-history"),
    ],
    "Forecasts": [
        Place("forecasts/forecast", "Forecast", "query_stats", "What the next weeks will bring, how sure that is, and how it was off."),
        Place("forecasts/said", "What we said", "history_edu", "Forecasts of weeks ago against what came since.", "what-we-said"),
        Place("forecasts/accuracy", "Accuracy", "rule", "How far ours, last year's guess and every model were off."),
        Place("forecasts/scenarios", "Scenarios", "tune", "What growth, a price or a promotion would do to sales and stock."),
        Place("forecasts/marks", "Days not to learn from", "event_busy", "Large orders and other days that forecasts leave out."),
        Place("forecasts/seasons", "Seasons", "calendar_month", "How months and weeks sell beside the mean of the year."),
        Place("forecasts/season_calendar", "Season calendar", "event_repeat", "When products' seasons start and end.", "season-calendar"),
        Place("forecasts/preseason", "Pre-season plan", "inventory", "What to have in stock by when.", "pre-season-plan"),
        Place("forecasts/holidays", "Holidays and events", "celebration", "What holidays and events bring.", "holidays-and-events"),
        Place("forecasts/by_event", "Year over year by event", "event_available", "This year against last, by event.", "by-event"),
        Place("forecasts/launches", "Launches", "rocket_launch", "New products beside siblings at equal age."),
    ],
    "Data": [
        Place("data/import_files", "Import", "upload_file", "Drop exports in, see what they are, load them.", "import", "import"),
        Place("data/agreement", "Agreement", "balance", "Your numbers beside the platform's own report, day by day."),
        Place("data/templates", "File formats", "table_view", "Every file that can be imported, with templates.", "formats", "import"),
        Place("data/calendar", "Calendar", "event", "Promotions, price changes, stockouts, launches, holidays and notes."),
        Place("data/targets", "Targets", "flag", "What each month should bring, and how far it has come."),
        Place("data/history", "History", "history", "Every file that was imported, and how fresh the data are.", takes="import"),
        Place("data/reports", "Reports", "description", "Digests by mail: what is sent, how often, and to whom.", takes="settings"),
        Place("data/links", "Links", "share", "What was shared by a link, until when, and taking it back.", takes="share"),
        Place("data/publish", "Publish", "cloud_upload", "Your shop copied to where others look at it.", takes="publish"),
        Place("data/settings", "Settings", "settings", "A store's week, fiscal year and holidays, and limits of stock.", takes="settings"),
        Place("data/people", "People", "group", "Who may come in from elsewhere, with which role, to which stores.", takes="people"),
        Place("data/audit", "Audit", "fact_check", "Who did what and when.", takes="people"),
    ],
}  # fmt: skip

ACCOUNT = Place("data/account", "Account", "account_circle", "Who you are here, and signing out.")


def shared() -> dict[str, Place]:
    """The pages that a link can open, by the last part of their addresses."""
    every = [place for places in PLACES.values() for place in places if place.is_shared]
    return {_path(place): place for place in every}


def menu() -> Any:
    """The menu of the pages that whoever acts may open; gives the one that the address asks for, whether they may or not."""
    sections = {section: [_page(place) for place in places] for section, places in PLACES.items()}
    if login.claims():
        sections["Account"] = [_page(ACCOUNT)]
    return st.navigation(sections, position="hidden" if actor.current().role in ("nobody", "link") else "top")


def run(page: Any) -> None:
    """Run a page, or say who may open it; a link opens its own page and no other."""
    place = {_path(place): place for place in (*chain(*PLACES.values()), ACCOUNT)}[page.url_path]
    if actor.current().may(place.takes) or gate.is_of_link(page.url_path):
        page.run()
        return
    least, words = actor.ACTIONS[place.takes]
    st.title("This page is not open to you")
    st.write(f"{place.title}: {place.answers} To {words} takes the role of {actor.article(least)}.")
    st.write("Ask an owner of the shop, or choose another page above.")


def _path(place: Place) -> str:
    return "" if place is PLACES[""][0] else place.address or place.script.rpartition("/")[2]


def _page(place: Place) -> Any:
    return st.Page(
        f"pages/{place.script}.py",
        title=place.title,
        icon=f":material/{place.icon}:",
        url_path=place.address,
        default=place is PLACES[""][0],
        visibility="visible" if actor.current().may(place.takes) else "hidden",
        help=place.answers,
    )
