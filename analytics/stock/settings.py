"""A store's own limits for its stock: what counts as dead, too much, an A product, and what is assumed where nothing is known."""

from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from analytics import actor, audit, db, stores
from analytics.errors import Refused
from analytics.scope import Scope


@dataclass(frozen=True)
class StockSettings:
    """Days are whole calendar days, levels and borders shares from 0 to 1, `lead_time_*` and `service_level` what is assumed of
    products whose supplier or policy says nothing. Orders are planned by a forecast that is at most `forecast_days` old (with 0
    never), of kinds of demand of which forecasts erred by `forecast_gain` per cent less than the mean of the last weeks."""

    window_days: Decimal = Decimal(90)
    a_until: Decimal = Decimal("0.80")
    b_until: Decimal = Decimal("0.95")
    x_until: Decimal = Decimal("0.5")
    y_until: Decimal = Decimal("1.0")
    dead_days: Decimal = Decimal(90)
    overstock_days: Decimal = Decimal(180)
    young_days: Decimal = Decimal(60)
    lead_time_days: Decimal = Decimal(14)
    lead_time_deviation: Decimal = Decimal(0)
    cover_days: Decimal = Decimal(30)
    service_level: Decimal = Decimal("0.95")
    lost_sales_cap_days: Decimal = Decimal(30)
    forecast_days: Decimal = Decimal(14)
    forecast_gain: Decimal = Decimal(2)


NAMES = tuple(field.name for field in fields(StockSettings))
SHARES = ("a_until", "b_until", "service_level")
AT_LEAST_ONE = ("window_days", "dead_days", "overstock_days")


def of(store: int) -> StockSettings:
    """The limits of a store: its own where it set them, else the usual ones."""
    rows = db.read("inventory/settings", store_id=store)
    known = dict(zip(rows["name"], rows["value"], strict=True))
    return StockSettings(**{name: Decimal(value) for name, value in known.items() if name in NAMES})


def of_scope(scope: Scope) -> StockSettings:
    """The limits that hold for a question: the store's own; of several stores those they share, else the usual ones."""
    asked = scope.stores or tuple(stores.all_stores()["store_id"])
    found = {of(int(store)) for store in asked}
    return found.pop() if len(found) == 1 else StockSettings()


def save(store: int, chosen: StockSettings) -> None:
    """Keep a store's limits, in one transaction under its lock; its data version rises, so that views are drawn anew.

    Raises Refused for a limit below 0, a share that is not between 0 and 1, or borders in the wrong order.
    """
    actor.require("settings")
    _check(chosen)
    with db.transaction(store) as cursor:
        for name in NAMES:
            db.run(cursor, "load/stock/set_setting", store_id=store, name=name, value=getattr(chosen, name))
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "settings", "limits of stock", store, **asdict(chosen))


def _check(chosen: StockSettings) -> None:
    for name in NAMES:
        value, words = getattr(chosen, name), name.replace("_", " ")
        if value < 0:
            raise Refused(f"“{words}” cannot be below 0; it is {value}.")
        if name in SHARES and not 0 < value < 1:
            raise Refused(f"“{words}” is a share between 0 and 1, such as 0.95; it is {value}.")
        if name in AT_LEAST_ONE and value < 1:
            raise Refused(f"“{words}” is at least one day; it is {value}.")
    if chosen.a_until >= chosen.b_until:
        raise Refused(
            f"A products end at {chosen.a_until}, before B products do, at {chosen.b_until}: raise the second."
        )
    if chosen.x_until >= chosen.y_until:
        raise Refused(
            f"X products end at {chosen.x_until}, before Y products do, at {chosen.y_until}: raise the second."
        )
