"""A purchase order as a page to print or to save as PDF: plain HTML, nothing loaded from elsewhere."""

from decimal import Decimal
from html import escape
from typing import Any

import pandas as pd

from analytics import wording

STYLE = (
    "body{font:14px/1.5 system-ui,sans-serif;color:#14181f;max-width:760px;margin:40px auto;padding:0 24px}"
    "h1{font-size:22px;margin:0 0 4px}table{width:100%;border-collapse:collapse;margin:24px 0}"
    "th,td{padding:6px 8px;border-bottom:1px solid #d5d9e0;text-align:left}"
    ".n{text-align:right;font-variant-numeric:tabular-nums}tfoot td{border:0}.t td{font-weight:600}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px}dt{color:#5b6472}dd{margin:0}"
    "@media print{body{margin:0}}"
)
HEADINGS = (("SKU", ""), ("Product", ""), ("Expected", ""), ("Units", "n"), ("Unit cost", "n"), ("Amount", "n"))
FACTS = {
    "status": "Status", "ordered_on": "Ordered on", "expected_on": "Expected on", "location": "Deliver to", "deposit": "Deposit",
    "deposit_due_on": "Deposit due on", "balance_due_on": "Balance due on", "note": "Note",
}  # fmt: skip


def page(order: "pd.Series[Any]", lines: pd.DataFrame, shop: str) -> str:
    """The order as one HTML document, every text of it harmless. `order` is a row of purchase_orders.orders, `lines` its own."""
    facts = [(label, order[name]) for name, label in FACTS.items() if _is_known(order[name])]
    told = "".join(f"<dt>{label}</dt><dd>{_shown(value, order['currency'])}</dd>" for label, value in facts)
    heads = "".join(f'<th class="{kind}">{name}</th>' for name, kind in HEADINGS)
    rows = "".join(_line(line) for line in lines.to_dict("records"))
    title = escape(f"Purchase order {order['order_no']}")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
        f"<h1>{title}</h1><p>{escape(shop)} to {escape(str(order['supplier']))}</p><dl>{told}</dl>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody><tfoot>{_sums(order)}</tfoot></table></html>"
    )


def _line(line: dict[Any, Any]) -> str:
    cells = [
        (escape(str(line["sku"])), ""),
        (escape(str(line["title"])), ""),
        (wording.day(line["expected_on"]) if _is_known(line["expected_on"]) else wording.BLANK, ""),
        (_units(line["units"]), "n"),
        (_cost(line["unit_cost"]), "n"),
        (_amount(line["value"]), "n"),
    ]
    return "<tr>" + "".join(f'<td class="{kind}">{text}</td>' for text, kind in cells) + "</tr>"


def _sums(order: "pd.Series[Any]") -> str:
    parts = [("Goods", order["goods_value"]), ("Freight", order["freight"]), ("Duty", order["duty"])]
    rows = [_sum(name, value, "") for name, value in parts if not _is_known(value) or value]
    return "".join([*rows, _sum(f"Total, {escape(str(order['currency']))}", order["value"], "t")])


def _sum(name: str, value: Any, kind: str) -> str:
    return f'<tr class="{kind}"><td colspan="5" class="n">{name}</td><td class="n">{_amount(value)}</td></tr>'


def _shown(value: Any, currency: str) -> str:
    if isinstance(value, Decimal):
        return f"{_amount(value)} {escape(str(currency))}"
    return wording.day(value) if hasattr(value, "year") else escape(str(value))


def _amount(value: Any) -> str:
    return f"{value:,.2f}" if _is_known(value) else wording.BLANK


def _cost(value: Any) -> str:
    return wording.exact(value) if _is_known(value) else wording.BLANK


def _units(value: Decimal) -> str:
    return f"{Decimal(value).normalize():,f}"


def _is_known(value: Any) -> bool:
    return value is not None and not pd.isna(value)
