"""What the browser tests know of the app that runs for them."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class App:
    """Where the app answers, and what it wrote to its console."""

    address: str
    console: Path
