"""Discounts: what was bought under each code, what it took off, whom it brought, and the margin it gave away."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db, periods, ranking, sales, wording
from analytics.scope import Scope

SPREAD = (
    "An order with several codes counts under each of them; its money is spread over them in equal parts, to the cent, so "
    "that gross sales, discounts, reversals and net sales add up to all of them. A discount on shipping makes shipping less, "
    "not goods, so a code for free shipping shows none."
)
WAYS = {"automatic": "Discounts without a code", "none": "No discount"}
SUMS = (
    "gross_sales", "discounts", "reversals", "units", "covered_net_sales", "covered_discounts", "cost_of_goods_sold",
)  # fmt: skip
COUNTS = ("orders", "known_customers", "new_customers")
CODE_COLUMNS = (
    "name", "way", "code", "currency", "orders", "net_sales", "discounts", "depth", "new_customers", "known_customers",
    "new_customer_share", "margin_given_away", "gross_profit", "gross_profit_without", "covered_share",
    "average_order_value", "against_without", "gross_sales", "reversals", "units",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "currency", "discounts", "discount_depth", "discounted_share", "coded_orders", "orders", "average_with_code",
    "average_order_value_without", "margin_given_away", "covered_share", "new_customer_share",
)  # fmt: skip
DAY_COLUMNS = ("day", "currency", "orders", "net_sales", "discounts", "new_customers", "returning_customers")
PRODUCT_COLUMNS = ("product_key", "sku", "title", "currency", "units", "gross_sales", "discounts", "depth", "net_sales")


@dataclass(frozen=True)
class Discounts:
    """The codes of a scope (columns CODE_COLUMNS) and what they come to, one row a currency (SUMMARY_COLUMNS)."""

    codes: pd.DataFrame
    summary: pd.DataFrame


def of(scope: Scope) -> Discounts:
    """The codes of the scope and what they come to.

    Of `summary`: discount_depth is all discounts ÷ the gross sales of orders that have a code or a discount, discounted_share those
    orders ÷ all orders. average_with_code and new_customer_share are those of the orders with a code, each order and
    each customer once; average_order_value_without that of all other orders.
    """
    rows = _with_ratios(_rows(scope, "code", None))
    people = _people(scope, "whole", None)
    summed = [
        _summed(str(currency), of_currency, people[people["currency"] == currency])
        for currency, of_currency in rows.groupby("currency", sort=True)
    ]
    return Discounts(
        rows.reindex(columns=list(CODE_COLUMNS)).reset_index(drop=True),
        pd.DataFrame(summed, columns=list(SUMMARY_COLUMNS), dtype=object),
    )


def codes(scope: Scope) -> pd.DataFrame:
    """One row a currency and discount code, one for discounts without a code, one for no discount; most given first.

    Columns: CODE_COLUMNS. An order with several codes counts under each, its money is spread over them, so that gross
    sales, discounts, reversals and net sales add up to those of the scope (orders do not). depth is discounts ÷ gross
    sales. new_customer_share is the share of customers with a known identity whose first order ever is one of these.
    margin_given_away is the discount on lines of known cost; gross_profit_without is the profit had it not been given.
    against_without is how far the average order lies above that of the orders without a code, as a share.
    """
    return of(scope).codes


def daily(scope: Scope, code: str) -> pd.DataFrame:
    """One row a currency and day on which something was bought under a code or taken back. Columns: DAY_COLUMNS.

    Money is the code's part, as in `codes`. returning_customers are the known ones that are not new.
    """
    frame = _rows(scope, "day", code).rename(columns={"value": "day"})
    frame["returning_customers"] = frame["known_customers"] - frame["new_customers"]
    frame["day"] = pd.to_datetime(frame["day"]).dt.date
    return frame.sort_values(["currency", "day"], kind="stable").reset_index(drop=True)[list(DAY_COLUMNS)]


def products(scope: Scope, code: str) -> pd.DataFrame:
    """One row a currency and product bought under a code, most discount first. Columns: PRODUCT_COLUMNS."""
    frame = _net(_money(scope, "product", code))
    frame["depth"] = sales.ratios(frame["discounts"], frame["gross_sales"])
    return frame.rename(columns={"value": "product_key"})[list(PRODUCT_COLUMNS)]


def of_platform(scope: Scope) -> pd.DataFrame:
    """One row a code of the platform's own discounts export: its `terms` in words, `used` as the platform counts, `named_here` as the
    orders of all days name it (voided and cancelled ones too), and `difference` = named_here − used.
    """
    frame = db.read("discounts/codes", store_ids=list(scope.stores) or None)
    apart = [
        None if used is None else here - used for here, used in zip(frame["named_here"], frame["used"], strict=True)
    ]
    terms = [_terms(row) for row in frame.to_dict("records")]
    return frame.assign(difference=pd.Series(apart, index=frame.index, dtype=object), terms=terms)


def options(rows: pd.DataFrame) -> dict[str, str]:
    """The codes among rows of `codes`, each with how it is offered for choosing."""
    of_codes = rows[rows["way"] == "code"]
    rows_of_codes = zip(of_codes["code"], of_codes["name"], of_codes["orders"], strict=True)
    return {code: f"{name} · {wording.count(orders, 'order')}" for code, name, orders in rows_of_codes}


def finding(rows: pd.DataFrame) -> str:
    """What stands above the chart: which code gave most away, and its share of all discounts."""
    given = sum(rows["discounts"], start=Decimal(0))
    if not given:
        return "No discount was given in these days"
    first = rows.loc[[max(rows.index, key=lambda at: rows.at[at, "discounts"])]].iloc[0]
    return f"{first['name']} took {wording.percent(first['discounts'] / given)} of all discounts"


def about(row: "pd.Series[Any]") -> str:
    """One code in a sentence: how many orders, how deep, whom."""
    orders = wording.count(int(row["orders"]), "order")
    new = wording.percent(row["new_customer_share"])
    return f"{row['name']}: {orders}, {wording.percent(row['depth'])} off, {new} of its known customers are new"


def largest(rows: pd.DataFrame) -> pd.DataFrame:
    """The ten rows of `codes` with most discount and the rest of them in one: name, discounts."""
    given = rows.loc[[bool(each) for each in rows["discounts"]]].sort_values(
        "discounts", ascending=False, kind="stable"
    )
    return ranking.top(given.rename(columns={"name": "title", "code": "value"}), "discounts")


def _terms(row: dict[Any, Any]) -> str | None:
    """“10 % off the order from 40.00”."""
    if row["value"] is None:
        return None
    off = f"{row['value'].normalize():f} %" if row["value_kind"] == "percentage" else wording.exact(row["value"])
    least = f" from {wording.exact(row['minimum'])}" if row["minimum"] else ""
    return f"{off} off {row['kind'] or 'the order'}{least}"


def _rows(scope: Scope, dimension: str, code: str | None) -> pd.DataFrame:
    """Money and people of the same groups side by side; a group may have only one of them in the scope."""
    money, people = _money(scope, dimension, code), _people(scope, dimension, code)
    keys = ["way", "value", "currency"]
    frame = money.drop(columns=["sku", "title"]).astype(object).merge(people.astype(object), on=keys, how="outer")
    filled: dict[str, Any] = {name: [Decimal(0) if pd.isna(each) else each for each in frame[name]] for name in SUMS}
    filled |= {name: [0 if pd.isna(each) else int(each) for each in frame[name]] for name in COUNTS}
    return _net(frame.assign(value=frame["value"].where(frame["value"].notna(), None), **filled))


def _money(scope: Scope, dimension: str, code: str | None) -> pd.DataFrame:
    name = "converted/discounts" if scope.into else "discounts/amounts"
    return db.read(name, dimension=dimension, code=code, **scope.params())


def _people(scope: Scope, dimension: str, code: str | None) -> pd.DataFrame:
    name = "converted/discount_people" if scope.into else "discounts/people"
    return db.read(name, dimension=dimension, code=code, **scope.params())


def _net(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(net_sales=frame["gross_sales"] - frame["discounts"] - frame["reversals"])


def _with_ratios(frame: pd.DataFrame) -> pd.DataFrame:
    known = _has_cost(frame)
    profit = frame["covered_net_sales"] - frame["cost_of_goods_sold"]
    frame = frame.assign(
        code=frame["value"],
        name=_names(frame),
        depth=sales.ratios(frame["discounts"], frame["gross_sales"]),
        new_customer_share=sales.ratios(frame["new_customers"], frame["known_customers"]),
        margin_given_away=frame["covered_discounts"].astype(object).where(known, None),
        gross_profit=profit.astype(object).where(known, None),
        gross_profit_without=(profit + frame["covered_discounts"]).astype(object).where(known, None),
        covered_share=sales.ratios(frame["covered_net_sales"], frame["net_sales"]),
        average_order_value=sales.ratios(frame["gross_sales"] - frame["discounts"], frame["orders"]),
        rank=frame["way"].map({"code": 0, "automatic": 1, "none": 2}),
        given=-frame["discounts"],
    )
    frame["against_without"] = _against(frame)
    return frame.sort_values(["currency", "rank", "given", "name"], kind="stable")


def _names(frame: pd.DataFrame) -> list[str]:
    """A code as the orders print it, in whatever letters; where it only stands among others, in small ones."""
    rows = zip(frame["way"], frame["printed"], frame["value"], strict=True)
    return [WAYS[way] if way in WAYS else value if pd.isna(printed) else printed for way, printed, value in rows]


def _has_cost(frame: pd.DataFrame) -> list[bool]:
    pairs = zip(frame["covered_net_sales"], frame["cost_of_goods_sold"], strict=True)
    return [bool(net) or bool(cost) for net, cost in pairs]


def _against(frame: pd.DataFrame) -> list[Decimal | None]:
    """How far each average order lies above that of the orders without a code in its currency."""
    usual = {currency: _average(rows[rows["way"] != "code"]) for currency, rows in frame.groupby("currency")}
    pairs = zip(frame["average_order_value"], frame["currency"], frame["way"], strict=True)
    return [periods.change(average, usual[currency]) if way == "code" else None for average, currency, way in pairs]


def _average(rows: pd.DataFrame) -> Decimal | None:
    orders = int(sum(rows["orders"]))
    return (_sum(rows["gross_sales"]) - _sum(rows["discounts"])) / orders if orders else None


def _summed(currency: str, rows: pd.DataFrame, people: pd.DataFrame) -> dict[str, Any]:
    """All rows of a currency in one; `people` has each order and each customer once."""
    coded, reduced = rows[rows["way"] == "code"], rows[rows["way"] != "none"]
    by_way = people.set_index("way")
    orders = {way: int(by_way["orders"].get(way, 0)) for way in ("code", "automatic", "none")}
    known, new = (int(by_way[name].get("code", 0)) for name in ("known_customers", "new_customers"))
    placed = _sum(coded["gross_sales"]) - _sum(coded["discounts"])
    return {
        "currency": currency,
        "discounts": _sum(rows["discounts"]),
        "discount_depth": _ratio(_sum(rows["discounts"]), _sum(reduced["gross_sales"])),
        "discounted_share": _ratio(orders["code"] + orders["automatic"], sum(orders.values())),
        "coded_orders": orders["code"],
        "orders": sum(orders.values()),
        "average_with_code": _ratio(placed, orders["code"]),
        "average_order_value_without": _average(rows[rows["way"] != "code"]),
        "margin_given_away": _sum(rows["covered_discounts"]) if any(_has_cost(rows)) else None,
        "covered_share": _ratio(_sum(rows["covered_net_sales"]), _sum(rows["net_sales"])),
        "new_customer_share": _ratio(new, known),
    }


def _sum(amounts: "pd.Series[Any]") -> Decimal:
    return sum(amounts, start=Decimal(0))


def _ratio(above: Decimal | int, below: Decimal | int) -> Decimal | None:
    return Decimal(above) / Decimal(below) if below else None
