"""What a metric is: its name, how it is computed in words, its unit, and which way is good."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Metric:
    """A metric as it is shown: unit is money, count, percent, days, ratio or rate (a day); direction (up, down, none) says
    which way is good."""

    name: str
    label: str
    formula: str
    unit: str = "money"
    direction: str = "none"
