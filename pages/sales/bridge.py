"""Bridge: from gross sales to what was collected, from last period to this one, from ours to the platform's figure."""

from pages.ui import bridges, choices, filters

view = filters.view("Bridge", ["days", "compare", "clock", "channel", "country", "category", "currency"])
walk = choices.segments("walk", "Walk", bridges.WALKS)

if walk == bridges.COLLECTED:
    bridges.collected(view)
elif walk == bridges.CHANGED:
    bridges.changed(view)
elif walk == bridges.PLATFORM:
    bridges.platform(view)
