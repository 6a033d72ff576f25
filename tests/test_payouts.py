"""Payouts beside the orders: each adds up to the cent, and what differs is named by its orders.

The shop, EUR without tax. Shopify pays out on 5 March and 8 March; PayPal's transfer takes out part of what is there.
  #1 20.00 paid by card, paid out whole        #2 30.00 paid by card, 10.00 refunded and paid out later
  #3 15.00 paid by card, but 14.00 came        #4 12.00 paid by PayPal     #5 9.00, nobody knows how
  #9 is in a payout and in no orders file; #6 8.00 by card is pending; #7 6.00 was paid in cash, as the order says
"""

from datetime import date
from decimal import Decimal

import pytest

from analytics import db, stores
from analytics.errors import Refused
from analytics.profit import payouts
from analytics.scope import Scope
from imported import take
from screens import cards, come_in, open_page, words

STORE = "Paid"
LINES = "Order,Date,SKU,Title,Quantity,Unit price,Currency,Payment method\n" + "".join(
    f"#{number},2026-03-0{number} 10:00,MUG,Mug,{quantity},{price},EUR,{means}\n"
    for number, quantity, price, means in (
        (1, 1, "20.00", "card"), (2, 1, "20.00", "card"), (2, 1, "10.00", "card"),
        (3, 1, "15.00", "card"), (4, 1, "12.00", "PayPal"),
        (5, 1, "9.00", "card"), (6, 1, "8.00", "card"), (7, 1, "6.00", "cash"),
    )
) + "#2,2026-03-06 10:00,MUG,Mug,-1,10.00,EUR,card\n"  # fmt: skip
CARDS = """\
Transaction Date,Type,Order,Card Brand,Payout Status,Payout Date,Payout ID,Amount,Fee,Net,Checkout,Payment Method Name,Currency
2026-03-01 10:00:10 +0100,charge,#1,visa,paid,2026-03-05,501,20.00,0.90,19.10,#a,card,EUR
2026-03-02 10:00:10 +0100,charge,#2,visa,paid,2026-03-05,501,30.00,1.10,28.90,#b,card,EUR
2026-03-03 10:00:10 +0100,charge,#3,visa,paid,2026-03-05,501,14.00,0.80,13.20,#c,card,EUR
2026-03-03 10:00:10 +0100,charge,#9,visa,paid,2026-03-05,501,7.00,0.60,6.40,#d,card,EUR
2026-03-05 08:00:00 +0100,adjustment,,,paid,2026-03-05,501,-2.00,0.00,-2.00,,,EUR
2026-03-06 10:00:10 +0100,refund,#2,visa,paid,2026-03-08,502,-10.00,0.00,-10.00,#b,card,EUR
2026-03-06 10:00:10 +0100,charge,#6,visa,pending,,,8.00,0.50,7.50,#e,card,EUR
"""
WALLET = """\
Date,Time,TimeZone,Type,Status,Currency,Gross,Fee,Net,Transaction ID,Invoice Number
04/03/2026,10:00:00,CET,Express Checkout Payment,Completed,EUR,12.00,-0.70,11.30,T1,4
05/03/2026,10:00:00,CET,General Withdrawal,Completed,EUR,-10.00,0.00,-10.00,T2,
14/03/2026,10:00:00,CET,Express Checkout Payment,Completed,EUR,5.00,-0.40,4.60,T3,
"""
TAKEN = """\
settlement-id\tsettlement-start-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tmarketplace-name\t\
amount-type\tamount-description\tamount\tposted-date\tsku
900\t2026-03-01\t2026-03-17\t18.40\tEUR\t\t\t\t\t\t\t\t
900\t\t\t\t\tOrder\t111-1\tAmazon.de\tItemPrice\tPrincipal\t25.00\t2026-03-02\tMUG
900\t\t\t\t\tOrder\t111-1\tAmazon.de\tItemFees\tCommission\t-4.05\t2026-03-02\tMUG
900\t\t\t\t\tother-transaction\t\tAmazon.de\tother-transaction\tStorage Fee\t-3.00\t2026-03-03\t
"""
MARCH = {"days": ["2026-03-01", "2026-03-31"]}
PAGE = "pages/profit/payouts.py"


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """The shop of the module's docstring."""
    folder = tmp_path_factory.mktemp("payouts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        files = {
            "lines.csv": LINES,
            "cards.csv": CARDS,
            "paypal.csv": WALLET,
            "amazon.txt": TAKEN,
        }
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
            take(folder / name, store=STORE, currency="EUR", as_of=date(2026, 6, 30))
        come_in(patch)
        yield
        db.forget()


def march() -> Scope:
    return Scope(stores.find(STORE), date(2026, 3, 1), date(2026, 4, 1))


def key(number: str) -> str:
    return f"{stores.find(STORE)}|{number}"


def steps(number: str) -> list[tuple[str, Decimal]]:
    found = payouts.walk(march(), key(number))
    running = Decimal(0)
    for row in found.to_dict("records"):
        running = row["amount"] if row["step"] == "collected" else running + (0 if row["is_total"] else row["amount"])
        assert running == row["amount"] or not row["is_total"], row  # each total is what stands above it
    return list(found[["step", "amount"]].itertuples(index=False, name=None))


