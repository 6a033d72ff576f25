"""Bundles that hold themselves, however deep."""

from collections.abc import Iterable

Pair = tuple[str, str]


def circular(pairs: Iterable[Pair]) -> set[Pair]:
    """Those of the pairs (bundle, component) whose component holds the bundle: itself, in what it is made of, or deeper."""
    held: dict[str, set[str]] = {}
    for bundle, component in pairs:
        held.setdefault(bundle, set()).add(component)
    return {(bundle, part) for bundle, parts in held.items() for part in parts if bundle in _within(part, held)}


def _within(start: str, held: dict[str, set[str]]) -> set[str]:
    seen, left = {start}, [start]
    while left:
        for part in held.get(left.pop(), set()) - seen:
            seen.add(part)
            left.append(part)
    return seen
