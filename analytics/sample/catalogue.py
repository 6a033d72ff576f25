"""What Nordlicht Mode sells: an invented range of products, their variants, prices and costs in cents."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

BESTSELLER = "Fjord Hoodie"
RUNS_SMALL = "Kiel Jeans"
RUNS_SMALL_SIZE = "38"
LOSS_MAKER = "Polar Parka"
OVERSTOCKED = "Tundra Rain Cape"
NEWCOMER = "Aurora Midi Dress"
FADING = "Retro Bucket Bag"
WITHOUT_SKU = "Sewing Repair Kit"
SHARED_SKU = "Sylt Socks"
RUNNING_OUT = "Baltic Merino Sweater"
BULK = "Hamburg T-Shirt"
BAD_BATCH = "Canvas Sneaker Hafen"
GIFT_CARD = "Nordlicht Gift Card"
NO_COST_VENDOR = "Elbgold"
SKUS_WITHOUT_COST = 40

# How handles and e-mail addresses write German letters.
PLAIN_LETTERS = {
    ord(letter): plain for letter, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ë", "e"))
}
SIZES: dict[str, dict[str, int]] = {
    "wear": {"XS": 9, "S": 22, "M": 31, "L": 25, "XL": 13},
    "jeans": {"34": 10, "36": 22, "38": 26, "40": 23, "42": 13, "44": 6},
    "shoes": {"37": 10, "38": 20, "39": 25, "40": 22, "41": 14, "42": 9},
    "": {"": 1},
}
COLOURS = (
    *(("Schwarz", "SW"), ("Marine", "MA"), ("Weiß", "WE"), ("Moosgrün", "MG"), ("Sand", "SA")),
    *(("Rostrot", "RR"), ("Himmelblau", "HB"), ("Grau meliert", "GM")),
)
COLOUR_WEIGHTS = (42, 31, 27)

# type: (sizes, peak day of the year, how far the season swings, vendor)
TYPES: dict[str, tuple[str, int, float, str]] = {
    "Hoodies": ("wear", 330, 0.35, "Nordlicht"),
    "Knitwear": ("wear", 345, 0.70, "Fjordwolle"),
    "T-Shirts": ("wear", 175, 0.50, "Nordlicht"),
    "Shirts": ("wear", 150, 0.20, "Hafenkante"),
    "Dresses": ("wear", 170, 0.60, "Elbgold"),
    "Skirts": ("wear", 160, 0.45, "Elbgold"),
    "Jeans": ("jeans", 290, 0.15, "Hafenkante"),
    "Trousers": ("jeans", 110, 0.15, "Hafenkante"),
    "Jackets": ("wear", 95, 0.35, "Nordlicht"),
    "Coats": ("wear", 335, 0.85, "Fjordwolle"),
    "Swimwear": ("wear", 185, 0.90, "Elbgold"),
    "Shoes": ("shoes", 280, 0.20, "Hafenkante"),
    "Accessories": ("", 340, 0.30, "Nordlicht"),
    "Gift Cards": ("", 350, 0.60, "Nordlicht"),
}

# type: "title / price / cost / weight in demand / colours"; prices carry tax, costs do not
RANGE: dict[str, str] = {
    "Hoodies": "Fjord Hoodie/69.90/21.40/120/3; Skagen Zip Hoodie/79.90/27.10/30/3; Deich Sweatshirt/59.90/18.20/28/2",
    "Knitwear": "Baltic Merino Sweater/99.90/38.50/42/3; Troyer Husum/119.90/47.30/22/2; Lofoten Cardigan/109.90/41.80/18/2; "
    "Cable Knit Bergen/89.90/33.60/20/2; Alpaca Rollneck/129.90/55.20/10/2",
    "T-Shirts": "Hamburg T-Shirt/24.90/6.40/80/3; Anker Print Tee/29.90/8.10/46/3; Breton Stripe Tee/34.90/10.30/44/2; "
    "Organic Basic Tee/19.90/5.60/40/3; Dune Longsleeve/39.90/12.20/24/2",
    "Shirts": "Lübeck Oxford Shirt/59.90/19.80/34/2; Linen Shirt Amrum/69.90/24.50/26/2; Flannel Shirt Harz/64.90/22.40/20/2; "
    "Denim Shirt Bremen/74.90/26.30/14/2",
    "Dresses": "Aurora Midi Dress/89.90/31.20/60/2; Sommerwind Dress/79.90/27.40/34/2; Wrap Dress Alster/99.90/36.70/20/2; "
    "Linen Dress Rügen/94.90/34.20/20/2; Jersey Dress Elbe/69.90/22.30/22/2",
    "Skirts": "Pleated Skirt Altona/59.90/20.10/18/2; Denim Skirt Husby/54.90/18.90/14/2; Midi Skirt Ottensen/64.90/22.00/12/2",
    "Jeans": "Kiel Jeans/89.90/31.50/56/2; Straight Jeans Weser/94.90/33.80/30/2; Wide Leg Jeans Ems/99.90/36.10/24/2",
    "Trousers": "Chino Travemünde/74.90/25.60/24/2; Linen Trousers Juist/79.90/27.90/16/2; Corduroy Trousers Eider/84.90/30.30/14/2",
    "Jackets": "Friesennerz Rain Jacket/129.90/49.80/26/3; Denim Jacket Dock/109.90/41.20/16/1; Quilted Jacket Müritz/119.90/44.90/20/2; "
    "Tundra Rain Cape/99.90/39.00/5/2",
    "Coats": "Polar Parka/199.90/98.00/24/2; Wool Coat Speicher/229.90/92.40/12/2; Duffle Coat Pier/189.90/76.10/10/2",
    "Swimwear": "Ostsee Swimsuit/59.90/19.30/22/2; Bikini Top Fehmarn/34.90/10.90/18/2; Bikini Bottom Fehmarn/29.90/9.20/18/2; "
    "Board Shorts Norderney/49.90/15.80/16/2",
    "Shoes": "Canvas Sneaker Hafen/79.90/29.40/30/2; Chelsea Boot Moor/149.90/62.30/18/1; Sandal Strand/69.90/25.10/16/2",
    "Accessories": "Wool Beanie Nebel/29.90/8.70/40/3; Lambswool Scarf Watt/49.90/16.20/28/3; Retro Bucket Bag/59.90/20.70/40/2; "
    "Canvas Tote/19.90/5.20/34/2; Leather Belt Kontor/44.90/14.60/16/1; Sylt Socks/14.90/3.90/46/2; "
    "Mittens Inari/34.90/11.30/18/2; Sewing Repair Kit/12.90/4.10/16/1",
    "Gift Cards": "Nordlicht Gift Card/25.00/25.00/5/1",
}
GIFT_CARD_VALUES = (2500, 5000, 10000)
DEARER = ("Kiel Jeans", "Anker Print Tee", "Lübeck Oxford Shirt", "Canvas Sneaker Hafen", "Troyer Husum")
DEARER_DAYS = 300


@dataclass(frozen=True)
class Variant:
    """One row of the products export; `cost` is None where the shop never entered it."""

    title: str
    colour: str
    size: str
    sku: str
    price: int
    cost: int | None

    @property
    def options(self) -> str:
        return " / ".join(part for part in (self.colour, self.size) if part)

    @cached_property
    def name(self) -> str:
        """Title and options as an order line prints them."""
        return f"{self.title} - {self.options}" if self.options else self.title


@dataclass(frozen=True)
class Product:
    """A product with its variants and the cumulative weights by which variants are bought."""

    title: str
    type: str
    weight: float
    variants: tuple[Variant, ...]
    cumulative: tuple[int, ...] = field(repr=False)

    @property
    def handle(self) -> str:
        return self.title.lower().translate(PLAIN_LETTERS).replace(" ", "-")

    @property
    def vendor(self) -> str:
        return TYPES[self.type][3]

    @property
    def is_gift_card(self) -> bool:
        return self.type == "Gift Cards"

    @property
    def option_names(self) -> tuple[str, str]:
        if self.is_gift_card:
            return ("Wert", "")
        if not self.variants[0].colour:
            return ("Title", "")
        return ("Farbe", "Größe" if self.variants[0].size else "")


def products() -> list[Product]:
    """All products in the order of the catalogue; the first 40 variants of one vendor have no cost."""
    rows = [(kind, row.strip()) for kind, text in RANGE.items() for row in text.split(";")]
    missing = iter(range(SKUS_WITHOUT_COST))
    return [_product(number, kind, row, missing) for number, (kind, row) in enumerate(rows, start=101)]


def _product(number: int, kind: str, row: str, missing: Iterator[int]) -> Product:
    title, price, cost, weight, colours = row.split("/")
    if kind == "Gift Cards":
        return _gift_card(title, int(weight))
    variants, weights = [], []
    for index in range(int(colours)):
        colour, short = COLOURS[(number + index * 3) % len(COLOURS)] if title != WITHOUT_SKU else ("", "")
        for size, share in SIZES[TYPES[kind][0]].items():
            sku = _sku(title, f"{number:05d}", (short, size))
            is_unknown = _is_without_cost(title, kind) and next(missing, None) is not None
            variants.append(Variant(title, colour, size, sku, _cents(price), None if is_unknown else _cents(cost)))
            weights.append(share * COLOUR_WEIGHTS[index])
    return Product(title, kind, float(weight), tuple(variants), _cumulate(weights))


def _is_without_cost(title: str, kind: str) -> bool:
    return TYPES[kind][3] == NO_COST_VENDOR and title != NEWCOMER


def _sku(title: str, number: str, options: tuple[str, str]) -> str:
    """Leading zeros, a blank and a shared SKU are meant: real catalogues have all three."""
    if title == WITHOUT_SKU:
        return ""
    if title == SHARED_SKU:
        return number
    return "-".join([number, *(part for part in options if part)])


def _gift_card(title: str, weight: int) -> Product:
    variants = [
        Variant(title, f"{value // 100} €", "", f"GC-{value // 100:03d}", value, value) for value in GIFT_CARD_VALUES
    ]
    return Product(title, "Gift Cards", float(weight), tuple(variants), _cumulate([50, 40, 10]))


def _cents(text: str) -> int:
    return int(text.replace(".", ""))


def _cumulate(weights: list[int]) -> tuple[int, ...]:
    total, sums = 0, []
    for weight in weights:
        total += weight
        sums.append(total)
    return tuple(sums)


def by_title(title: str) -> Product:
    """The product of that title; KeyError when the range has none."""
    return {product.title: product for product in products()}[title]
