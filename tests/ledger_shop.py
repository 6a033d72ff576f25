"""A shop's books, written by hand: 17 orders in EUR, one in USD, one voided, in the files a shop would export.

What every number must be stands in ledger_answers.py. Tax is 20 % throughout. The orders, in the order of their days:

  #2001  10 Jan  plain: tax on top, shipping
  #2002  15 Jan  part of it refunded, without a date: Refunded Amount 10.00 of 74.40
  W-1    20 Jan  part of it returned on a day of its own: one of three mugs, 5 Feb; a line discount goes back with it
  #2003   1 Feb  twenty past midnight (still 31 January in London); a tip
  #2006  14 Feb  a gift card that says so, and a bowl
  #2007  15 Feb  a gift card under another name: only the catalogue knows
  W-2    18 Feb  a shirt, exchanged on 5 March for a dearer one
  #2008  20 Feb  tax inside the prices and inside shipping, 10 % off; one product has no SKU
  #2009  21 Feb  2.00 off the shipping
  #2010  22 Feb  in USD, with duties; the buyer of #2001
  #2013  23 Feb  voided: counts nowhere
  #2014  24 Feb  everything off: an order of 0.00
  W-3    25 Feb  two bowls, returned on 10 March less a return fee of 3.50
  #2005  26 Feb  cancelled ten past midnight on 1 March (still February in London), not refunded
  #2004  27 Feb  cancelled on 2 March and refunded
  W-4    28 Feb  cancelled on 3 March and refunded, line by line
  W-5    15 Mar  no SKU, no customer
  #2011  29 Mar  half past midnight, an hour and a half before clocks go forward (still 28 March in London)
  #2012  30 Mar  half past midnight, summer time (still 29 March where clocks did not go forward); at a till, no customer
"""

from pathlib import Path

STORE = "Hand"

