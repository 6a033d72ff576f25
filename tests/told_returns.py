"""One and the same return, told by every file that can tell of it: a tee of 30.00 of an order of two, EUR, no tax.

#1001   Shopify: refunded 30 of 70 (two tees, a mug); transactions on the 10th, payouts on the 11th, a row of the table
#1002   Shopify exports nothing refunded yet; the transactions do
111-1   Amazon: settlement on the 12th, FBA's unit, the merchant's own row, a row of the table without money
A1      a table of lines: C2 cancels a tee of it; beside it A3 with its own line, whose mug was goodwill of 4.00
T1      a till: R1 gives a tee back
1001    WooCommerce's report and order export
501     Etsy, which tells of no refunds: only the table does
"""

from collections.abc import Callable
from pathlib import Path

from amazon_files import FBA_RETURNS, MERCHANT_RETURNS, ORDERS, SETTLEMENT, written
from imported import table
from test_import_marketplaces import ETSY_COLUMNS, SQUARE_COLUMNS, etsy, till
from test_import_shopify_money import HISTORY, PAYOUTS, moved, paid
from test_import_woocommerce import ANALYTICS_COLUMNS, EXPORT_COLUMNS, exported, sold

TABLE = """\
Order,SKU,Quantity,Refund amount,Currency,Return date,Reason,Condition,Kind,Restocked
#1001,TEE,1,30.00,EUR,2024-05-09,too small,like new,return,yes
#1002,TEE,1,,EUR,2024-05-09,too small,like new,return,yes
111-1,TEE,1,,EUR,2024-05-09,too small,,return,
A1,TEE,1,,EUR,2024-05-09,too small,,return,yes
A3,TEE,1,30.00,EUR,2024-05-09,too small,,return,yes
T1,TEE,1,,EUR,2024-05-09,too small,,return,
1001,TEE,1,30.00,EUR,2024-05-09,too small,,return,
501,TEE,1,,EUR,2024-05-09,too small,,return,
"""
SHOPIFY = """\
Name,Email,Financial Status,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,\
Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Cancelled at,Refunded Amount,Id
#1002,b@shop.test,paid,fulfilled,EUR,60.00,0.00,0.00,60.00,0.00,2024-05-02 12:00:00 +0000,2,Tee,30.00,TEE,true,true,,0.00,2
#1001,a@shop.test,partially_refunded,fulfilled,EUR,70.00,0.00,0.00,70.00,0.00,2024-05-01 12:00:00 +0000,\
2,Tee,30.00,TEE,true,true,,30.00,1
#1001,a@shop.test,,,,,,,,,2024-05-01 12:00:00 +0000,1,Mug,10.00,MUG,true,true,,0.00,1
"""
LINES = """\
Order,Date,SKU,Title,Quantity,Price,Currency,Customer,Kind
A1,2024-05-01 10:00,TEE,Tee,2,30.00,EUR,7,
C2,2024-05-13 10:00,TEE,Tee,-1,30.00,EUR,7,
A3,2024-05-01 10:00,TEE,Tee,2,30.00,EUR,8,
A3,2024-05-01 10:00,MUG,Mug,1,10.00,EUR,8,
A3,2024-05-13 10:00,TEE,Tee,-1,30.00,EUR,8,return
A3,2024-05-14 10:00,MUG,Mug,-1,4.00,EUR,8,goodwill
"""


