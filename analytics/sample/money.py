"""Exact money: whole cents inside the generator, decimal text at its edge."""

from collections.abc import Sequence


def share(amount: int, part: int, whole: int) -> int:
    """amount × part ÷ whole in cents, halves away from zero; 0 when the whole is 0."""
    if not whole:
        return 0
    return (2 * amount * part + whole) // (2 * whole)


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """Parts of amount in proportion to the weights; adds up exactly (largest remainder, ties to the earlier part)."""
    total = sum(weights)
    if not total or not amount:
        return [0] * len(weights)
    parts = [amount * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda n: -(amount * weights[n] % total))
    for n in order[: amount - sum(parts)]:
        parts[n] += 1
    return parts


def text(cents: int) -> str:
    """Cents as the exports print them: 1234 is 12.34, -5 is -0.05."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
