"""What payments, marketplaces and carriers charged: of which kind, of which order, at the sale or at a refund; nothing twice."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from psycopg2.extras import execute_values

from analytics import db
from imported import rows_of

AT = "2026-03-05 10:00"


@pytest.fixture
def moved(database: str) -> Any:
    """Orders and transactions as imports leave them: rows of source, order, kind, what, amount, fee, group, gateway."""

    def bring(*rows: tuple[Any, ...]) -> None:
        facts = [(1, f"key {at}", AT, *row, *[None] * (8 - len(row))) for at, row in enumerate(rows)]
        with db.transaction() as cursor:
            cursor.execute("insert into stores (name, currency, time_zone) values ('Shop', 'EUR', 'UTC')")
            cursor.execute(
                "insert into orders (store_id, order_key, order_name, kind, is_counted, ordered_on, currency, channel, country,"
                " document_total, as_of, fingerprint, import_id) select 1, n, n, 'order', true, date '2026-03-01', 'EUR', 'web',"
                " 'DE', 10, date '2026-03-31', n, 1 from unnest(array['A', 'B', '#1001', '1002', '#1002']) as n"
            )
            head = (
                "insert into transactions (currency, store_id, transaction_key, happened_at, source, order_name, kind, what,"
                " amount, fee, group_key, gateway) values %s"
            )
            execute_values(cursor, head, [("EUR", *fact) for fact in facts])

    return bring


def counted() -> list[tuple[Any, ...]]:
    return rows_of(
        "select order_key, cost_kind, is_refund, amount, source from fees_counted order by source, order_key, cost_kind, amount"
    )


KINDS = [
    ("amazon_settlement", "Order / ItemFees / Commission", "marketplace_fee", False),
    ("amazon_settlement", "Order / ItemFees / DigitalServicesFeeFBA", "marketplace_fee", False),
    ("amazon_settlement", "Order / ItemFees / FBAPerUnitFulfillmentFee", "fulfilment_fee", False),
    ("amazon_settlement", "Order / ItemFees / ShippingChargeback", "fulfilment_fee", False),
    ("amazon_settlement", "Order / ItemFees / PaymentMethodFee", "payment_fee", False),
    ("amazon_settlement", "Refund / ItemFees / RefundCommission", "marketplace_fee", True),
    ("amazon_settlement", "Chargeback Refund / ItemFees / Commission", "marketplace_fee", True),
    ("amazon_settlement", "other-transaction / other-transaction / Shipping label purchase", "label", False),
    ("amazon_settlement", "other-transaction / other-transaction / Shipping label purchase for return", "return_label", True),
    ("amazon_settlement", "other-transaction / other-transaction / Storage Fee", "other_fee", False),
    ("amazon_settlement", "other-transaction / other-transaction / Subscription Fee", "other_fee", False),
    ("amazon_settlement", "other-transaction / FBA Inventory Placement Service / Base fee", "other_fee", False),
    ("amazon_settlement", "ServiceFee / Cost of Advertising / TransactionTotalAmount", "advertising", False),
    ("amazon_transactions", "Order / selling fees", "marketplace_fee", False),
    ("amazon_transactions", "Order / fba fees", "fulfilment_fee", False),
    ("amazon_transactions", "Order / other transaction fees", "marketplace_fee", False),
    ("amazon_transactions", "Order / regulatory fee", "marketplace_fee", False),
    ("amazon_transactions", "Erstattung / selling fees", "marketplace_fee", True),
    ("amazon_transactions", "FBA Customer Return Fee / FBA customer return per unit fee / other", "fulfilment_fee", True),
    ("amazon_transactions", "FBA Inventory Fee / FBA storage fee / other", "other_fee", False),
    ("amazon_transactions", "Versand durch Amazon Lagergebühr / Langzeitlagergebühr / other", "other_fee", False),
    ("amazon_transactions", "Servicegebühr / Werbekosten / other transaction fees", "advertising", False),
    ("amazon_transactions", "Frais de service / Prix de la publicité / other transaction fees", "advertising", False),
    ("shopify_payments", "chargeback fee", "payment_fee", True),
    ("shopify_payments", "shop cash fee", "payment_fee", False),
    ("shopify_payments", "shipping label", "label", False),
    ("etsy_statement", "Fee / Transaction fee: Mug", "marketplace_fee", False),
    ("etsy_statement", "Fee / Processing fee", "payment_fee", False),
    ("etsy_statement", "Fee / Credit card processing fee", "payment_fee", False),
    ("etsy_statement", "Fee / Credit for transaction fee", "marketplace_fee", True),
    ("etsy_statement", "Fee / Offsite Ads fee for sale made through search", "advertising", False),
    ("etsy_statement", "Marketing / Etsy Ads", "advertising", False),
    ("etsy_statement", "Shipping / USPS shipping label", "label", False),
    ("etsy_statement", "Shipping / USPS return shipping label", "return_label", True),
    ("etsy_statement", "Fee / Etsy Plus subscription fee", "other_fee", False),
    ("ebay_transactions", "Other fee / Ad fee general", "advertising", False),
    ("ebay_transactions", "Other fee / Chargeback fee", "payment_fee", True),
    ("carrier", "out / Parcel", "label", False),
    ("carrier", "return / Parcel", "return_label", True),
    ("paypal", "Chargeback Fee", "payment_fee", True),
]  # fmt: skip


def test_a_fee_has_its_kind_and_belongs_to_the_sale_or_to_the_refund(moved: Any) -> None:
    moved(*[(source, None, "fee", what, "-1.50", None) for source, what, _, _ in KINDS])
    found = rows_of("select source, what, cost_kind, is_refund, amount from fees order by transaction_key")
    assert sorted(found) == sorted((*known, Decimal("1.50")) for known in KINDS)


def test_the_fee_beside_a_payment_is_the_payments_and_one_of_nothing_is_known_to_be_nothing(moved: Any) -> None:
    moved(
        ("shopify_payments", "A", "sale", "charge", "20.00", "0.90"),
        ("shopify_payments", "A", "refund", "refund", "-20.00", "-0.30"),
        ("shopify_payments", "B", "sale", "charge", "20.00", "0.00"),
        ("shopify_payments", None, "payout", "payout", "-19.00", "0.00"),
        ("shopify_transactions", "A", "sale", "sale", "20.00", None),
        ("ebay_transactions", "B", "sale", "Order", "20.00", "2.10"),
        ("shopify_payments", None, "fee", "chargeback fee", "0.00", "15.00"),
    )
    assert counted() == [
        ("B", "marketplace_fee", False, Decimal("2.10"), "ebay_transactions"),
        ("A", "payment_fee", True, Decimal("-0.30"), "shopify_payments"),
        ("A", "payment_fee", False, Decimal("0.90"), "shopify_payments"),
        ("B", "payment_fee", False, Decimal("0.00"), "shopify_payments"),
        (None, "payment_fee", True, Decimal("15.00"), "shopify_payments"),
    ]


def test_of_two_reports_of_the_same_money_the_one_nearer_to_the_bank_counts(moved: Any) -> None:
    moved(
        ("amazon_settlement", "A", "fee", "Order / ItemFees / Commission", "-4.50", None, "900"),
        ("amazon_transactions", "A", "fee", "Order / selling fees", "-4.50", None),
        # of this refund and this kind the settlement says nothing yet
        ("amazon_transactions", "A", "fee", "Refund / selling fees", "3.60", None, "901"),
        ("amazon_transactions", "A", "fee", "Order / fba fees", "-3.00", None, "901"),
        # without an order the settlement's number says whether it is there
        ("amazon_transactions", None, "fee", "FBA Inventory Fee / storage fee / other", "-7.00", None, "900"),
        ("amazon_transactions", None, "fee", "FBA Inventory Fee / storage fee / other", "-8.00", None, "901"),
        ("stripe_balance", "B", "sale", "charge", "10.00", "0.55", "po_1"),
        ("stripe_payments", "B", "sale", "payment", "10.00", "0.55", None),
        # another provider's fee is money of its own
        ("paypal", "B", "sale", "Payment", "5.00", "0.45", None),
    )
    assert counted() == [
        ("A", "marketplace_fee", False, Decimal("4.50"), "amazon_settlement"),
        ("A", "fulfilment_fee", False, Decimal("3.00"), "amazon_transactions"),
        ("A", "marketplace_fee", True, Decimal("-3.60"), "amazon_transactions"),
        (None, "other_fee", False, Decimal("8.00"), "amazon_transactions"),
        ("B", "payment_fee", False, Decimal("0.45"), "paypal"),
        ("B", "payment_fee", False, Decimal("0.55"), "stripe_balance"),
    ]


def test_a_paypal_payment_that_shopify_paid_out_costs_its_fee_once(moved: Any) -> None:
    moved(
        ("shopify_payments", "A", "sale", "charge", "20.00", "0.90", "p1", "PayPal"),
        ("paypal", "A", "sale", "Payment", "20.00", "0.90"),
        ("shopify_payments", "B", "sale", "charge", "20.00", "0.80", "p1", "card"),
        ("paypal", "B", "sale", "Payment", "7.00", "0.60"),
    )
    assert [row[3] for row in counted()] == [Decimal("0.60"), Decimal("0.90"), Decimal("0.80")]


def test_an_order_is_found_without_the_mark_that_the_shop_puts_before_its_number(moved: Any) -> None:
    moved(
        ("stripe_balance", "1001", "sale", "charge", "10.00", "0.10"),
        # where both numbers are orders the one that is printed is meant
        ("stripe_balance", "1002", "sale", "charge", "10.00", "0.20"),
        ("stripe_balance", "1003", "sale", "charge", "10.00", "0.30"),
    )
    found = rows_of("select order_key, order_name, ordered_on, happened_on, amount from fees_counted order by amount")
    placed, paid = date(2026, 3, 1), date(2026, 3, 5)
    assert found == [
        ("#1001", "1001", placed, paid, Decimal("0.10")),
        ("1002", "1002", placed, paid, Decimal("0.20")),
        (None, "1003", None, paid, Decimal("0.30")),
    ]


def test_an_order_without_its_mark_is_looked_up_by_name_and_not_among_all_orders(moved: Any) -> None:
    moved(*[("carrier", str(n), "fee", "label", "0.00", "4.00") for n in range(500)])
    asked = """
        insert into orders (store_id, order_key, order_name, kind, is_counted, ordered_on, currency, channel, country,
            document_total, as_of, fingerprint, import_id)
        select store_id, n, '#' || n, kind, is_counted, ordered_on, currency, channel, country,
            document_total, as_of, fingerprint, import_id
        from orders cross join generate_series(2000, 4999) as n where order_key = 'A';
        analyze orders, transactions;
        explain select * from fees_counted where order_key is null
    """
    plan = rows_of(asked)
    marked = [row[0].strip() for row in plan if "'#'" in row[0]]
    assert len(marked) == 1 and marked[0].startswith("Index Cond: ((store_id = "), marked
