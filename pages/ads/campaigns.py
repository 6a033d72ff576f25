"""Campaigns: what each cost and claims, and one of them over time."""

from analytics.ads import campaigns, spend, totals
from pages.ui import ad_campaigns, ad_panels, cards, own, reads
from pages.ui.cards import Card

view = ad_panels.view("Campaigns")

known = reads.of_store(spend.reach, view.shop.stores)
offered = {"": "All platforms", **{name: spend.PLATFORMS[name] for name in known["platform"]}}
platform = own.one("platform", "Platform", offered, width=220)
now = ad_panels.of_currency(view, reads.of(campaigns.by, view.scope, "platform", platform)) if platform else None
if now is None:
    now = ad_panels.of_currency(view, reads.of(totals.summary, view.scope))
names = ("ad_spend", "attributed_revenue", "roas", "acos", "cpc", "conversion_rate")
cards.row([Card(name, now[name]) for name in names], view.currency)

ad_campaigns.all_campaigns(view, platform)
ad_panels.beside_spend(view)
