"""The metrics of contribution, its costs and payouts, each once; analytics/metrics.py joins them to the others."""

from analytics.metric import Metric

PROFIT_METRICS: tuple[Metric, ...] = ()
