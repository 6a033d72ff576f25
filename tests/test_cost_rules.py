"""Rules of costs: which one holds for an order, what it comes to, how they are edited, and what is known beside them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import rules_shop
from analytics import db, rollups, stores
from analytics.errors import Refused
from analytics.ingest.stage import convert, staged
from analytics.profit import cost_coverage, cost_rules
from analytics.scope import Scope
from analytics.undo import undo
from imported import rows_of, take
from rules_shop import RULES, march, rule


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop, whose rules each test sets for itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        rules_shop.bring(tmp_path_factory.mktemp("shop"))
        yield
        db.forget()


@pytest.fixture
def store() -> int:
    """The shop with the rules of its docstring."""
    number = stores.find(rules_shop.STORE)
    ruled(number, RULES)
    return number


def ruled(store: int, rules: list[dict[str, Any]]) -> None:
    known = [int(number) for number in cost_rules.of(Scope(store))["rule_no"]]
    cost_rules.save(store, known, rules)


def costs(kind: str) -> dict[str, str]:
    """What the rules say of each order, by its name."""
    return {
        name: str(amount)
        for name, amount in rows_of(
            "select o.order_name, e.amount from estimated_costs as e inner join orders as o using (store_id, order_key) "
            "where e.cost_kind = %(kind)s and o.currency = 'EUR'",
            kind=kind,
        )
    }


@pytest.mark.usefixtures("store")
def test_the_rule_with_most_conditions_says_what_a_label_costs() -> None:
    # 800 g, to AT, a weight that nobody knows, cancelled before it was sent, 400 g, a gift card, cancelled when sent, 900 g
    assert costs("label") == {
        "#1": "4.00", "#2": "9.00", "#3": "5.00", "#4": "0", "#5": "3.00", "#7": "0", "#8": "3.00", "W1": "4.00",
    }  # fmt: skip


@pytest.mark.usefixtures("store")
def test_of_equal_rules_the_one_that_began_last_holds_from_its_day() -> None:
    # an exchange adds nothing to what the order was when it was placed
    assert costs("pick_pack") == {
        "#1": "1.00", "#2": "1.00", "#3": "0.90", "#4": "0", "#5": "1.00", "#7": "0", "#8": "1.00", "W1": "1.00",
    }  # fmt: skip


@pytest.mark.usefixtures("store")
def test_a_payment_costs_its_share_of_all_that_was_paid_rounded_half_up() -> None:
    # 45.00 × 1.9 % + 0.25 = 1.105; PayPal 35.00 × 2.49 % + 0.35 = 1.2215; a cancelled order was paid; nothing of nothing
    assert costs("payment_fee") == {
        "#1": "1.11", "#2": "1.22", "#3": "0.82", "#4": "0.63", "#5": "0", "#7": "1.20", "#8": "0.63", "W1": "0.50",
    }  # fmt: skip


@pytest.mark.usefixtures("store")
def test_a_rule_says_nothing_of_orders_in_another_currency() -> None:
    assert rows_of(
        "select count(*) from estimated_costs as e inner join orders as o using (store_id, order_key) where o.currency = 'USD'"
    ) == [(0,)]


def test_of_rules_with_as_many_conditions_the_younger_holds(store: int) -> None:
    ruled(store, [rule("label", "1.00", country="DE"), rule("label", "2.00", channel="online store")])
    assert costs("label")["#1"] == "2.00"
    ruled(store, [rule("label", "2.00", channel="online store"), rule("label", "1.00", country="DE")])
    assert costs("label")["#1"] == "1.00"


def test_a_band_of_weights_ends_with_its_own_last_gram(store: int) -> None:
    ruled(
        store,
        [rule("label", "3", weight_to=Decimal(400)), rule("label", "4", weight_from=Decimal(400)), rule("label", "5")],
    )
    assert [costs("label")[name] for name in ("#5", "#1", "#3")] == ["3.00", "4.00", "5.00"]


def test_what_a_rule_says_of_these_days_stands_beside_it(store: int) -> None:
    found = cost_rules.used(march()).set_index("rule")
    paypal = found.loc["Payment fee: 0.35 EUR an order + 2.49 % of what was paid; paypal express checkout"]
    assert [paypal["orders"], paypal["rule_cost"], paypal["orders_with_lines"]] == [1, Decimal("1.22"), 0]
    heavy = found.loc["Label: 4.00 EUR an order; DE, above 500 g, up to 2,000 g"]
    assert [heavy["orders"], heavy["rule_cost"]] == [2, Decimal("8.00")]
    since = found.loc["Pick and pack: 0.90 EUR an order + 0.10 EUR a unit; since Thu 5 Mar 2026"]
    assert [since["orders"], since["rule_cost"]] == [5, Decimal("3.00")]


def test_an_edit_changes_deletes_and_adds_and_leaves_what_others_added(store: int) -> None:
    before = cost_rules.of(Scope(store))
    version = stores.all_stores().set_index("store_id").loc[store, "data_version"]
    known = [int(number) for number in before["rule_no"]]
    cost_rules.add(store, rule("fulfilment_fee", "2.00"))
    changed = before.iloc[0].to_dict() | {"per_order": Decimal("7.00")}
    cost_rules.save(store, known, [changed, rule("marketplace_fee", share=Decimal("0.15"))])
    after = cost_rules.of(Scope(store))
    assert list(after["cost_kind"]) == ["label", "fulfilment_fee", "marketplace_fee"]
    assert after["rule_no"].iloc[0] == known[0] and costs("label")["#1"] == "7.00"
    assert stores.all_stores().set_index("store_id").loc[store, "data_version"] > version
    cost_rules.delete(store, int(after["rule_no"].iloc[1]))
    assert list(cost_rules.of(Scope(store))["cost_kind"]) == ["label", "marketplace_fee"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (rule("customs", "1"), "a cost is one of"),
        ({"cost_kind": "label", "currency": "EUR"}, "says no amount"),
        (rule("label", "-1"), "per order cannot be -1"),
        (rule("payment_fee", share=Decimal("1.9")), "190 % of what was paid is more than all of it"),
        (
            rule("label", "1", weight_from=Decimal(500), weight_to=Decimal(500)),
            "no weight lies above 500 g and up to 500 g",
        ),
        (rule("label", "1") | {"currency": "Euro"}, "Euro is not a currency"),
        (rule("label", "1") | {"currency": None}, "blank is not a currency"),
        (rule("label", "1", country="x" * 121), "the country has more than 120 letters"),
        (rule("label", "5.50"), "Rows 1 and 10 are about the same orders since the same day"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_words_and_nothing_is_changed(
    row: dict[str, Any], said: str, store: int
) -> None:
    before = cost_rules.of(Scope(store))
    with pytest.raises(Refused, match=said):
        cost_rules.save(store, [int(number) for number in before["rule_no"]], [*RULES, row])
    assert cost_rules.of(Scope(store)).equals(before)
    with pytest.raises(Refused, match="no rule 0"):
        cost_rules.delete(store, 0)


PAYMENTS = """\
Transaction Date,Type,Order,Card Brand,Card Source,Payout Status,Payout Date,Available On,Amount,Fee,Net,Checkout,\
Payment Method Name,Presentment Amount,Presentment Currency,Currency
2026-03-02 10:00:10 +0100,charge,#1,visa,online,paid,2026-03-04,,45.00,1.30,43.70,#a,card,45.00,EUR,EUR
2026-03-04 10:00:10 +0100,charge,#3,visa,online,paid,2026-03-06,,30.00,0.90,29.10,#c,card,30.00,EUR,EUR
"""


def test_a_files_line_is_told_from_an_estimate_and_from_nothing(store: int, tmp_path: Path) -> None:
    ruled(
        store,
        [rule("payment_fee", "0.25", payment_method="PayPal Express Checkout"), rule("payment_fee", "1", country="de")],
    )
    path = tmp_path / "payments.csv"
    path.write_text(PAYMENTS, encoding="utf-8")
    account = take(path, store=rules_shop.STORE, as_of=date(2026, 6, 30))
    found = cost_coverage.of(march()).set_index("cost")
    counted = ["orders", "with_lines", "with_estimate", "with_nothing"]
    # eight orders in EUR, one of them of nothing; #1 and #3 have lines, the other five a rule
    assert list(found.loc["payment_fee", counted]) == [7, 2, 5, 0]
    assert list(found.loc["selling_fees", counted]) == [7, 2, 5, 0]
    assert list(found.loc["marketplace_fee", counted]) == [7, 0, 0, 7]
    assert list(found.loc["sending", counted]) == [8, 0, 0, 8]
    assert found.loc["sending", "filled_by"] and found.loc["payment_fee", "filled_by"] is None
    by_country = cost_rules.used(march()).set_index("country").loc["de"]
    assert [by_country["orders"], by_country["orders_with_lines"]] == [7, 2]
    undo(account["import_id"])
    assert list(cost_coverage.of(march()).set_index("cost").loc["payment_fee", counted]) == [7, 0, 7, 0]


def methods() -> dict[str, str | None]:
    return dict(rows_of("select order_name, payment_method from orders"))


def test_another_saying_of_how_an_order_was_paid_counts_until_it_is_undone(tmp_path: Path) -> None:
    before = methods()
    assert before["#1"] == "Shopify Payments" and before["W1"] == "Invoice" and before["#5"] is None
    path = tmp_path / "orders.csv"
    path.write_text(rules_shop.ORDERS.replace("PayPal Express Checkout", "Klarna"), encoding="utf-8")
    account = take(path, store=rules_shop.STORE, as_of=date(2026, 7, 1))
    assert (account["updated"], account["unchanged"]) == (2, 7) and methods()["#2"] == "Klarna"
    assert cost_rules.payment_methods(march())["payment_method"].iloc[0] == "Shopify Payments"
    undo(account["import_id"])
    assert methods() == before


def weights() -> dict[str, Decimal | None]:
    return dict(rows_of("select sku, weight_grams from products where is_listed"))


def test_a_weight_moves_an_order_into_another_band_until_it_is_undone(store: int, tmp_path: Path) -> None:
    assert weights() == {"MUG": 400, "BOWL": 900, "VASE": None}
    path = tmp_path / "products.csv"
    path.write_text(rules_shop.PRODUCTS.replace("400.0", "600.0"), encoding="utf-8")
    account = take(path, store=rules_shop.STORE, as_of=date(2026, 7, 1))
    assert costs("label")["#5"] == "4.00"
    undo(account["import_id"])
    assert costs("label")["#5"] == "3.00" and weights()["MUG"] == 400


# What is read of a file before any database, with no more columns than each format needs.
PAID = {
    "woocommerce_export": "Order Number,Order Status,Order Date,Payment Method Title,Item #,Item Name,Quantity,Item Cost,"
    "Order Total Amount\n7,completed,2026-03-02 10:00,Direct bank transfer,1,Mug,1,20.00,20.00\n",
    "woocommerce_webtoffee": "order_number,order_date,status,shipping_total,tax_total,order_total,order_currency,payment_method,"
    "line_item_1\n7,2026-03-02 10:00:00,completed,0,0,20.00,EUR,Direct bank transfer,"
    "name:Mug|sku:MUG|quantity:1|total:20.00|sub_total:20.00\n",
    "etsy_items": "Sale Date,Item Name,Quantity,Price,Item Total,Currency,Transaction ID,Order ID,Payment Type\n"
    "03/02/26,Mug,1,20.00,20.00,EUR,1,7,Direct bank transfer\n",
    "ebay_orders": "Sales Record Number,Order Number,Item Number,Item Title,Quantity,Sold For,Shipping And Handling,Total Price,"
    "Sale Date,Paid On Date,Payment Method\n1,7,9,Mug,1,£20.00,£0.00,£20.00,Mar-02-26,Mar-02-26,Direct bank transfer\n",
    "order_lines": "Order,Date,SKU,Quantity,Price,Zahlungsart\n7,2026-03-02,MUG,1,20.00,Direct bank transfer\n",
}


def converted(path: Path, text: str, columns: str) -> tuple[str, list[tuple[Any, ...]]]:
    """The format of a file, and the named columns of what it brings."""
    path.write_text(text, encoding="utf-8")
    with staged(path) as stage:
        convert(stage, {"currency": "EUR", "as_of": date(2026, 6, 30), "hash_key": "key"})
        facts = "products_new" if "product" in columns else "orders_new"
        return stage.recognised.format.name, stage.duck.table(facts).select(*columns.split(", ")).fetchall()


@pytest.mark.parametrize("name", PAID)
def test_every_export_that_prints_how_an_order_was_paid_tells_it(name: str, tmp_path: Path) -> None:
    assert converted(tmp_path / "orders.csv", PAID[name], "order_name, payment_method") == (
        name,
        [("7", "Direct bank transfer")],
    )


@pytest.mark.parametrize(
    ("header", "cell", "grams"),
    [
        ("Weight", "250 g", "250"),
        ("Gewicht", "0,25 kg", "250"),
        ("Weight (lbs)", "2", "907.185"),
        ("weight_oz", "8", "226.796"),
        ("Poids (kg)", "1.2", "1200"),
        ("Weight", "2.5", None),
        ("Weight (kg)", "0", None),
        ("Weight (g)", "heavy", "rejected"),
        ("Weight (kg)", "-1", "rejected"),
    ],
)
def test_a_weight_has_the_unit_of_its_cell_or_header_or_none_that_is_known(
    header: str, cell: str, grams: str | None, tmp_path: Path
) -> None:
    text = f'SKU,Title,Price,{header}\nMUG,Mug,"20{"," if "," in cell else "."}00","{cell}"\n'
    kept = [] if grams == "rejected" else [("MUG", None if grams is None else Decimal(grams))]
    assert converted(tmp_path / "products.csv", text, "product_key, weight_grams") == ("products", kept)


def test_a_variation_weighs_what_its_product_does_unless_it_says_so(tmp_path: Path) -> None:
    text = (
        "ID,Type,SKU,Name,Published,Visibility in catalog,Regular price,Parent,Gewicht (kg)\n"
        "1,variable,POT,Pot,1,visible,,,1.5\n2,variation,POT-S,Pot S,1,visible,10,POT,\n3,variation,POT-L,Pot L,1,visible,12,POT,2\n"
    )
    assert sorted(converted(tmp_path / "products.csv", text, "product_key, weight_grams")[1]) == [
        ("POT-L", Decimal("2000.000")),
        ("POT-S", Decimal("1500.000")),
    ]


def test_packing_alone_says_what_sending_costs_only_where_nothing_tells_of_carriage(store: int) -> None:
    ruled(store, [rule("pick_pack", "0.80")])
    assert cost_coverage.of(march()).set_index("cost").loc["sending", "with_estimate"] == 8
    ruled(store, [rule("pick_pack", "0.80"), rule("label", "5.00", country="AT")])
    assert cost_coverage.of(march()).set_index("cost").loc["sending", "with_estimate"] == 1


def test_an_edit_of_rules_keeps_contribution_true(store: int) -> None:
    def fees() -> Decimal:
        # in 1/10,000, of the order on invoice
        return rows_of("select sum(payment_fee) from contribution_orders where order_key = 'W1'")[0][0]

    ruled(store, [rule("payment_fee", "1.00")])
    first = fees()
    ruled(store, [rule("payment_fee", "1.00"), rule("payment_fee", "3.00", payment_method="invoice")])
    assert (first, fees()) == (10_000, 30_000)
    assert rollups.differences(store) == []
