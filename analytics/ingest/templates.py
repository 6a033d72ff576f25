"""What each format's file looks like: the formats by platform, and of our own tables the columns and a template to fill in."""

from datetime import date
from decimal import Decimal

import pandas as pd

from analytics.errors import Refused
from analytics.ingest.formats import Format, all_formats

OWN_TABLES = "Your own tables"
DESCRIBED = ("column", "meaning", "required", "example", "also")


def by_platform() -> dict[str, list[Format]]:
    """Every format by whose export it is, our own tables first, of them the orders, then the platforms by name."""
    own = [each for each in all_formats() if each.is_generic]
    groups = {OWN_TABLES: sorted(own, key=lambda known: (known.facts != "orders", known.label))}
    others = [each for each in all_formats() if not each.is_generic]
    for each in sorted(others, key=lambda known: (known.platform or "Others", known.label)):
        groups.setdefault(each.platform or "Others", []).append(each)
    return groups


def template(format_name: str) -> str:
    """A table to fill in, as CSV text: a header and rows that show what belongs under it.

    Raises Refused for a format that is not a table of our own.
    """
    return rows(format_name).to_csv(index=False, lineterminator="\r\n")


def rows(format_name: str) -> pd.DataFrame:
    """The template's rows under its headers: numbers exact, days as days, text as it is kept, unknown None."""
    known = _own(format_name)
    shown = {
        header(known, name): [_typed(known, name, row.get(name)) for row in known.examples] for name in known.meanings
    }
    return pd.DataFrame(shown, dtype=object)


def describe(format_name: str) -> pd.DataFrame:
    """One row a column of a table of our own: column, meaning, required, example, also (other headers it may have).

    Raises Refused for a format that is not a table of our own.
    """
    known = _own(format_name)
    described = [
        (header(known, name), meaning, _required(known, name), _example(known, name), _also(known, name))
        for name, meaning in known.meanings.items()
    ]
    return pd.DataFrame(described, columns=list(DESCRIBED), dtype=object)


def guide(format_name: str) -> pd.DataFrame:
    """`describe` in sentences: column, what (its meaning, led by whether it is required), example, also."""
    about = describe(format_name)
    leads = {"yes": "Required. ", "": ""}
    about["what"] = [
        leads.get(required, f"{required} is required. ") + meaning
        for required, meaning in zip(about["required"], about["meaning"], strict=True)
    ]
    return about[["column", "what", "example", "also"]]


def header_sample(known: Format) -> str:
    """The headers that a platform's file is known by, as its header row prints them."""
    needed = [*known.required, *(group[0] for group in known.any_of)]
    return ", ".join(known.columns[name][0] for name in dict.fromkeys(needed))


def header(known: Format, name: str) -> str:
    """The header of a column as a template prints it."""
    first = known.columns[name][0]
    return first[0].upper() + first[1:]


def _own(format_name: str) -> Format:
    tables = {each.name: each for each in all_formats() if each.is_generic}
    if format_name not in tables:
        raise Refused(f"There is no template {format_name}. There are: {', '.join(sorted(tables))}.")
    return tables[format_name]


def _typed(known: Format, name: str, text: str | None) -> object:
    if text is None:
        return None
    if name in known.numbers:
        return Decimal(text)
    return date.fromisoformat(text) if name in known.dates else text


def _required(known: Format, name: str) -> str:
    """Yes, or the columns of which one is enough."""
    groups = [[each for each in group if each in known.meanings] for group in known.any_of]
    always = {*known.required, *(group[0] for group in groups if len(group) == 1)}
    if name in always:
        return "yes"
    # a group with a column that every such table has asks for nothing more
    choices = next((group for group in groups if name in group and not always & {*group}), [])
    return " or ".join(header(known, each) for each in choices)


def _example(known: Format, name: str) -> str:
    return next((row[name] for row in known.examples if row.get(name)), "")


def _also(known: Format, name: str) -> str:
    """Other headers of the column, without those that only differ by an underscore."""
    return ", ".join(each for each in known.columns[name][1:] if "_" not in each)
