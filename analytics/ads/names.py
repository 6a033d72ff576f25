"""What a campaign's name says of the product it is for: words that a title, a SKU or a category has, too. Rather nothing than wrong."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PRODUCT, CATEGORY, NONE = "product", "category", "none"
BETWEEN = re.compile(r"[\W_]+")
# Words of campaigns that say how, where or when is advertised, and words that every title may have.
OFTEN = """
    ad ads advantage all amazon and asc asin auto automatic awareness bestseller bing black brand branded broad bundle buyers campaign
    catalog catalogue christmas collection conversion conversions core cpc cyber das default demand der die discovery display dpa
    dsa dynamic easter eu evergreen exact facebook fall feed for friday generic gift gifts google great instagram interest item key
    keyword leads lla lookalike manual march max meta microsoft mit monday month new non nonbrand of offer online original pack
    performance phrase pla pmax product products prospecting q1 q2 q3 q4 remarketing retargeting roas sale sales sb sd search season set
    shop shopping smart social sp special sponsored spring standard store summer test text the tiktok top traffic und video views
    visitors week winter with xmas youtube de at ch us uk gb fr es it nl com en
"""
SHORTEST, SHORTEST_CODE = 3, 4


@dataclass(frozen=True)
class Target:
    """What a campaign is for: a product (its parent, or one variant), a category, or nothing of either; and what it is called."""

    kind: str
    value: str | None
    title: str


@dataclass(frozen=True)
class Known:
    """Products and categories by the words of their names: every one that several share stands several times."""

    titles: tuple[tuple[frozenset[str], Target], ...]
    skus: Mapping[tuple[str, ...], Target]
    categories: tuple[tuple[frozenset[str], Target], ...]


def words(text: str) -> list[str]:
    """The words of a name, small, without accents and without the s of a plural."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))
    return [_one(each) for each in BETWEEN.split(plain) if each]


def _one(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


PLAIN = frozenset(_one(word) for word in OFTEN.split())


def telling(text: str) -> frozenset[str]:
    """The words of a title that say what it is; none if they are too short to say anything."""
    found = frozenset(word for word in words(text) if word not in PLAIN and not word.isdigit())
    return found if sum(map(len, found)) >= SHORTEST else frozenset()


def known(products: Iterable[Mapping[str, str | None]]) -> Known:
    """The names of products, one a variant: product_key, sku, category, parent, parent_title."""
    parents: dict[str, str] = {}
    skus: dict[tuple[str, ...], Target] = {}
    categories: dict[str, None] = {}
    for row in products:
        parent = str(row["parent"] or row["product_key"])
        parents.setdefault(parent, str(row["parent_title"] or parent))
        code = tuple(words(row["sku"] or ""))
        if is_code(code):
            skus[code] = Target(PRODUCT, str(row["product_key"]), str(row["title"] or row["sku"]))
        if row["category"]:
            categories[row["category"]] = None
    return Known(
        tuple((telling(title), Target(PRODUCT, parent, title)) for parent, title in parents.items() if telling(title)),
        skus,
        tuple((telling(name), Target(CATEGORY, name, name)) for name in categories if telling(name)),
    )


def is_code(code: Sequence[str]) -> bool:
    """Whether a SKU is no word of the language: it has a digit, or several parts, and is not short."""
    return sum(map(len, code)) >= SHORTEST_CODE and (len(code) > 1 or any(each.isdigit() for each in "".join(code)))


def guess(campaign: str, names: Known) -> Target | None:
    """The one thing that a campaign's name names, a variant's SKU before a title before a category; None if none or several."""
    said = words(campaign)
    by_sku = {names.skus[code] for code in _runs(said) if code in names.skus}
    if by_sku:
        return by_sku.pop() if len(by_sku) == 1 else None
    titles = _named(said, names.titles)
    categories = _named(said, names.categories)
    # what is called as its whole category is meant as the category
    if titles and not {wording for wording, _ in titles} & {wording for wording, _ in categories}:
        return titles[0][1] if len(titles) == 1 else None
    if len(categories) == 1:
        return categories[0][1]
    return titles[0][1] if len(titles) == 1 and not categories else None


def _runs(said: list[str]) -> Iterable[tuple[str, ...]]:
    """Every run of up to six words that follow each other."""
    return (tuple(said[at : at + length]) for at in range(len(said)) for length in range(1, min(6, len(said) - at) + 1))


def _named(said: list[str], known: Sequence[tuple[frozenset[str], Target]]) -> list[tuple[frozenset[str], Target]]:
    """What has all of its words in a name, without what another one names more closely."""
    there = set(said)
    found = [each for each in known if each[0] <= there]
    return [each for each in found if not any(each[0] < other[0] for other in found)]
