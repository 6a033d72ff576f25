"""How demand moves: growth, week, year, promotions, stock-outs, launches; everything counted from the last day."""

import math
from datetime import date, timedelta
from random import Random

from analytics.sample import catalogue
from analytics.sample.catalogue import Product

ORDERS = 30_000
CALMEST, WOBBLE = 0.85, 0.30  # of a usual day's orders
WEEKDAYS = (1.05, 0.98, 0.96, 0.98, 0.97, 0.92, 1.22)  # Monday first; Sunday evening is the shop's best
STOCKOUT = (40, 32)  # days before the last day: first and last day without the bestseller
LAUNCH = 75
FADE_START = 420
# product: (days before the last day, length) of further stock-outs
SHORTAGES = {
    "Linen Shirt Amrum": (150, 6),
    "Chelsea Boot Moor": (290, 12),
    "Wool Beanie Nebel": (330, 5),
    "Sommerwind Dress": (480, 8),
    "Friesennerz Rain Jacket": (205, 7),
}


def first_day(last_day: date) -> date:
    """The day after the same date two years before (29 February counts as 28)."""
    leap = last_day.month == 2 and last_day.day == 29
    return last_day.replace(year=last_day.year - 2, day=28 if leap else last_day.day) + timedelta(days=1)


def days(last_day: date) -> list[date]:
    """Every day of the 24 months, oldest first."""
    first = first_day(last_day)
    return [first + timedelta(days=n) for n in range((last_day - first).days + 1)]


def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 22)


def black_friday_covered(last_day: date) -> date:
    """The last Black Friday whose weekend up to Monday lies wholly in the data."""
    friday = black_friday(last_day.year)
    return friday if friday + timedelta(days=3) <= last_day else black_friday(last_day.year - 1)


def promotion(day: date) -> str:
    """`black friday` (Friday to Monday), `summer sale`, `winter sale` or an empty string."""
    if 0 <= (day - black_friday(day.year)).days <= 3:
        return "black friday"
    if date(day.year, 7, 1) <= day <= date(day.year, 7, 21):
        return "summer sale"
    return "winter sale" if date(day.year, 1, 2) <= day <= date(day.year, 1, 20) else ""


def line_discount(product: Product, day: date) -> int:
    """Per cent taken off a product's lines automatically on a day; 0 outside promotions."""
    offer = promotion(day)
    if not offer or product.is_gift_card or not product.variants[0].sku:
        return 0
    if offer == "black friday":
        return 50 if product.title == catalogue.LOSS_MAKER else 20
    wanted = (
        ("T-Shirts", "Dresses", "Skirts", "Swimwear") if offer == "summer sale" else ("Knitwear", "Coats", "Hoodies")
    )
    return 30 if product.type in wanted and product.title != catalogue.LOSS_MAKER else 0


def wobbles(rng: Random, days: int) -> list[float]:
    """How far each day is from what is usual: the first numbers that the shop's orders draw, and what its ads go by."""
    return [CALMEST + WOBBLE * rng.random() for _ in range(days)]


def order_counts(last_day: date, noise: list[float]) -> list[int]:
    """Orders of each day; exactly ORDERS in all, so that a later load covers every order of an earlier one."""
    span = days(last_day)
    weights = [
        _day_weight(day, n / len(span)) * wobble for n, (day, wobble) in enumerate(zip(span, noise, strict=True))
    ]
    scale, done, running, counts = ORDERS / sum(weights), 0, 0.0, []
    for weight in weights:
        running += weight * scale
        counts.append(round(running) - done)
        done += counts[-1]
    return counts


def _day_weight(day: date, progress: float) -> float:
    weight = (1 + 0.7 * progress) * WEEKDAYS[day.weekday()]
    weight *= 1 + 0.10 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 345) / 365.25)
    weight *= {"black friday": 2.9, "summer sale": 1.25, "winter sale": 1.2}.get(promotion(day), 1.0)
    if day.month == 12:
        weight *= 1.5 if day.day <= 18 else 0.55 if 23 <= day.day <= 26 else 0.9
    return weight


def demand(product: Product, day: date, last_day: date) -> float:
    """How much a product is wanted on a day, relative to the others; 0 when it cannot be bought."""
    age = (last_day - day).days
    if _is_out(product.title, age):
        return 0.0
    _, peak, swing, _ = catalogue.TYPES[product.type]
    season = 1 + swing * math.cos(2 * math.pi * (day.timetuple().tm_yday - peak) / 365.25)
    return product.weight * season * _life(product.title, age) * (1 + line_discount(product, day) / 25)


def _is_out(title: str, age: int) -> bool:
    if title == catalogue.BESTSELLER:
        return STOCKOUT[1] <= age <= STOCKOUT[0]
    if title == catalogue.NEWCOMER:
        return age > LAUNCH
    start, length = SHORTAGES.get(title, (-1, 0))
    return start - length < age <= start


def _life(title: str, age: int) -> float:
    if title == catalogue.FADING:
        return max(0.04, min(1.0, age / FADE_START - 0.15))
    return 1.0
