"""PayPal, Stripe, Etsy, eBay and carriers: what was paid, what it cost, at which order; what moved no money is left out and named."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.undo import undo
from converted import Converted, converted
from imported import counts, rows_of, table, take

moment = datetime.fromisoformat
PAYPAL = [
    "Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross", "Fee", "Net", "From Email Address",
    "To Email Address", "Transaction ID", "Reference Txn ID", "Invoice Number", "Custom Number", "Balance Impact",
]  # fmt: skip
BALANCE = [
    "balance_transaction_id", "created_utc", "created", "available_on", "currency", "gross", "fee", "net", "reporting_category",
    "source_id", "description", "automatic_payout_id", "automatic_payout_effective_at_utc", "customer_email",
    "payment_metadata[order_id]",
]  # fmt: skip
STRIPE = [
    "id", "Description", "Created (UTC)", "Amount", "Amount Refunded", "Currency", "Converted Amount", "Converted Amount Refunded",
    "Fee", "Converted Currency", "Mode", "Status", "Customer Email", "Captured", "order_id (metadata)",
]  # fmt: skip
ETSY = ["Date", "Type", "Title", "Info", "Currency", "Amount", "Fees & Taxes", "Net", "Tax Details"]
EBAY = [
    "Transaction creation date", "Type", "Order number", "Buyer name", "Net amount", "Payout currency", "Payout date", "Payout ID",
    "Item ID", "Item title", "Custom label", "Final Value Fee - fixed", "Final Value Fee - variable",
    'Very high "item not as described" fee', "International fee", "Gross transaction amount", "Transaction currency", "Description",
]  # fmt: skip


def activity(folder: Path, *rows: str, columns: list[str] = PAYPAL, **how: str) -> Converted:
    """PayPal's activity; a row is "type|gross|fee|net" and, where it matters, status, invoice, custom number and impact."""
    facts = []
    for at, row in enumerate(rows):
        kind, gross, fee, net, *rest = row.split("|")
        status, invoice, note, impact = [*rest, *["Completed", "", "", ""][len(rest) :]]
        cells = ["31/12/2023", f"10:00:{at:02}", "CET", "Jo Doe", kind, status, "EUR", gross, fee, net, "jo@home.test"]
        cells += ["us@shop.test", f"TX{at}", "", invoice, note, impact]
        facts.append(dict(zip(columns, cells, strict=False)))
    return converted(table(folder / "paypal.csv", columns, facts, **how), "transactions")


def test_a_paypal_payment_has_its_fee_its_order_and_nobodys_name(tmp_path: Path) -> None:
    found = activity(
        tmp_path,
        'Express Checkout Payment|"1,119.00"|-33.55|1085.45|Completed|WC-1001'.replace('"', ""),
        "Website Payment|20.00|-0.90|19.10|Refunded||" + '{"order_id":1002,"order_key":"wc_order_x"}',
        "Mobile Payment|5.00|-0.45|4.55|Completed|#1003",
        "Express Checkout Payment|7.00|-0.50|6.50|Completed|c18273645546372.1",
        "Payment Refund|-20.00|0.30|-19.70|Completed|1002",
    )
    assert (found.format, found.states) == ("paypal", {"fact": 5})
    assert sorted(found.column("order_name", "kind", "amount", "fee", "net"), key=str) == [
        ("1001", "sale", Decimal("1119"), Decimal("33.55"), Decimal("1085.45")),
        ("1002", "refund", Decimal("-20"), Decimal("-0.3"), Decimal("-19.7")),
        ("1002", "sale", Decimal("20"), Decimal("0.9"), Decimal("19.1")),
        ("1003", "sale", Decimal("5"), Decimal("0.45"), Decimal("4.55")),
        (None, "sale", Decimal("7"), Decimal("0.5"), Decimal("6.5")),
    ]
    assert found.facts[0]["happened_at"] == moment("2023-12-31 10:00:00")
    assert "Doe" not in str(found.facts) and "home.test" not in str(found.facts)
    assert found.notices == ["1 payments name no order, so their fees stand on their own day and at no order."]


