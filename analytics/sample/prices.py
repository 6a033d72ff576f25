"""What is known of prices in the sample shop: which were raised, and how demand answers to them and to promotions."""

from datetime import date, timedelta
from math import log

from analytics.sample import catalogue


def answers(last_day: date) -> list[tuple[str, str, str]]:
    """The planted price changes and promotions with their true effects: key, exact value, meaning."""
    raised = last_day - timedelta(days=catalogue.DEARER_DAYS - 1)
    return [
        ("dearer_products", ", ".join(catalogue.DEARER), "their price rose by 5.00 with tax"),
        ("dearer_first_day", raised.isoformat(), "first day of the new price"),
        ("dearer_elasticity", "0", "demand did not answer: what changed beside it was season and growth"),
        (
            "offer_30_lift",
            "2.2",
            "times as often a product is chosen at 30 % off, where its types alone are (summer and winter sale)",
        ),
        (
            "offer_30_elasticity",
            f"{log(2.2) / log(0.7):.4f}",
            "ln 2.2 ÷ ln 0.7: of choosing it, beside the days' own lift",
        ),
        ("black_friday_day_lift", "2.9", "times the orders of a usual day, from Friday to Monday"),
        ("summer_sale_day_lift", "1.25", "times the orders of a usual day, 1 to 21 July"),
        ("winter_sale_day_lift", "1.2", "times the orders of a usual day, 2 to 20 January"),
    ]
