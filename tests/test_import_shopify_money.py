"""Shopify's transaction histories and payouts: what moved, when, and what it cost; nothing twice, nothing that never came."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import real_exports
from converted import Converted, converted
from imported import table

HISTORY = ["Order", "Name", "Kind", "Gateway", "Created At", "Status", "Amount", "Currency", "Card Type"]
PAYOUTS = [
    "Transaction Date", "Type", "Order", "Card Brand", "Card Source", "Payout Status", "Payout Date", "Available On",
    "Amount", "Fee", "Net", "Checkout", "Payment Method Name", "Presentment Amount", "Presentment Currency", "Currency",
]  # fmt: skip
PAYOUTS_OF_TODAY = [*PAYOUTS[:7], "Payout ID", *PAYOUTS[7:], "VAT"]


def moved(kind: str, amount: str, at: str = "2024-05-01 10:00:00 +0200", **more: str) -> dict[str, str]:
    """A row of the transaction history: order #1001, by card, successful unless `more` says otherwise."""
    usual = {"Order": "5001", "Name": "#1001", "Kind": kind, "Gateway": "shopify_payments", "Created At": at}
    usual |= {"Status": "success", "Amount": amount, "Currency": "EUR", "Card Type": "visa"}
    return usual | {name.replace("_", " "): value for name, value in more.items()}


def paid(kind: str, amounts: str, at: str = "2024-05-01 10:00:00 +0200", **more: str) -> dict[str, str]:
    """A row of the payouts; `amounts` are amount, fee and net."""
    amount, fee, net = amounts.split()
    usual = {"Transaction Date": at, "Type": kind, "Order": "#1001", "Card Brand": "visa", "Payout Status": "paid"}
    usual |= {
        "Payout Date": "2024-05-06",
        "Amount": amount,
        "Fee": fee,
        "Net": net,
        "Checkout": "#77",
        "Currency": "EUR",
    }
    usual |= {"Payment Method Name": "card"}
    return usual | {name.replace("_", " "): value for name, value in more.items()}


def history(folder: Path, *rows: dict[str, str], **how: str) -> Converted:
    return converted(table(folder / "transactions.csv", HISTORY, list(rows), **how), "transactions")


def payouts(folder: Path, *rows: dict[str, str], columns: list[str] = PAYOUTS, **how: str) -> Converted:
    return converted(table(folder / "payouts.csv", columns, list(rows), **how), "transactions")


# Transaction histories


def test_a_refund_is_negative_and_carries_its_own_moment(tmp_path: Path) -> None:
    found = history(tmp_path, moved("sale", "119.00"), moved("refund", "19.00", "2024-05-03 23:30:15 +0200"))
    assert (found.format, found.states) == ("shopify_transactions", {"fact": 2})
    assert sorted(found.column("kind", "amount", "happened_at", "order_name", "currency")) == [
        ("refund", Decimal("-19.0000"), datetime.fromisoformat("2024-05-03 23:30:15"), "#1001", "EUR"),
        ("sale", Decimal("119.0000"), datetime.fromisoformat("2024-05-01 10:00"), "#1001", "EUR"),
    ]


def test_only_what_moved_money_is_a_fact_and_the_rest_is_counted_by_its_reason(tmp_path: Path) -> None:
    found = history(
        tmp_path,
        moved("authorization", "50.00"),
        moved("capture", "50.00", "2024-05-02 10:00:00 +0200"),
        moved("void", "50.00"),
        moved("sale", "50.00", Status="failure"),
        moved("sale", "50.00", Status="error"),
        moved("sale", "50.00", Status="pending"),
        moved("change", "3.50", Gateway="cash"),
    )
    assert found.states == {"fact": 2, "ignored": 5}
    assert sorted(found.column("kind", "what", "amount")) == [
        ("sale", "capture", Decimal(50)),
        ("sale", "change", Decimal("-3.5")),
    ]
    assert found.notices == [
        "1 payments are still pending; they were left out until an export says that they came.",
        "2 authorisations and voided payments moved no money and were left out.",
        "2 failed payments moved no money and were left out.",
    ]


