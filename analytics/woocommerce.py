"""The figures of WooCommerce's own reports, by the date on which orders were created, paid or completed."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from analytics import db, sales
from analytics.errors import Refused
from analytics.known_sums import Known, figure, ratio
from analytics.metrics import METRICS
from analytics.scope import Scope
from analytics.steps import AWAITING, CANCELLED, ELSEWHERE, Figure, Step

# By which of an order's dates WooCommerce counts it, as its settings have it.
DATES = {"created": "date created", "paid": "date paid", "completed": "date completed"}


def by_date(scope: Scope, known: dict[str, Known], by: str) -> dict[str, Known]:
    """The same sums with what counting orders by the day of their payment or completion changes.

    Raises ValueError for a date that there is not, Refused where no order of the stores says it.
    """
    if by not in DATES:
        raise ValueError(f"by is {', '.join(DATES)}, not {by!r}")
    params = {name: value for name, value in scope.params().items() if name not in ("basis", "categories", "into")}
    dates = db.read("presets/dates", store_ids=params["store_ids"])
    if dates.empty or not dates[by].iloc[0]:
        raise Refused(
            f"No order here says when it was {by}, so there are no figures by that date. Tick the column "
            f"“{by.capitalize()} Date” in the order export and import it again, or choose the date created."
        )
    rows = db.read("presets/by_date", by=by, **params).to_dict("records")
    nothing = dict.fromkeys(sales.SUMMARY_COLUMNS, Decimal(0))
    found = {currency: replace(each, by=by) for currency, each in known.items()}
    for row in rows:
        currency = str(row["currency"])
        each = found.setdefault(currency, Known(nothing, nothing, {}, {}, Decimal(0), by))
        named = {str(name): value for name, value in row.items()}
        found[currency] = replace(each, elsewhere={**each.elsewhere, row["state"]: named})
    return dict(sorted(found.items()))


def figures(known: Known) -> list[Figure]:
    """WooCommerce's figures of one currency, each with the steps from ours."""
    total, net = _counted(known, "collected"), _counted(known, "collected", "tax", "shipping")
    orders, items = _counted(known, "orders"), _counted(known, "net_units")
    more = [
        Step(name, METRICS[name].label, sales.exact(known.dated[name]))
        for name in ("fees", "duties", "tips", "gift_cards")
    ]
    said = {
        "collected": ("Total sales", "order totals with tax and shipping, less the period's refunds."),
        "net_sales": (
            "Net sales",
            "order totals − tax − shipping, less the period's refunds; fees and gift cards are in.",
        ),
        "orders": ("Orders", "without pending, failed and cancelled ones."),
        "net_units": ("Items sold", "items less those refunded in the period, as far as refunds name them."),
    }
    net_steps = [known.clock("net_sales"), *more, *_steps(known, "collected", "tax", "shipping")]
    return [
        figure(known, "collected", said["collected"], total, [known.clock("collected"), *_steps(known, "collected")]),
        figure(known, "net_sales", said["net_sales"], net, net_steps),
        figure(known, "orders", said["orders"], orders, _steps(known, "orders")),
        figure(known, "net_units", said["net_units"], items, [known.clock("net_units"), *_steps(known, "net_units")]),
        Figure("average_order_value", "Average order value", "net sales ÷ orders.", "money", ratio(net, orders)),
    ]


def _less(of: Callable[[str], Decimal], names: tuple[str, ...]) -> Decimal:
    """The first amount less the others."""
    return of(names[0]) - sum((of(name) for name in names[1:]), start=Decimal(0))


def _steps(known: Known, *names: str) -> list[Step]:
    """What another date of the orders changes, and the orders that are out."""
    moved = [
        Step(*ELSEWHERE[known.by][why], _less(lambda name, row=row: sales.exact(row[name]), names))  # type: ignore[misc]
        for why, row in known.elsewhere.items()
    ]
    out = [
        Step(*said, -_less(lambda name, state=state: known.of(state, name), names))  # type: ignore[misc]
        for state, said in (("awaiting", AWAITING), ("cancelled", CANCELLED))
    ]
    return [*moved, *out]


def _counted(known: Known, *names: str) -> Decimal:
    """The first amount less the others of the orders that WooCommerce counts in the period, refunds on their own day."""
    whole = _less(lambda name: sales.exact(known.dated[name]), names)
    return whole + sum((step.amount for step in _steps(known, *names)), start=Decimal(0))
