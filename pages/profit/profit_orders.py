"""Order profit: how many orders leave how much after sending and fees, and which lose money."""

from analytics.profit import beside, sums
from pages.ui import contribution_panels, filters, order_profit, profit_panels, states

view = filters.view("Order profit", ["days", "clock", "channel", "country", "currency"], states.COSTS)
row = contribution_panels.now(view)
contribution_panels.missing(row, view)
order_profit.show(view, row)
profit_panels.how((*beside.STAGES, *sums.COSTS))
