"""The catalogue: every metric once, with its formula in words; pages take labels, help and formats from here."""

from dataclasses import asdict, dataclass

import pandas as pd


@dataclass(frozen=True)
class Metric:
    """A metric as it is shown: unit is money, count, percent, days, ratio or rate (a day); direction (up, down, none) says
    which way is good."""

    name: str
    label: str
    formula: str
    unit: str = "money"
    direction: str = "none"


_ALL = (
    Metric(
        "gross_sales",
        "Gross sales",
        "unit price × quantity of every product line, without tax, before discounts and reversals. Tips and gift cards sold "
        "are not sales; voided orders and orders cancelled before payment are out.",
        direction="up",
    ),
    Metric("discounts", "Discounts", "line discounts + order discounts spread over the lines by value, without tax. A discount on shipping reduces shipping instead."),
    Metric("reversals", "Reversals", "what was taken back of goods, without tax: returns, cancellations, goodwill, chargebacks and refunds of unknown kind.", direction="down"),
    Metric("net_sales", "Net sales", "gross sales − discounts − reversals.", direction="up"),
    Metric("charged_shipping", "Shipping charged", "what buyers were charged for shipping, less discounts on it, without tax, before refunds.", direction="up"),
    Metric("shipping", "Shipping", "shipping charged, less discounts on it, − shipping refunded, without tax.", direction="up"),
    Metric("charged_tax", "Tax charged", "the tax of every order as it was placed, before refunds."),
    Metric("tax", "Tax", "tax charged − tax refunded."),
    Metric("duties", "Duties", "duties charged − duties refunded."),
    Metric("fees", "Fees", "additional fees charged + return fees kept."),
    Metric("total_sales", "Total sales", "net sales + shipping + tax + duties + fees.", direction="up"),
    Metric("tips", "Tips", "tips given − tips refunded."),
    Metric("gift_cards", "Gift cards sold", "gift cards sold − refunded; redeeming one is payment, not discount."),
    Metric("adjustments", "Adjustments", "lines that are no sale: manual entries, samples, bank charges, marketplace fees, commissions, bad debt."),
    Metric("collected", "Collected", "total sales + tips + gift cards sold: what the platform's order totals add up to, less what was taken back.", direction="up"),
    Metric("taken_back", "Taken back in all", "everything reversed: goods, shipping, tax, tips and gift cards, less return fees kept.", direction="down"),
    Metric("orders", "Orders", "orders placed that count: not voided, not cancelled before payment.", "count", "up"),
    Metric("units", "Units", "units of products sold; gift cards and tips are no units.", "count", "up"),
    Metric("zero_total_orders", "Orders of zero", "orders that count and come to nothing: everything was discounted; one that came back whole is not among them.", "count"),
    Metric("nonzero_orders", "Orders above zero", "orders − orders of zero.", "count", "up"),
    Metric("units_returned", "Units returned", "units known to be returned, of products; a refund of money alone names none, so it may be more.", "count", "down"),
    Metric("net_units", "Net units", "units sold − units known to be returned; a refund that names no units takes none.", "count", "up"),
    Metric("customers", "Customers", "distinct customers of the orders; an order without a known person counts none.", "count", "up"),
    Metric("new_customers", "New customers", "customers whose first order ever lies in these days; who is not known is never new. Before 12 months of history precede the days, unless a customers export tells of earlier orders, some of them may have bought before.", "count", "up"),
    Metric("returning_customers", "Returning customers", "customers of these days whose first order ever lies before them.", "count", "up"),
    Metric("customers_of_several", "Customers with several orders ever", "customers of these days who placed more than one order ever, in these days or outside.", "count", "up"),
    Metric("repeat_customers", "Repeat customers", "customers with two orders or more within these days.", "count", "up"),
    Metric("returning_customer_rate", "Returning customer rate", "customers of these days with more than one order ever ÷ customers of these days.", "percent", "up"),
    Metric("repeat_purchase_rate", "Repeat purchase rate", "customers with two orders or more within these days ÷ customers of these days.", "percent", "up"),
    Metric("unknown_orders", "Orders of unknown people", "orders without a customer: marketplaces and tills often give none. They are neither new nor returning.", "count"),
    Metric("placed_sales", "Sales before reversals", "gross sales − discounts.", direction="up"),
    Metric("average_order_value", "Average order", "sales before reversals (gross sales − discounts) ÷ orders.", direction="up"),
    Metric("average_order_value_nonzero", "Average paid order", "sales before reversals (gross sales − discounts) ÷ orders above zero.", direction="up"),
    Metric("cost_of_goods_sold", "Cost of goods sold", "cost of the units sold at the cost valid on the day of sale − cost of returns known to be restocked."),
    Metric("gross_profit", "Gross profit", "net sales of products with a known cost − their cost of goods sold; beside it the share of net sales that is covered.", direction="up"),
    Metric("gross_margin", "Gross margin", "gross profit ÷ net sales of products with a known cost.", "percent", "up"),
    Metric("covered_net_sales", "Net sales with a known cost", "net sales of products whose cost is known.", direction="up"),
    Metric("covered_share", "Covered share", "net sales of products with a known cost ÷ net sales.", "percent", "up"),
    Metric("share", "Share", "net sales of the row ÷ net sales of all rows in its currency.", "percent"),
    Metric("month_to_date", "Month to date", "net sales from the first of the month to the day shown.", direction="up"),
    Metric("cm1", "Contribution after goods (CM1)", "net sales − landed cost: unit cost, freight and duty. It needs the files that bring them.", direction="up"),
    Metric("cm2", "Contribution after delivery (CM2)", "CM1 + shipping − label, pick and pack − payment, marketplace and fulfilment fees. It needs the files that bring them.", direction="up"),
    Metric("cm3", "Contribution after ads (CM3)", "CM2 − ad spend. It needs the files that bring them.", direction="up"),
    Metric("ad_spend", "Ad spend", "what the ad platforms charged. It needs their exports.", direction="none"),
    Metric("value_at_cost", "Stock at cost", "units on hand × unit cost valid on the day of the count; products without a cost are left out."),
    Metric("value_at_retail", "Stock at retail", "units on hand × the catalogue's price of today (as listed)."),
    Metric("on_hand", "On hand", "units counted at all locations; “not stocked” is unknown, not 0.", "count"),
    Metric("available", "Available", "on hand − committed − unavailable.", "count"),
    Metric("incoming", "Incoming", "units on their way, as the export says.", "count"),
    Metric("negative", "Below zero", "products at a location of which less than nothing is on hand: something was sold or moved that was never booked in.", "count", "down"),
    Metric("not_stocked", "Not stocked", "products that a location does not carry: their stock there is unknown, not 0.", "count"),
    Metric("share_of_stock", "Share of stock", "value at cost of the row ÷ value at cost of all stock in its currency.", "percent"),
    Metric("days_of_cover", "Days of cover", "available ÷ units sold a day; of several products together, of all of them together.", "days"),
    Metric("low_stock", "Low stock", "products whose available units are at or below the reorder point: units sold a day × the store's assumed lead time + safety stock (z 1.65). Lead time and z are assumed.", "count", "down"),
    Metric("products", "Products", "products in the newest count.", "count"),
    Metric("unit_cost", "Unit cost", "what one piece costs, valid on the day of the count, in the currency of its price."),
    Metric("cost_value", "Value at cost", "units on hand × unit cost valid on the day of the count, of one product."),
    Metric("retail_value", "Value at retail", "units on hand × the catalogue's price, of one product."),
    Metric("committed", "Committed", "units promised to orders that are not sent yet.", "count"),
    Metric("velocity", "Sold a day", "units sold on days in stock ÷ those days, where stock history tells of 80 % of the window with 14 days in stock; else units sold ÷ calendar days since it was first on sale, drawn towards its category as far as chance explains the difference. The row says which.", "rate", "up"),
    Metric("units_sold", "Sold in the window", "units sold in the days that velocity is told over, as components where bundles were sold.", "count", "up"),
    Metric("reorder_point", "Reorder point (assumed)", "units sold a day × the store's assumed lead time + safety stock.", "days"),
    Metric("safety_stock", "Safety stock (assumed)", "1.65 × the spread of daily units × √ of the store's assumed lead time.", "days"),
    # how stock turns, ages and lies there
    Metric("sell_through", "Sell-through", "units sold in the period ÷ (units sold + on hand at its end), of products that are counted.", "percent", "up"),
    Metric("sell_through_of_start", "Of starting stock", "units sold in the period ÷ on hand at its start, of products counted in the week before; can pass 100 %.", "percent", "up"),
    Metric("average_stock", "Average stock", "mean of the value at cost at the month ends of the last 12 whole months that were counted."),
    Metric("stock_turn", "Stock turn", "cost of goods sold of the last 12 whole months ÷ average stock at cost.", "ratio", "up"),
    Metric("gmroi", "GMROI", "gross profit of the last 12 whole months ÷ average stock at cost: what each unit of money in stock earned.", "ratio", "up"),
    Metric("dead_value", "Dead stock", "money in products with units on hand of which nothing was sold in as many days as the store's settings say (usually 90): units on hand × unit cost. Stock that came less than 60 days ago is exempt, as the settings say.", direction="down"),
    Metric("overstock_value", "Overstock", "money in units beyond as many days of cover as the store's settings say (usually 180): (available − units sold a day × days), whole units, × unit cost. Stock that came less than 60 days ago is exempt, as the settings say.", direction="down"),
    Metric("tied_up", "Tied up", "units in excess × unit cost of one product; unknown without a cost.", direction="down"),
    Metric("tied_up_share", "Share tied up", "(dead stock + overstock) ÷ value at cost of all stock.", "percent", "down"),
    Metric("excess_units", "In excess", "of dead stock all units on hand; of overstock the whole units beyond the limit of cover.", "count", "down"),
    Metric("days_since_sale", "Days since a sale", "days from the last day on which it was sold to the last day of orders.", "count", "down"),
    Metric("young_value", "Too young to tell", "money in what would be dead stock or overstock, of stock that came less than as many days ago as the store's settings say (usually 60)."),
    Metric("age_days", "Age in days", "days since it was received where a purchase order says so, else since a count last showed more of it than the one before, beyond what customers brought back.", "count"),
    Metric("missing_velocity", "Missed a day", "units a day that the missing sizes sell.", "rate", "down"),
    Metric("missing_share", "Missed share", "units a day of the missing sizes ÷ units a day of all sizes of the style and colour.", "percent", "down"),
    Metric("units_left", "Units left", "available units of the sizes that are there.", "count"),
    Metric("value_left", "Value left", "available units of the sizes that are there × unit cost."),
    Metric("coefficient", "Variation", "standard deviation of weekly units ÷ their mean, over whole weeks since the first sale.", "ratio", "down"),
    # stock on past days, and stockouts
    Metric("lowest", "At least", "the least that can have been available: what a count or a later sale proves.", "count"),
    Metric("highest", "At most", "the most that can have been available, with all that came by the next count without a receipt; nothing bounds it after the last count.", "count"),
    Metric("unexplained", "Unexplained", "counted − (the count before − sold + put back + received): what came without a receipt (above zero) or went without a sale (below).", "count"),
    Metric("sold", "Sold", "pieces sold on the day; a bundle is its parts.", "count", "up"),
    Metric("restocked", "Put back", "pieces of returns and cancellations that are known to be back on the shelf.", "count"),
    Metric("received", "Received", "pieces received on purchase orders.", "count"),
    Metric("counted", "Counted", "pieces available by a count of that day.", "count"),
    Metric("count_days", "Days with a count", "days on which stock was counted.", "count"),
    Metric("days_in_stock", "In stock", "days on which it was there: something was left at the end of the day, or something was sold on it.", "count", "up"),
    Metric("days_out", "Out of stock", "days that ended with nothing available and on which nothing was sold.", "count", "down"),
    Metric("days_unknown", "Not known", "days of which counts, moves and sales do not tell whether it was there.", "count"),
    Metric("products_out", "Out now", "products, each variant by itself, that were asked for in the last 90 days and had nothing available on the last day of the period.", "count", "down"),
    Metric("products_stocked_out", "Products with stockouts", "products that were asked for and had nothing available on some day of the period; variants count as their product.", "count", "down"),
    Metric("stockout_days", "Days out", "days with nothing available while the product is asked for: counted at 0, walked to 0 between counts, or told from sales alone, where what sells on most days sold nothing for so long that chance would bring it once in a million times.", "count", "down"),
    Metric("days_at_most", "Days out at most", "days out and the days after them, until it was back, of which nothing is known.", "count", "down"),
    Metric("lost_units", "Lost units (estimate)", "units sold a day in stock × days out, the first 30 days of a stockout at most (a setting).", "count", "down"),
    Metric("lost_revenue", "Lost sales (estimate)", "lost units × what a unit brought after discounts in the last 90 days, else the catalogue's price.", direction="down"),
    Metric("lost_margin", "Lost margin (estimate)", "lost units × (what a unit brought − its unit cost); blank where no cost is known.", direction="down"),
    # the effects of a change of net sales; together they are the change, exactly
    Metric("effect_volume", "Volume", "products sold in both periods: units more (or fewer) × the average price of all of them in the compared days, as if every unit cost the same.", direction="up"),
    Metric("effect_prices", "Prices", "products sold in both periods: units sold now × (average price before discounts now − the same in the compared days).", direction="up"),
    Metric("effect_mix", "Mix", "products sold in both periods: units more (or fewer) × (the product's average price − that of all of them, both in the compared days). Selling more of what is dear adds, more of what is cheap takes away.", direction="up"),
    Metric("effect_discounts", "Change of discounts", "products sold in both periods, and discounts printed as a line of their own: discounts in the compared days − discounts now.", direction="up"),
    Metric("effect_reversals", "Change of reversals", "products sold in both periods, and in neither: what was taken back in the compared days − what was taken back now.", direction="up"),
    Metric("effect_new", "New products", "net sales of products that were sold now and not in the compared days; what was taken back of them included.", direction="up"),
    Metric("effect_lost", "Lost products", "net sales, with a minus, of products that were sold in the compared days and not now; what was taken back of them included.", direction="up"),
    Metric("effect_rest", "No product", "the change of what belongs to no product: reversals that name no line, and lines with money but no units.", direction="up"),
    # products
    Metric("products_sold", "Products sold", "products of which at least one unit was sold; variants count as their product.", "count"),
    Metric("a_products", "A products", "the products that bring the first 80 % of net sales, or what the store sets instead: in the order of net sales, each whose predecessors bring less than that (B: less than 95 %, or what the store sets). Products with net sales of zero or less are C and are not in the sum that is shared.", "count"),
    Metric("average_price", "Average price", "(gross sales − discounts) ÷ units, without tax."),
    Metric("pace", "Units a day", "units sold ÷ days of the period that have data.", "ratio", "up"),
    Metric("pace_left", "Of former pace", "units a day now ÷ units a day in the 12 weeks before the period (in as many of them as the product was on sale, 28 days at least).", "percent", "up"),
    # discounts
    Metric("discount_depth", "Discount depth", "discounts ÷ gross sales of the orders that have a code or a discount.", "percent"),
    Metric("discounted_share", "Orders with a discount", "orders that name a code or have a discount on goods ÷ orders. A discount on shipping without a code cannot be told.", "percent"),
    Metric("margin_given_away", "Margin given away", "discounts on lines with a known cost: by so much gross profit would be higher had the same been bought at full price.", direction="down"),
    Metric("new_customer_share", "New customers of codes", "customers whose first order ever in the data is one with a discount code ÷ customers of the orders with a code; orders without a known person are left out.", "percent", "up"),
    Metric("average_with_code", "Average with a code", "(gross sales − discounts) ÷ orders, of the orders that name a discount code.", direction="up"),
    # orders
    Metric("orders_found", "Orders found", "orders that the search and the filters find and that count: not voided, not cancelled before payment.", "count"),
    Metric("orders_total", "Order totals", "sum of the totals that the orders found print, with tax and shipping."),
    Metric("given_back", "Taken back", "what was given back of the orders found, whenever it was, with its tax and shipping.", direction="down"),
    Metric("kept", "Kept", "order totals − taken back."),
    Metric("orders_waiting", "Paid orders waiting", "paid orders with goods, not or not wholly sent, not cancelled, not given back whole, placed in the last 90 days.", "count", "down"),
    Metric("value_waiting", "Worth", "totals of the paid orders that wait, less what was taken back.", direction="down"),
    Metric("orders_late", "Late", "paid orders that have waited 48 hours or more, at most 90 days.", "count", "down"),
    Metric("value_late", "Worth of the late", "totals of the late orders, less what was taken back.", direction="down"),
    Metric("oldest_days", "Oldest", "days since the oldest paid order that waits was placed.", "days", "down"),
    Metric("orders_unpaid", "Not paid yet", "orders that wait to be sent and whose payment is not in; some are paid on delivery.", "count"),
)  # fmt: skip
METRICS: dict[str, Metric] = {metric.name: metric for metric in _ALL}


def catalogue(names: tuple[str, ...] = ()) -> pd.DataFrame:
    """One row a metric, all or those named: name, label, formula, unit, direction."""
    rows = [asdict(METRICS[name]) for name in names or METRICS]
    return pd.DataFrame(rows, columns=["name", "label", "formula", "unit", "direction"])
