"""The metrics of advertising, each once; analytics/metrics.py joins them to the others."""

from analytics.metric import Metric

AD_METRICS: tuple[Metric, ...] = (
    Metric("mer", "MER", "net sales ÷ ad spend of the same days, whatever brought the sales.", "ratio", "up"),
    Metric("spend_share", "Spend share", "ad spend ÷ net sales: MER the other way round.", "percent", "down"),
    Metric("tacos", "TACoS", "ad spend ÷ net sales of the whole shop, also those that no ad claims; of a platform or campaign, its own spend ÷ the same.", "percent", "down"),
    Metric("attributed_revenue", "Claimed revenue", "the revenue that platforms count as theirs, each by its own rule; several can claim one order, and each says tax, shipping and returns as it likes."),
    Metric("roas", "ROAS", "claimed revenue ÷ ad spend of the reports that tell both.", "ratio", "up"),
    Metric("acos", "ACOS", "ad spend ÷ claimed revenue of the reports that tell both.", "percent", "down"),
    Metric("overclaim_ratio", "Claimed of your sales", "revenue that all platforms together claim ÷ the shop's own net sales of the same days. Above 100 % more is claimed than was sold; below it, too, one sale can be claimed twice.", "percent", "down"),
    Metric("poas", "POAS", "gross profit of products with a known cost ÷ ad spend.", "ratio", "up"),
    Metric("contribution_margin", "Margin before ads", "what is left of net sales before ads ÷ those net sales: after goods, fees and sending as far as they are known.", "percent", "up"),
    Metric("break_even_roas", "Break-even ROAS", "1 ÷ margin before ads: a sale that an ad brings pays for the ad from this ROAS on.", "ratio", "down"),
    Metric("new_customer_cac", "New-customer CAC", "ad spend ÷ new customers of the same days, whoever or whatever brought them. New is told as for new customers.", direction="down"),
    Metric("payback_months", "Payback", "months after the first order until what a new customer leaves before ads, added up, is as much as the CAC.", "count", "down"),
    Metric("contribution_per_customer", "Left by a new customer", "what an order leaves before ads, of the first order and all later ones up to the month, ÷ customers; each month from the customers whose month is over.", direction="up"),
    Metric("cohort_customers", "Customers whose month is over", "new customers whose first order is so many whole months old.", "count"),
    Metric("impressions", "Impressions", "how often ads were shown, as platforms count. Reach is not shown: people do not add up over days.", "count"),
    Metric("clicks", "Clicks", "clicks on ads, as platforms count.", "count"),
    Metric("conversions", "Conversions", "orders that platforms count as theirs.", "count"),
    Metric("ctr", "CTR", "clicks ÷ impressions.", "percent", "up"),
    Metric("cpc", "CPC", "ad spend ÷ clicks.", direction="down"),
    Metric("cpm", "CPM", "ad spend ÷ impressions × 1,000.", direction="down"),
    Metric("conversion_rate", "Conversion rate", "conversions ÷ clicks.", "percent", "up"),
    Metric("share_of_spend", "Share of spend", "ad spend of the row ÷ ad spend of all rows.", "percent"),
    Metric("share_of_claimed", "Share of claimed", "claimed revenue of the row ÷ claimed revenue of all platforms.", "percent"),
    Metric("left_out_spend", "Not in the figures", "spend of reports that tell a longer period as a whole of which the days hold only a part, or that has no exchange rate."),
    # what the next unit of spend brings
    Metric("spend_a_day", "Spend a day", "mean ad spend of the last 28 days that are told."),
    Metric("brought_a_day", "Brought a day", "net sales a day that go with this spend beyond those without it, by the curve fitted to the shop's own days. It is correlation."),
    Metric("next_brings", "The next 100 bring", "net sales that go with 100 more of spend, spread over the next 28 days, at today's spend, by the same curve.", direction="up"),
    Metric("next_lower", "The next 100, at least", "lower end of the 80 % interval of what the next 100 bring.", direction="up"),
    Metric("next_upper", "The next 100, at most", "upper end of the 80 % interval of what the next 100 bring.", direction="up"),
    Metric("days_fitted", "Days looked at", "days that the curve is fitted to.", "count"),
    # ads on products
    Metric("wasted_spend", "Spend wasted", "of a product below zero or with flagged returns all spend on it; else the spend of days on which it was out of stock.", direction="down"),
    Metric("spend_while_out", "While out of stock", "spend of the days on which the product, and of a product in several variants each of them, was out of stock.", direction="down"),
    Metric("mapped_spend", "Spend on known products", "ad spend of campaigns of which it is known, or guessed from their name, which product or category they are for.", direction="up"),
    Metric("mapped_share", "Share mapped", "spend on known products and categories ÷ ad spend.", "percent", "up"),
    Metric("left_after_ads", "Left after ads", "profit of the product's sales in these days − the spend on it.", direction="up"),
    Metric("profit_before_ads", "Profit before ads", "contribution of the product after goods, fees and sending, as far as they are known; gross profit where fees are not.", direction="up"),
)  # fmt: skip
