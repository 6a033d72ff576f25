"""What is known of prices, as the command line asks for it by name."""

from typing import Any

from analytics.prices import elasticity, history, markdowns, promotions, table, what_if

# The function, what it answers, and the options it takes beside the scope.
OPTIONS: dict[str, tuple[Any, ...]] = {
    "prices.history": (
        history.of,
        "listed and realised prices, units and margin of a product over time; --sku a SKU or product, --grain day or week",
        ("sku", "grain"),
    ),
    "prices.changes": (
        history.changes,
        "lasting changes of prices, and units a week before and after them; --sku",
        ("sku",),
    ),
    "prices.elasticity": (
        elasticity.of,
        "by how much a price 1 % higher moves units, with its intervals, or why it cannot be told; --by product, category or shop",
        ("by",),
    ),
    "prices.what_if": (
        what_if.curve,
        "units, sales and contribution a week at each price seen, with intervals; --product, --price",
        ("product", "price"),
    ),
    "prices.best": (
        what_if.about,
        "the price of a product that leaves most, within those seen, and what that stands on; --product",
        ("product",),
    ),
    "prices.promotions": (
        promotions.of,
        "what each promotion brought beside its baseline, after what was only bought earlier, and what it gave away",
    ),
    "prices.markdowns": (
        markdowns.plan,
        "for dead and overstocked products the path of discounts that clears them for the most money; --weeks 12",
        ("weeks",),
    ),
    "prices.table": (
        table.of,
        "the elasticity of any table with a price and a quantity, by least squares of logarithms; --file oj.csv, --by brand",
        ("file", "by"),
    ),
}
