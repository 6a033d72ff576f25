"""What every sales metric of the shop in ledger_shop.py must be, worked out by hand from the definitions.

Nothing here is computed by the product. A row's comment shows how it was worked out; "back" is what was taken back.
"""

from datetime import date
from decimal import Decimal

JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in (1, 2, 3, 4))
PERIODS = (
    ("all", None, None, "order_date"),  # over all time both clocks are equal
    ("all", None, None, "refund_date"),
    ("January", JANUARY, FEBRUARY, "order_date"),
    ("January", JANUARY, FEBRUARY, "refund_date"),
    ("February", FEBRUARY, MARCH, "order_date"),
    ("February", FEBRUARY, MARCH, "refund_date"),
    ("March", MARCH, APRIL, "order_date"),
    ("March", MARCH, APRIL, "refund_date"),
)

# Columns: all time | January on the order's clock, on the refund's | February, the same | March, the same. Ratios are
# rounded to six places. Goods, shipping and tax back by order (its month -> the month it was taken back):
#   #2002 Jan -> no date, so Jan: 10.00 × (bowl 37.50, mug 20.00, shipping 4.50, tax 12.40) ÷ 74.40 = 5.04 + 2.69 + 0.60 + 1.67
#   W-1   Jan -> Feb: 20.00 − 2.00 = 18.00, tax 3.60          W-2   Feb -> Mar: 30.00, tax 6.00
#   W-3   Feb -> Mar: 25.00, tax 5.00, fee kept 3.50          W-4   Feb -> Mar: 20.00, tax 4.00
#   #2005 Feb -> Mar: 30.00, tax 6.00 (money kept, so far)    #2004 Feb -> Mar: 20.00, shipping 5.00, tax 5.00
EUR = {
    # Jan #2001 40 + #2002 57.50 + W-1 60 | Feb #2003 30 + #2006 12.50 + #2007 0 + W-2 30 + #2008 33.33 + 6.67 + #2009 12.50
    # + #2014 8 + W-3 25 + #2005 30 + #2004 20 + W-4 20 | Mar W-2's new shirt 32 + W-5 16 + #2011 8 + #2012 20.
    # #2008: mugs 40.00 − 4.00 = 36.00 hold 6.00 tax, so 40.00 × 30 ÷ 36 = 33.33; candle 8.00 × 6.00 ÷ 7.20 = 6.67
    "gross_sales": "461.50 | 157.50 157.50 | 228.00 228.00 | 76.00 76.00",
    # W-1 6 | #2008 without tax: 33.33 − 30.00 + 6.67 − 6.00 = 4.00, #2014 8 (#2009's is off shipping)
    "discounts": "18.00 | 6.00 6.00 | 12.00 12.00 | 0 0",
    # Jan 7.73 + 18, dated 7.73 | Feb 30 + 25 + 30 + 20 + 20, dated 18 | Mar dated 125
    "reversals": "150.73 | 25.73 7.73 | 125.00 18.00 | 0 125.00",
    # 461.50 − 18.00 − 150.73 | 157.50 − 6 − 25.73, − 7.73 | 228 − 12 − 125, − 18 | 76, 76 − 125
    "net_sales": "292.77 | 125.77 143.77 | 91.00 198.00 | 76.00 -49.00",
    # #2001 5 + #2002 4.50 | #2008 6.00 − 1.00 tax + #2009 5 − 2 + W-3 4 + #2004 5
    "charged_shipping": "26.50 | 9.50 9.50 | 17.00 17.00 | 0 0",
    # back: #2002 0.60 | #2004 5, dated in March
    "shipping": "20.90 | 8.90 8.90 | 12.00 17.00 | 0 -5.00",
    # 8 + 12.40 + 10.80 | 6 + 2.50 + 0 + 6 + 8.20 + 3.10 + 0 + (5 + 0.80) + 6 + 5 + 4 | 6.40 + 3.20 + 1.60 + 4
    "charged_tax": "93.00 | 31.20 31.20 | 46.60 46.60 | 15.20 15.20",
    # back: 1.67 + 3.60, dated 1.67 | 6 + 5 + 6 + 5 + 4 = 26, dated 3.60 | 0, dated 26
    "tax": "61.73 | 25.93 29.53 | 20.60 43.00 | 15.20 -10.80",
    "duties": "0 | 0 0 | 0 0 | 0 0",
    # W-3's return fee, kept in March
    "fees": "3.50 | 0 0 | 3.50 0 | 0 3.50",
    # net sales + shipping + tax + duties + fees: 292.77 + 20.90 + 61.73 + 3.50 | 125.77 + 8.90 + 25.93, 143.77 + 8.90 + 29.53
    # | 91 + 12 + 20.60 + 3.50, 198 + 17 + 43 | 76 + 15.20, −49 − 5 − 10.80 + 3.50
    "total_sales": "378.90 | 160.60 182.20 | 127.10 258.00 | 91.20 -61.30",
    # #2003
    "tips": "3.00 | 0 0 | 3.00 3.00 | 0 0",
    # #2006 50 + #2007 25
    "gift_cards": "75.00 | 0 0 | 75.00 75.00 | 0 0",
    "adjustments": "0 | 0 0 | 0 0 | 0 0",
    # total sales + tips + gift cards; the same from the documents: 53 + (74.40 − 10) + 43.20 + 39 + 65 + 25 + 38.40 + 49.20
    # + 18.60 + 0 + 8.30 + 0 + 0 + 0 + 19.20 + 9.60 + 24 = 456.90
    "collected": "456.90 | 160.60 182.20 | 205.10 336.00 | 91.20 -61.30",
    # everything back less the fee kept: #2002 10 + W-1 21.60 | 36 + 30 + 24 + 36 + 30 − 3.50 = 152.50
    "taken_back": "184.10 | 31.60 10.00 | 152.50 21.60 | 0 152.50",
    # an exchange is not a new order, the voided one is none
    "orders": "17 | 3 3 | 11 11 | 3 3",
    # #2014; W-4, all of which came back, was an order of 24.00
    "zero_total_orders": "1 | 0 0 | 1 1 | 0 0",
    # 2 + 4 + 3 | 1 + 1 + 0 + 1 + 3 + 1 + 1 + 2 + 1 + 1 + 1 | 1 + 2 + 1 + 1; gift cards and tips are no units of goods
    "units": "27 | 9 9 | 13 13 | 5 5",
    # known: W-1 1 | W-2 1 + W-3 2 + W-4 1; a refund of money alone names none
    "units_returned": "5 | 1 0 | 4 1 | 0 4",
    "net_units": "22 | 8 9 | 9 12 | 5 1",
    # 443.50 ÷ 17 | 151.50 ÷ 3 | 216 ÷ 11 | 76 ÷ 3
    "average_order_value": "26.088235 | 50.50 50.50 | 19.636364 19.636364 | 25.333333 25.333333",
    # 443.50 ÷ 16 | 151.50 ÷ 3 | 216 ÷ 10 | 76 ÷ 3
    "average_order_value_nonzero": "27.71875 | 50.50 50.50 | 21.60 21.60 | 25.333333 25.333333",
    # Jan ann, ben, 1 | Feb cat, ann, dan, 2, eva, fay, ben, 3, gus, hal, 1 | Mar cat; all time the eleven of February
    "customers": "11 | 3 3 | 11 11 | 1 1",
    # mug 8 (9 from 1 March), bowl 5, shirt M 12, candle 2.50, shirt L unknown; nothing is known to be back on the shelf.
    # 16 + 23 + 24 | 12 + 5 + 12 + 18.50 + 5 + 2.50 + 10 + 8 + 8 | 5 + 2.50 + 9
    "cost_of_goods_sold": "160.50 | 63.00 63.00 | 81.00 81.00 | 16.50 16.50",
    # net sales without shirt L: − 32 | all | 91 − (30 − 30), 198 − 30 | 76 − 32, −49 − (32 − 30)
    "covered_net_sales": "260.77 | 125.77 143.77 | 91.00 168.00 | 44.00 -51.00",
    "gross_profit": "100.27 | 62.77 80.77 | 10.00 87.00 | 27.50 -67.50",
    # 100.27 ÷ 260.77 | 62.77 ÷ 125.77, 80.77 ÷ 143.77 | 10 ÷ 91, 87 ÷ 168 | 27.50 ÷ 44, −67.50 ÷ −51
    "gross_margin": "0.384515 | 0.499086 0.561800 | 0.109890 0.517857 | 0.625 1.323529",
    # 260.77 ÷ 292.77 | all | 91 ÷ 91, 168 ÷ 198 | 44 ÷ 76, −51 ÷ −49
    "covered_share": "0.890699 | 1 1 | 1 0.848485 | 0.578947 1.040816",
}

