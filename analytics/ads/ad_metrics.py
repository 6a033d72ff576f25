"""The metrics of advertising, each once; analytics/metrics.py joins them to the others."""

from analytics.metric import Metric

AD_METRICS: tuple[Metric, ...] = ()
