"""The fonts that a report carries with it: DejaVu Sans, and Noto Sans CJK for what it has no letters of.

Both come with packages that are installed anyhow or for this; only their files are used, nothing of theirs is imported.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

FAMILY = "DejaVu Sans"
EAST_ASIAN = "Noto Sans CJK JP"


def regular() -> Path:
    """The file of the usual weight."""
    return _folder() / "DejaVuSans.ttf"


def bold() -> Path:
    """The file of the bold weight."""
    return _folder() / "DejaVuSans-Bold.ttf"


def east_asian() -> Path:
    """The file with Chinese, Japanese and Korean letters."""
    return _of("notojp_matplotlib") / "fonts" / "NotoSansCJKjp-Regular.otf"


@contextmanager
def folders() -> Iterator[list[str]]:
    """Folders with these fonts and no other, for a program that takes whatever it finds in a folder."""
    with TemporaryDirectory() as alone:
        for file in (regular(), bold()):
            copy(file, alone)
        yield [alone, str(east_asian().parent)]


def _folder() -> Path:
    return _of("matplotlib") / "mpl-data" / "fonts" / "ttf"


@cache
def _of(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} is not installed: run pip install -r requirements.txt")
    return Path(spec.origin).parent
