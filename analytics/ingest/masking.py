"""E-mail addresses and phone numbers in what people wrote, blotted out before anything is kept.

What could be either a phone number or a long number of something else is taken for a phone number: a comment can do without an
order's number, which stands in a column of its own.
"""

import re

MAIL, PHONE = "(e-mail)", "(phone)"
# What may stand between the digits of a phone number.
MARK = r"[\s().\-‐‑–/\u00a0]"
FREE_MAIL = "gmail|googlemail|hotmail|yahoo|gmx|web|outlook|icloud|aol|live|orange|free|proton|t-online"
MAILS = re.compile(
    rf"""
    [^\s@<>()\[\],;:"„“]+\s?@\s?[^\s@<>()\[\],;:"„“]+\.[^\W\d_]{{2,}}(?!\S*@)  # jane@shop.test, jane @ shop.test
    | [^\s@]+(?:@[^\s@]*)+                                          # jane@shop
    | [\w.+-]+\s?(?:\(at\)|\[at\]|\{{at\}}|\(a\))\s?[\w.-]+             # jane(at)shop.test
    | [\w.+-]+\s+at\s+[\w-]+\s*(?:\(dot\)|\[dot\]|\sdot\s)\s*[a-z]{{2,}}   # jane at shop dot test
    | [\w.+-]+\s+at\s+(?:{FREE_MAIL})\.[a-z]{{2,3}}\b                 # jane at gmail.com
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What looks like a phone number and is none: an order's number, a day or a time, an amount, a code with letters; what
# follows a country's code is no day and no amount.
CALLED = r"(?<!\+\d\s)(?<!\+\d\d\s)(?<!\+\d\d\d\s)(?<!\b00\d\d\s)"
NO_PHONE = re.compile(
    r"""
    \(phone\)|\(e-mail\)                                                       # masked already
    | (?<![\d-])\d{3}-\d{7}-\d{7}(?![\d-])                                      # 112-1234567-1234567
    | \#\s?\d+                                                                # #10001
    | (?<![\d.,/-])(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?![./-]?\d)(?:[T\s]+\d{1,2}:\d{2}(?::\d{2})?)?
    | CALLED(?<![\d.,/-])(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|[12]\d|3[01])\2(?:(?:19|20)?\d\d)(?![./-]?\d)
    | (?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?!\d)                                 # 12:30
    | CALLED(?<![\d.,'’])\d{1,3}(?:(?:[.'’\s]\d{3})*,|(?:[,'’\s]\d{3})*\.)\d{1,2}(?![.,\s/-]?\d)   # 1.234,50
    | (?<![\d.,])0[.,]\d{1,2}(?![.,\d])                                         # 0.50
    | CALLED(?<![\d.,])\d+[.,]\d{1,3}(?=\s?(?:%|€|\$|£|(?-i:[A-Z]{3})\b|x\b|cm|mm|kg|g\b|ml|l\b))   # 1234.56 EUR
    | (?:€|\$|£|\bEUR|\bUSD|\bGBP|\bCHF)\s?\d[\d.,'’]*                          # € 1234567
    | (?<![\w/-])(?!(?:tel|fon|phone|handy|mobile?|cell|whatsapp|fax)\d|[0+][\d/-]{8,}[^\W\d_])
    (?=[\w/-]*[^\W\d_])(?=[\w/-]*\d)\w+(?:[-/_]\w+)*                            # 00126-HB-38
    """.replace("CALLED", CALLED),
    re.IGNORECASE | re.VERBOSE,
)
DIGITS = rf"\d(?:{MARK}{{0,3}}\d)"
PHONES = re.compile(
    rf"""
    (?<!\w)(?:
    (?:
        \(?\+\s?{DIGITS}{{6,}}                                    # +49 171 3920045, (+1) 212 …
        | \(?00\s?[1-9]{DIGITS}{{7,}}                             # 0049 171 3920045
        | 0[1-9]\d{{7,}}                                          # 01713920045
        | \(?0[1-9]\d{{0,4}}\)?{MARK}{{1,3}}{DIGITS}{{3,}}   # 0171/3920045, (030) 23125-188
        | \(0\)\s?[1-9]{DIGITS}{{6,}}                             # (0) 171 3920045
    )(?!\d|[.,-]\d)
    | (?<!\d\.)(?:
        \(\d{{2,5}}\)\s?{DIGITS}{{5,}}                           # (11) 91234-5678
        | (?:1[-.\s]?)?[2-9]\d{{2}}[-.\s]?\d{{3}}[-.\s]?\d{{4}}      # 212-555-0123, 2125550123
        | [2-9]\d{{2}}[-.\s/]\d{{7}}                              # 347 1234567
        | [6-9]\d{{4}}[-\s]\d{{5}}                                # 98765 43210
        | [6-9]\d{{2}}[-.\s]?(?:\d{{3}}[-.\s]?\d{{3}}|\d{{2}}[-.\s]\d{{2}}[-.\s]\d{{2}})   # 612 345 678
    )(?!\w|[.,-]\d))
    """,
    re.VERBOSE,
)
# Beside a word for telephoning shorter numbers are phone numbers, too.
TOLD = re.compile(
    r"""
    (?P<word>\b(?:tel|telefon[^\W\d]*|téléphone|tel[eé]fono|(?<!\()phone|fon|call(?:\sme)?|ring|text\sme|mobile?|mobil|m[oó]vil|cell|
    handy|whats\s?app|sms|rufen?|anruf(?:en)?|r[uü]ckruf|appele[rz]|appel|rappele[rz]|ll[aá]m[^\W\d]+|fax|portable|durchwahl|
    (?:my|phone)\snumber|meine\snummer|mon\snum[eé]ro|mi\sn[uú]mero)(?![^\W\d_]))
    (?P<between>(?:(?!order|bestell|commande|pedido)[^\d(@\#\ue000]){0,24}?)
    (?P<number>\(?\d(?:[\s().\-–/]{0,3}\d){5,14}(?:(?:,|/|\sor|\sand|\soder|\sund|\sou|\set|\so|\sy)\s\d(?:[\s.\-–/]?\d){5,14})*)
    (?!\w|[.,]\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)
CAN_BE = re.compile(r"@|\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d|\bat\b|\(a", re.IGNORECASE)
SHELTERED = "\ue000"


def masked(text: str | None) -> str | None:
    """The text with “(e-mail)” and “(phone)” where an address or a phone number stood; what is none of both stays as it is.

    Masking what is masked already changes nothing.
    """
    if not text or not CAN_BE.search(text):
        return text
    text = MAILS.sub(_mail, text.replace(SHELTERED, ""))
    kept: list[str] = []

    def shelter(found: re.Match[str]) -> str:
        kept.append(found[0])
        return SHELTERED

    text = NO_PHONE.sub(shelter, text)
    text = TOLD.sub(lambda found: f"{found['word']}{found['between']}{PHONE}", PHONES.sub(PHONE, text))
    rest = iter(kept)
    return "".join(next(rest) if each == SHELTERED else each for each in text)


def _mail(found: re.Match[str]) -> str:
    """The sign that ends a sentence is no part of an address."""
    return MAIL + found[0][len(found[0].rstrip(".,;:!?)")) :]
