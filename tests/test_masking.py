"""What people write about returns: addresses and phone numbers go, everything else that has digits stays."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analytics.ingest.masking import MAIL, PHONE, masked

PHONES = (
    "+49 30 23125 417", "+4917139200455", "+49 (0) 171 39200-45", "0049 171 3920045", "00 49 171 3920045", "0171/3920045",
    "0171-3920045", "01713920045", "(030) 23125-188", "030.23125.188", "01.23.45.67.89", "01 23 45 67 89", "06-12345678",
    "079 123 45 67", "07911 123456", "+44 7911 123456", "(212) 555-0123", "212-555-0123", "212.555.0123", "2125550123",
    "1-800-555-0199", "12125550123", "+1 (212) 555-0123", "612 345 678", "612 34 56 78", "+34 612345678", "347 1234567",
    "98765 43210", "+91 98765 43210", "(11) 91234-5678", "0412 345 678", "+33\u00a06\u00a012\u00a034\u00a056\u00a078",
)  # fmt: skip
SHORT = (
    "call me at 555-0100", "Tel.: 23125417", "phone:5550100", "Handy 39200/45", "rufen Sie 23125417 an", "tel 5550100 and 5550199",
    "appelez le 12 34 56", "llámame: 612345", "My number is 39200 45", "Tel01713920045",
)  # fmt: skip
ADDRESSES = (
    "jane.doe@example.com", "<jane@shop.test>", "jane @ shop.test", "jane(at)shop.test", "jane [at] shop.test",
    "jane at gmail.com", "jane at shop dot test", "mailto:j+1@shop.test", "JANE@SHOP", "jürgen@köln.test",
)  # fmt: skip
NO_PHONES = (
    "112-1234567-1234567", "order 112-5550199-4477201 was the same", "call me about order 112-1234567-1234567", "#10001 #1234567890",
    "00126-HB-38", "SKU 00126-MA-XL and 00143", "TEE-100-2000", "TEE-2345678901", "B0C1234567", "X000000001", "4006381333931",
    "sizes 32/34 36/38 40/42", "size 38 40 42 44 46 48", "US 0 2 4 6 8 10 12 14", "38, 40, 42", "EU 38.5", "W32 L34", "120x200",
    "1,234.56", "12.345,00 €", "1 234 567,89 EUR", "€ 1234567", "1234.56 EUR", "0.50 0.75 0.25 1.00", "100 % wool, 1000 g",
    "2026-11-23 12:30:45", "2026-11-23T12:30", "23.11.2026 12:30", "11/23/2026", "23/11/26", "arrived at 12:30", "2024 2025 2026",
    "after 2 days, 3 of 4 corners", "order 12345678", "R-1001", "bought at shop.test", "M @ 5 EUR", "CR-DEFECTIVE", "100 200 300",
)  # fmt: skip


@pytest.mark.parametrize("number", PHONES)
@pytest.mark.parametrize("around", ["{}", "Please ring {}, thank you.", "size 38,{}!", "bitte:{} danke 38"])
def test_a_phone_number_is_blotted_out_whatever_its_country_and_what_stands_around_it(number: str, around: str) -> None:
    found = masked(around.format(number))
    assert found == around.format(PHONE)


@pytest.mark.parametrize("said", SHORT)
def test_a_shorter_number_beside_a_word_for_telephoning_is_one_too(said: str) -> None:
    found = masked(said)
    assert found is not None and PHONE in found and not any(letter.isdigit() for letter in found)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_blotted_out_and_the_sentence_around_it_stays(address: str) -> None:
    found = masked(f"Too small. Write to {address}, I wait.")
    assert found is not None and MAIL in found and "jane" not in found.lower()
    assert found.startswith("Too small. Write to ") and found.endswith(" I wait.")


@pytest.mark.parametrize("said", NO_PHONES)
def test_what_only_looks_like_a_number_to_call_stays(said: str) -> None:
    assert masked(said) == said
    assert masked(f"Hem open, {said}.") == f"Hem open, {said}."


def test_nothing_stays_nothing() -> None:
    assert (masked(None), masked("")) == (None, "")


MARKS = some.sampled_from([" ", "-", "/", ".", " - ", "\u00a0"])
WORDS = some.sampled_from(["too small", "Naht offen", "size", "ne va pas", "talla", "(worn)", "ok!"])


def _split(digits: str, at: list[int], mark: str) -> str:
    cuts = sorted({each % len(digits) for each in at} - {0})
    return mark.join(digits[a:b] for a, b in zip([0, *cuts], [*cuts, len(digits)], strict=True))


@given(
    some.sampled_from(["+49", "+1", "+33", "+34", "0049", "+44"]),
    some.from_regex(r"[1-9][0-9]{7,10}", fullmatch=True),
    some.lists(some.integers(1, 9), max_size=4),
    MARKS,
    WORDS,
)
def test_no_international_number_survives_however_it_is_cut(
    country: str, digits: str, at: list[int], mark: str, word: str
) -> None:
    number = country + " " + _split(digits, at, mark)
    found = masked(f"{word} {number} {word}")
    assert found == f"{word} {PHONE} {word}"


@given(
    some.from_regex(r"0[1-9][0-9]{1,3}", fullmatch=True), some.from_regex(r"[0-9]{6,8}", fullmatch=True), MARKS, WORDS
)
def test_no_national_number_survives(area: str, rest: str, mark: str, word: str) -> None:
    assert masked(f"{word} {area}{mark}{rest}, {word}") == f"{word} {PHONE}, {word}"


LETTERS = some.sampled_from(["TEE", "HB", "XL", "A", "MA"])


@given(some.dates(date(2015, 1, 1), date(2030, 12, 31)), some.times(), some.sampled_from(["-", "/", "."]), WORDS)
def test_days_and_times_stay(day: date, at: object, mark: str, word: str) -> None:
    moment = datetime.combine(day, at)  # type: ignore[arg-type]
    for form in (
        f"%Y{mark}%m{mark}%d",
        f"%d{mark}%m{mark}%Y",
        f"%m{mark}%d{mark}%y",
        f"%d{mark}%m{mark}%Y %H:%M",
        "%Y-%m-%dT%H:%M:%S",
    ):
        said = f"{word} {moment.strftime(form)} {word}"
        assert masked(said) == said


@given(
    some.decimals(0, 10**7, places=2), some.sampled_from(["EUR {}", "{} €", "{}", "$ {}", "{} USD"]), some.booleans()
)
def test_amounts_stay(amount: object, form: str, is_german: bool) -> None:
    text = f"{amount:,.2f}"
    text = text.translate(str.maketrans(",.", ".,")) if is_german else text
    said = f"paid {form.format(text)}, worth less"
    assert masked(said) == said


@given(
    some.from_regex(r"[0-9]{3}-[0-9]{7}-[0-9]{7}", fullmatch=True),
    some.lists(some.sampled_from(["34", "36", "38", "40", "42/44", "XS", "S", "M"]), min_size=1, max_size=6),
    some.from_regex(r"[0-9]{2,6}", fullmatch=True),
    LETTERS,
)
def test_orders_sizes_and_codes_with_letters_stay(order: str, sizes: list[str], code: str, letters: str) -> None:
    for said in (
        f"order {order}",
        " ".join(sizes),
        f"{letters}-{code}-{sizes[0]}",
        f"{code}-{letters}",
        f"#{code}{code}",
    ):
        assert masked(f"see {said}, please") == f"see {said}, please"


@given(some.text(alphabet="0123456789 +-./()@#,:€TEtelphonjg", max_size=60))
def test_masking_again_changes_nothing(said: str) -> None:
    once = masked(said)
    assert masked(once) == once