def test_each_payout_is_told_with_what_went_into_it() -> None:
    found = payouts.of(march())
    assert [
        tuple(row)
        for row in found[["name", "payout_net", "payout_printed", "payout_difference", "state"]].itertuples(index=False)
    ] == [
        ("PayPal, not paid out yet", Decimal("4.60"), None, None, "not paid out yet"),
        ("Shopify Payments, not paid out yet", Decimal("7.50"), None, None, "not paid out yet"),
        ("Amazon settlement 900, Tue 17 Mar 2026", Decimal("17.95"), Decimal("18.40"), Decimal("0.45"), "differs"),
        ("Shopify Payments 502, Sun 8 Mar 2026", Decimal(-10), None, None, "prints no total"),
        ("PayPal, Thu 5 Mar 2026", Decimal("11.30"), Decimal(10), Decimal("-1.30"), "part left in the account"),
        ("Shopify Payments 501, Thu 5 Mar 2026", Decimal("65.60"), None, None, "prints no total"),
    ]
    assert all(found["payout_net"] == found[list(payouts.PARTS)].sum(axis=1))
    first = found.iloc[-1]
    assert [first[name] for name in payouts.PARTS] == [71, 0, 0, Decimal("-3.40"), -2]


def test_the_way_from_the_orders_to_the_bank_names_every_difference() -> None:
    # 20 + 20 + 15 collected; of #2 10 went back in another payout; of #3 1 less came; #9 is no order here
    assert steps("shopify_payments|501") == [
        ("collected", Decimal(55)), ("elsewhere", Decimal(10)), ("otherwise", Decimal(-1)), ("no_order", Decimal(7)),
        ("paid", Decimal(71)), ("fees", Decimal("-3.40")), ("other", Decimal(-2)), ("net", Decimal("65.60")),
    ]  # fmt: skip
    found = payouts.orders(march(), key("shopify_payments|501"))
    told = ["order_name", "way", "collected", "payout_paid", "payout_elsewhere", "difference"]
    assert sorted(found[told].itertuples(index=False, name=None)) == [
        ("#1", "same", 20, 20, 0, 0),
        ("#2", "elsewhere", 20, 30, -10, 0),
        ("#3", "otherwise", 15, 14, 0, -1),
        ("#9", "no_order", None, 7, 0, 7),
    ]  # fmt: skip


def test_a_settlement_has_its_total_and_what_its_rows_do_not_explain() -> None:
    assert steps("amazon_settlement|900") == [
        ("collected", Decimal(0)), ("no_order", Decimal(25)), ("paid", Decimal(25)), ("fees", Decimal("-7.05")),
        ("net", Decimal("17.95")), ("unexplained", Decimal("0.45")), ("printed", Decimal("18.40")),
    ]  # fmt: skip
    # the newest one is taken where none is named
    assert payouts.walk(march())["payout"].unique().tolist() == [key("amazon_settlement|900")]
    with pytest.raises(Refused, match="There is no payout 7"):
        payouts.walk(march(), "7")


def test_a_transfer_to_the_bank_pays_out_what_came_before_it_and_leaves_the_rest() -> None:
    number = next(each for each in payouts.of(march())["payout"] if "paypal|" in each and "open" not in each)
    assert steps(number.split("|", 1)[1]) == [
        ("collected", Decimal(12)), ("paid", Decimal(12)), ("fees", Decimal("-0.70")), ("net", Decimal("11.30")),
        ("unexplained", Decimal("-1.30")), ("printed", Decimal(10)),
    ]  # fmt: skip


def test_orders_in_no_payout_are_told_apart_from_those_that_wait() -> None:
    found = payouts.orders(march())
    assert list(found[["order_name", "way", "collected"]].itertuples(index=False, name=None)) == [
        ("#5", "missing", Decimal(9)),
        ("#6", "open", Decimal(8)),
        ("#7", "other_means", Decimal(6)),
    ]
    assert payouts.summary(march()).to_dict("records") == [
        {
            "currency": "EUR", "paid_out": Decimal("84.00"), "payout_fees": Decimal("-11.15"), "payout_unexplained": Decimal("0.45"),
            "not_paid_out": Decimal("12.10"), "in_no_payout": Decimal(9), "orders_in_no_payout": 1,
        }
    ]  # fmt: skip


def test_a_payout_knows_no_channels_and_other_days_have_none() -> None:
    with pytest.raises(Refused, match="does not tell channels"):
        payouts.of(Scope(stores.find(STORE), channels=("web",)))
    nothing = march().over(date(2020, 1, 1), date(2020, 2, 1))
    assert [state for state in payouts.of(nothing)["state"] if state != payouts.OPEN] == []
    assert list(payouts.orders(nothing).columns) == list(payouts.ORDER_COLUMNS)


def test_the_page_opens_a_payout_and_says_what_differs() -> None:
    screen = open_page(PAGE, MARCH | {"payout": key("shopify_payments|501")})
    found = cards(screen)
    assert (found["Paid to the bank, EUR"], found["Not explained, EUR"]) == (84, Decimal("0.45"))
    assert (found["Fees in it, EUR"], found["In no payout, EUR"]) == (Decimal("-11.15"), 9)
    assert "65.60 EUR for 4 orders, 2 of them paid otherwise than the orders say or not known" in words(screen)
    tables = {name: each.value for each in screen.dataframe for name in each.value.columns}
    assert list(tables["payout_paid"]["order_name"])[:2] and list(tables["paid_by"]["order_name"]) == ["#5", "#6", "#7"]
    assert len(tables["payout_net"]) == 6
    # the newest that is paid out, where none is asked for; what is not there is said
    assert "0.45 EUR is not explained by its rows" in words(open_page(PAGE, MARCH))
    assert "is not there" in words(open_page(PAGE, MARCH | {"payout": "7"}))
    assert "Nothing happened in these days" not in words(open_page(PAGE, {"days": ["2020-01-01", "2020-01-31"]}))