def test_a_transaction_printed_twice_to_the_second_counts_once(tmp_path: Path) -> None:
    again = moved("refund", "19.00"), moved("refund", "19.00"), moved("refund", "19.00", "2024-05-01 10:00:07 +0200")
    found = history(tmp_path, *again)
    assert found.states == {"fact": 2, "duplicate": 1}
    assert found.notices == ["1 transactions stand twice in the file, to the second; each counts once."]


def test_a_spreadsheet_that_loses_the_seconds_keeps_every_key(tmp_path: Path) -> None:
    rows = [
        moved("sale", "1119.50", "2024-12-31 22:36:04 +0100"),
        moved("refund", "19.00", "2024-12-31 22:40:10 +0100"),
        moved("refund", "19.00", "2024-12-31 22:40:50 +0100"),
    ]
    exact = history(tmp_path, *rows)
    resaved = [
        row | {"Created At": f"31/12/2024 {row['Created At'][11:16]}", "Amount": row["Amount"].replace(".", ",")}
        for row in rows
    ]
    saved = history(tmp_path, *({**row, "Order": "5,37518E+12"} for row in resaved), delimiter=";", encoding="cp1252")
    assert saved.states == exact.states == {"fact": 3}
    assert saved.column("transaction_key", "amount") == exact.column("transaction_key", "amount")


def test_a_bad_transaction_is_named_by_line_column_value_and_reason(tmp_path: Path) -> None:
    found = history(
        tmp_path,
        moved("sale", "12.00"),
        moved("sale", "twelve"),
        moved("sale", "12.00", "2024-02-30 10:00:00 +0100"),
        moved("sale", "12.00", Name=""),
        moved("gift", "12.00"),
        moved("sale", "12.00", Currency="Euro"),
        moved("sale", "12.00", Name="1.00E+03"),
        {},
        {"Name": "Total", "Amount": "84.00"},
    )
    assert found.states == {"fact": 1, "rejected": 6, "ignored": 2}
    assert found.rejects == [
        (3, "Amount", "twelve", "this is not an amount"),
        (4, "Created At", "2024-02-30 10:00:00 +0100", "this is not a date"),
        (5, "Name", None, "the order number is missing"),
        (6, "Kind", "gift", "this kind of transaction is not known"),
        (7, "Currency", "Euro", "this is not a three-letter currency"),
        (8, "Name", "1.00E+03", "a spreadsheet has rounded this order number, so it is no key; export it again"),
    ]


def test_a_real_transaction_history_dates_its_refunds(tmp_path: Path) -> None:
    real = real_exports.sample("transactions_9col.csv")
    path = tmp_path / real.name
    path.write_bytes(real.read_bytes())
    found = converted(path, "transactions")
    assert found.states == {"fact": 29, "ignored": 3}
    refunds = [fact for fact in found.facts if fact["kind"] == "refund"]
    assert len(refunds) == 8 and all(fact["amount"] < 0 and fact["happened_at"] for fact in refunds)


# Payouts


def test_a_charge_brings_its_fee_and_its_payout(tmp_path: Path) -> None:
    found = payouts(tmp_path, paid("charge", "119.00 3.70 115.30"), paid("refund", "-19.00 0.00 -19.00"))
    assert (found.format, found.states, found.notices) == ("shopify_payments", {"fact": 2}, [])
    assert sorted(found.column("kind", "amount", "fee", "net", "group_key", "paid_out_on")) == [
        ("refund", Decimal(-19), Decimal(0), Decimal(-19), "2024-05-06", date(2024, 5, 6)),
        ("sale", Decimal(119), Decimal("3.7"), Decimal("115.3"), "2024-05-06", date(2024, 5, 6)),
    ]


def test_the_payout_id_of_newer_exports_groups_the_rows_and_a_rounded_one_does_not(tmp_path: Path) -> None:
    rows = [
        paid("charge", "10.00 0.50 9.50", Payout_ID="140769394954"),
        paid("payout", "-9.50 0.00 -9.50", Order="", Checkout="", Payout_ID="140769394954"),
        paid("charge", "20.00 0.50 19.50", Order="#1002", Payout_ID="1.40769E+11"),
    ]
    found = payouts(tmp_path, *rows, columns=PAYOUTS_OF_TODAY)
    assert sorted(found.column("kind", "group_key")) == [
        ("payout", "140769394954"),
        ("sale", "140769394954"),
        ("sale", "2024-05-06"),
    ]


