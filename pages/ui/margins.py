"""How much of the sales the margins beside them speak of."""

import pandas as pd

from analytics import wording
from pages.ui import states


def told(rows: pd.DataFrame) -> None:
    """One line: for which share of net sales the cost is known, and the file that brings more; nothing if it is for all."""
    if rows.empty:
        return
    share = rows["covered_share"].iloc[0]
    if share is None:
        states.partial("No cost is known, so no margin is shown. A products export with “Cost per item” brings costs.")
    elif share < 1:
        states.partial(
            f"Margins speak of the {wording.percent(share)} of net sales whose cost is known; what has no cost is left "
            "out of profit and margin, never counted as free."
        )
