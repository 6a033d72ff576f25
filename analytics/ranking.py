"""The biggest of a list, with the rest added up."""

import pandas as pd

OTHERS = "others"


def top(frame: pd.DataFrame, amount: str, rows: int = 10) -> pd.DataFrame:
    """The first `rows` of a frame sorted by `amount`, and one row “others” with the sum of the rest.

    Columns: name (the title, else the value, “unknown” if both are blank), <amount>. Values below zero stay.
    """
    named = pd.DataFrame({"name": names(frame), amount: frame[amount].to_numpy()}, dtype=object)
    if len(named) <= rows:
        return named
    rest = named[amount].iloc[rows:]
    others = pd.DataFrame({"name": [f"{len(rest):,} {OTHERS}"], amount: [sum(rest)]}, dtype=object)
    return pd.concat([named.head(rows), others], ignore_index=True)


def names(frame: pd.DataFrame) -> list[str]:
    """What each row of a breakdown is called: its title, else its value; rows of one name get their value beside it."""
    titles = [title or value or "unknown" for title, value in zip(frame["title"], frame["value"], strict=True)]
    seen = pd.Series(titles).duplicated(keep=False)
    return [
        f"{title} ({value})" if is_twice and value else title
        for title, value, is_twice in zip(titles, frame["value"], seen, strict=True)
    ]
