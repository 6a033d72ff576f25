"""Shopify admin › Discounts › Export: one row a code or automatic discount, with how often it was used."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="shopify_discounts",
    label="Shopify discounts",
    platform="Shopify",
    where="Discounts › Export",
    facts="discounts",
    columns={
        "name": ("Name",),
        "value": ("Value",),
        "value_type": ("Value Type",),
        "type": ("Type",),
        "class": ("Discount Class",),
        "minimum": ("Minimum Purchase Requirements",),
        "used": ("Times Used In Total",),
        "status": ("Status",),
        "starts": ("Start",),
        "ends": ("End",),
    },
    required=("name", "value", "value_type", "used", "status", "starts"),
    scripts=("shopify_discounts",),
    numbers=("value", "used"),
    dates=("starts", "ends"),
    brings="discount codes with their value, days and number of uses",
    cannot_tell="which orders used them (the orders export names the code), what they cost",
)
