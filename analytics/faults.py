"""Faults of our own: their details go to a file, not into the user's face."""

import traceback
from datetime import datetime
from pathlib import Path

from analytics import embedded


def keep(what: str) -> Path:
    """Write the exception being handled to errors.log in ANALYTICS_HOME, under the words for what was done; its path."""
    log = embedded.home() / "errors.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{datetime.now().astimezone().isoformat()} {what}\n{traceback.format_exc()}\n")
    return log
