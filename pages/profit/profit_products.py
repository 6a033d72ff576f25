"""Product profit: what each product or variant leaves after its costs, those that lose money first."""

from pages.ui import contribution_panels, filters, states

view = filters.view("Product profit", ["days", "clock", "channel", "country", "category", *filters.MONEY], states.COSTS)
row = contribution_panels.now(view)
contribution_panels.missing(row, view)
contribution_panels.products(view, row)
