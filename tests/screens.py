"""The app in AppTest, as a browser on this machine would open it."""

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.testing.v1.element_tree import Metric
from streamlit.util import calc_hash

import emptying
from analytics import db
from pages.ui import navigation, reads, states

APP = Path(__file__).resolve().parent.parent / "app.py"
OVERVIEW = "pages/overview/overview.py"
SALES = "pages/sales/sales.py"
BRIDGE = "pages/sales/bridge.py"
PRODUCTS = "pages/sales/products.py"
CHANNELS = "pages/sales/channels.py"
COUNTRIES = "pages/sales/countries.py"
CATEGORIES = "pages/sales/categories.py"
HOURS = "pages/sales/hours.py"
DISCOUNTS = "pages/sales/discounts.py"
ORDERS = "pages/sales/orders.py"
UNSHIPPED = "pages/sales/unshipped.py"
RETURNS = "pages/returns/returns.py"
COHORTS = "pages/returns/cohorts.py"
EXPECTED = "pages/returns/expected.py"
RETURNED_PRODUCTS = "pages/returns/returned_products.py"
COST_OF_RETURNS = "pages/returns/costs.py"
RETURNS_BY = "pages/returns/breakdown.py"
REASONS = "pages/returns/reasons.py"
CONDITIONS = "pages/returns/conditions.py"
STOCK = "pages/stock/stock.py"
STOCKOUTS = "pages/stock/stockouts.py"
STOCK_HISTORY = "pages/stock/history.py"
IMPORT = "pages/data/import_files.py"
FORMATS = "pages/data/templates.py"
AGREEMENT = "pages/data/agreement.py"
HISTORY = "pages/data/history.py"
CALENDAR = "pages/data/calendar.py"
TARGETS = "pages/data/targets.py"
SETTINGS = "pages/data/settings.py"
CLOCKS = "pages/sales/clocks.py"
PRESETS = "pages/sales/presets.py"
SLICES = (CHANNELS, COUNTRIES, CATEGORIES, HOURS)
PAGES = tuple(f"pages/{place.script}.py" for places in navigation.PLACES.values() for place in places)
# whose address is not their file's name
ADDRESSES = {
    f"pages/{place.script}.py": place.address
    for places in navigation.PLACES.values()
    for place in places
    if place.address
}


def again(what: str) -> Path:
    """A fault that a page would tell in words is an exception to a test."""
    raise


states.keep_fault = again
# A server looks once through the packages that are installed, for components; AppTest would for every screen.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
_last_place: list[tuple[str, int]] = []
_look = local_script_runner.require_widgets_deltas


def wait(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    """Wait for the script's end, which AppTest would look for a thousand times a second, at the script's expense."""
    runner._script_thread.join(timeout)
    _look(runner, 1 if runner.script_stopped() else 0)


local_script_runner.require_widgets_deltas = wait


def open_page(page: str, asked: Mapping[str, str | list[str]] | None = None) -> AppTest:
    """A page, run with the address's parameters; fails on an exception."""
    screen = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in (asked or {}).items():
        screen.query_params[name] = value
    if page != OVERVIEW:
        screen.switch_page(page)
    if page in ADDRESSES:  # AppTest knows them only once the app has run
        screen._page_hash = calc_hash(ADDRESSES[page])
    screen.run()
    assert not screen.exception, screen.exception
    return screen


def come_in(patch: pytest.MonkeyPatch) -> None:
    """Sit at this machine, with nothing cached of another test's database, in a process that has answered before.

    What a test before has read of the same shop stays, as it does for whoever comes next.
    """
    patch.setattr("pages.ui.gate.visitor", lambda: ("127.0.0.1", {"Host": "localhost:8501"}))
    here = (db.url(), emptying.begun[0])
    if _last_place != [here]:
        st.cache_data.clear()
    _last_place[:] = [here]
    reads.forget()
    reads.opened().set()


def marked(screen: AppTest) -> set[str]:
    """The letters of the events that are drawn on a page's charts, apart from those that stand on a chart's own rows."""
    specs = [json.loads(chart.proto.spec) for chart in screen.get("vega_lite_chart")]
    layers = [layer for spec in specs for layer in spec.get("layer", [])]
    return {row["letters"] for layer in layers for row in _values(layer) if "letters" in row}


def _values(layer: dict[str, Any]) -> list[dict[str, Any]]:
    data = layer.get("data")
    return data["values"] if isinstance(data, dict) and "values" in data else []


def cards(screen: AppTest) -> dict[str, Decimal | None]:
    """The exact numbers on a page's cards, by their labels, percentages as shares; None where a card shows a dash."""
    return {metric.label: _exact(metric) for metric in screen.metric}


def _exact(metric: Metric) -> Decimal | None:
    if metric.value == "–":
        return None
    return Decimal(metric.value) / (100 if metric.proto.format.endswith("%%") else 1)


def words(screen: AppTest) -> str:
    """Everything a page says in sentences."""
    parts = (screen.markdown, screen.caption, screen.warning, screen.info, screen.error, screen.success, screen.title)
    return "\n".join(str(element.value) for part in parts for element in part)
