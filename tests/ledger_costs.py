"""What the orders of ledger_shop.py cost beside their goods, and what is left of them, worked out by hand on both clocks.

Told of by files: bowls carry 0.50 of freight and duty until March; Shopify took 1.00 of #2001, 1.20 of #2002, 0.80 of #2004 and
gave 0.30 back with its refund on 2 March; the carrier took 5.50 for #2001, 3.00 for W-3's way back on 10 March, 2.00 on 20 March for
a parcel of no order. By rules: 2 % of what was paid in EUR; a parcel costs 4.00 to Germany, 6.00 to Austria. Google took 12.00 on
20 January, Meta 9.00 for 10 to 12 February and 20.00 for 25 February to 5 March.

What the rules say, payment by order (2 % of what was paid): W-1 64.80 1.30 | #2003 39 0.78, #2006 65 1.30, #2007 25 0.50, W-2 36 0.72,
#2008 49.20 0.98, #2009 18.60 0.37, #2014 0, W-3 34.80 0.70, #2005 36 0.72, W-4 24 0.48 | W-5 19.20 0.38, #2011 9.60 0.19,
#2012 24 0.48. Parcels: nothing was sent of #2004 and #2005 (cancelled first) nor of #2007 (a gift card).
The larger shirt has no cost: #2005's 30 sold and 30 taken back, and the 32 of W-2's exchange, count in no contribution.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from analytics import db
from analytics.profit import kept

COSTS = """\
SKU,Unit cost,Freight,Duty,Valid from,Currency
BOWL,5.00,0.40,0.10,2026-02-16,EUR
"""
PAYOUTS = """\
Transaction Date,Type,Order,Card Brand,Card Source,Payout Status,Payout Date,Available On,Amount,Fee,Net,Checkout,\
Payment Method Name,Presentment Amount,Presentment Currency,Currency
2026-01-10 12:00:00 +0100,charge,#2001,visa,,paid,2026-01-13,,53.00,1.00,52.00,#1,card,,,EUR
2026-01-15 15:00:00 +0100,charge,#2002,visa,,paid,2026-01-18,,74.40,1.20,73.20,#2,card,,,EUR
2026-02-27 08:00:00 +0100,charge,#2004,visa,,paid,2026-03-02,,30.00,0.80,29.20,#3,card,,,EUR
2026-03-02 09:00:00 +0100,refund,#2004,visa,,paid,2026-03-05,,-30.00,-0.30,-29.70,#3,card,,,EUR
"""
PARCELS = """\
Order,Tracking,Date,Service,Amount,Currency,Direction
#2001,P1,2026-01-11,Parcel,5.50,EUR,out
W-3,P2,2026-03-10,Parcel,3.00,EUR,return
,P3,2026-03-20,Parcel,2.00,EUR,out
"""
FILES = (
    ("costs.csv", COSTS, date(2026, 3, 31)),
    ("payouts.csv", PAYOUTS, date(2026, 3, 31)),
    ("parcels.csv", PARCELS, date(2026, 3, 31)),
)
RULES = (("payment_fee", None, "0", "0.02"), ("label", "DE", "4.00", "0"), ("label", "AT", "6.00", "0"))
ADS = (
    ("google", date(2026, 1, 20), date(2026, 1, 20), "12.00"),
    ("meta", date(2026, 2, 10), date(2026, 2, 12), "9.00"),
    ("meta", date(2026, 2, 25), date(2026, 3, 5), "20.00"),
)

# Columns: all time | January on the order's clock, on the refund's | February, the same | March, the same.
EUR = {
    # 292.77 without W-2's 32 | all | 91 (30 − 30 are out), 198 − 30 | 76 − 32, −49 − (32 − 30)
    "cm1_net_sales": "260.77 | 125.77 143.77 | 91.00 168.00 | 44.00 -51.00",
    # cost of goods sold 63 | 81 | 16.50, and half a Euro for each bowl: #2002 3 | #2006, #2009, W-3 2
    "landed_cost": "164.00 | 64.50 64.50 | 83.00 83.00 | 16.50 16.50",
    "cm1": "96.77 | 61.27 79.27 | 8.00 85.00 | 27.50 -67.50",
    "cm1_left_out": "0 | 0 0 | 0 0 | 0 0",
    # as ledger_answers has it: all of it is of orders that are known
    "shipping": "20.90 | 8.90 8.90 | 12.00 17.00 | 0 -5.00",
    # #2001 5.50, #2002 4, W-1 4 | #2003, #2006, W-2, #2014, W-4 4 each, #2008, #2009, W-3 6 each | W-5, #2011, #2012
    "label": "63.50 | 13.50 13.50 | 38.00 38.00 | 12.00 12.00",
    # W-3's, sold in February
    "label_back": "3.00 | 0 0 | 3.00 0 | 0 3.00",
    # 1 + 1.20 + 1.30 | 0.78 + 1.30 + 0.50 + 0.72 + 0.98 + 0.37 + 0.70 + 0.48 + 0.80 = 6.63, 0.30 back in March | 0.38 + 0.19 + 0.48
    "payment_fee": "10.88 | 3.50 3.50 | 6.33 6.63 | 1.05 0.75",
    "pick_pack": "0 | 0 0 | 0 0 | 0 0",
    "fulfilment_fee": "0 | 0 0 | 0 0 | 0 0",
    "marketplace_fee": "0 | 0 0 | 0 0 | 0 0",
    # the parcel of no order
    "other_fee": "2.00 | 0 0 | 0 0 | 2.00 2.00",
    # 61.27 + 8.90 − 13.50 − 3.50, + 18 | 8 + 12 − 38 − 3 − 6.33, 85 + 17 − 38 − 6.63 | 27.50 − 12 − 1.05 − 2,
    # −67.50 − 5 − 12 − 3 − 0.75 − 2
    "cm2": "38.29 | 53.17 71.17 | -27.33 57.37 | 12.45 -90.25",
    # what lies in the days wholly
    "ad_spend": "41.00 | 12.00 12.00 | 9.00 9.00 | 0 0",
    "ad_spend_left_out": "0 | 0 0 | 20.00 20.00 | 20.00 20.00",
    "cm3": "-2.71 | 41.17 59.17 | -36.33 48.37 | 12.45 -90.25",
    # 260.77 ÷ 292.77 | all | all, 168 ÷ 198 | 44 ÷ 76, −51 ÷ −49
    "cm1_coverage": "0.890699 | 1 1 | 1 0.848485 | 0.578947 1.040816",
    # 38.29 ÷ 260.77
    "cm2_share": "0.146834 | 0.422756 0.495027 | -0.30033 0.341488 | 0.282955 1.769608",
    # labels 58 of 63.50, payment 8.18 of 10.88, of 77.38 in all | 8 + 1.30 of 17 | 38 + 5.83 of 47.33, of 44.63 | 12 + 1.05
    # of 13.05, of 15.75
    "estimated_share": "0.85526 | 0.547059 0.547059 | 0.926051 0.982075 | 1 0.828571",
}


def of_period(at: int) -> dict[str, Decimal]:
    """The figures of the period at a place of ledger_answers.PERIODS."""
    found = {}
    for name, row in EUR.items():
        whole, *rest = row.replace("|", "").split()
        found[name] = Decimal([whole, whole, *rest][at])
    return found


def tell(
    store: int, rules: tuple[tuple[Any, ...], ...] = RULES, ads: tuple[tuple[Any, ...], ...] = ADS, key: str = "first"
) -> None:
    """What no file brings here: rules and ad spend, as their editors and imports leave them."""
    with db.transaction(store) as cursor:
        for kind, country, per_order, share in rules:
            cursor.execute(
                "insert into cost_rules (store_id, cost_kind, country, per_order, share, currency) values (%s, %s, %s, %s, %s, 'EUR')",
                (store, kind, country, per_order, share),
            )
        for at, (platform, first, last, spend) in enumerate(ads):
            cursor.execute(
                "insert into ad_spend (store_id, spend_key, source, platform, level, campaign, first_day, last_day, currency, spend)"
                " values (%s, %s, 'made', %s, 'campaign', 'Spring', %s, %s, 'EUR', %s)",
                (store, f"{key} {at}", platform, first, last, spend),
            )
        kept.refresh(cursor, store, everything=True)
