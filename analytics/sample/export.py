"""The exports as the platform writes them: orders (79 columns), products (57), inventory (17) and the daily report."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path

from analytics.sample import ledger, money, people
from analytics.sample.catalogue import Product, Variant
from analytics.sample.orders import Line, Order
from analytics.sample.stock import Level


def columns(text: str) -> tuple[str, ...]:
    """The names of a header row written over several lines."""
    return tuple(name for row in text.split("\n") for name in row.strip(" ,").split(",") if name)


_ADDRESS = ("Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Province", "Country", "Phone")
ORDER_COLUMNS = (
    *columns("""
        Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,
        Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,
        Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,
        Lineitem taxable,Lineitem fulfillment status"""),
    *(f"Billing {part}" for part in _ADDRESS),
    *(f"Shipping {part}" for part in _ADDRESS),
    *columns("""
        Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,
        Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount"""),
    *(f"Tax {n} {part}" for n in range(1, 6) for part in ("Name", "Value")),
    *columns("""
        Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,
        Payment Terms Name,Next Payment Due At,Payment References"""),
)
PRODUCT_COLUMNS = (
    *columns("""
        Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,
        Barcode,Option1 name,Option1 value,Option1 Linked To,Option2 name,Option2 value,Option2 Linked To,
        Option3 name,Option3 value,Option3 Linked To,Price,Compare-at price,Cost per item,Charge tax,Tax code,
        Unit price total measure,Unit price total measure unit,Unit price base measure,
        Unit price base measure unit,Inventory tracker,Inventory quantity,Continue selling when out of stock,
        Weight value (grams),Weight unit for display,Requires shipping,Fulfillment service,Product image URL,
        Image position,Image alt text,Variant image URL,Gift card,SEO title,SEO description,
        Color (product.metafields.shopify.color-pattern)"""),
    *(
        f"Google Shopping / {part}"
        for part in columns("""
            Google product category,Gender,Age group,Manufacturer part number (MPN),Ad group name,Ads labels,Condition,
            Custom product,Custom label 0,Custom label 1,Custom label 2,Custom label 3,Custom label 4""")
    ),
)
INVENTORY_COLUMNS = columns("""
    Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS Code,COO,
    Location,Incoming,Unavailable,Committed,Available,On hand""")
REPORT_COLUMNS = columns("""
    Day,Orders,Gross sales,Discounts,Returns,Net sales,Shipping charges,Duties,Additional fees,Taxes,Total sales""")
METHODS = {"DE": "Standardversand", "CH": "Versand Schweiz", "US": "Worldwide"}


def write(path: Path, header: tuple[str, ...], rows: Iterable[dict[str, str]], above: tuple[str, ...] = ()) -> Path:
    """Writes a CSV with the same bytes on every system, lines above its header first; columns a row lacks stay blank."""
    in_order, blank = itemgetter(*header), dict.fromkeys(header, "")
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"{line}\n" for line in above)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(in_order(blank | row) for row in rows)
    return path


def order_rows(placed: list[Order]) -> Iterator[dict[str, str]]:
    """One row a line, newest order first; only an order's first row carries the order."""
    for order in reversed(placed):
        for n, line in enumerate(order.lines):
            row = _line(order, line)
            yield {**_order(order), **row} if n == 0 else row


def _line(order: Order, line: Line) -> dict[str, str]:
    is_goods = line.kind == "goods"
    sent = "fulfilled" if order.fulfilled_at else "pending"
    return {
        "Name": f"#{order.number}",
        "Email": email(order),
        "Created at": time_text(order.created),
        "Vendor": line.product.vendor if line.product else "",
        "Lineitem quantity": str(line.quantity),
        "Lineitem name": line.name,
        "Lineitem price": money.text(line.price),
        "Lineitem sku": line.variant.sku if line.variant else "",
        "Lineitem requires shipping": "true" if is_goods else "false",
        "Lineitem taxable": "true" if is_goods else "false",
        "Lineitem fulfillment status": sent if line.kind != "tip" else "not_eligible",
        "Lineitem discount": money.text(line.discount),
    }


def _order(order: Order) -> dict[str, str]:
    is_open = order.paid_at is None and order.cancelled_at is None
    return {
        "Financial Status": order.status,
        "Paid at": time_text(order.paid_at),
        "Fulfillment Status": "fulfilled" if order.fulfilled_at else "unfulfilled",
        "Fulfilled at": time_text(order.fulfilled_at),
        "Accepts Marketing": "yes" if order.customer and order.customer.takes_mail else "no",
        "Currency": "EUR",
        "Subtotal": money.text(order.subtotal),
        "Shipping": money.text(order.shipping),
        "Taxes": money.text(order.taxes),
        "Total": money.text(order.total),
        "Discount Code": order.code,
        "Discount Amount": money.text(order.discount_amount),
        "Shipping Method": "" if order.source == "pos" else METHODS.get(order.country, "EU-Versand"),
        "Cancelled at": time_text(order.cancelled_at),
        "Payment Method": payment_method(order),
        "Refunded Amount": money.text(order.refunded),
        "Outstanding Balance": money.text(order.total if is_open else 0),
        "Location": "Laden Berlin" if order.source == "pos" else "",
        "Id": order_id(order),
        "Risk Level": "Low",
        "Source": order.source,
        **_tax(order),
        **_addresses(order),
    }


