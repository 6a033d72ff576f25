"""The orders behind the numbers of returns: they add up to each of them, on both clocks, under filters, in every currency."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import returns_shop
from analytics import db, proof, stores
from analytics.returns import coverage, orders, products, rates
from analytics.scope import BASES, Scope
from imported import table, take
from returns_shop import AS_OF, MONEY, PIECES, march
from test_import_shopify_money import HISTORY, moved

ALONE = "Alone"
# Bought and taken back, customer by customer: what has no purchase, and why. In USD.
LINES = """\
Order,Date,SKU,Title,Quantity,Price,Currency,Customer
B1,2026-03-02 10:00,MUG,Mug,4,10.00,USD,1
B2,2026-03-04 10:00,MUG,Mug,1,10.00,USD,1
C3,2026-03-05 10:00,MUG,Mug,-3,10.00,USD,1
C4,2026-03-06 10:00,MUG,Mug,-2,10.00,USD,1
C5,2026-03-06 11:00,MUG,Mug,-1,10.00,USD,1
C6,2026-03-07 10:00,MUG,Mug,-1,9.00,USD,1
C7,2026-03-07 10:00,CAP,Cap,-1,15.00,USD,1
C8,2026-03-07 10:00,CAP,Cap,-1,15.00,USD,
C9,2026-03-07 10:00,BOWL,Bowl,-1,20.00,USD,1
B10,2026-03-09 10:00,BOWL,Bowl,1,20.00,USD,1
"""
RETURNS = "Order,SKU,Quantity,Return date,Reason\nB10,BOWL,1,2026-03-12,chipped\nX1,MUG,2,2026-03-08,chipped\n"


@pytest.fixture(scope="module", autouse=True)
def shops(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The two shops of returns_shop in EUR, and one in USD whose cancelled invoices partly have no purchase; only read."""
    folder = tmp_path_factory.mktemp("returns")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        returns_shop.bring(folder)
        for name, text in {"lines.csv": LINES, "returns.csv": RETURNS}.items():
            (folder / name).write_text(text, encoding="utf-8")
            take(folder / name, store=ALONE, as_of=AS_OF, currency="USD")
        paid = moved("refund", "7.00", "2026-03-20 10:00:00 +0000", Name="#77", Order="77", Currency="USD")
        take(table(folder / "history.csv", HISTORY, [paid]), store=ALONE, as_of=AS_OF)
        yield
        db.forget()


def all_march(currency: str = "EUR", basis: str = "order_date", **more: Any) -> Scope:
    return Scope((), date(2026, 3, 1), date(2026, 4, 1), basis, currency=currency, **more)


# --- the rows behind a number


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize(
    ("currency", "categories"),
    [("EUR", ()), ("EUR", ("Apparel",)), ("EUR", ("",)), ("EUR", ("Kitchen", "Apparel")), ("USD", ())],
)
def test_the_orders_behind_every_kind_add_up_to_it(basis: str, currency: str, categories: tuple[str, ...]) -> None:
    scope = all_march(currency, basis, categories=categories)
    for kind in rates.by_kind(scope).to_dict("records"):
        found = orders.listed(scope, kind["kind"])
        assert (found.total, found.orders) == (kind["amount"], kind["orders"])
        assert sum(found.rows["amount"]) == found.total and len(found.rows) == found.lines
        assert sum(units for units in found.rows["units"] if units is not None) == (kind["units"] or 0)


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("store", [PIECES, MONEY, ALONE])
def test_the_orders_behind_every_card_add_up_to_it(basis: str, store: str) -> None:
    scope = replace(march(store, basis), currency="USD" if store == ALONE else "EUR")
    now = rates.summary(scope).iloc[0]
    for of, (name, _) in orders.NUMBERS.items():
        assert (of, orders.listed(scope, of).total) == (of, now[name])
    for ratio in ("return_rate_by_orders", "return_rate_by_value", "period_return_ratio", "return_rate_by_units"):
        above, below = proof.behind(scope, ratio)
        assert (ratio, above.total / below.total) == (ratio, now[ratio] or 0)
        assert sum(above.rows["amount"]) == above.total and len(above.rows) == above.count
    above, below = proof.behind(scope, "return_coverage")
    assert (above.total, above.total / below.total if below.total else None) == (
        now["value_returned"],
        now["return_coverage"],
    )


def test_the_orders_behind_every_product_and_variant_add_up_to_it() -> None:
    scope = all_march()
    for level in ("variant", "product"):
        for row in products.of(scope, level).to_dict("records"):
            found = orders.listed(scope, "returned", (row["product"],))
            assert (row["product"], found.total) == (row["product"], row["value_returned"])
    tee = orders.listed(march(PIECES), "returned", ("tee",)).rows
    assert list(tee[["order_name", "sku", "units", "days_back"]].itertuples(index=False, name=None)) == [
        ("L3", "TEE-M", 1, 42), ("L1", "TEE-S", 1, 10), ("L3", "TEE-M", 1, 6), ("L2", "TEE-S", 1, 5),
    ]  # fmt: skip


def test_each_row_says_what_is_inferred_and_which_files_tell_of_it() -> None:
    rows = orders.rows(march(MONEY)).to_dict("records")
    told = {(row["order_name"], row["booked_on"].day): row for row in rows}
    assert told["#1", 10]["file"] == "refunds.csv" and told["#1", 10]["inferred"] == orders.INFERRED["whole_order"]
    assert told["#6", 6]["file"] == "orders.csv" and told["#6", 6]["days_back"] is None
    assert orders.INFERRED["one_line"] in told["#6", 6]["inferred"] and orders.ASSUMED_DAY in told["#6", 6]["inferred"]
    (chipped,) = orders.rows(replace(march(ALONE), currency="USD")).to_dict("records")
    # a return without money takes the value of its line, and says so
    assert (chipped["amount"], chipped["reason"], chipped["inferred"]) == (
        20,
        "chipped",
        orders.INFERRED["order_line_value"],
    )


