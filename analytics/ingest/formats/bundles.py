"""Which products a bundle is made of, from anywhere: one row a bundle and component."""

from analytics.ingest import synonyms
from analytics.ingest.formats import Format

FORMAT = Format(
    name="bundles",
    label="Bundles",
    facts="bundles",
    is_generic=True,
    where="Any table with a row a bundle and component. A bundle is replaced whole, so list all its components.",
    columns=synonyms.columns(
        bundle_sku="bundle_sku", component_sku="component_sku", units="component_units", remove="remove"
    ),
    required=("bundle_sku", "component_sku", "units"),
    scripts=("bundles",),
    numbers=("units",),
    brings="which products a bundle is made of, so that its sales can be told as those of its components",
    cannot_tell="what bundle and components cost or their prices (products and costs do), since when a bundle is made this way",
    not_with=synonyms.elsewhere("order", "on_hand", "supplier"),
    meanings={
        "bundle_sku": "The bundle's SKU, as order lines print it.",
        "component_sku": "The SKU of a product in it, as order lines and products print it.",
        "units": "How many pieces of that product one bundle holds.",
        "remove": "Yes in a row of the bundle's SKU alone takes the bundle away.",
    },
    examples=(
        {"bundle_sku": "TEA-SET", "component_sku": "TEA-100", "units": "2"},
        {"bundle_sku": "TEA-SET", "component_sku": "CUP-1", "units": "1"},
        {"bundle_sku": "CUP-4", "component_sku": "CUP-1", "units": "4", "remove": "no"},
    ),
)
