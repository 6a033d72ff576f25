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
)
