"""The catalogue of metrics: each once, under one name, and no page shows a number that is not in it."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics import bridge, customers, sales
from analytics.metrics import METRICS, catalogue
from pages.ui import tables

PAGES = sorted((Path(__file__).resolve().parent.parent / "pages").rglob("*.py"))
NUMBERS = {"money", "count", "percent", "share"}
ASKS = re.compile(r"tables\.metric|metric|(cards\.|panels\.)?(Card|_?card)")
KINDS = {*NUMBERS, "days", "rate"}
# Numbers of a table that are no metric: of a comparison, of a file, of a bridge.
NO_METRIC = {
    "amount", "difference", "differing", "ours", "platform", "line", "rows", "loaded", "updated", "unchanged", "duplicate",
    "rejected", "ignored", "seconds", "days_old", "days_waiting", "theirs",
    # of the compared days, of one row of a list, or the difference of two metrics that stand beside it
    "units_before", "net_sales_before", "average_price_before", "of_before", "before", "change", "share_change",
    "relative_change", "against_without", "gross_profit_without", "used", "named_here", "total", "net", "unit_price", "discount",
    "cost", "fee", "units_missing", "former_pace", "cumulative_share", "variants", "depth", "partly_sent", "unpaid_orders",
    "unpaid_amount", "hours_waiting", "order_date", "refund_date", "orders_ever",
    # of a line of a purchase order, or of a supplier's terms
    "unit_cost", "value", "landed_unit_cost", "freight", "duty", "lead_time_days", "lead_time_deviation", "minimum_order",
    "supplier_minimum", "pack_size",
    # of a target beside the metric that it is for, and of a period
    "actual", "due", "ahead", "target", "done_share", "due_share", "days", "period_days",
    # of one week of a control chart
    "rate", "usual", "limit", "come_in",
    # of a link that was shared
    "opens", "link_id",
}  # fmt: skip


def labelled(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The columns of numbers that a page writes by hand: the key, and its label as far as it is plain text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(value, ast.Call) and value.args and _is_number(value):
                    yield str(key.value), _text(value.args[0])


def _is_number(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    kinds = [each.value for each in call.args[1:] if isinstance(each, ast.Constant)]
    return name in NUMBERS or (name == "Column" and bool(KINDS & {str(each) for each in kinds}))


def _text(node: ast.expr) -> str:
    first = node.values[0] if isinstance(node, ast.JoinedStr) else node
    return str(first.value).removesuffix(", ") if isinstance(first, ast.Constant) else ""


def asked(tree: ast.AST) -> Iterator[str]:
    """The metrics that a page asks for by name: of a card, and of a column."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    for call in calls:
        first = call.args[0]
        if isinstance(first, ast.Constant) and ASKS.fullmatch(ast.unparse(call.func)):
            yield str(first.value)


def wrong(tree: ast.AST) -> list[str]:
    """What a page names that the catalogue does not have, or has under another label."""
    found = [f"{name}: no metric" for name in asked(tree) if name not in METRICS]
    for name, label in labelled(tree):
        if name not in METRICS and name not in NO_METRIC:
            found.append(f"{name}: no metric")
        elif name in METRICS and label != METRICS[name].label:
            found.append(f"{name}: {label!r} and {METRICS[name].label!r}")
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_shows_only_metrics_of_the_catalogue_by_their_label(path: Path) -> None:
    assert wrong(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        'X = {"net_sales": tables.money(f"Net revenue, {currency}")}',
        'X = {"net_revenue": tables.money("Net revenue")}',
        'X = {"orders": Column("Count of orders", "count")}',
        'Card("net_revenue", 1)',
        'tables.metric("net_revenue")',
    ],
)
def test_another_name_for_a_metric_would_be_found(code: str) -> None:
    assert wrong(ast.parse(code))


def test_no_two_metrics_have_one_label_and_none_is_without_a_formula() -> None:
    found = catalogue()
    assert list(found["name"]) == list(METRICS) and found["label"].is_unique and found["formula"].is_unique
    assert set(found["unit"]) <= {"money", "count", "percent", "days", "ratio", "rate"}
    assert set(found["direction"]) <= {"up", "down", "none"}
    assert all(formula.endswith(".") for formula in found["formula"])


def test_every_metric_stands_once_in_the_text_of_the_catalogue() -> None:
    # a second one of the same name would silently take the place of the first
    catalogues = (PAGES[0].parents[2] / "analytics").rglob("*metrics.py")
    names = [
        node.args[0].value  # type: ignore[attr-defined]
        for path in catalogues
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Metric"
    ]
    assert len(names) == len(set(names)) == len(METRICS)


def test_every_amount_that_sales_give_is_in_the_catalogue() -> None:
    ours = {*sales.SUMMARY_COLUMNS, *sales.DAILY_COLUMNS, *sales.SLICE_COLUMNS, *sales.PRODUCT_COLUMNS}
    texts = {"currency", "day", "value", "title", "product_key", "sku", "category", "vendor"}
    assert ours - texts <= set(METRICS)
    assert set(customers.COLUMNS) - {"currency", "history_starts_on", "is_trusted"} <= set(METRICS)


def test_a_step_of_the_bridge_has_the_label_of_its_metric() -> None:
    source = inspect.getsource(bridge)
    steps = re.findall(r'_step\(\s*"(\w+)", "([^"]+)"', source) + list(bridge.CHARGES.items())
    named = {name: label for name, label in steps if name in METRICS}
    assert len(named) > 6 and {name: label for name, label in named.items() if METRICS[name].label != label} == {}


def test_a_column_has_the_label_the_format_and_the_meaning_of_its_metric() -> None:
    column = tables.metric("net_sales", "EUR")
    assert (column.label, column.kind) == ("Net sales, EUR", "money")
    assert column.help == f"Net sales = {METRICS['net_sales'].formula}"
    assert tables.metric("gross_margin", "EUR").label == "Gross margin"
