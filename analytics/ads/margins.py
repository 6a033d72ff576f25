"""What is left of a unit of sales before ads, by which advertising is judged: as far down as the store is told of costs."""

from decimal import Decimal

from analytics import wording
from analytics.ads.spend import Row
from analytics.product_rows import Look, by_level, told
from analytics.profit import contribution
from analytics.scope import Scope

GROUPS = ("selling fees", "sending")


def of(scope: Scope) -> dict[str, Row]:
    """By currency contribution_margin, the share of net sales that is left before ads, and contribution_is: after what.

    CM2's where the store is told of fees or sending, else CM1's; each of the net sales whose costs are known. What no file and no
    rule ever told of is named.
    """
    return {row["currency"]: _margin(row) for row in contribution.summary(scope).to_dict("records")}


def _margin(row: Row) -> Row:
    untold = [each for each in GROUPS if each in (row["untold"] or "").split(", ")]
    if row["cm2_share"] is not None:
        known = ["goods", *(each for each in GROUPS if each not in untold)]
        said = f"after {wording.listed(known)}" + (f"; {wording.listed(untold)} not told" if untold else "")
        return {"contribution_margin": row["cm2_share"], "contribution_is": said}
    if row["cm1_share"] is not None:
        return {
            "contribution_margin": row["cm1_share"],
            "contribution_is": "after goods; selling fees and sending not told",
        }
    return {"contribution_margin": None, "contribution_is": None}


def of_products(scope: Scope) -> dict[tuple[str, str], Row]:
    """By currency and product (all its variants): net_sales, and profit before ads: CM2 of its variants, CM1 where only that is known."""
    parents = {row["product_key"]: row["parent"] for row in told(scope).to_dict("records")}
    found: dict[tuple[str, str], Row] = {
        (row["currency"], row["product"]): {"net_sales": row["net_sales"], "profit": None}
        for row in by_level(scope, Look())
        if row["product"] is not None
    }
    for row in contribution.by(scope, "product").to_dict("records"):
        profit = row["cm1"] if row["cm2"] is None else row["cm2"]
        own = found.get((row["currency"], parents.get(row["value"], row["value"])))
        if own is not None and profit is not None:
            own["profit"] = (own["profit"] or Decimal(0)) + profit
    return found
