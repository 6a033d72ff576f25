"""Bridge: from gross sales to what was collected, from last period to this one, from ours to the platform's figure."""

from pages.ui import bridges, choices, filters

view = filters.view("Bridge", ["days", "compare", "clock", "channel", "country", "category", *filters.MONEY])
walk = choices.switch("walk", "Walk", bridges.WALKS, "collected")

if walk == "collected":
    bridges.collected(view)
elif walk == "changed":
    bridges.changed(view)
elif walk == "platform":
    bridges.platform(view)
