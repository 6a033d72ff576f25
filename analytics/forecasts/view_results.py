"""What pages of forecasts reckon, as the command line asks for it by name."""

from typing import Any

from analytics.forecasts import scenario

# The function, what it answers, and the options it takes beside the scope.
OPTIONS: dict[str, tuple[Any, ...]] = {
    "forecasts.scenario": (
        scenario.answer,
        "what growth, another price or a promotion would do to the next 13 weeks; --level store, category or product, --key, --growth 10, "
        "--price -5, --promotion NAME",
        ("level", "key", "growth", "price", "promotion"),
    ),
}
