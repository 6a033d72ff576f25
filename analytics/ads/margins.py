"""What is left of a unit of sales before ads, by which advertising is judged: as far down as the store is told of costs."""

from decimal import Decimal

from analytics import wording
from analytics.ads.spend import Row
from analytics.product_rows import told
from analytics.profit import contribution
from analytics.scope import Scope

GROUPS = ("selling fees", "sending")
SUMS = ("net_sales", "cm1", "cm1_net_sales", "cm2", "cm2_net_sales")
COVERED = Decimal("0.8")


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
    """By currency and product (all its variants): net_sales, profit before ads, profit_is (after what) and profit_coverage.

    CM2 if it is of four fifths of the product's net sales at least, else CM1 if that is, else unknown: what is left of a few orders
    is not to be held against the spend of all.
    """
    parents = {row["product_key"]: row["parent"] for row in told(scope).to_dict("records")}
    sums: dict[tuple[str, str], Row] = {}
    for row in contribution.by(scope, "product").to_dict("records"):
        if row["value"] is not None:
            key = (row["currency"], parents.get(row["value"], row["value"]))
            kept = sums.setdefault(key, dict.fromkeys(SUMS, Decimal(0)))
            for name in SUMS:
                kept[name] += row[name] or 0
    return {key: _profit(row) for key, row in sums.items()}


def _profit(row: Row) -> Row:
    net = row["net_sales"]
    for name, words in (("cm2", "after goods, fees and sending"), ("cm1", "after goods")):
        covered = row[f"{name}_net_sales"]
        if covered > 0 and net > 0 and covered >= COVERED * net:
            return {"net_sales": net, "profit": row[name], "profit_is": words, "profit_coverage": covered / net}
    return {"net_sales": net, "profit": None, "profit_is": None, "profit_coverage": None}