def test_of_paypal_what_moved_no_money_is_left_out_and_what_is_no_sale_is_not_one(tmp_path: Path) -> None:
    found = activity(
        tmp_path,
        "Express Checkout Payment|20.00|0.00|20.00|Pending",
        "Express Checkout Payment|20.00|0.00|20.00|Denied",
        "Account Hold for Open Authorization|-20.00|0.00|-20.00",
        "Reversal of General Account Hold|20.00|0.00|20.00",
        "Authorization|20.00|0.00|20.00|Completed|||Memo",
        "Shopping Cart Item|0.00|0.00|0.00",
        "General Currency Conversion|-9.00|0.00|-9.00",
        "General Withdrawal|-100.00|0.00|-100.00",
        "Bank Deposit to PP Account|50.00|0.00|50.00",
        "PreApproved Payment Bill User Payment|-12.00|0.00|-12.00",
        "Chargeback|-20.00|0.00|-20.00",
        "Chargeback Fee|-16.00|0.00|-16.00",
        "Something new|1.00|0.00|1.00",
    )
    assert found.states == {"fact": 7, "ignored": 6}
    assert sorted(found.column("kind", "what", "amount")) == [
        ("chargeback", "Chargeback", Decimal(-20)),
        ("fee", "Chargeback Fee", Decimal(-16)),
        ("other", "Bank Deposit to PP Account", Decimal(50)),
        ("other", "General Currency Conversion", Decimal(-9)),
        ("other", "PreApproved Payment Bill User Payment", Decimal(-12)),
        ("other", "Something new", Decimal(1)),
        ("payout", "General Withdrawal", Decimal(-100)),
    ]
    assert found.notices == [
        "1 rows are of a type that is not known (Something new); they are kept as other money.",
        "1 rows only list the goods of a payment.",
        "2 rows are pending, denied or cancelled and moved no money; those still pending will be in a later export.",
        "3 rows only hold money back, release it or note something; nothing was earned or spent by them.",
    ]


