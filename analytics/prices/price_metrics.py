"""The metrics of prices, each once; analytics/metrics.py joins them to the others."""

from analytics.metric import Metric

PRICE_METRICS: tuple[Metric, ...] = ()