NOTHING = {
    name: "0"
    for name in EUR
    if name not in ("average_order_value", "average_order_value_nonzero", "gross_margin", "covered_share")
} | {
    "average_order_value": None,
    "average_order_value_nonzero": None,
    "cost_of_goods_sold": None,
    "gross_profit": None,
    "gross_margin": None,
    "covered_share": None,
}
# Single days: (day, clock, what differs from nothing at all); a day without an entry gives no row.
_TWENTY_PAST_MIDNIGHT = {
    "gross_sales": "30", "net_sales": "30", "charged_tax": "6", "tax": "6", "total_sales": "36", "tips": "3",
    "collected": "39", "orders": "1", "units": "1", "net_units": "1", "average_order_value": "30",
    "average_order_value_nonzero": "30", "customers": "1", "cost_of_goods_sold": "12", "covered_net_sales": "30",
    "gross_profit": "18", "gross_margin": "0.6", "covered_share": "1",
}  # fmt: skip
_BEFORE_THE_CLOCKS_GO_FORWARD = {
    # 8.00 − 2.50 = 5.50; 5.50 ÷ 8.00
    "gross_sales": "8", "net_sales": "8", "charged_tax": "1.60", "tax": "1.60", "total_sales": "9.60", "collected": "9.60",
    "orders": "1", "units": "1", "net_units": "1", "average_order_value": "8", "average_order_value_nonzero": "8",
    "customers": "1", "cost_of_goods_sold": "2.50", "covered_net_sales": "8", "gross_profit": "5.50",
    "gross_margin": "0.6875", "covered_share": "1",
}  # fmt: skip
_IN_SUMMER_TIME = {
    # the mug at its later cost: 20.00 − 9.00 = 11.00; 11 ÷ 20
    "gross_sales": "20", "net_sales": "20", "charged_tax": "4", "tax": "4", "total_sales": "24", "collected": "24",
    "orders": "1", "units": "1", "net_units": "1", "average_order_value": "20", "average_order_value_nonzero": "20",
    "cost_of_goods_sold": "9", "covered_net_sales": "20", "gross_profit": "11", "gross_margin": "0.55", "covered_share": "1",
}  # fmt: skip
# The new shirt is sold on the day of the exchange, with its tax; it has no cost.
_EXCHANGE = {
    "gross_sales": "32", "net_sales": "32", "charged_tax": "6.40", "tax": "6.40", "total_sales": "38.40",
    "collected": "38.40", "units": "1", "net_units": "1", "covered_share": "0",
}  # fmt: skip
# And the old one, whose cost is known, is taken back on the same day: 32 − 30, 6.40 − 6.00; −30 ÷ −30, −30 ÷ 2.
_EXCHANGE_ON_THE_REFUNDS_CLOCK = _EXCHANGE | {
    "reversals": "30", "net_sales": "2", "tax": "0.40", "total_sales": "2.40", "collected": "2.40", "taken_back": "36",
    "units_returned": "1", "net_units": "0", "cost_of_goods_sold": "0", "covered_net_sales": "-30", "gross_profit": "-30",
    "gross_margin": "1", "covered_share": "-15",
}  # fmt: skip
_CANCELLED_AFTER_MIDNIGHT = {
    # a shirt without a cost
    "reversals": "30", "net_sales": "-30", "tax": "-6", "total_sales": "-36", "collected": "-36", "taken_back": "36",
    "covered_share": "0",
}  # fmt: skip
_RETURN_WITH_A_FEE = {
    # −25 − 5 + 3.50 = −26.50
    "reversals": "25", "net_sales": "-25", "tax": "-5", "fees": "3.50", "total_sales": "-26.50", "collected": "-26.50",
    "taken_back": "26.50", "units_returned": "2", "net_units": "-2", "cost_of_goods_sold": "0", "covered_net_sales": "-25",
    "gross_profit": "-25", "gross_margin": "1", "covered_share": "1",
}  # fmt: skip
DAYS = (
    (date(2026, 1, 31), "order_date", None),
    (date(2026, 2, 1), "order_date", _TWENTY_PAST_MIDNIGHT),
    (date(2026, 2, 1), "refund_date", _TWENTY_PAST_MIDNIGHT),
    (date(2026, 3, 1), "order_date", None),
    (date(2026, 3, 1), "refund_date", _CANCELLED_AFTER_MIDNIGHT),
    (date(2026, 3, 5), "order_date", _EXCHANGE),
    (date(2026, 3, 5), "refund_date", _EXCHANGE_ON_THE_REFUNDS_CLOCK),
    (date(2026, 3, 10), "order_date", None),
    (date(2026, 3, 10), "refund_date", _RETURN_WITH_A_FEE),
    (date(2026, 3, 28), "refund_date", None),
    (date(2026, 3, 29), "refund_date", _BEFORE_THE_CLOCKS_GO_FORWARD),
    (date(2026, 3, 30), "refund_date", _IN_SUMMER_TIME),
)
# #2010 alone: 22 + 2 shipping + 1.50 duties; the mug's cost is known in EUR only.
USD = {
    "gross_sales": "22", "net_sales": "22", "charged_shipping": "2", "shipping": "2", "duties": "1.50",
    "total_sales": "25.50", "collected": "25.50", "orders": "1", "units": "1", "net_units": "1", "average_order_value": "22",
    "average_order_value_nonzero": "22", "customers": "1", "covered_share": "0",
}  # fmt: skip