TONGUES = {
    "German": (
        "Datum,Uhrzeit,Zeitzone,Name,Typ,Status,Währung,Brutto,Gebühr,Netto,Absender E-Mail-Adresse,Empfänger E-Mail-Adresse,"
        "Transaktionscode,Zugehöriger Transaktionscode,Rechnungsnummer,Zollnummer,Auswirkung auf Guthaben",
        ("PayPal Express-Zahlung", "Rückzahlung", "Allgemeine Abbuchung", "Allgemeine Währungsumrechnung", "Offen"),
    ),
    "German statement": (
        "Datum,Uhrzeit,Zeitzone,Name,Beschreibung,Status,Währung,Brutto,Entgelt,Netto,Absender E-Mail-Adresse,Name der Bank,"
        "Transaktionscode,Bankkonto,Rechnungsnummer,Zugehöriger Transaktionscode,Guthaben",
        ("Handyzahlung", "Rückzahlung", "Von Nutzer eingeleitete Abbuchung", "Allgemeine Währungsumrechnung", "Ausstehend"),
    ),
    "French": (
        "Date,Heure,Fuseau horaire,Nom,Type,État,Devise,Avant commission,Commission,Net,De l'adresse email,À l'adresse email,"
        "Numéro de transaction,Numéro de la transaction de référence,Numéro de facture,Numéro personnalisé,Impact sur le solde",
        ("Paiement Express Checkout", "Remboursement de paiement", "Virement standard", "Conversion de devise standard", "En attente"),
    ),
    "Spanish": (
        "Fecha,Hora,Zona horaria,Nombre,Tipo,Estado,Divisa,Bruto,Comisión,Neto,Correo del remitente,Correo del destinatario,"
        "Id. de transacción,Id. de referencia,Número de factura,Número personalizado,Efecto en el saldo",
        ("Pago exprés", "Reembolso de pago", "Retirada general", "Conversión de divisas general", "Pendiente"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("tongue", TONGUES)
def test_paypal_is_read_in_the_language_of_the_account(tongue: str, tmp_path: Path) -> None:
    header, (paid, back, withdrawn, changed, pending) = TONGUES[tongue]
    found = activity(
        tmp_path,
        f"{paid}|1.119,00|-33,55|1.085,45|Abgeschlossen|1001",
        f"{back}|-20,00|0,00|-20,00|Abgeschlossen|1001",
        f"{withdrawn}|-1.000,00|0,00|-1.000,00|Abgeschlossen",
        f"{changed}|-9,00|0,00|-9,00|Abgeschlossen",
        f"{paid}|5,00|0,00|5,00|{pending}",
        columns=header.split(","),
        delimiter=";",
        encoding="cp1252",
    )
    assert (found.format, found.states) == ("paypal", {"fact": 4, "ignored": 1})
    assert sorted(found.column("kind", "order_name", "amount", "fee"), key=str) == [
        ("other", None, Decimal(-9), Decimal(0)),
        ("payout", None, Decimal(-1000), Decimal(0)),
        ("refund", "1001", Decimal(-20), Decimal(0)),
        ("sale", "1001", Decimal(1119), Decimal("33.55")),
    ]


def balance(folder: Path, *rows: dict[str, str], **said: str) -> Converted:
    usual = {"created_utc": "2026-03-01 23:30:00", "currency": "eur", "automatic_payout_id": "po_1"}
    usual |= {"automatic_payout_effective_at_utc": "2026-03-05 00:00:00", "customer_email": "jo@home.test"}
    facts = [usual | {"balance_transaction_id": f"txn_{at}"} | row for at, row in enumerate(rows)]
    return converted(table(folder / "balance.csv", BALANCE, facts), "transactions", **said)


def moved(kind: str, amounts: str, **more: str) -> dict[str, str]:
    gross, fee, net = amounts.split()
    return {"reporting_category": kind, "gross": gross, "fee": fee, "net": net} | more


def test_stripes_balance_tells_payments_disputes_fees_and_their_payout(tmp_path: Path) -> None:
    found = balance(
        tmp_path,
        moved("charge", "20.00 0.55 19.45", description="My shop - Order 1001"),
        moved("charge", "10.00 0.40 9.60", description="Payment", **{"payment_metadata[order_id]": "1002"}),
        moved("refund", "-20.00 0.00 -20.00", description="REFUND FOR CHARGE (Order #1001)"),
        moved("dispute", "-10.00 15.00 -25.00"),
        moved("fee", "-2.00 0.00 -2.00", description="Radar"),
        moved("payout", "-40.00 0.00 -40.00", automatic_payout_id="", source_id="po_1"),
        time_zone="Europe/Berlin",
    )
    assert (found.format, found.states, found.notices) == ("stripe_balance", {"fact": 6}, [])
    assert sorted(found.column("kind", "order_name", "amount", "fee", "group_key"), key=str) == [
        ("chargeback", None, Decimal(-10), Decimal(15), "po_1"),
        ("fee", None, Decimal(-2), Decimal(0), "po_1"),
        ("payout", None, Decimal(-40), Decimal(0), "po_1"),
        ("refund", "1001", Decimal(-20), Decimal(0), "po_1"),
        ("sale", "1001", Decimal(20), Decimal("0.55"), "po_1"),
        ("sale", "1002", Decimal(10), Decimal("0.4"), "po_1"),
    ]
    # half past eleven at night in UTC is the next day in Berlin
    first = found.facts[0]
    assert (first["happened_at"], first["paid_out_on"], first["currency"]) == (
        moment("2026-03-02 00:30:00"), date(2026, 3, 5), "EUR",
    )  # fmt: skip


def test_the_balance_export_of_stripes_dashboard_is_the_same_report(tmp_path: Path) -> None:
    text = """\
id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Description,Transfer,order_id (metadata)
txn_1,charge,ch_1,"1,020.00",0.55,"1,019.45",usd,2026-03-01 10:00,,po_9,#77
txn_2,adjustment,dp_1,-20.00,15.00,-35.00,usd,2026-03-02 10:00,Chargeback withdrawal for ch_1,po_9,
txn_3,stripe_fee,,-1.00,0.00,-1.00,usd,2026-03-02 10:00,Billing,po_9,
"""
    path = tmp_path / "balance.csv"
    path.write_text(text, encoding="utf-8")
    found = converted(path, "transactions")
    assert found.format == "stripe_balance"
    assert found.column("kind", "order_name", "group_key") == [
        ("sale", "77", "po_9"), ("chargeback", None, "po_9"), ("fee", None, "po_9"),
    ]  # fmt: skip


def test_stripes_payments_say_what_they_cost_and_that_the_day_of_a_refund_is_not_known(tmp_path: Path) -> None:
    usual = {"Created (UTC)": "2026-03-01 10:00", "Currency": "usd", "Fee": "0.88", "Mode": "Live", "Status": "Paid"}
    usual |= {"Amount Refunded": "0.00", "Captured": "true"}
    rows = [
        usual | {"id": "ch_1", "Amount": "20.00", "Description": "Order #1001"},
        # an account in euros was paid in dollars: what arrived, and the fee, are euros
        usual | {"id": "ch_2", "Amount": "30.00", "Converted Amount": "27.50", "Converted Amount Refunded": "5.50",
                 "Amount Refunded": "6.00", "Converted Currency": "eur", "order_id (metadata)": "1002", "Status": "Refunded"},
        usual | {"id": "ch_3", "Amount": "30.00", "Status": "Failed"},
        usual | {"id": "ch_4", "Amount": "30.00", "Captured": "false"},
    ]  # fmt: skip
    found = converted(table(tmp_path / "payments.csv", STRIPE, rows), "transactions")
    assert (found.format, found.states) == ("stripe_payments", {"fact": 2, "ignored": 2})
    assert found.column("order_name", "kind", "amount", "fee", "net", "currency") == [
        ("1001", "sale", Decimal(20), Decimal("0.88"), Decimal("19.12"), "USD"),
        ("1002", "sale", Decimal("27.5"), Decimal("0.88"), Decimal("26.62"), "EUR"),
    ]
    assert found.notices == [
        "1 payments were refunded in part or whole (5.50 in all); the file does not say when. Import the balance transactions, "
        "which do.",
        "2 rows failed, were cancelled or are not captured, and moved no money.",
    ]


def statement(folder: Path, *rows: str, columns: list[str] = ETSY, **how: str) -> Converted:
    """Etsy's statement; a row is "type|title|info|amount|fees|net"."""
    facts = [
        dict(zip(columns, ["December 31, 2023", *cells[:3], "EUR", *cells[3:], ""], strict=True))
        for cells in (row.split("|") for row in rows)
    ]
    return converted(table(folder / "etsy.csv", columns, facts, **how), "transactions")


def test_etsys_statement_keeps_fees_by_their_kind_and_what_went_to_the_bank(tmp_path: Path) -> None:
    found = statement(
        tmp_path,
        "Sale|Payment for Order #1234567890|Order #1234567890|€25.00|--|€25.00",
        "Fee|Transaction fee: Label maker mug|Order #1234567890|--|-€1.30|-€1.30",
        "Fee|Processing fee|Order #1234567890|--|-€1.05|-€1.05",
        "VAT|VAT: Processing fee|Order #1234567890|--|-€0.22|-€0.22",
        "Fee|Listing fee|Listing #99887766|--|-€0.18|-€0.18",
        "Marketing|Etsy Ads||--|-€3.00|-€3.00",
        "Fee|Offsite Ads fee for sale made through search|Order #1234567890|--|-€3.75|-€3.75",
        "Shipping|USPS shipping label|Label #55|--|-€4.00|-€4.00",
        "Tax|Sales tax paid by buyer|Order #1234567890|--|-€2.00|-€2.00",
        "Refund|Refund for Order #1234567890|Order #1234567890|-€10.00|--|-€10.00",
        "Fee|Credit for transaction fee|Order #1234567890|--|€0.52|€0.52",
        "Deposit|€1,012.34 sent to your bank account|Deposit #7|--|--|--",
    )
    assert (found.format, found.states, found.notices) == ("etsy_statement", {"fact": 12}, [])
    assert sorted(found.column("kind", "what", "amount", "order_name"), key=str) == [
        ("fee", "Fee / Credit for transaction fee", Decimal("0.52"), "1234567890"),
        ("fee", "Fee / Listing fee", Decimal("-0.18"), None),
        ("fee", "Fee / Offsite Ads fee for sale made through search", Decimal("-3.75"), "1234567890"),
        ("fee", "Fee / Processing fee", Decimal("-1.05"), "1234567890"),
        ("fee", "Fee / Transaction fee", Decimal("-1.3"), "1234567890"),
        ("fee", "Marketing / Etsy Ads", Decimal(-3), None),
        ("fee", "Shipping / USPS shipping label", Decimal(-4), None),
        ("fee", "VAT / VAT on Processing fee", Decimal("-0.22"), "1234567890"),
        ("payout", "Deposit / to the bank", Decimal("-1012.34"), None),
        ("refund", "Refund / order", Decimal(-10), "1234567890"),
        ("sale", "Sale / order", Decimal(25), "1234567890"),
        ("tax", "Tax / Sales tax paid by buyer", Decimal(-2), "1234567890"),
    ]


def test_a_german_statement_of_etsy_with_decimal_commas_is_read(tmp_path: Path) -> None:
    columns = ["Datum", "Typ", "Titel", "Info", "Währung", "Betrag", "Gebühren und Steuern", "Netto", "Steuerdetails"]
    found = statement(
        tmp_path,
        "Verkauf|Zahlung für Bestellung Nr. 1234567890|Bestellung Nr. 1234567890|1.025,00 €|--|1.025,00 €",
        "Gebühr|Transaktionsgebühr: Tasse|Bestellung Nr. 1234567890|--|-1,30 €|-1,30 €",
        "Einzahlung|1.012,34 € an dein Bankkonto gesendet||--|--|--",
        columns=columns,
        delimiter=";",
    )
    assert sorted(found.column("kind", "amount", "order_name"), key=str) == [
        ("fee", Decimal("-1.3"), "1234567890"),
        ("payout", Decimal("-1012.34"), None),
        ("sale", Decimal(1025), "1234567890"),
    ]


def test_ebays_report_counts_an_order_of_several_items_once_with_all_its_fees(tmp_path: Path) -> None:
    usual = {
        "Transaction creation date": "Dec 31, 2023",
        "Payout currency": "USD",
        "Payout ID": "5566",
        "Payout date": "Jan 2, 2024",
    }
    usual |= {"Buyer name": "Jo Doe", "Order number": "01-00001-00001"}
    rows = [
        usual | {"Type": "Order", "Net amount": "25.50", "Final Value Fee - fixed": "-0.30", "Final Value Fee - variable": "-4.20",
                 "Gross transaction amount": "30.00"},
        usual | {"Type": "Order", "Net amount": "--", "Item ID": "1", "Custom label": "MUG", "Gross transaction amount": "10.00"},
        usual | {"Type": "Order", "Net amount": "--", "Item ID": "2", "Custom label": "BOWL", "Gross transaction amount": "20.00"},
        usual | {"Type": "Refund", "Net amount": "-9.00", "Final Value Fee - variable": "1.00", "Gross transaction amount": "-10.00"},
        usual | {"Type": "Other fee", "Net amount": "-0.80", "Description": "Promoted Listings - General fee"},
        usual | {"Type": "Shipping label", "Net amount": "-4.10"},
        usual | {"Type": "Payout", "Order number": "--", "Net amount": "-11.60"},
    ]  # fmt: skip
    found = converted(table(tmp_path / "ebay.csv", EBAY, rows), "transactions")
    assert (found.format, found.states) == ("ebay_transactions", {"fact": 5, "ignored": 2})
    assert sorted(found.column("kind", "what", "amount", "fee", "net", "group_key"), key=str) == [
        ("fee", "Other fee / Promoted Listings - General fee", Decimal("-0.8"), None, Decimal("-0.8"), "5566"),
        ("fee", "Shipping label", Decimal("-4.1"), None, Decimal("-4.1"), "5566"),
        ("payout", "Payout", Decimal("-11.6"), None, Decimal("-11.6"), "5566"),
        ("refund", "Refund", Decimal(-10), Decimal(-1), Decimal(-9), "5566"),
        ("sale", "Order", Decimal(30), Decimal("4.5"), Decimal("25.5"), "5566"),
    ]
    assert found.facts[0]["paid_out_on"] == date(2024, 1, 2) and "Doe" not in str(found.facts)


PARCELS = "Reference,Tracking number,Ship date,Service,Surcharge,Amount,Currency,Direction,Invoice number\n"


def parcels(folder: Path, text: str) -> Converted:
    path = folder / "parcels.csv"
    path.write_text(text, encoding="utf-8")
    return converted(path, "transactions")


def test_a_carriers_invoice_costs_its_parcels_and_surcharges_out_and_back(tmp_path: Path) -> None:
    found = parcels(
        tmp_path,
        PARCELS
        + "#1001,JD1,2026-03-02,Parcel 5 kg,,4.35,EUR,outbound,INV-1\n#1001,JD1,2026-03-02,Parcel 5 kg,Fuel,0.22,EUR,out,INV-1\n"
        "1002,JD2,2026-03-09,Return parcel,,3.90,EUR,,INV-1\n,JD3,2026-03-09,Parcel 5 kg,,-4.35,EUR,out,INV-1\nTotal,,,,,4.12,,,\n",
    )
    assert (found.format, found.states) == ("carrier", {"fact": 4, "ignored": 1})
    assert sorted(found.column("order_name", "kind", "what", "amount"), key=str) == [
        ("1001", "fee", "out / Parcel 5 kg / Fuel", Decimal("-0.22")),
        ("1001", "fee", "out / Parcel 5 kg", Decimal("-4.35")),
        ("1002", "fee", "return / Return parcel", Decimal("-3.9")),
        (None, "fee", "out / Parcel 5 kg", Decimal("4.35")),
    ]


def test_a_german_invoice_of_a_carrier_is_known_by_its_columns(tmp_path: Path) -> None:
    text = "Sendungsnummer;Kundenreferenz;Versanddatum;Produkt;Zielland;Gewicht (kg);Nettobetrag;Richtung\n"
    found = parcels(
        tmp_path,
        text
        + "003404;1001;02.03.2026;DHL Paket;DE;1,20;4,35;Hin\n003405;1001;12.03.2026;DHL Retoure;DE;1,20;3,90;Rück\n",
    )
    assert sorted(found.column("order_name", "what", "amount")) == [
        ("1001", "out / DHL Paket", Decimal("-4.35")),
        ("1001", "return / DHL Retoure", Decimal("-3.9")),
    ]


def test_a_bad_row_of_each_is_named_and_the_good_ones_load(tmp_path: Path) -> None:
    found = activity(
        tmp_path,
        "Payment|free|-0.90|19.10",
        "Payment|20.00|little|19.10",
        "|20.00|-0.90|19.10",
        "Payment|20.00|-0.90|19.10",
    )
    assert found.states == {"fact": 1, "rejected": 3}
    assert [reject[1:] for reject in found.rejects] == [
        ("amount", "free", "this is not an amount"),
        ("fee", "little", "this is not an amount"),
        ("type", None, "the type is missing"),
    ]
    found = parcels(
        tmp_path, PARCELS + "1001,JD1,yesterday,Parcel,,4.35,EUR,,\n1.5E+10,JD1,2026-03-02,Parcel,,4.35,Euro,,\n"
    )
    assert [reject[1:3] for reject in found.rejects] == [
        ("date", "yesterday"),
        ("currency", "EURO"),
        ("order", "1.5E+10"),
    ]


def test_the_same_file_twice_changes_nothing_and_undone_it_is_gone(emptied: str, tmp_path: Path) -> None:
    path = tmp_path / "parcels.csv"
    path.write_text(PARCELS + "1001,JD1,2026-03-02,Parcel,,4.35,EUR,,INV-1\n" * 2, encoding="utf-8")
    first = take(path)
    # two rows alike are two parcels
    assert counts(first) == {"rows": 2, "loaded": 2}
    again = tmp_path / "again.csv"
    again.write_text(path.read_text("utf-8") + "1002,JD2,2026-03-03,Parcel,,5.00,EUR,,INV-1\n", encoding="utf-8")
    assert counts(take(again)) == {"rows": 3, "loaded": 1, "unchanged": 2}
    assert rows_of("select cost_kind, sum(amount), count(*) from fees_counted group by 1") == [
        ("label", Decimal("13.70"), 3)
    ]
    undo(first["import_id"])
    assert rows_of("select count(*) from transactions") == [(3,)]
