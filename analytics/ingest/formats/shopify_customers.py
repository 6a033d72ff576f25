"""Shopify admin › Customers › Export: one row a customer, from the 19 columns of old to the `Default Address` ones of today."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="shopify_customers",
    label="Shopify customers",
    platform="Shopify",
    where="Customers › Export › All customers › Plain CSV file",
    facts="customers",
    columns={
        "platform_id": ("Customer ID",),
        "email": ("Email",),
        "country": ("Default Address Country Code", "Country Code", "Country"),
        "region": ("Default Address Province Code", "Province Code", "Province"),
        "accepts": ("Accepts Email Marketing", "Accepts Marketing"),
        "spent": ("Total Spent",),
        "orders": ("Total Orders",),
        "tags": ("Tags",),
    },
    required=("email", "country", "accepts", "spent", "orders"),
    scripts=("shopify_customers",),
    numbers=("spent", "orders"),
    brings="customers with their orders and spending of all time, so that new and returning can be told apart",
    cannot_tell="when a customer first ordered, orders of customers without an e-mail or id",
    not_with=("lineitem name", "financial status"),
)