# Steps of the bridge over all time in EUR; a total is marked with =.
BRIDGE = {
    "gross_sales": "=461.50",
    "discounts": "-18.00",
    "returns": "-73.00",  # W-1 18 + W-2 30 + W-3 25
    "cancellations": "-70.00",  # #2005 30 + #2004 20 + W-4 20
    "unknown_reversals": "-7.73",  # #2002
    "net_sales": "=292.77",
    "shipping": "20.90",
    "tax": "61.73",
    "fees": "3.50",
    "total_sales": "=378.90",
    "tips": "3.00",
    "gift_cards": "75.00",
    "collected": "=456.90",
    # Shopify prints what was paid, whatever came back: #2002 10 + #2005 36 + #2004 30
    "taken_back_later": "76.00",
    # 423.80 of #2001 … #2012, 109.10 of W-1 … W-5 (43.20 + 38.40 + 8.30 + 0 + 19.20)
    "documents_total": "=532.90",
}
# Net sales in EUR over all time; each adds up to 292.77.
SLICES = {
    "channel": {"Online store": "188.77", "Phone": "84.00", "Point of sale": "20.00"},
    "country": {"DE": "244.27", "AT": "48.50"},
    "category": {"Kitchen": "200.77", "Apparel": "62.00", "Home": "30.00"},
    "vendor": {"Clay": "200.77", "Loom": "62.00", "Wick": "30.00"},
    # mug 40 + (20 − 2.69) + 36 + 30 + 20; bowl (37.50 − 5.04) + 12.50 + 12.50; candle 6 + 16 + 8
    "product": {"MUG": "143.31", "BOWL": "57.46", "SHIRT-L": "32.00", "SHIRT-M": "30.00", "candle": "30.00"},
}


def of_period(at: int) -> dict[str, Decimal | None]:
    """Every metric in EUR of the period PERIODS[at]."""
    column = max(0, at - 1)
    return {name: Decimal(row.replace("|", " ").split()[column]) for name, row in EUR.items()}


def full(known: dict[str, str]) -> dict[str, Decimal | None]:
    """Every metric: what is known, and nothing else."""
    return {name: None if value is None else Decimal(value) for name, value in (NOTHING | known).items()}
