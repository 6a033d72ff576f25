"""The metrics of contribution, its costs and payouts, each once; analytics/metrics.py joins them to the others."""

from analytics.metric import Metric

PROFIT_METRICS: tuple[Metric, ...] = (
    Metric(
        "cm1_uncovered",
        "Sales without a known cost",
        "net sales of lines whose cost nobody knows: CM1 is not told of them.",
    ),
    Metric(
        "cm1_left_out",
        "CM1 of orders not known whole",
        "CM1 of lines of orders of which a group of costs (selling fees, sending) is not known that the store is told of otherwise: CM2 is not told of them.",
    ),
    Metric("cm1_net_sales", "Net sales behind CM1", "net sales of lines with a known cost."),
    Metric(
        "cm2_net_sales",
        "Net sales behind CM2",
        "net sales of lines with a known cost whose order has every group of costs (selling fees, sending) known that the store is told of.",
    ),
    Metric("cm1_share", "CM1 share", "CM1 ÷ net sales behind CM1.", "percent", "up"),
    Metric("cm2_share", "CM2 share", "CM2 ÷ net sales behind CM2.", "percent", "up"),
    Metric("cm3_share", "CM3 share", "CM3 ÷ net sales behind CM2.", "percent", "up"),
    Metric("cm1_coverage", "CM1 covers", "net sales behind CM1 ÷ net sales.", "percent", "up"),
    Metric("cm2_coverage", "CM2 covers", "net sales behind CM2 ÷ net sales.", "percent", "up"),
    Metric(
        "cm3_coverage",
        "CM3 covers",
        "net sales behind CM2 ÷ net sales; unknown where no file tells of ads.",
        "percent",
        "up",
    ),
    Metric("with_lines", "From files", "orders of which a file has a line of that cost.", "count", "up"),
    Metric(
        "with_estimate",
        "Estimated by rules",
        "orders of which no file has a line of that cost, and a rule says what it is.",
        "count",
    ),
    Metric(
        "with_nothing", "Cost not known", "orders of which neither a file nor a rule says that cost.", "count", "down"
    ),
    Metric(
        "orders_with_lines",
        "Of them a file says it",
        "of the orders that a rule is about, those of which a file has a line of that cost, which then counts instead.",
        "count",
    ),
    Metric("rule_cost", "It would cost", "what a rule says of all orders of these days that it is about."),
    Metric(
        "orders_known_share",
        "Known of orders",
        "orders of which a file's line or a rule says what it cost ÷ orders placed; of an order that cost its buyer nothing there is no selling fee to know.",
        "percent",
        "up",
    ),
    Metric(
        "label",
        "Labels",
        "what carriers and marketplaces charged to send orders, as their files or else the store's rules say.",
    ),
    Metric(
        "label_back",
        "Labels back",
        "what carriers and marketplaces charged to bring goods back, on the day of the order or on their own, as the clock says.",
    ),
    Metric("pick_pack", "Pick and pack", "packaging and handling of orders, as files or else the store's rules say."),
    Metric(
        "fulfilment_fee",
        "Fulfilment fees",
        "what a marketplace or warehouse charged to send orders, less what refunds gave back.",
    ),
    Metric("payment_fee", "Payment fees", "what payment providers charged for orders, less what refunds gave back."),
    Metric(
        "marketplace_fee", "Marketplace fees", "what marketplaces charged for selling, less what refunds gave back."
    ),
    Metric(
        "other_fee",
        "Fees of no order",
        "what was charged for no order that counts (storage, subscriptions), on its own day; a part of the shop has none.",
    ),
    Metric(
        "estimated_share",
        "Estimated costs",
        "costs that the store's rules say ÷ all costs of sending and selling in CM2.",
        "percent",
    ),
    Metric(
        "ad_spend_left_out",
        "Ad spend left out",
        "what was spent on ads in periods that reach beyond the days asked for and are told apart by no report.",
    ),
    Metric(
        "ad_spend_spread",
        "Ad spend by share",
        "the part of the ad spend that no report gives to the row: spread over all rows by net sales.",
    ),
    Metric(
        "paid_out",
        "Paid to the bank",
        "what providers and marketplaces paid to the bank, as printed, else as their rows add up.",
    ),
    Metric(
        "payout_sales",
        "Sales in it",
        "what buyers paid for goods and shipping, less promotions, in the payout.",
        direction="up",
    ),
    Metric("payout_refunds", "Refunds in it", "what went back to buyers, with chargebacks, with a minus."),
    Metric("payout_tax", "Tax in it", "tax that buyers paid less what a marketplace withheld of it."),
    Metric("payout_fees", "Fees in it", "what was taken off for payments, selling and sending, with a minus."),
    Metric("payout_other", "Other in it", "adjustments, reserves and other money that is no sale and no fee."),
    Metric("payout_net", "Rows add up to", "sales + refunds + tax + fees + other in the payout."),
    Metric("payout_printed", "Printed as paid out", "the payout's own total, where its file prints one."),
    Metric("payout_difference", "Printed less rows", "printed as paid out − what the rows add up to."),
    Metric(
        "payout_unexplained",
        "Not explained",
        "Σ of what printed totals differ from their rows by, whatever the sign; money left in an account is none of it.",
        direction="down",
    ),
    Metric("not_paid_out", "Not paid out yet", "what providers hold of payments after the last payout."),
    Metric(
        "in_no_payout",
        "In no payout",
        "collected for orders of the days that no payout has though orders of their channel and means of payment are in payouts.",
        direction="down",
    ),
    Metric("orders_in_no_payout", "Orders in no payout", "how many orders that is.", "count", "down"),
    Metric("payout_orders", "Orders in it", "different orders that the payout names.", "count"),
    Metric("payout_paid", "Paid in it", "what an order's buyer paid in the payout, less what went back in it."),
    Metric("payout_elsewhere", "Paid elsewhere", "the same in other payouts, and in what is not paid out yet."),
)
