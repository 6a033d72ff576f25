"""A catalogue from anywhere: one row a product or variant with its price, and its cost where it is known."""

from analytics.ingest import synonyms
from analytics.ingest.formats import Format

FORMAT = Format(
    name="products",
    label="Products",
    facts="products",
    is_generic=True,
    where="Any table with a row a product or variant.",
    columns=synonyms.columns(
        sku="sku",
        title="title",
        variant="variant",
        price="price",
        cost="unit_cost",
        currency="currency",
        category="category",
        vendor="vendor",
        gift_card="gift_card",
        weight="weight",
        weight_unit="weight_unit",
        weight_g="weight_g",
        weight_kg="weight_kg",
        weight_lb="weight_lb",
        weight_oz="weight_oz",
    ),
    required=("sku", "title", "price"),
    scripts=("products",),
    numbers=("price", "cost", "weight_g", "weight_kg", "weight_lb", "weight_oz"),
    brings="products, categories, brands, prices, costs (from the day of the file), weights",
    cannot_tell="what stock there is (that is the inventory table), what goods cost before",
    # lines without their quantity, a listing with its stock, a supplier's price list: none of them is the shop's catalogue
    not_with=synonyms.elsewhere("order", "quantity", "lead_time_days", "minimum_order"),
    meanings={
        "sku": "The product's code; where two products share one, or have none, they are told apart by title and variant.",
        "title": "The product's name.",
        "variant": "Size, colour and the like; order lines print it as Title - Variant.",
        "price": "What the shop asks for one piece.",
        "cost": "What one piece costs the shop, from the day of the file.",
        "currency": "Three letters, such as EUR; without it the store's own.",
        "category": "The product's group.",
        "vendor": "The product's brand.",
        "gift_card": "Yes for gift cards: selling one is no sale of goods.",
        "weight": "What one piece weighs to be sent, with its unit: 250 g, 0.25 kg, 8 oz.",
        "weight_unit": "g, kg, lb or oz, where the weight stands without it.",
    },
    examples=(
        {
            "sku": "TEA-100", "title": "Green tea", "variant": "100 g", "price": "7.50", "cost": "3.20", "currency": "EUR",
            "category": "Tea", "vendor": "Leaf & Co", "gift_card": "no", "weight": "120 g",
        },
        {
            "sku": "TEA-250", "title": "Green tea", "variant": "250 g", "price": "16.90", "cost": "7.15", "currency": "EUR",
            "category": "Tea", "vendor": "Leaf & Co", "gift_card": "no", "weight": "0.28", "weight_unit": "kg",
        },
        {"sku": "GIFT-25", "title": "Gift card 25", "price": "25.00", "currency": "EUR", "gift_card": "yes"},
    ),
)  # fmt: skip