def test_every_row_whose_net_disagrees_is_named_and_kept_as_printed(tmp_path: Path) -> None:
    found = payouts(
        tmp_path, paid("charge", "10.00 0.50 9.50"), paid("charge", "20.00 0.50 19.00", Order="#1002", Checkout="#78")
    )
    assert found.states == {"fact": 2}
    assert found.notices == [
        "Row 2 (charge, #1002): Amount 20.00 - Fee 0.50 is not Net 19.00; it was kept as printed, 0.50 apart."
    ]
    assert sorted(found.column("amount", "net"))[1] == (Decimal(20), Decimal(19))


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("charge", "sale"),
        ("refund", "refund"),
        ("chargeback", "chargeback"),
        ("chargeback won", "chargeback"),
        ("adjustment", "adjustment"),
        ("reserve", "adjustment"),
        ("refund_failure", "adjustment"),
        ("shop_cash_fee", "fee"),
        ("shipping_label", "fee"),
        ("payout", "payout"),
        ("something new", "other"),
    ],
)
def test_each_type_of_row_has_its_kind(type_: str, kind: str, tmp_path: Path) -> None:
    found = payouts(tmp_path, paid(type_, "-5.00 0.00 -5.00"))
    assert found.column("kind", "what") == [(kind, type_.replace("_", " "))]
    assert bool(found.notices) == (kind == "other")


def test_what_is_not_paid_out_yet_keeps_its_key_when_it_is(tmp_path: Path) -> None:
    waiting = payouts(tmp_path, paid("charge", "10.00 0.50 9.50", Payout_Status="pending", Payout_Date="2024-05-06"))
    assert waiting.column("paid_out_on", "status") == [(None, "pending")]
    assert waiting.notices == ["1 transactions are not paid out yet; export them again later to see their payout."]
    done = payouts(tmp_path, paid("charge", "10.00 0.50 9.50", Payout_Date="2024-05-07", Checkout="#7,7E+12"))
    assert done.column("transaction_key") == waiting.column("transaction_key")
    assert done.column("paid_out_on") == [date(2024, 5, 7)]


def test_payouts_saved_by_a_german_spreadsheet_are_the_same_rows(tmp_path: Path) -> None:
    rows = [
        paid("charge", "1119.00 33.70 1085.30", "2024-05-31 10:00:40 +0200"),
        paid("adjustment", "-5.00 0.00 -5.00", Order="", Checkout=""),
    ]
    exact = payouts(tmp_path, *rows)
    resaved = []
    for row in rows:
        day, clock = row["Transaction Date"][:10].split("-"), row["Transaction Date"][11:16]
        money = {name: row[name].replace(".", ",") for name in ("Amount", "Fee", "Net")}
        resaved.append(
            row | money | {"Transaction Date": f"{day[2]}.{day[1]}.{day[0]} {clock}", "Payout Date": "06.05.2024"}
        )
    saved = payouts(tmp_path, *resaved, delimiter=";")
    assert saved.column("transaction_key", "net", "paid_out_on") == exact.column(
        "transaction_key", "net", "paid_out_on"
    )


def test_two_payouts_of_one_amount_on_one_day_are_two(tmp_path: Path) -> None:
    row = paid("adjustment", "-5.00 0.00 -5.00", Order="", Checkout="")
    charge = paid("charge", "10.00 0.50 9.50")
    found = payouts(tmp_path, row, row, charge, charge)
    assert found.states == {"fact": 3, "duplicate": 1}


def test_a_bad_payout_row_and_a_total_at_the_end(tmp_path: Path) -> None:
    found = payouts(
        tmp_path,
        paid("charge", "10.00 0.50 9.50"),
        paid("charge", "10.00 free 9.50"),
        paid("charge", "10.00 0.50 9.50", "soon"),
        {"Transaction Date": "", "Type": "Total", "Amount": "30.00"},
        {},
    )
    assert found.states == {"fact": 1, "rejected": 2, "ignored": 2}
    assert found.rejects == [
        (3, "Fee", "free", "this is not an amount"),
        (4, "Transaction Date", "soon", "this is not a date"),
    ]
