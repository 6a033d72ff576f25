"""What is known of advertising, as the command line asks for it by name."""

from typing import Any

from analytics.ads import campaigns, diminishing, mapping, newcomers, products, spend, totals

# The function, what it answers, and the options it takes beside the scope.
OPTIONS: dict[str, tuple[Any, ...]] = {
    "ads.summary": (
        totals.summary,
        "spend, MER, ROAS, CAC, the overclaim ratio and every other figure of advertising, one row a currency",
    ),
    "ads.over_time": (
        totals.over_time,
        "spend, net sales and their ratios over time; --grain day, week, month, quarter or year; --platform; --campaign",
        ("grain", "platform", "campaign"),
    ),
    "ads.by": (
        campaigns.by,
        "ads by --dimension platform, campaign or day, with the share of what all platforms claim; --platform",
        ("dimension", "platform"),
    ),
    "ads.left_out": (spend.left_out, "spend that is in no figure of the days, and why"),
    "ads.payback": (newcomers.payback, "the CAC of a new customer, and the months until the customer has paid it"),
    "ads.newcomers": (newcomers.curve, "what a new customer has left before ads, month by month after the first order"),
    "ads.diminishing": (
        diminishing.of,
        "what each platform's spend and the next 100 of it bring, with 80 % intervals, or why not",
    ),
    "ads.curve": (diminishing.curve, "sales that go with each spend a day; --platform", ("platform",)),
    "ads.spend_of_products": (
        products.spend_of_products,
        "what ads cost each product, as far as campaigns are known by product",
    ),
    "ads.wasted": (products.wasted, "spend on products that were out of stock, lose money or come back too often"),
    "ads.wasted_summary": (
        products.summary,
        "how much of the spend is known by product, and how much of that is wasted",
    ),
    "ads.campaign_products": (mapping.campaigns, "which product or category each campaign is for, and who says so"),
}
