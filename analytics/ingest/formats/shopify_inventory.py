"""Shopify admin › Products › Inventory › Export: a column a location (old), or a row a location in 17 or 19 columns."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="shopify_inventory",
    label="Shopify inventory",
    facts="inventory",
    platform="Shopify",
    where="Products › Inventory › Export › All locations, all variants",
    columns={
        "handle": ("Handle",),
        "title": ("Title",),
        "option1": ("Option1 Value",),
        "option2": ("Option2 Value",),
        "option3": ("Option3 Value",),
        "option1_name": ("Option1 Name",),
        "option2_name": ("Option2 Name",),
        "option3_name": ("Option3 Name",),
        "bin_name": ("Bin name",),
        "on_hand_new": ("On hand (new)",),
        "sku": ("SKU",),
        "hs_code": ("HS Code",),
        "coo": ("COO",),
        "location": ("Location",),
        "incoming": ("Incoming", "Incoming (not editable)"),
        "unavailable": ("Unavailable", "Unavailable (not editable)"),
        "committed": ("Committed", "Committed (not editable)"),
        "available": ("Available", "Available (not editable)"),
        "on_hand": ("On hand", "On hand (current)"),
    },
    required=("handle", "title", "option1", "hs_code", "coo"),
    scripts=("shopify_inventory",),
    rest="location",
    numbers=("incoming", "unavailable", "committed", "available", "on_hand"),
    brings="stock by product and location on one day",
    cannot_tell="the day it was counted (asked, else the file's own date), stock on other days",
    not_with=("variant price", "price"),
)