def _text(name: str, text: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def _history(folder: Path) -> Path:
    rows = [
        moved("refund", "30.00", "2024-05-10 10:00:00 +0000", Name=name, Order=name[1:]) for name in ("#1001", "#1002")
    ]
    return table(folder / "history.csv", HISTORY, rows)


def _payouts(folder: Path) -> Path:
    return table(
        folder / "payouts.csv",
        PAYOUTS,
        [paid("refund", "-30.00 0.00 -30.00", "2024-05-11 10:00:00 +0000", Order="#1001")],
    )


def _amazon(folder: Path) -> Path:
    order = {
        "amazon-order-id": "111-1", "purchase-date": "2024-05-01T10:00:00+00:00", "order-status": "Shipped",
        "last-updated-date": "2024-05-02T10:00:00+00:00", "sales-channel": "Amazon.de", "product-name": "Tee", "sku": "TEE",
        "quantity": "2", "currency": "EUR", "item-price": "60.00",
    }  # fmt: skip
    return written(folder / "amazon.txt", ORDERS, [order])


def _settlement(folder: Path) -> Path:
    total = {"settlement-id": "900", "settlement-start-date": "2024-05-01 00:00:00 UTC", "total-amount": "-30.00",
             "settlement-end-date": "2024-05-15 00:00:00 UTC", "deposit-date": "2024-05-17 08:42:37 UTC", "currency": "EUR"}  # fmt: skip
    refund = {"settlement-id": "900", "transaction-type": "Refund", "order-id": "111-1", "marketplace-name": "Amazon.de",
              "amount-type": "ItemPrice", "amount-description": "Principal", "amount": "-30.00", "sku": "TEE",
              "posted-date": "2024-05-12", "posted-date-time": "2024-05-12 05:42:37 UTC"}  # fmt: skip
    return written(folder / "settlement.txt", SETTLEMENT, [total, refund])


def _fba(folder: Path) -> Path:
    row = {"return-date": "2024-05-08T22:34:59+00:00", "order-id": "111-1", "sku": "TEE", "product-name": "Tee", "quantity": "1",
           "detailed-disposition": "SELLABLE", "reason": "UNWANTED_ITEM", "license-plate-number": "LPN1"}  # fmt: skip
    return written(folder / "fba.txt", FBA_RETURNS, [row])


def _merchant(folder: Path) -> Path:
    row = {"Order ID": "111-1", "Order date": "01-May-2024", "Return request date": "07-May-2024", "Currency code": "EUR",
           "Return request status": "Approved", "Amazon RMA ID": "R1", "Merchant SKU": "TEE", "Item Name": "Tee",
           "Return quantity": "1", "Return Reason": "CR-UNWANTED", "Resolution": "StandardRefund", "Refunded Amount": "30.00"}  # fmt: skip
    return written(folder / "merchant.txt", MERCHANT_RETURNS, [row])


def _till(folder: Path) -> Path:
    rows = [
        till("T1", "2024-05-01 10:00:00", "Tee|2.0|$60.00|$0.00|$60.00|$0.00", SKU="TEE"),
        till("R1", "2024-05-13 10:00:00", "Tee|-1.0|-$30.00|$0.00|-$30.00|$0.00", SKU="TEE", Event_Type="Refund"),
    ]
    return table(folder / "till.csv", SQUARE_COLUMNS, rows)


def _report(folder: Path) -> Path:
    rows = [sold("1001", "2024-05-01", "71", "2× Tee, 1× Mug", "3"), sold("1001", "2024-05-20", "-30", "-1× Tee", "-1")]
    return table(folder / "report.csv", ANALYTICS_COLUMNS, rows)


def _export(folder: Path) -> Path:
    return table(
        folder / "export.csv",
        EXPORT_COLUMNS,
        exported("1001", "2024-05-01", "71.00 0 0 0 30.00 71.00", "TEE|Tee|2|30.00", "MUG|Mug|1|11.00"),
    )


def _etsy(folder: Path) -> Path:
    row = etsy("501", "9001", "05/01/24", "TEE|Tee|2|30.00|60.00") | {"Currency": "EUR"}
    return table(folder / "EtsySoldOrderItems2024.csv", ETSY_COLUMNS, [row])


FILES: dict[str, Callable[[Path], Path]] = {
    "shopify": _text("shopify.csv", SHOPIFY),
    "history": _history,
    "payouts": _payouts,
    "table": _text("returns.csv", TABLE),
    "amazon": _amazon,
    "settlement": _settlement,
    "fba": _fba,
    "merchant": _merchant,
    "lines": _text("lines.csv", LINES),
    "till": _till,
    "report": _report,
    "export": _export,
    "etsy": _etsy,
}  # fmt: skip
# Which files make an order, which tell of its return at all, and which of them tell pieces.
ORDERS_OF = {
    "#1001": ({"shopify"}, {"shopify", "history", "payouts", "table"}, {"table"}),
    "#1002": ({"shopify"}, {"history", "table"}, {"table"}),
    "111-1": ({"amazon"}, {"settlement", "fba", "merchant", "table"}, {"fba", "merchant", "table"}),
    "A1": ({"lines"}, {"lines", "table"}, {"lines", "table"}),
    "A3": ({"lines"}, {"lines", "table"}, {"lines", "table"}),
    "T1": ({"till"}, {"till", "table"}, {"till", "table"}),
    "1001": ({"report", "export"}, {"report", "export", "table"}, {"table"}),
    "501": ({"etsy"}, {"table"}, {"table"}),
}
