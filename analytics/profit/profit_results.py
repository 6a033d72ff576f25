"""What is known of contribution, its costs and payouts, as the command line asks for it by name."""

from typing import Any

from analytics.profit import contribution, cost_coverage, cost_rules, order_contribution, payouts

# The function, what it answers, and the options it takes beside the scope.
OPTIONS: dict[str, tuple[Any, ...]] = {
    "profit.rules": (cost_rules.used, "what orders cost by the store's own rules, and what each says of these days"),
    "profit.cost_coverage": (
        cost_coverage.of,
        "of how many orders each kind of cost is known: from a file's lines, by a rule, or not at all",
    ),
    "profit.summary": (
        contribution.summary,
        "what is left of net sales after goods (CM1), sending and fees (CM2), and ads (CM3), and of how much it is known",
    ),
    "profit.over_time": (
        contribution.over_time,
        "contribution over time; --grain day, week, month, quarter or year",
        ("grain",),
    ),
    "profit.waterfall": (contribution.waterfall, "from gross sales to CM3, step by step, what is not covered included"),
    "profit.by": (
        contribution.by,
        "contribution by --dimension channel, country, category, vendor, product or discount_code",
        ("dimension",),
    ),
    "profit.payouts": (
        payouts.of,
        "each payout or settlement of the days: what went into it, what it adds up to, what is printed; what is not paid out yet",
    ),
    "profit.payout": (
        payouts.walk,
        "from what was collected for the orders of one payout to what was paid out, step by step; --payout ID (the newest unless told)",
        ("payout",),
    ),
    "profit.payout_orders": (
        payouts.orders,
        "the orders of a payout beside what was collected for them, --payout ID; without it orders of the days that no payout has",
        ("payout",),
    ),
    "profit.payout_summary": (
        payouts.summary,
        "paid out in the days, fees in it, what is not explained, what waits, orders in no payout",
    ),
    "profit.orders": (
        order_contribution.orders,
        "contribution order by order, the latest first; --most 1000",
        ("most",),
    ),
    "profit.below_zero": (
        order_contribution.below_zero,
        "what loses money after sending and fees; --what products or orders; --most 1000",
        ("what", "most"),
    ),
    "profit.fees": (
        order_contribution.fees,
        "the lines of costs behind the numbers, of files and of rules; --cost_kind payment_fee, label, …; --most 1000",
        ("cost_kind", "most"),
    ),
}
