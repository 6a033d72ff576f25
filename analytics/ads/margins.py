"""What is left of a unit of sales before ads, by which advertising is judged."""

from analytics import sales
from analytics.ads.spend import Row
from analytics.scope import Scope

GROSS = "gross margin: fees and sending are not in it"


def of(scope: Scope) -> dict[str, Row]:
    """By currency contribution_margin, the share of net sales that is left before ads, and contribution_is, what it is told from."""
    found = sales.derived(sales.sums(scope)).to_dict("records")
    return {row["currency"]: {"contribution_margin": row["gross_margin"], "contribution_is": GROSS} for row in found}
