"""Invented buyers: names, addresses and the countries they live in. Nobody here exists."""

from dataclasses import dataclass
from random import Random

from analytics.sample.catalogue import PLAIN_LETTERS


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words(
    "Anna Ben Clara Daniel Emma Finn Greta Hannes Ida Jonas Käthe Lars Mia Nils Oda Paul Quirin Rieke Sören Tilda "
    "Ulla Veit Wiebke Xenia Yannick Zoë Björn Frauke Henrik Insa Jule Kai Levke Malte Neele Ole Piet Ragna Swantje Thies"
)
LAST = _words(
    "Ahrens Behrens Claasen Dierks Eggers Friedrichs Gerdes Hansen Iversen Jürgens Kröger Lührs Matthiesen Nissen Oltmanns "
    "Petersen Quast Rickmers Siemsen Thomsen Ubben Voß Wulff Zander Asmus Brodersen Carstens Detlefsen Feddersen Göttsche "
    "Harms Ingwersen Janssen Ketels Lorenzen Momsen Nommensen Ohlsen Paulsen Riewerts"
)
STREETS = ("Hafenstraße", "Lindenweg", "Am Deich", "Möwengasse", "Kirchweg", "Birkenallee", "Ringstraße", "Alte Gasse")

# country: (tax in per cent or 0 for untaxed, tax name, shipping, free from) in cents; prices contain the tax
COUNTRIES: dict[str, tuple[int, str, int, int]] = {
    "DE": (19, "DE MwSt 19%", 495, 8000),
    "AT": (20, "AT VAT 20%", 895, 15000),
    "NL": (21, "NL VAT 21%", 895, 15000),
    "FR": (20, "FR VAT 20%", 995, 15000),
    "BE": (21, "BE VAT 21%", 995, 15000),
    "DK": (25, "DK VAT 25%", 895, 15000),
    "SE": (25, "SE VAT 25%", 1195, 20000),
    "CH": (0, "", 1995, 30000),
    "US": (0, "", 2995, 50000),
}
NAMES = {
    "DE": "Germany",
    "AT": "Austria",
    "NL": "Netherlands",
    "FR": "France",
    "BE": "Belgium",
    "DK": "Denmark",
    "SE": "Sweden",
    "CH": "Switzerland",
    "US": "United States",
}
CITIES: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "DE": (
        *(("Hamburg", "20095", "", ""), ("Berlin", "10115", "", ""), ("Köln", "50667", "", "")),
        *(("München", "80331", "", ""), ("Dresden", "01067", "", ""), ("Kiel", "24103", "", "")),
    ),
    "AT": (("Wien", "1010", "", ""), ("Graz", "8010", "", "")),
    "NL": (("Utrecht", "3511 AB", "", ""), ("Groningen", "9711 CD", "", "")),
    "FR": (("Lyon", "69001", "", ""), ("Lille", "59000", "", "")),
    "BE": (("Gent", "9000", "", ""), ("Liège", "4000", "", "")),
    "DK": (("Aarhus", "8000", "", ""), ("Odense", "5000", "", "")),
    "SE": (("Malmö", "211 20", "", ""), ("Uppsala", "753 20", "", "")),
    "CH": (("Zürich", "8001", "ZH", "Zürich"), ("Bern", "3011", "BE", "Bern")),
    "US": (("New York", "10001", "NY", "New York"), ("Portland", "97201", "OR", "Oregon")),
}
SHARES = {"DE": 74.0, "AT": 9.0, "NL": 2.0, "FR": 4.5, "BE": 2.5, "DK": 2.5, "SE": 2.0, "CH": 2.5, "US": 1.0}
GROWING = "NL"
GROWN = 17.0  # what its share of the others' 98 becomes on the last day


@dataclass(frozen=True)
class Customer:
    """A buyer; `city` is an entry of CITIES, `takes_mail` what "Accepts Marketing" says."""

    name: str
    email: str
    street: str
    country: str
    city: tuple[str, str, str, str]
    takes_mail: bool


def invent(rng: Random, number: int, progress: float) -> Customer:
    """The customer with that running number; `progress` (0 to 1 over the 24 months) moves the countries."""
    first, last = FIRST[int(rng.random() * len(FIRST))], LAST[int(rng.random() * len(LAST))]
    shares = dict(SHARES)
    shares[GROWING] += max(0.0, progress - 0.35) / 0.65 * GROWN
    country = rng.choices(list(shares), list(shares.values()))[0]
    email = f"{first}.{last}{number}@example.invalid".lower()
    street = f"{STREETS[number % len(STREETS)]} {number // 8 % 12 + 1}"
    cities = CITIES[country]
    return Customer(
        f"{first} {last}", email.translate(PLAIN_LETTERS), street, country, cities[number % len(cities)], number % 5 < 3
    )
