"""The formats the product reads: one module a format, each with one `FORMAT`."""

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules


@dataclass(frozen=True)
class Format:
    """What a platform's export looks like and which conversion turns it into facts.

    `columns` maps our column name to the headers it may have; `required` are those without which the file says too
    little; `any_of` are groups of which one is enough; `numbers` and `dates` are read by the evidence of the column.
    """

    name: str
    label: str
    facts: str  # orders | products | inventory | control | a kind of whole rows, such as transactions
    columns: dict[str, tuple[str, ...]]
    required: tuple[str, ...]
    scripts: tuple[str, ...]
    any_of: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    brings: str = ""
    cannot_tell: str = ""
    # the column whose values may stand as headers instead, a column each
    rest: str = ""
    # headers that only another format has: a file with one of them is not this one
    not_with: tuple[str, ...] = field(default=())
    # whether a header may end in the currency of its amounts: Amount spent (EUR)
    has_currency_in_headers: bool = False
    # a table of our own making that any shop may fill, not a platform's export
    is_generic: bool = False
    # whose export it is, and where its reader clicks to save it; a generic table belongs to nobody
    platform: str = ""
    where: str = ""
    # what our columns mean, and rows under our column names that show it: the template of a generic table
    meanings: dict[str, str] = field(default_factory=dict)
    examples: tuple[dict[str, str], ...] = ()


@cache
def all_formats() -> list[Format]:
    """Every format: a platform's own before the generic tables, which know less, and the most demanding first."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    formats: list[Format] = [module.FORMAT for module in modules]
    return sorted(formats, key=lambda known: (known.is_generic, -len(known.required) - len(known.any_of), known.name))


def brings(name: str) -> str:
    """The kind of facts that a format brings, empty for one that is not known any more."""
    return next((known.facts for known in all_formats() if known.name == name), "")
