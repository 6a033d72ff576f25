"""Countries and regions in words, beside the codes that platforms print."""

from functools import lru_cache
from typing import Any

import pandas as pd


@lru_cache(maxsize=2000)
def country(code: str | None) -> str:
    """“Germany” for DE; what is no code of a country stays as it is, and a blank one is “unknown”."""
    if not code:
        return "unknown"
    import pycountry  # its lists are read when a name is first asked for

    found = pycountry.countries.get(alpha_2=code.upper()) if len(code) == 2 else None
    return code if found is None else str(getattr(found, "common_name", found.name))


@lru_cache(maxsize=10_000)
def region(of_country: str | None, code: str | None) -> str:
    """“California” for CA in US; what is no code of the country's regions stays as it is, a blank one is “unknown”."""
    if not code:
        return "unknown"
    import pycountry

    found = pycountry.subdivisions.get(code=f"{of_country}-{code}".upper())
    return code if found is None else str(found.name)


def named_regions(frame: pd.DataFrame, of_country: str, sums: list[str]) -> pd.DataFrame:
    """Rows by region with its name as `title`; a region that files print both as code and in words is one row."""
    named = frame.assign(title=[region(of_country, value) for value in frame["value"]])
    keys: dict[str, Any] = {"value": _code, **dict.fromkeys(sums, "sum")}
    return named.groupby(["currency", "title"], sort=False).agg(keys).reset_index() if len(named) else named


def _code(printed: "pd.Series[Any]") -> str | None:
    """The shortest of what is printed for one region: its code, where one is."""
    return min(printed, key=lambda value: len(value or ""))
