"""What the words in a header mean, in the languages that shops' tables come in: each said by one English word."""

import re
import unicodedata
from functools import cache

from analytics.ingest.headers import plain

# an English word, and the words that mean the same in a header; German, French, Spanish, Italian, Dutch
MEANINGS = {
    "order": (
        "order orders invoice receipt document doc beleg bestellung bestell bestellungs auftrag auftrags "
        "rechnung rechnungs vorgang commande facture pedido factura orden ordine ordini fattura bestelling "
        "factuur purchase sale"
    ),
    "number": (
        "number no nr num nro id key code nummer nummero numéro n° codice código ref reference referenz kennung #"
    ),
    "date": (
        "date day datum tag fecha data jour día giorno dag am time timestamp zeit zeitpunkt created placed "
        "ordered kaufdatum on at"
    ),
    "product": (
        "product products article articles artikel produkt ware produit producto artículo articolo "
        "prodotto item items position"
    ),
    "sku": "sku skus ean barcode stockcode asin upc gtin",
    "name": (
        "name names title titel bezeichnung beschreibung description descripción libellé nombre nom nome "
        "designation text omschrijving naam"
    ),
    "quantity": (
        "quantity qty units unit_count pieces pcs stk stück stueck menge anzahl stückzahl cantidad unidades "
        "quantité quantità aantal count"
    ),
    "unit": "unit single einzel unitario unitaire stuk per each je pro",
    "price": "price preis prix precio prezzo prijs verkauf verkaufs selling retail vk",
    "cost": (
        "cost costs cogs kosten einkauf einkaufs ek coût costo coste wareneinsatz inkoop bezugs einstand "
        "einstands landed buying"
    ),
    "amount": (
        "amount total sum value betrag gesamt summe wert montant somme importe totale valor bedrag totaal "
        "revenue umsatz net netto brutto gross subtotal"
    ),
    "discount": "discount discounts rabatt nachlass remise réduction descuento sconto korting",
    "tax": "tax taxes vat mwst ust umsatzsteuer steuer tva iva btw impuesto taxe gst",
    "currency": "currency währung waehrung devise moneda valuta divisa monnaie munt",
    "customer": "customer customers client clients kunde kunden buyer käufer kaeufer cliente klant acheteur comprador",
    "email": "email e-mail mail emails correo courriel",
    "country": "country land pays país paese countrycode",
    "region": "region state province bundesland provincia provincie staat",
    "channel": "channel kanal canal canale kanaal source herkunft quelle platform plattform marketplace marktplatz",
    "category": "category kategorie warengruppe produktgruppe gruppe group catégorie categoría type typ",
    "brand": "brand marke marque marca merk hersteller manufacturer vendor fabricant",
    "supplier": "supplier lieferant lieferanten fournisseur proveedor fornitore leverancier",
    "stock": (
        "stock lager bestand lagerbestand inventory inventar existencias magazzino giacenza voorraad hand "
        "available verfügbar verfuegbar disponible"
    ),
    "location": "location warehouse lagerort standort entrepôt almacén magasin filiale store ubicación depot locatie",
    "return": (
        "return returns returned retoure retouren rücksendung ruecksendung retour retours devolución reso "
        "resi retourzending"
    ),
    "refund": (
        "refund refunds refunded erstattung erstattet gutschrift remboursement reembolso rimborso terugbetaling"
    ),
    "reason": "reason grund motif motivo reden retourengrund raison causa",
    "lead": "lead lieferzeit délai plazo levertijd wiederbeschaffungszeit delivery lieferung",
    "days": "days tage jours días giorni dagen",
    "minimum": "minimum min moq mindest mindestmenge mindestbestellmenge mínimo",
    "from": "from ab since valid gültig gueltig seit valide desde valido vanaf starts start",
    "shipping": "shipping versand versandkosten livraison envío spedizione verzending freight fracht porto postage",
    "variant": "variant variante option größe groesse size taille talla farbe color colour",
}


def bare(word: str) -> str:
    """A word without its accents: one table writes Quantité and the next one Quantite."""
    return "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))


WORDS = {bare(word): meaning for meaning, words in MEANINGS.items() for word in words.split()}
# a word cut out of a longer one has to be long enough to be no accident
SHORTEST_PART = 3


@cache
def meaning(header: str) -> frozenset[str]:
    """The English words that a header says, compounds such as Bestellnummer and UnitPrice taken apart."""
    spaced = re.sub(r"(?<=[a-zäöüß])(?=[A-Z])", " ", header)
    found: set[str] = set()
    for word in re.findall(r"e-mail|[^\W_]+|#", bare(plain(spaced))):
        found |= {WORDS[word]} if word in WORDS else _parts(word)
    return frozenset(found)


def _parts(word: str) -> set[str]:
    """The words a compound is made of; the word itself where it is not made of known ones."""
    for cut in range(len(word) - SHORTEST_PART + 1, SHORTEST_PART - 1, -1):
        head, tail = word[:cut], word[cut:]
        if head not in WORDS:
            continue
        if tail in WORDS:
            return {WORDS[head], WORDS[tail]}
        rest = _parts(tail)
        if rest != {tail}:
            return {WORDS[head]} | rest
    # a plural, or a word that the cells of the header were numbered with
    counted = word.rstrip("0123456789")
    return {WORDS[counted]} if counted in WORDS else {word}
