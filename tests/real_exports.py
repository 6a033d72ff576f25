"""Real exports that lie beside the repository or in STORELEDGER_REAL_EXPORTS; without them the tests of them are skipped."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def beside(pattern: str) -> Path | None:
    """The first file of that pattern in the folder of real exports, None on a machine without them."""
    given = os.environ.get("STORELEDGER_REAL_EXPORTS")
    folders = [Path(given)] if given else [folder for folder in sorted(ROOT.parent.iterdir()) if folder != ROOT]
    return next((file for folder in folders for file in folder.glob(pattern)), None)


def sample(name: str) -> Path:
    """A real Shopify export by its name; skips the test where it is missing."""
    path = beside(f"samples/shopify/{name}")
    if path is None:
        pytest.skip("the real exports are not on this machine")
    return path