def test_a_list_that_is_cut_still_knows_its_sum() -> None:
    whole, cut = orders.listed(all_march(), "return"), orders.listed(all_march(), "return", most=2)
    assert (cut.total, cut.lines, len(cut.rows)) == (whole.total, whole.lines, 2)
    assert whole.lines > 2
    nothing = orders.listed(all_march().over(date(2020, 1, 1), date(2020, 2, 1)))
    assert (nothing.total, nothing.lines, list(nothing.rows)) == (0, 0, list(orders.COLUMNS))
    with pytest.raises(ValueError, match="of is one of"):
        orders.listed(all_march(), "lost")
    with pytest.raises(ValueError, match="currency is missing"):
        orders.listed(replace(all_march(), currency=None), "return")


def test_converted_the_orders_add_up_to_the_cards() -> None:
    with db.transaction() as cursor:
        cursor.execute(
            "insert into exchange_rates (currency, into_currency, valid_from, valid_to, rate) values "
            "('USD', 'EUR', '2026-01-01', '2026-03-05', 0.5), ('USD', 'EUR', '2026-03-05', '9999-12-31', 0.8) on conflict do nothing"
        )
    for basis in BASES:
        scope = replace(all_march("EUR", basis), currency=None, into="EUR")
        now = rates.summary(scope).iloc[0]
        assert orders.listed(scope, "returned").total == now["value_returned"]
        assert orders.listed(scope, "returned in period").total == now["value_returned_in_period"]
        for kind in rates.by_kind(scope).to_dict("records"):
            assert orders.listed(scope, kind["kind"]).total == kind["amount"]


# --- what has no purchase


def test_what_has_no_purchase_is_named_with_the_reason() -> None:
    rows = coverage.unmatched(replace(march(ALONE), currency="USD")).to_dict("records")
    assert {(row["document"], row["amount"], row["units"], row["why"], row["counts"]) for row in rows} == {
        # three of the four mugs of B1 came back with C3, one of B2 with C5; two more were not left of any
        ("C4", 20, 2, coverage.WHY["fewer"], True),
        ("C6", 9, 1, coverage.WHY["price"], True),
        ("C7", 15, 1, coverage.WHY["never"], True),
        ("C8", 15, 1, coverage.WHY["customer"], True),
        ("C9", 20, 1, coverage.WHY["later"], True),
        ("X1", None, 2, coverage.WHY["order"], False),
        ("#77", 7, None, coverage.WHY["order"], False),
    }
    assert {row["document"]: row["file"] for row in rows}["X1"] == "returns.csv"
    (lonely,) = coverage.unmatched(march(PIECES)).to_dict("records")
    assert (lonely["document"], lonely["amount"], lonely["booked_on"]) == ("LX", 15, date(2026, 3, 25))


def test_what_counts_without_a_purchase_is_no_part_of_a_known_order() -> None:
    scope = replace(march(ALONE), currency="USD")
    found = coverage.alone(scope)
    counted = sum(row["amount"] for row in found.reasons.to_dict("records") if row["counts"])
    assert counted == 79
    # cancelled in all: those, three of B1 and one of B2
    assert rates.by_kind(scope).set_index("kind").loc["cancellation", "amount"] == counted + 40
    assert len(coverage.alone(scope, most=1).rows) == 1
    assert coverage.unmatched(replace(scope, countries=("DE",))).empty


def test_nothing_more_is_matched_to_a_purchase_than_was_bought() -> None:
    found = orders.listed(replace(march(ALONE), currency="USD"), "cancellation")
    told = {row["document"]: row["order_name"] for row in found.rows.to_dict("records") if row["document"]}
    assert told == {"C3": "B1", "C5": "B2"}


# --- how far it is known


def test_coverage_says_what_is_known_and_which_file_fills_the_rest() -> None:
    rows = {row["what"]: row for row in coverage.of(march(MONEY)).to_dict("records")}
    shares = {
        name: (rows[what]["known_value"], rows[what]["not_known_value"]) for name, (what, _) in coverage.PARTS.items()
    }
    # 93 came back of #1, #3 and #6, and 7.30 of #2 of nobody knows what; 5 of #3 have no line, and only #1 has days
    assert shares == {
        "kind": (93, Decimal("7.30")), "line": (88, Decimal("12.30")), "units": (0, Decimal("100.30")),
        "reason": (0, Decimal("100.30")), "day": (50, Decimal("50.30")), "money": (Decimal("100.30"), 0),
    }  # fmt: skip
    assert (
        rows["How many pieces"]["filled_by"] == coverage.PARTS["units"][1]
        and rows["What was given back"]["filled_by"] is None
    )
    told = coverage.of(replace(march(ALONE), currency="USD"))
    assert not coverage.is_known(told) and {row["what"] for row in told.to_dict("records") if row["filled_by"]} == {
        coverage.PARTS["money"][0]
    }


def test_coverage_is_of_what_the_cards_count() -> None:
    for store in (PIECES, MONEY):
        now, found = rates.summary(march(store)).iloc[0], coverage.of(march(store)).set_index("what")
        assert found.loc[coverage.PARTS["line"][0], "known_value"] == now["value_returned"]
        of_all = now["value_returned"] + now["value_without_lines"] + now["value_of_unknown_kind"]
        assert found["known_value"].iloc[0] + found["not_known_value"].iloc[0] == of_all


def test_the_orders_of_several_stores_name_their_store() -> None:
    assert set(orders.rows(all_march(), "return")["store"]) == {PIECES, MONEY}
    assert stores.find(ALONE)