def order_id(order: Order) -> str:
    """The platform's number of the order."""
    return str(5_600_000_000_000 + order.number)


def email(order: Order) -> str:
    """A few buyers type their address with a capital; it is still the same address."""
    if order.customer is None:
        return ""
    return order.customer.email.capitalize() if order.number % 97 == 0 else order.customer.email


def _tax(order: Order) -> dict[str, str]:
    name = people.COUNTRIES[order.country or "DE"][1]
    return {"Tax 1 Name": name, "Tax 1 Value": money.text(order.taxes)} if order.taxes else {}


def payment_method(order: Order) -> str:
    """What the order was, or is to be, paid with."""
    if order.source == "pos":
        return "Cash" if order.number % 3 == 0 else "Shopify Payments"
    if order.paid_at is None and order.status == "pending":
        return "Bank Deposit"
    return ("Shopify Payments", "PayPal Express Checkout", "Shopify Payments", "Klarna")[order.number % 4]


def _addresses(order: Order) -> dict[str, str]:
    buyer = order.customer
    if buyer is None:
        return {}
    city, code, province, province_name = buyer.city
    parts = {"Name": buyer.name, "Street": buyer.street, "Address1": buyer.street, "City": city, "Zip": f"'{code}"}
    parts |= {"Province": province, "Country": buyer.country, "Province Name": province_name}
    kinds = ("Billing",) if order.source == "pos" else ("Billing", "Shipping")
    return {f"{kind} {name}": value for kind in kinds for name, value in parts.items()}


def time_text(moment: datetime | None) -> str:
    """A moment as the exports print it, with its offset; blank where there is none."""
    if moment is None:
        return ""
    text = moment.isoformat(" ")
    return f"{text[:19]} {text[19:22]}{text[23:25]}"


def product_rows(range_: list[Product]) -> Iterator[dict[str, str]]:
    """One row a variant, the product's own fields on the first; every third product has one more image."""
    for n, product in enumerate(range_):
        for index, variant in enumerate(product.variants):
            yield {**(_product(product) if index == 0 else {}), **_variant(product, variant)}
        if n % 3 == 0:
            yield {"URL handle": product.handle, "Product image URL": _image(product, 2), "Image position": "2"}


def _product(product: Product) -> dict[str, str]:
    story = f'<p>{product.title} von {product.vendor}.</p>\n<ul>\n<li>Fair genäht, "weich", warm</li>\n</ul>'
    return {
        "Title": product.title,
        "Description": story,
        "Vendor": product.vendor,
        "Product category": "Gift Cards" if product.is_gift_card else "Apparel & Accessories",
        "Type": product.type,
        "Tags": f"{product.type}, {product.vendor}",
        "Published on online store": "TRUE",
        "Status": "Active",
        "Option1 name": product.option_names[0],
        "Option2 name": product.option_names[1],
        "Product image URL": _image(product, 1),
        "Image position": "1",
        "Gift card": "TRUE" if product.is_gift_card else "FALSE",
    }


def _image(product: Product, position: int) -> str:
    return f"https://cdn.example.invalid/{product.handle}-{position}.jpg"


def _variant(product: Product, variant: Variant) -> dict[str, str]:
    is_goods = not product.is_gift_card
    return {
        "URL handle": product.handle,
        "SKU": variant.sku,
        "Option1 value": variant.colour or "Default Title",
        "Option2 value": variant.size,
        "Price": money.text(variant.price),
        "Cost per item": "" if variant.cost is None else money.text(variant.cost),
        "Charge tax": "TRUE" if is_goods else "FALSE",
        "Inventory tracker": "shopify" if is_goods else "",
        "Continue selling when out of stock": "DENY",
        "Requires shipping": "TRUE" if is_goods else "FALSE",
        "Fulfillment service": "manual" if is_goods else "gift_card",
    }


def inventory_rows(levels: Iterable[Level]) -> Iterator[dict[str, str]]:
    """One row a variant and location; a place that never kept it says `not stocked`."""
    for level in levels:
        first, second = level.product.option_names
        counts = dict.fromkeys(("Incoming", "Unavailable", "Committed", "Available", "On hand"), "not stocked")
        if level.on_hand is not None:
            counts = {
                "Incoming": str(level.incoming),
                "Unavailable": str(level.unavailable),
                "Committed": str(level.committed),
                "Available": str(level.on_hand - level.committed - level.unavailable),
                "On hand": str(level.on_hand),
            }
        yield {
            "Handle": level.product.handle,
            "Title": level.product.title,
            "Option1 Name": first,
            "Option1 Value": level.variant.colour or "Default Title",
            "Option2 Name": second,
            "Option2 Value": level.variant.size,
            "SKU": level.variant.sku,
            "Location": level.location,
            **counts,
        }


def report_rows(span: list[date], placed: list[Order]) -> Iterator[dict[str, str]]:
    """The daily control report, oldest day first; discounts and returns are negative, as the platform prints them."""
    book = ledger.by_day(placed)
    for day in span:
        amounts = book.get(day, ledger.Amounts())
        values = (
            *(amounts.gross, -amounts.discounts, -amounts.returns, amounts.net),
            *(amounts.shipping - amounts.shipping_back, 0, amounts.fees, amounts.tax - amounts.tax_back, amounts.total),
        )
        yield dict(zip(REPORT_COLUMNS, (day.isoformat(), str(amounts.orders), *map(money.text, values)), strict=True))
