"""Which rule of replenishment holds for a product, and whose it is: its own, its class's, the store's, or the usual one."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db
from analytics.stock import settings

FILL_RATE, CYCLES = "fill rate", "cycle service"
REORDER_POINT, ON_ORDER, NEVER = "reorder point", "on order", "none"
FIELDS = ("method", "service_kind", "service_level", "cover_days", "lead_time_days", "sibling_sku")


@dataclass(frozen=True)
class Rule:
    """How a product is replenished. `service_level` is a share of demand (fill rate) or of cycles (cycle service); an order
    covers `cover_days` after it arrived; `lead_time_days` beats the supplier's if it is not None. `said` tells whose rule
    each field is."""

    method: str
    service_kind: str
    service_level: Decimal
    cover_days: Decimal
    lead_time_days: Decimal | None
    sibling_sku: str | None
    said: str


Rows = dict[tuple[str, str, str], dict[str, Any]]


@dataclass(frozen=True)
class Rules:
    """The rules of a store by product, class and location, and what holds where none says anything."""

    rows: Rows
    usual: dict[str, Any]


def of_store(store: int) -> Rules:
    """The rules of a store."""
    limits = settings.of(store)
    rows = db.read("replenishment/policies", store_id=store).to_dict("records")
    usual = {
        "method": REORDER_POINT,
        "service_kind": FILL_RATE,
        "service_level": limits.service_level,
        "cover_days": limits.cover_days,
        "lead_time_days": None,
        "sibling_sku": None,
    }
    return Rules({(row["sku"], row["class"], row["location"]): row for row in rows}, usual)


def rule(rules: Rules, sku: str | None, letters: str, location: str = "") -> Rule:
    """The rule for a product of a class such as “AX” ("" for none), at a location; field by field, the narrowest rule that says
    anything: product, class, store, each at the location before everywhere, then the store's settings."""
    found, whose = {}, {}
    for name in FIELDS:
        found[name], whose[name] = _field(rules, name, (sku or "", letters), location)
    return Rule(said=_said(found, whose), **found)


def _field(rules: Rules, name: str, product: tuple[str, str], location: str) -> tuple[Any, str]:
    sku, letters = product
    wider = [((sku, ""), "its own rule")] if sku else []
    wider += [(("", letters), f"class {letters}")] if letters else []
    for key, words in [*wider, (("", ""), "the store's rule")]:
        for place in dict.fromkeys((location, "")):
            value = rules.rows.get((*key, place), {}).get(name)
            if value is not None and not pd.isna(value):
                return value, f"{words} at {place}" if place else words
    return rules.usual[name], "the store's settings"


def _said(found: dict[str, Any], whose: dict[str, str]) -> str:
    """The rule in words, such as “98 % of demand, 30 days of cover (class AX)”."""
    if found["method"] == NEVER:
        return f"not reordered ({whose['method']})"
    if found["method"] == ON_ORDER:
        return f"bought only when it is ordered ({whose['method']})"
    of_what = "demand" if found["service_kind"] == FILL_RATE else "cycles"
    parts = [
        f"{float(found['service_level'] * 100):.4g} % of {of_what} ({whose['service_level']})",
        f"{float(found['cover_days']):.4g} days of cover ({whose['cover_days']})",
    ]
    if found["lead_time_days"] is not None:
        parts.append(f"lead time of {float(found['lead_time_days']):.4g} days ({whose['lead_time_days']})")
    if found["sibling_sku"]:
        parts.append(f"sells as {found['sibling_sku']} does while it is new")
    return ", ".join(parts)