_ORDERS_HEADER = (
    "Name,Email,Financial Status,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Shipping Country,Cancelled at,Refunded Amount,Id,Source,Lineitem discount,Duties\n"
)
# What does not change between the export of February's end and that of March's end.
_ORDERS_STABLE = """\
#2014,ben@shop.test,paid,fulfilled,EUR,0.00,0.00,0.00,0.00,8.00,2026-02-24 16:00:00 +0100,\
1,Candle,8.00,,true,true,DE,,0.00,7014,web,0.00,
#2013,eve@shop.test,voided,unfulfilled,EUR,82.50,0.00,16.50,99.00,0.00,2026-02-23 11:00:00 +0100,\
1,Gold Lamp,82.50,LAMP,true,true,DE,,0.00,7013,web,0.00,
#2010,ann@shop.test,paid,fulfilled,USD,22.00,2.00,0.00,25.50,0.00,2026-02-22 09:00:00 +0100,\
1,Mug,22.00,MUG,true,true,US,,0.00,7010,web,0.00,1.50
#2009,fay@shop.test,paid,fulfilled,EUR,12.50,5.00,3.10,18.60,2.00,2026-02-21 13:00:00 +0100,\
1,Bowl,12.50,BOWL,true,true,AT,,0.00,7009,web,0.00,
#2008,eva@shop.test,paid,fulfilled,EUR,43.20,6.00,8.20,49.20,4.80,2026-02-20 19:00:00 +0100,\
2,Mug,20.00,MUG,true,true,AT,,0.00,7008,web,0.00,
#2008,eva@shop.test,,,,,,,,,2026-02-20 19:00:00 +0100,\
1,Candle,8.00,,true,true,,,,,,0.00,
#2007,dan@shop.test,paid,fulfilled,EUR,25.00,0.00,0.00,25.00,0.00,2026-02-15 10:00:00 +0100,\
1,Present Pass,25.00,PASS,false,false,DE,,0.00,7007,web,0.00,
#2006,Ann@Shop.test,paid,fulfilled,EUR,62.50,0.00,2.50,65.00,0.00,2026-02-14 20:00:00 +0100,\
1,Gift Card,50.00,,false,false,DE,,0.00,7006,web,0.00,
#2006,Ann@Shop.test,,,,,,,,,2026-02-14 20:00:00 +0100,\
1,Bowl,12.50,BOWL,true,true,,,,,,0.00,
#2003,cat@shop.test,paid,fulfilled,EUR,30.00,0.00,6.00,39.00,0.00,2026-02-01 00:20:00 +0100,\
1,Shirt - M,30.00,SHIRT-M,true,true,DE,,0.00,7003,web,0.00,
#2003,cat@shop.test,,,,,,,,,2026-02-01 00:20:00 +0100,\
1,Tip,3.00,,false,false,,,,,,0.00,
#2002,ben@shop.test,partially_refunded,fulfilled,EUR,57.50,4.50,12.40,74.40,0.00,2026-01-15 15:00:00 +0100,\
3,Bowl,12.50,BOWL,true,true,DE,,10.00,7002,web,0.00,
#2002,ben@shop.test,,,,,,,,,2026-01-15 15:00:00 +0100,\
1,Mug,20.00,MUG,true,true,,,,,,0.00,
#2001,ann@shop.test,paid,fulfilled,EUR,40.00,5.00,8.00,53.00,0.00,2026-01-10 12:00:00 +0100,\
2,Mug,20.00,MUG,true,true,DE,,0.00,7001,web,0.00,
"""
_ORDERS_IN_FEBRUARY = """\
#2004,hal@shop.test,paid,unfulfilled,EUR,20.00,5.00,5.00,30.00,0.00,2026-02-27 08:00:00 +0100,\
1,Mug,20.00,MUG,true,true,DE,,0.00,7004,web,0.00,
#2005,gus@shop.test,paid,unfulfilled,EUR,30.00,0.00,6.00,36.00,0.00,2026-02-26 17:00:00 +0100,\
1,Shirt - L,30.00,SHIRT-L,true,true,DE,,0.00,7005,web,0.00,
"""
_ORDERS_IN_MARCH = """\
#2012,,paid,fulfilled,EUR,20.00,0.00,4.00,24.00,0.00,2026-03-30 00:30:00 +0200,\
1,Mug,20.00,MUG,true,true,DE,,0.00,7012,pos,0.00,
#2011,cat@shop.test,paid,fulfilled,EUR,8.00,0.00,1.60,9.60,0.00,2026-03-29 00:30:00 +0100,\
1,Candle,8.00,,true,true,DE,,0.00,7011,web,0.00,
#2004,hal@shop.test,refunded,unfulfilled,EUR,20.00,5.00,5.00,30.00,0.00,2026-02-27 08:00:00 +0100,\
1,Mug,20.00,MUG,true,true,DE,2026-03-02 09:00:00 +0100,30.00,7004,web,0.00,
#2005,gus@shop.test,paid,unfulfilled,EUR,30.00,0.00,6.00,36.00,0.00,2026-02-26 17:00:00 +0100,\
1,Shirt - L,30.00,SHIRT-L,true,true,DE,2026-03-01 00:10:00 +0100,0.00,7005,web,0.00,
"""
ORDERS_TO_FEBRUARY = _ORDERS_HEADER + _ORDERS_IN_FEBRUARY + _ORDERS_STABLE
ORDERS_TO_MARCH = _ORDERS_HEADER + _ORDERS_IN_MARCH + _ORDERS_STABLE
# Apart from the shop: 12.00 of 33.00 refunded, then the rest cancelled, the tip with it.
CANCELLED_AFTER_A_REFUND = (
    _ORDERS_HEADER
    + """\
#3001,ida@shop.test,partially_refunded,unfulfilled,EUR,20.00,5.00,5.00,33.00,0.00,2026-02-27 08:00:00 +0100,\
1,Mug,20.00,MUG,true,true,DE,2026-03-02 09:00:00 +0100,12.00,8001,web,0.00,
#3001,ida@shop.test,,,,,,,,,2026-02-27 08:00:00 +0100,\
1,Tip,3.00,,false,false,,,,,,0.00,
"""
)

