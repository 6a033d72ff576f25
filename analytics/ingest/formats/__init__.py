"""The formats the product reads: one module a format, each with one `FORMAT`."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Format:
    """What a platform's export looks like and which conversion turns it into facts.

    `columns` maps our column name to the headers it may have; `required` are those without which the file says too
    little; `any_of` are groups of which one is enough; `numbers` and `dates` are read by the evidence of the column.
    """

    name: str
    label: str
    facts: str  # orders | products | inventory | control
    columns: dict[str, tuple[str, ...]]
    required: tuple[str, ...]
    scripts: tuple[str, ...]
    any_of: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    brings: str = ""
    cannot_tell: str = ""
    # the column whose values may stand as headers instead, a column each
    rest: str = ""
    # headers that only another format has: a file with one of them is not this one
    not_with: tuple[str, ...] = field(default=())


def all_formats() -> list[Format]:
    """Every format, the most specific first: a generic table of lines is tried last."""
    from analytics.ingest.formats import (
        order_lines,
        shopify_inventory,
        shopify_orders,
        shopify_products,
        shopify_report,
    )

    modules = (shopify_orders, shopify_products, shopify_inventory, shopify_report, order_lines)
    return [module.FORMAT for module in modules]
