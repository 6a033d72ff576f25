"""Amazon's money: settlements that add up to their total, and the date range report in the languages it is written in."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from amazon_files import ORDERS, SETTLEMENT, TRANSACTIONS, accounted, converted, facts, written
from analytics import settlement as settlements
from analytics.errors import Refused
from analytics.scope import Scope
from imported import counts, money, rows_of, take

moment = datetime.fromisoformat
PREAMBLE = (
    '"Includes Amazon Marketplace, Fulfillment by Amazon (FBA), and Amazon Webstore transactions"\n'
    '"All amounts in USD, unless specified"\n"Definitions:"\n'
    '"Sales tax collected: Includes sales tax collected from buyers for product sales, shipping, and gift wrap."\n'
    '"Selling fees: Includes variable closing fees and referral fees."\n'
    '"Other transaction fees: Includes shipping chargebacks, shipping holdbacks, per-item fees"\n'
    '"Other: Includes non-order transaction amounts."\n'
)


def total(amount: str, settlement: str = "900", **cells: str) -> dict[str, str]:
    """The first row of a settlement: what it pays out."""
    row = {
        "settlement-id": settlement,
        "settlement-start-date": "2026-09-01 00:00:00 UTC",
        "settlement-end-date": "2026-09-15 00:00:00 UTC",
        "deposit-date": "2026-09-17 08:42:37 UTC",
        "total-amount": amount,
        "currency": "USD",
    }
    return row | {name.replace("_", "-"): value for name, value in cells.items()}


def settled(kind: str, part: str, detail: str, amount: str, **cells: str) -> dict[str, str]:
    """A row of a settlement: one amount of order 111-1."""
    row = {
        "settlement-id": "900",
        "transaction-type": kind,
        "order-id": "111-1",
        "marketplace-name": "Amazon.com",
        "amount-type": part,
        "amount-description": detail,
        "amount": amount,
        "posted-date": "2026-09-02",
        "posted-date-time": "2026-09-02 05:42:37 UTC",
        "sku": "MUG",
    }
    return row | {name.replace("_", "-"): value for name, value in cells.items()}


SETTLED = [
    total("8.59"),
    settled("Order", "ItemPrice", "Principal", "25.00", quantity_purchased="1"),
    settled("Order", "ItemPrice", "Tax", "2.00"),
    settled("Order", "ItemPrice", "Shipping", "1.50"),
    settled("Order", "Promotion", "Shipping", "-1.50"),
    settled("Order", "ItemWithheldTax", "MarketplaceFacilitatorTax-Principal", "-2.00"),
    settled("Order", "ItemFees", "Commission", "-4.05"),
    settled("Order", "ItemFees", "FBAPerUnitFulfillmentFee", "-5.50"),
    settled("Refund", "ItemPrice", "Principal", "-18.00", order_id="111-2", posted_date_time="2026-09-05 10:00:00 UTC"),
    settled("Refund", "ItemPrice", "Tax", "-1.44", order_id="111-2", posted_date_time="2026-09-05 10:00:00 UTC"),
    settled("Refund", "ItemWithheldTax", "MarketplaceFacilitatorTax-Principal", "1.44", order_id="111-2"),
    settled("Refund", "ItemFees", "Commission", "2.94", order_id="111-2"),
    settled("other-transaction", "FBA Inventory Reimbursement", "WAREHOUSE_DAMAGED", "9.19", order_id=""),
    settled("other-transaction", "other-transaction", "Current Reserve Amount", "-0.99", order_id="", sku=""),
]


def settlement(folder: Path, *rows: dict[str, str], name: str = "settlement.txt") -> Path:
    return written(folder / name, SETTLEMENT, list(rows))


def event(kind: str = "Order", when: str = "Sep 4, 2026 1:05:07 AM PDT", **cells: str) -> dict[str, str]:
    """A row of the date range report: an event of order 111-1 with nothing in its parts."""
    row = dict.fromkeys(TRANSACTIONS[14:], "0")
    row |= {"date/time": when, "settlement id": "900", "type": kind, "order id": "111-1", "sku": "MUG"}
    row |= {"description": "Mug", "quantity": "1", "marketplace": "amazon.com", "order city": "Springfieldtown"}
    return row | {name.replace("_", " "): value for name, value in cells.items()}


SALE = event(
    product_sales="25.00", product_sales_tax="2.00", shipping_credits="1.50", promotional_rebates="-1.50",
    marketplace_withheld_tax="-2.00", selling_fees="-4.05", fba_fees="-5.50", total="15.45",
)  # fmt: skip
REFUND = event(
    "Refund", "Sep 5, 2026 11:00:00 PM PDT", order_id="111-2", product_sales="-18.00", product_sales_tax="-1.44",
    marketplace_withheld_tax="1.44", selling_fees="2.94", total="-15.06",
)  # fmt: skip


def events(folder: Path, *rows: dict[str, str], above: str = PREAMBLE, columns: list[str] = TRANSACTIONS) -> Path:
    quoted = [{name: f'"{value}"' for name, value in row.items()} for row in rows]
    return written(folder / "transactions.csv", columns, quoted, ",", above)


KINDS = "select kind, sum(amount), count(*) from transactions_new group by kind order by kind"


def test_a_settlements_rows_are_kept_by_kind_and_add_up_to_its_total(tmp_path: Path) -> None:
    with converted(settlement(tmp_path, *SETTLED)) as stage:
        assert stage.recognised.format.name == "amazon_settlement"
        assert accounted(stage) == {"fact": 14}
        # 25.00 + 1.50 - 1.50 + (2.00 - 2.00 + 1.44) - 4.05 - 5.50 + 2.94 - 19.44 + 9.19 - 0.99 = 8.59
        assert facts(stage, KINDS) == [
            ("adjustment", Decimal("9.19"), 1),
            ("fee", Decimal("-6.61"), 3),
            ("other", Decimal("-0.99"), 1),
            # what it pays out is what its rows add up to
            ("payout", Decimal("-8.59"), 1),
            ("promotion", Decimal("-1.50"), 1),
            ("refund", Decimal("-19.44"), 2),
            ("sale", Decimal("25.00"), 1),
            ("shipping", Decimal("1.50"), 1),
            ("tax", Decimal("1.44"), 3),
        ]
        assert facts(stage, "select sum(amount), sum(rows), count(distinct transaction_key) from transactions_new") == [
            (Decimal("0.00"), 14, 14)
        ]
        assert facts(stage, "from file_notices") == []


def test_a_row_of_a_settlement_says_when_for_what_and_when_it_was_paid_out(tmp_path: Path) -> None:
    with converted(settlement(tmp_path, *SETTLED)) as stage:
        assert facts(
            stage,
            "select source, order_name, what, sku, units, happened_at, gateway, currency, group_key, paid_out_on"
            " from transactions_new where kind = 'sale'",
        ) == [
            (
                "amazon_settlement", "111-1", "Order / ItemPrice / Principal", "MUG", 1, moment("2026-09-02 05:42:37"),
                "Amazon.com", "USD", "900", date(2026, 9, 17),
            )
        ]  # fmt: skip


def test_a_total_that_the_rows_do_not_reach_is_named_with_the_difference(tmp_path: Path) -> None:
    rows = [
        total("10.00"),
        *SETTLED[1:],
        total("3.00", "901"),
        settled("Order", "ItemPrice", "Principal", "3.00", settlement_id="901"),
    ]
    rows.append(settled("Order", "ItemPrice", "Principal", "4.00", settlement_id="902"))
    with converted(settlement(tmp_path, *rows)) as stage:
        assert facts(stage, "from file_notices order by 1") == [
            (
                "Settlement 900: its rows add up to 8.59 USD, its total is 10.00: -1.41 is not explained by the rows.",
                Decimal("-1.41"),
            ),
            (
                "Settlement 902 has no row with its total, so nothing says that it is whole; its rows add up to 4.00 USD.",
                Decimal("4.00"),
            ),
        ]


def test_a_european_settlement_is_read_with_its_commas_and_points(tmp_path: Path) -> None:
    german = {
        "marketplace_name": "Amazon.de",
        "posted_date": "02.09.2026",
        "posted_date_time": "02.09.2026 05:42:37 UTC",
    }
    path = settlement(
        tmp_path,
        total("1.015,51", currency="EUR", deposit_date="03.09.2026 08:42:37 UTC"),
        settled("Order", "ItemPrice", "Principal", "1.200,00", **german),
        settled("Order", "ItemFees", "Commission", "-184,49", **german),
    )
    with converted(path) as stage:
        assert facts(
            stage, "select kind, amount, currency, happened_at, paid_out_on from transactions_new order by 1"
        ) == [
            ("fee", Decimal("-184.49"), "EUR", moment("2026-09-02 05:42:37"), date(2026, 9, 3)),
            ("payout", Decimal("-1015.51"), "EUR", moment("2026-09-03 00:00:00"), date(2026, 9, 3)),
            ("sale", Decimal("1200.00"), "EUR", moment("2026-09-02 05:42:37"), date(2026, 9, 3)),
        ]
        assert facts(stage, "from file_notices") == []


def test_identical_amounts_are_kept_apart_in_any_order_of_the_rows(tmp_path: Path) -> None:
    rows = [total("6.00"), *[settled("Order", "ItemPrice", "Principal", amount) for amount in ("1.00", "4.00", "1.00")]]
    with converted(settlement(tmp_path, *rows)) as stage:
        first = facts(stage, "select transaction_key, amount from transactions_new order by all")
    with converted(settlement(tmp_path, *reversed(rows))) as stage:
        assert facts(stage, "select transaction_key, amount from transactions_new order by all") == first
    assert len(dict(first)) == 4


def test_the_number_of_an_inbound_shipment_is_no_order(tmp_path: Path) -> None:
    rows = [
        total("-1.00"),
        settled("FBAFees", "Inbound Defect Fee", "Base fee", "-1.00", order_id="FBA19CD9HGQ8", sku=""),
    ]
    with converted(settlement(tmp_path, *rows)) as stage:
        assert facts(stage, "select order_name, kind from transactions_new where kind <> 'payout'") == [(None, "fee")]


def test_a_claim_is_a_chargeback_with_all_that_the_buyer_got_back(tmp_path: Path) -> None:
    rows = [
        settled("Chargeback Refund", "ItemPrice", "Principal", "-5.00"),
        settled("A-to-z Guarantee Refund", "ItemPrice", "Shipping", "-1.00"),
        settled("Refund", "Promotion", "Principal", "0.50"),
    ]
    with converted(settlement(tmp_path, *rows)) as stage:
        assert facts(stage, KINDS) == [("chargeback", Decimal("-6.00"), 2), ("refund", Decimal("0.50"), 1)]


def test_a_bad_row_of_a_settlement_is_named(tmp_path: Path) -> None:
    rows = [
        total("1.00"),
        settled("Order", "ItemPrice", "Principal", "", settlement_id=""),
        settled("Order", "ItemPrice", "Principal", "free"),
        settled("Order", "ItemPrice", "Principal", "1.00", posted_date="", posted_date_time=""),
        settled("Order", "ItemPrice", "Principal", "1.00", quantity_purchased="one"),
        settled("Order", "ItemPrice", "Principal", "1.00", settlement_id="9.0E+10"),
        settled("Order", "ItemPrice", "Principal", "1.00", currency="Dollar"),
        {},
    ]
    with converted(settlement(tmp_path, *rows)) as stage:
        assert accounted(stage) == {"fact": 1, "ignored": 1, "rejected": 6}
        assert facts(
            stage, "select record, column_name, value, reason from rejects order by record, column_name desc"
        ) == [
            (2, "settlement-id", None, "the settlement is missing"),
            (2, "amount", None, "the amount is missing"),
            (3, "amount", "free", "this is not an amount"),
            (4, "posted-date", None, "the date is missing"),
            (5, "quantity-purchased", "one", "this is not a quantity"),
            (6, "settlement-id", "9.0E+10", "a spreadsheet has rounded this number, so it is no key; export it again"),
            (7, "currency", "Dollar", "this is not a three-letter currency"),
        ]


def test_the_settlement_before_v2_is_not_taken_for_it(tmp_path: Path) -> None:
    older = [
        *SETTLEMENT[:12],
        "price-type",
        "price-amount",
        "item-related-fee-type",
        "item-related-fee-amount",
        "posted-date",
    ]
    with pytest.raises(Refused, match="not known"), converted(written(tmp_path / "v1.txt", older, [])):
        pass


def test_every_part_of_an_event_is_a_transaction_of_its_kind_below_seven_lines_of_preamble(tmp_path: Path) -> None:
    with converted(events(tmp_path, SALE, REFUND), currency="XXX") as stage:
        assert (stage.recognised.format.name, stage.recognised.ignored) == ("amazon_transactions", 7)
        assert facts(stage, "select kind, what, amount, units, rows from transactions_new where order_name = '111-1' order by all") == [
            ("fee", "Order / fba fees", Decimal("-5.50"), None, 1),
            ("fee", "Order / selling fees", Decimal("-4.05"), None, 0),
            ("promotion", "Order / promotional rebates", Decimal("-1.50"), None, 0),
            ("sale", "Order / product sales", Decimal("25.00"), 1, 0),
            ("shipping", "Order / shipping credits", Decimal("1.50"), None, 0),
            ("tax", "Order / marketplace withheld tax", Decimal("-2.00"), None, 0),
            ("tax", "Order / product sales tax", Decimal("2.00"), None, 0),
        ]  # fmt: skip
        assert facts(stage, "select kind, amount from transactions_new where order_name = '111-2' order by all") == [
            ("fee", Decimal("2.94")),
            ("refund", Decimal("-18.00")),
            ("refund", Decimal("-1.44")),
            ("tax", Decimal("1.44")),
        ]
        assert facts(stage, "select distinct happened_at, currency, group_key from transactions_new order by 1") == [
            (moment("2026-09-04 01:05:07"), "USD", "900"),
            (moment("2026-09-05 23:00:00"), "USD", "900"),
        ]
        # every row adds up to its total, and stands for one row of the file
        assert facts(stage, "select sum(amount), sum(rows) from transactions_new") == [(Decimal("0.39"), 2)]
        assert facts(stage, "from file_notices") == []
        assert accounted(stage) == {"fact": 2}


def test_what_the_parts_leave_of_a_total_is_kept_and_named(tmp_path: Path) -> None:
    with converted(events(tmp_path, SALE | {"total": "14.45"}, event())) as stage:
        assert facts(stage, "select what, amount from transactions_new where kind = 'other'") == [
            ("Order / unnamed", Decimal("-1.00"))
        ]
        assert facts(stage, "select sum(amount) from transactions_new") == [(Decimal("14.45"),)]
        assert accounted(stage) == {"fact": 1, "ignored": 1}
        assert facts(stage, "from file_notices order by 1") == [
            (
                "1 rows have a total that their parts do not explain, -1.00 in all; the difference is kept as a part of kind"
                " other.",
                1,
            ),
            ("1 rows move no money and are left out.", 1),
        ]


def test_fees_and_payouts_belong_to_no_order_and_no_account_number_is_kept(tmp_path: Path) -> None:
    none = {"order_id": "", "sku": "", "quantity": "", "marketplace": ""}
    with converted(
        events(
            tmp_path,
            SALE | {"marketplace": "amazon.ca"},
            event("Transfer", description="To account ending with: 4567", other="-100.00", total="-100.00", **none),
            event(
                "Service Fee", description="Cost of Advertising", other_transaction_fees="-7.00", total="-7.00", **none
            ),
            event("FBA Inventory Fee", description="FBA storage fee", other="-3.00", total="-3.00", **none),
            event("Adjustment", other="5.00", total="5.00", marketplace="amazon.ca"),
            event("Debt", other="1.00", total="1.00", **none),
            event("Novelty", other="2.00", total="2.00", **none),
        )
    ) as stage:
        # without a marketplace of its own a row is in the currency of the others
        assert facts(
            stage,
            "select kind, order_name, what, amount, currency from transactions_new where not what like 'Order%' order by all",
        ) == [
            ("adjustment", "111-1", "Adjustment / other", Decimal("5.00"), "CAD"),
            ("fee", None, "FBA Inventory Fee / FBA storage fee / other", Decimal("-3.00"), "CAD"),
            ("fee", None, "Service Fee / Cost of Advertising / other transaction fees", Decimal("-7.00"), "CAD"),
            ("other", None, "Debt / other", Decimal("1.00"), "CAD"),
            ("other", None, "Novelty / other", Decimal("2.00"), "CAD"),
            ("payout", None, "Transfer / other", Decimal("-100.00"), "CAD"),
        ]
        assert "4567" not in str(facts(stage, "from transactions_new"))
        assert facts(stage, "select notice from file_notices") == [
            ("1 rows are of a type that is not known (Novelty); their amounts are kept by column.",)
        ]


@pytest.mark.parametrize(
    ("columns", "sale", "refund", "when"),
    [
        (
            "Datum/Uhrzeit;Abrechnungsnummer;Typ;Bestellnummer;SKU;Beschreibung;Menge;Marketplace;Umsätze;Produktumsatzsteuer;"
            "Gutschrift für Versandkosten;Rabatte aus Werbeaktionen;Verkaufsgebühren;Gebühren zu Versand durch Amazon;Andere;Gesamt",
            "Bestellung",
            "Erstattung",
            "04.09.2026 01:05:07 UTC",
        ),
        (
            "date/heure;numéro de versement;type;numéro de la commande;sku;description;quantité;Marketplace;ventes de produits;"
            "Taxes sur la vente des produits;crédits d'expédition;Rabais promotionnels;frais de vente;Frais Expédié par Amazon;"
            "autre;total",
            "Commande",
            "Remboursement",
            "4 sept. 2026 01:05:07 UTC",
        ),
        (
            "Data/Ora:;Numero pagamento;Tipo;Numero ordine;SKU;Descrizione;Quantità;Marketplace;Vendite;"
            "imposta sulle vendite dei prodotti;Accrediti per le spedizioni;Sconti promozionali;Commissioni di vendita;"
            "Costi del servizio Logistica di Amazon;Altro;totale",
            "Ordine",
            "Rimborso",
            "4 set 2026 01:05:07 UTC",
        ),
        (
            "fecha y hora;identificador de pago;tipo;número de pedido;sku;descripción;cantidad;web de Amazon;ventas de productos;"
            "impuesto de ventas de productos;abonos de envío;devoluciones promocionales;tarifas de venta;"
            "tarifas de Logística de Amazon;otro;total",
            "Pedido",
            "Reembolso",
            "4 sept 2026 01:05:07 UTC",
        ),
    ],
)
def test_the_report_is_read_in_the_languages_it_is_written_in(
    columns: str, sale: str, refund: str, when: str, tmp_path: Path
) -> None:
    names = columns.split(";")
    sold = [
        when,
        "900",
        sale,
        "302-1",
        "MUG",
        "Mug",
        "2",
        "amazon.de",
        "1.190,00",
        "0",
        "5,95",
        "-5,95",
        "-178,50",
        "-3,50",
        "0",
    ]
    back = [when, "900", refund, "302-1", "MUG", "Mug", "1", "amazon.de", "-595,00", "0", "0", "0", "71,40", "0", "0"]
    rows = [dict(zip(names, [*sold, "1.008,00"], strict=True)), dict(zip(names, [*back, "-523,60"], strict=True))]
    with converted(events(tmp_path, *rows, columns=names, above="x\n" * 7)) as stage:
        assert stage.recognised.format.name == "amazon_transactions"
        assert facts(stage, KINDS) == [
            ("fee", Decimal("-110.60"), 3),
            ("promotion", Decimal("-5.95"), 1),
            ("refund", Decimal("-595.00"), 1),
            ("sale", Decimal("1190.00"), 1),
            ("shipping", Decimal("5.95"), 1),
        ]
        assert facts(stage, "select distinct happened_at, currency, group_key from transactions_new") == [
            (moment("2026-09-04 01:05:07"), "EUR", "900")
        ]
        assert facts(stage, "from file_notices") == []


def test_the_same_event_twice_is_two_and_a_bad_row_of_the_report_is_named(tmp_path: Path) -> None:
    rows = [
        SALE,
        SALE,
        event(when="Sep 31, 2026 1:05:07 AM PDT", total="1"),
        event(total=""),
        event(total="1", fba_fees="1,5,0"),
        event(total="1", quantity="few"),
        event(total="1", order_id="1.1E+16"),
        dict.fromkeys(TRANSACTIONS, ""),
    ]
    with converted(events(tmp_path, *rows)) as stage:
        assert accounted(stage) == {"fact": 2, "rejected": 5, "ignored": 1}
        assert facts(stage, "select count(distinct transaction_key), sum(amount), sum(rows) from transactions_new") == [
            (14, Decimal("30.90"), 2)
        ]
        assert facts(stage, "select record, column_name, value, reason from rejects order by record") == [
            (3, "date/time", "Sep 31, 2026 1:05:07 AM PDT", "this is not a date"),
            (4, "total", None, "the amount is missing"),
            (5, "fba fees", "1,5,0", "this is not an amount"),
            (6, "quantity", "few", "this is not a quantity"),
            (7, "order id", "1.1E+16", "a spreadsheet has rounded this order number, so it is no key; export it again"),
        ]


@pytest.mark.usefixtures("emptied")
def test_a_settlement_after_the_orders_says_what_was_given_back_and_when(tmp_path: Path) -> None:
    order = {
        "amazon-order-id": "111-2", "purchase-date": "2026-09-01T10:00:00+00:00", "order-status": "Shipped",
        "last-updated-date": "2026-09-02T10:00:00+00:00", "sales-channel": "Amazon.com", "product-name": "Mug", "sku": "MUG",
        "quantity": "1", "currency": "USD", "item-price": "18.00", "item-tax": "1.44",
    }  # fmt: skip
    take(written(tmp_path / "orders.txt", ORDERS, [order]))
    account = take(settlement(tmp_path, *SETTLED))
    assert counts(account) == {"rows": 14, "loaded": 14}
    assert money("gross_sales", "reversals", "net_sales", "tax", "collected") == [
        "18.00",
        "18.00",
        "0.00",
        "0.00",
        "0.00",
    ]
    assert rows_of("select distinct cast(booked_at as date) from reversals where not is_superseded") == [
        (date(2026, 9, 5),)
    ]
    assert counts(take(settlement(tmp_path, *reversed(SETTLED), name="again.txt"))) == {
        "rows": 14,
        "unchanged": 14,
    }


@pytest.mark.usefixtures("emptied")
def test_the_date_range_report_is_loaded_with_every_line_accounted_for(tmp_path: Path) -> None:
    account = take(events(tmp_path, SALE, REFUND, event()))
    assert counts(account) == {"rows": 10, "loaded": 2, "ignored": 8}
    assert account["currency"] == "USD"
    assert rows_of("select kind, sum(amount) from transactions group by kind order by kind") == [
        ("fee", Decimal("-6.61")),
        ("promotion", Decimal("-1.50")),
        ("refund", Decimal("-19.44")),
        ("sale", Decimal("25.00")),
        ("shipping", Decimal("1.50")),
        ("tax", Decimal("1.44")),
    ]
    assert "1 rows move no money and are left out." in account["notices"]


@pytest.mark.usefixtures("emptied")
@pytest.mark.parametrize("is_settlement_first", [True, False])
def test_a_settlement_and_the_date_range_report_of_the_same_days_count_once(
    is_settlement_first: bool, tmp_path: Path
) -> None:
    order = {
        "amazon-order-id": "111-2", "purchase-date": "2026-09-01T10:00:00+00:00", "order-status": "Shipped",
        "last-updated-date": "2026-09-02T10:00:00+00:00", "sales-channel": "Amazon.com", "product-name": "Mug", "sku": "MUG",
        "quantity": "2", "currency": "USD", "item-price": "36.00", "item-tax": "2.88",
    }  # fmt: skip
    take(written(tmp_path / "orders.txt", ORDERS, [order]))
    later = REFUND | {"date/time": "Oct 2, 2026 9:00:00 AM PDT", "product sales": "-5.00", "product sales tax": "0"}
    later |= {"marketplace withheld tax": "0", "selling fees": "0", "total": "-5.00"}
    files = [settlement(tmp_path, *SETTLED), events(tmp_path, SALE, REFUND, later)]
    take(files[0 if is_settlement_first else 1])
    take(files[1 if is_settlement_first else 0])
    # 19.44 in September by both files, and 5.00 in October, which the settlement has not reached
    assert rows_of(
        "select booked_at::date::text, sum(amount) from reversals where not is_superseded group by 1 order by 1"
    ) == [("2026-09-05", Decimal("19.44")), ("2026-10-02", Decimal("5.00"))]
    assert money("collected") == ["14.44"]
    ((_, found),) = settlements.figures(Scope(start=date(2026, 9, 1), stop=date(2026, 10, 1)))
    assert {each.name: each.theirs for each in found}["posted_fees"] == Decimal("-6.61")
