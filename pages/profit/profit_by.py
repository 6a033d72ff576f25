"""Contribution by side: what each channel, country, category, brand or discount code leaves after its costs."""

from pages.ui import contribution_panels, filters, states

view = filters.view(
    "Contribution by side", ["days", "clock", "channel", "country", "category", *filters.MONEY], states.COSTS
)
row = contribution_panels.now(view)
contribution_panels.missing(row, view)
contribution_panels.sides(view, row)
