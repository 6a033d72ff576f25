"""Rows of a Shopify orders export, written as briefly as a test can say them."""

from datetime import date

from shop_files import order

DAY = date(2024, 5, 1)


def one(number: int, amounts: str, title: str = "Shirt", quantity: int = 1, **more: str) -> dict[str, str]:
    """An order of one line; `amounts` are price, subtotal, shipping, taxes, total and discount as the export prints them."""
    price, subtotal, shipping, taxes, total, discount = amounts.split()
    said = {"Subtotal": subtotal, "Shipping": shipping, "Taxes": taxes, "Total": total, "Discount Amount": discount}
    spelt = {name.replace("_", " "): value for name, value in more.items()}
    return order(number, DAY, quantity, price, title, said | spelt)


def line(number: int, quantity: int, price: str, title: str, **more: str) -> dict[str, str]:
    """A further line of an order: all that Shopify fills of it."""
    head = order(number, DAY, quantity, price, title, {})
    kept = {
        name: value
        for name, value in head.items()
        if name.startswith("Lineitem") or name in ("Name", "Email", "Created at")
    }
    return kept | {name.replace("_", " "): value for name, value in more.items()}


def tip(number: int, price: str) -> dict[str, str]:
    """A tip as Shopify prints it: a line without SKU that is neither shipped nor taxed."""
    return line(number, 1, price, "Tip", Lineitem_sku="", Lineitem_requires_shipping="false", Lineitem_taxable="false")
