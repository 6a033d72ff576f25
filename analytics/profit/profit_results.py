"""What is known of contribution, its costs and payouts, as the command line asks for it by name."""

from typing import Any

from analytics.profit import cost_coverage, cost_rules

# The function, what it answers, and the options it takes beside the scope.
OPTIONS: dict[str, tuple[Any, ...]] = {
    "profit.rules": (cost_rules.used, "what orders cost by the store's own rules, and what each says of these days"),
    "profit.cost_coverage": (
        cost_coverage.of,
        "of how many orders each kind of cost is known: from a file's lines, by a rule, or not at all",
    ),
}
