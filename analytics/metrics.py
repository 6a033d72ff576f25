"""The catalogue: every metric once, with its formula in words; pages take labels, help and formats from here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Metric:
    """A metric as it is shown: unit is money, count, percent, days or ratio; direction says which way is good."""

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
    Metric("shipping", "Shipping", "shipping charged, less discounts on it, − shipping refunded, without tax.", direction="up"),
    Metric("tax", "Tax", "tax charged − tax refunded."),
    Metric("duties", "Duties", "duties charged − duties refunded."),
    Metric("fees", "Fees", "additional fees charged + return fees kept."),
    Metric("total_sales", "Total sales", "net sales + shipping + tax + duties + fees.", direction="up"),
    Metric("tips", "Tips", "tips given − tips refunded."),
    Metric("gift_cards", "Gift cards sold", "gift cards sold − refunded; redeeming one is payment, not discount."),
    Metric("adjustments", "Adjustments", "lines that are no sale: manual entries, samples, bank charges, marketplace fees, commissions, bad debt."),
    Metric("collected", "Collected", "total sales + tips + gift cards sold: what the platform's order totals add up to, less what was taken back.", direction="up"),
    Metric("orders", "Orders", "orders placed that count: not voided, not cancelled before payment.", "count", "up"),
    Metric("units", "Units", "units of products sold.", "count", "up"),
    Metric("net_units", "Net units", "units sold − units known to be returned; a refund that names no units takes none.", "count", "up"),
    Metric("customers", "Customers", "distinct customers of the orders; an order without a known person counts none.", "count", "up"),
    Metric("average_order_value", "Average order", "(gross sales − discounts) ÷ orders.", direction="up"),
    Metric("average_order_value_nonzero", "Average paid order", "(gross sales − discounts) ÷ orders whose total is not zero.", direction="up"),
    Metric("cost_of_goods_sold", "Cost of goods sold", "cost of the units sold at the cost valid on the day of sale − cost of returns known to be restocked."),
    Metric("gross_profit", "Gross profit", "net sales of products with a known cost − their cost of goods sold; beside it the share of net sales that is covered.", direction="up"),
    Metric("gross_margin", "Gross margin", "gross profit ÷ net sales of products with a known cost.", "percent", "up"),
    Metric("covered_share", "Covered share", "net sales of products with a known cost ÷ net sales.", "percent", "up"),
    Metric("month_to_date", "Month to date", "net sales from the first of the month to the day shown.", direction="up"),
    Metric("cm3", "Contribution after ads (CM3)", "net sales − landed cost + shipping − fulfilment, payment and marketplace fees − ad spend. It needs the files that bring them.", direction="up"),
    Metric("ad_spend", "Ad spend", "what the ad platforms charged. It needs their exports.", direction="none"),
    Metric("value_at_cost", "Stock at cost", "units on hand × unit cost valid on the day of the count; products without a cost are left out.", direction="none"),
    Metric("value_at_retail", "Stock at retail", "units on hand × the catalogue's price (as listed).", direction="none"),
    Metric("on_hand", "On hand", "units counted at all locations; “not stocked” is unknown, not 0.", "count"),
    Metric("available", "Available", "on hand − committed − unavailable.", "count"),
    Metric("incoming", "Incoming", "units on their way, as the export says.", "count"),
    Metric("days_of_cover", "Days of cover", "available ÷ units sold a day.", "days"),
    Metric("low_stock", "Low stock", "products whose available units are at or below the reorder point: units sold a day × 14 days + safety stock (z 1.65). Lead time and z are assumed.", "count", "down"),
    Metric("products", "Products", "products in the newest stock export.", "count"),
    # discounts
    Metric("discount_depth", "Discount depth", "discounts ÷ gross sales of the orders that have a code or a discount.", "percent"),
    Metric("discounted_share", "Orders with a discount", "orders that name a code or have a discount on goods ÷ orders. A discount on shipping without a code cannot be told.", "percent"),
    Metric("margin_given_away", "Margin given away", "discounts on lines with a known cost: by so much gross profit would be higher had the same been bought at full price.", direction="down"),
    Metric("new_customer_share", "New customers of codes", "customers whose first order ever in the data is one with a discount code ÷ customers of the orders with a code; orders without a known person are left out.", "percent", "up"),
    Metric("average_with_code", "Average with a code", "(gross sales − discounts) ÷ orders, of the orders that name a discount code.", direction="up"),
    # orders
    Metric("orders_found", "Orders found", "orders that the search and the filters find and that count: not voided, not cancelled before payment.", "count"),
    Metric("orders_total", "Order totals", "sum of the totals that the orders found print, with tax and shipping."),
    Metric("taken_back", "Taken back", "what was given back of the orders found, whenever it was, with its tax and shipping.", direction="down"),
    Metric("kept", "Kept", "order totals − taken back."),
    Metric("orders_waiting", "Paid orders waiting", "paid orders with goods, not or not wholly sent, not cancelled, not given back whole, placed in the last 90 days.", "count", "down"),
    Metric("value_waiting", "Worth", "totals of the paid orders that wait, less what was taken back.", direction="down"),
    Metric("orders_late", "Late", "paid orders that have waited 48 hours or more, at most 90 days.", "count", "down"),
    Metric("value_late", "Worth of the late", "totals of the late orders, less what was taken back.", direction="down"),
    Metric("oldest_days", "Oldest", "days since the oldest paid order that waits was placed.", "days", "down"),
    Metric("orders_unpaid", "Not paid yet", "orders that wait to be sent and whose payment is not in; some are paid on delivery.", "count"),
)  # fmt: skip
METRICS: dict[str, Metric] = {metric.name: metric for metric in _ALL}
