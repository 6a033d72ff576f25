"""The elasticity of any table with a price and a quantity: plain least squares of logarithms, nothing else."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analytics.errors import Refused
from analytics.prices.elasticity import answer, number
from analytics.product_rows import framed
from analytics.scope import Scope

Values = np.ndarray[Any, Any]
COLUMNS = (
    "file", "price", "quantity", "by", "groups", "elasticity", "standard_error", "low_80", "high_80", "low_95", "high_95",
    "r_squared", "rows", "left_out", "lowest_price", "highest_price", "is_refused", "reason",
)  # fmt: skip
PRICES = (
    "price",
    "unit price",
    "item price",
    "retail price",
    "net price",
    "avg price",
    "average price",
    "preis",
    "prix",
    "precio",
)
QUANTITIES = (
    "units", "quantity", "qty", "move", "units sold", "sold", "sales units", "volume", "menge", "stück", "quantité", "cantidad",
    # beside a price, sales are pieces where no column says so otherwise
    "demand", "sales",
)  # fmt: skip
LOGARITHMS = ("log", "ln", "log ", "ln ")
LEAST_ROWS = 10
LEAST_RANGE = 0.01


def of(scope: Scope, file: str = "", by: str = "") -> pd.DataFrame:
    """One row: the slope of ln quantity on ln price over all rows of a CSV file. Columns: COLUMNS.

    Price and quantity are found by their names, as logarithms too (logmove). `by` names columns, with commas: a level of its own for
    each of their values (a fixed effect), so only differences within them count. The intervals hold for noise that is wider in
    some places (HC1, MacKinnon and White 1985). Rows without a price or quantity above 0 are left out. It is refused where the price
    is the same in all rows. Raises Refused for a file that cannot be read or has no such columns.
    """
    frame = _read(file)
    price, quantity = _column(frame, PRICES, "price"), _column(frame, QUANTITIES, "quantity")
    names = [_named(frame, each) for each in by.split(",") if each.strip()]
    x, y = _logarithm(frame, price, PRICES), _logarithm(frame, quantity, QUANTITIES)
    is_good = np.isfinite(x) & np.isfinite(y)
    groups = [pd.factorize(frame[name][is_good])[0] for name in names]
    row: dict[str, Any] = {
        "file": Path(file).name, "price": price, "quantity": quantity, "by": ", ".join(names) or None,
        "groups": int(sum(each.max(initial=-1) + 1 for each in groups)) or None, "rows": int(is_good.sum()),
        "left_out": int((~is_good).sum()), "is_refused": False, "reason": None,
    }  # fmt: skip
    row |= _slope(x[is_good], y[is_good], groups)
    return framed([row], COLUMNS)


def _read(file: str) -> pd.DataFrame:
    if not file:
        raise Refused("Say which table with --file, such as --file oj.csv.")
    path = Path(file)
    if not path.is_file():
        raise Refused(f"There is no file {path.name}. Check where it lies and how its name is written.")
    try:
        return pd.read_csv(path, sep=None, engine="python", encoding="utf-8-sig")
    except (ValueError, UnicodeDecodeError) as error:
        raise Refused(f"{path.name} cannot be read as a table: {error}. Save it as CSV with a header line.") from error


def _plain(name: Any) -> str:
    return " ".join(str(name).lower().replace("_", " ").replace(".", " ").split())


def _column(frame: pd.DataFrame, known: tuple[str, ...], what: str) -> str:
    """The column of that meaning, the likeliest name first."""
    names = {_plain(name): name for name in reversed(list(frame.columns))}
    wanted = [*known, *(f"{log}{each}" for each in known for log in LOGARITHMS)]
    for each in wanted:
        if each in names:
            return str(names[each])
    raise Refused(
        f"The table has no {what}. Its columns are {', '.join(map(str, frame.columns))}; call one of them “{known[0]}”."
    )


def _named(frame: pd.DataFrame, asked: str) -> str:
    names = {_plain(name): str(name) for name in frame.columns}
    if _plain(asked) not in names:
        raise Refused(f"The table has no column {asked.strip()}. Its columns are {', '.join(map(str, frame.columns))}.")
    return names[_plain(asked)]


def _logarithm(frame: pd.DataFrame, column: str, known: tuple[str, ...]) -> Values:
    """The logarithms of a column's numbers, NaN where there are none; a decimal comma is read as one."""
    values = frame[column]
    if values.dtype == object:
        values = values.astype(str).str.replace(",", ".", regex=False)
    found = np.asarray(pd.to_numeric(values, errors="coerce").to_numpy(dtype=float))
    if _plain(column) not in known:
        return found
    return np.asarray(np.log(np.where(found > 0, found, np.nan)))


def _slope(x: Values, y: Values, groups: list[Values]) -> dict[str, Any]:
    """The slope within groups with its robust standard error, or why there is none."""
    if len(x) < LEAST_ROWS:
        return _refused(f"Only {len(x)} rows have a price and a quantity above 0: it needs {LEAST_ROWS}.")
    ends = {"lowest_price": number(np.exp(x.min())), "highest_price": number(np.exp(x.max()))}
    if np.ptp(x) < LEAST_RANGE:
        return ends | _refused("The price is the same in all rows, so nothing says what another one would do.")
    freed = 2 + sum(int(each.max()) for each in groups)
    within, of_units = (_within(each, groups) for each in (x, y))
    if np.std(within) < LEAST_RANGE / 10 or len(x) <= freed:
        return ends | _refused(
            "Within each of the groups the price is always the same, so nothing says what another one would do."
        )
    squares = float(within @ within)
    slope = float(within @ of_units) / squares
    left = of_units - slope * within
    error = np.sqrt(float(((within * left) ** 2).sum()) * len(x) / (len(x) - freed)) / squares
    fitted = 1 - float(left @ left) / max(float(((y - y.mean()) ** 2).sum()), 1e-12)
    return ends | answer(slope, error) | {"standard_error": number(error), "r_squared": number(fitted)}


def _refused(reason: str) -> dict[str, Any]:
    return {"is_refused": True, "reason": reason}


def _within(values: Values, groups: list[Values]) -> Values:
    """What is left of values around the means of their groups; of several groupings in turn, until nothing moves."""
    left = values - values.mean()
    for _ in range(500 if len(groups) > 1 else len(groups)):
        before = left
        for group in groups:
            left = left - (np.bincount(group, left) / np.bincount(group))[group]
        if float(np.abs(left - before).max()) < 1e-12:
            break
    return np.asarray(left)
