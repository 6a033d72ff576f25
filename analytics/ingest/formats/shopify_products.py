"""Shopify admin › Products › Export: one row a variant or one more picture, headers of 2019 to 2025."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="shopify_products",
    label="Shopify products",
    facts="products",
    platform="Shopify",
    where="Products › Export › All products › Plain CSV file",
    columns={
        "handle": ("Handle", "URL handle"),
        "title": ("Title",),
        "vendor": ("Vendor",),
        "category": ("Product Category",),
        "type": ("Type",),
        "option1": ("Option1 Value", "Option1 value"),
        "option2": ("Option2 Value", "Option2 value"),
        "option3": ("Option3 Value", "Option3 value"),
        "sku": ("Variant SKU", "SKU"),
        "price": ("Variant Price", "Price"),
        "cost": ("Cost per item",),
        # in grams whatever unit the shop shows
        "grams": ("Variant Grams", "Weight value (grams)"),
        "gift_card": ("Gift Card",),
        "status": ("Status",),
    },
    required=("handle", "title", "option1", "price"),
    scripts=("shopify_products",),
    numbers=("price", "cost", "grams"),
    brings="products, categories, brands, prices, costs (from the day of the export), weights",
    cannot_tell="what stock there is, what goods cost before",
)
