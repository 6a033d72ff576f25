"""What is known of prices, as the command line asks for it by name."""

from typing import Any

# The function, what it answers, and the options it takes beside the scope.
OPTIONS: dict[str, tuple[Any, ...]] = {}
