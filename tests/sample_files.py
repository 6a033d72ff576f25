"""The sample shop's files as a stranger reads them: CSV rows and arithmetic of its own, nothing of the generator's."""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

Row = dict[str, str]


@dataclass
class Shop:
    """What a reader of the files sees; `orders` are an order's first row with all its rows in `lines`."""

    folder: Path
    last_day: date
    answers: dict[str, str]
    orders: list[Any]
    products: list[Row]
    inventory: list[Row]
    report: list[Row]
    transactions: list[Row]
    payments: list[Row]
    customers: list[Row]
    discounts: list[Row]

    @cached_property
    def counted(self) -> list[Any]:
        """Orders that count: neither voided nor cancelled before payment."""
        unpaid = [order["Cancelled at"] and not order["Paid at"] for order in self.orders]
        return [o for o, out in zip(self.orders, unpaid, strict=True) if o["Financial Status"] != "voided" and not out]

    @cached_property
    def refunded_on(self) -> dict[str, date]:
        """The day of each order's refund, as the transaction history has it."""
        refunds = [row for row in self.transactions if row["Kind"] == "refund"]
        return {row["Name"]: to_day(row["Created At"]) for row in refunds}

    @cached_property
    def books(self) -> dict[str, dict[str, Any]]:
        """Amounts in cents without tax of every order that counts, by its name."""
        return {order["Name"]: _books(order) for order in self.counted}


def open_shop(folder: Path, last_day: date) -> Shop:
    """The exports and ANSWERS.md of a folder; the long ones may be compressed."""
    products, inventory, report = (read(folder / f"shopify_{name}.csv") for name in ("products", "inventory", "report"))
    gift_cards = {row["Title"] for row in products if row["Gift card"] == "TRUE"}
    orders: list[Any] = []
    for row in read(folder / "shopify_orders.csv"):
        if row["Id"]:
            orders.append({**row, "lines": []})
        title = row["Lineitem name"].split(" - ")[0]
        kind = "tip" if title == "Tip" else "gift card" if title in gift_cards else "goods"
        orders[-1]["lines"].append({**row, "title": title, "kind": kind})
    more = (read(folder / f"shopify_{name}.csv") for name in ("transactions", "payments", "customers", "discounts"))
    return Shop(folder, last_day, answers(folder), orders, products, inventory, report, *more)


def read(path: Path, above: int = 0) -> list[Row]:
    """Rows by column name, below some lines; takes the compressed file where only that is there."""
    packed = path.with_suffix(".csv.gz")
    text = gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    lines = io.StringIO(text.decode("utf-8"), newline="")
    for _ in range(above):
        lines.readline()
    return list(csv.DictReader(lines))


def answers(folder: Path) -> dict[str, str]:
    """The values of ANSWERS.md by their names."""
    lines = (folder / "ANSWERS.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {key: value for key, value, _ in cells if key != "answer"}


def to_cents(text: str) -> int:
    """12.34 is 1234."""
    return int(Decimal(text) * 100)


def to_text(cents: int) -> str:
    """1234 is 12.34."""
    return str(Decimal(cents).scaleb(-2))


def to_day(text: str) -> date:
    """The printed day of a time; it is the shop's own."""
    return date.fromisoformat(text[:10])


def full_price(line: Row) -> int:
    """Quantity × price in cents, tax inside."""
    return int(line["Lineitem quantity"]) * to_cents(line["Lineitem price"])


def split(amount: int, weights: list[int]) -> list[int]:
    """Largest remainder with fractions; ties to the earlier part."""
    if not sum(weights) or not amount:
        return [0] * len(weights)
    exact = [Fraction(amount * weight, sum(weights)) for weight in weights]
    whole = [int(part) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda n: (whole[n] - exact[n], n))
    for n in by_remainder[: amount - sum(whole)]:
        whole[n] += 1
    return whole


def _books(order: Any) -> dict[str, Any]:
    rows = order["lines"]
    full = [full_price(row) if row["kind"] != "tip" else 0 for row in rows]
    own = [to_cents(row["Lineitem discount"]) for row in rows]
    discount, shipping, tax = (to_cents(order[name]) for name in ("Discount Amount", "Shipping", "Taxes"))
    off_shipping = discount if to_cents(order["Subtotal"]) == sum(full) else 0
    after = [a - b for a, b in zip(full, own, strict=True)]
    rest = split(discount - off_shipping - sum(own), after)
    value = [a - b if row["kind"] == "goods" else 0 for a, b, row in zip(after, rest, rows, strict=True)]
    *taxes, shipping_tax = split(tax, [*value, shipping - off_shipping])
    lines = []
    for row, gross, net, part in zip(rows, full, value, taxes, strict=True):
        if row["kind"] == "goods":
            bare = int((Decimal(gross * (net - part)) / net).quantize(Decimal(1), ROUND_HALF_UP)) if net else gross
            lines.append((row, bare, bare - (net - part)))
    return {
        "lines": lines,
        "gross_sales": sum(gross for _, gross, _ in lines),
        "discounts": sum(off for _, _, off in lines),
        "charged_shipping": shipping - off_shipping - shipping_tax,
        "charged_tax": tax,
        "charged_tips": sum(full_price(row) for row in rows if row["kind"] == "tip"),
        "gift_cards": sum(full_price(row) for row in rows if row["kind"] == "gift card"),
    }


def back(order: Any, amounts: dict[str, Any]) -> dict[str, int]:
    """What went back of goods, shipping, tax and tips, and the fee kept of it; empty when nothing did."""
    refunded = to_cents(order["Refunded Amount"])
    parts = [amounts["gross_sales"] - amounts["discounts"], amounts["charged_shipping"], amounts["charged_tax"]]
    if not refunded and not order["Cancelled at"]:
        return {}
    if order["Cancelled at"] or refunded == to_cents(order["Total"]):
        return dict(zip(("goods", "shipping", "tax", "tips"), [*parts, amounts["charged_tips"]], strict=True))
    fee = to_cents(order["Total"]) - amounts["charged_tips"] - refunded
    if fee in (500, 1000):
        return dict(zip(("goods", "shipping", "tax", "fee"), [*parts, fee], strict=True))
    return dict(zip(("goods", "shipping", "tax"), split(refunded, parts), strict=True))


def goods(shop: Shop, title: str = "") -> Iterator[tuple[Any, Row]]:
    """Orders and lines of goods that count, all or of one product."""
    for order in shop.counted:
        for line in order["lines"]:
            if line["kind"] == "goods" and title in ("", line["title"]):
                yield order, line


def units_by_day(shop: Shop, title: str) -> dict[date, int]:
    """Pieces of one product sold on each day with a sale."""
    units: dict[date, int] = defaultdict(int)
    for order, line in goods(shop, title):
        units[to_day(order["Created at"])] += int(line["Lineitem quantity"])
    return units