_LINES_HEADER = "Order,Date,SKU,Title,Quantity,Price,Discount,Tax,Currency,Customer,Country,Channel,Kind\n"
_LINES_STABLE = """\
W-1,2026-01-20 10:00,MUG,Mug,3,20.00,6.00,10.80,EUR,1,DE,Phone,
W-1,2026-02-05 10:00,MUG,Mug,-1,20.00,-2.00,-3.60,EUR,1,DE,Phone,
"""
_LINES_IN_FEBRUARY = """\
W-2,2026-02-18 10:00,SHIRT-M,Shirt - M,1,30.00,0,6.00,EUR,2,DE,Phone,
W-3,2026-02-25 10:00,BOWL,Bowl,2,12.50,0,5.00,EUR,3,AT,Phone,
W-3,2026-02-25 10:00,,Parcel,1,4.00,0,0.80,EUR,3,AT,Phone,shipping
W-4,2026-02-28 10:00,MUG,Mug,1,20.00,0,4.00,EUR,1,DE,Phone,
"""
_LINES_IN_MARCH = """\
W-4,2026-03-03 10:00,MUG,Mug,-1,20.00,0,-4.00,EUR,1,DE,Phone,cancellation
W-2,2026-03-05 10:00,SHIRT-M,Shirt - M,-1,30.00,0,-6.00,EUR,2,DE,Phone,exchange
W-2,2026-03-05 10:00,SHIRT-L,Shirt - L,1,32.00,0,6.40,EUR,2,DE,Phone,exchange
W-3,2026-03-10 10:00,BOWL,Bowl,2,12.50,0,5.00,EUR,3,AT,Phone,return
W-3,2026-03-10 10:00,,Return fee,1,3.50,0,0,EUR,3,AT,Phone,return_fee
W-5,2026-03-15 10:00,,Candle,2,8.00,0,3.20,EUR,,DE,Phone,
"""
LINES_TO_FEBRUARY = _LINES_HEADER + _LINES_STABLE + _LINES_IN_FEBRUARY
LINES_TO_MARCH = _LINES_HEADER + _LINES_STABLE + _LINES_IN_FEBRUARY + _LINES_IN_MARCH
# Apart from the shop: a discount printed as a line of its own.
DISCOUNT_AS_A_LINE = (
    _LINES_HEADER
    + """\
V-1,2026-01-20 10:00,MUG,Mug,2,20.00,0,7.00,EUR,1,DE,Phone,
V-1,2026-01-20 10:00,,Voucher,-1,5.00,0,0,EUR,1,DE,Phone,discount
"""
)

# The first costs are of 16 February and reach back; the mug costs 9.00 from 1 March. The larger shirt has no cost.
_PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Gift Card,Cost per item
mug,Mug,Clay,Kitchen,Title,Default Title,MUG,20.00,false,{mug_cost}
bowl,Bowl,Clay,Kitchen,Title,Default Title,BOWL,12.50,false,5.00
shirt,Shirt,Loom,Apparel,Size,M,SHIRT-M,30.00,false,12.00
shirt,,,,,L,SHIRT-L,30.00,,
candle,Candle,Wick,Home,Title,Default Title,,8.00,false,2.50
pass,Present Pass,Hand,Cards,Title,Default Title,PASS,25.00,true,
"""
PRODUCTS_OF_FEBRUARY = _PRODUCTS.format(mug_cost="8.00")
PRODUCTS_OF_MARCH = _PRODUCTS.format(mug_cost="9.00")
PRODUCTS_WITH_TWO_CANDLES = PRODUCTS_OF_MARCH + "new-candle,Candle,Wick,Home,Title,Default Title,,9.00,false,\n"


def write(folder: Path, name: str, text: str) -> Path:
    """The text as a file of the folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path
