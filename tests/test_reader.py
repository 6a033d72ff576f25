"""From a file's bytes to a table of text: encodings, delimiters, lines above the header, and what is no table at all."""

import gzip
import hashlib
from pathlib import Path

import pytest

from analytics.errors import Refused
from analytics.ingest.reader import TextTable, open_table
from cutting import cut, written

HEADER = ("Bestellung", "Größe", "Café")
TEXT = "Bestellung;Größe;Café\r\nA1;süß;Müller Straße\r\nA2;naïve;Zoë à la crème\r\n"
RECORDS = (HEADER, ("A1", "süß", "Müller Straße"), ("A2", "naïve", "Zoë à la crème"))
NOT_TABLES = {
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture"),
    "photo.csv": (b"\xff\xd8\xff\xe0" + bytes(40), "a picture"),
    "invoice.csv": (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
    "book.xlsx": (b"PK\x03\x04" + bytes(40), "an archive or an Excel workbook"),
    "old.xls": (b"\xd0\xcf\x11\xe0" + bytes(40), "an old Excel workbook"),
    "empty.csv": (b"", r"is empty \(0 bytes\)"),
    "blank.csv": (b"\r\n\r\n  \r\n", "only blank lines"),
    "noise.csv": (bytes(range(1, 256)) * 9, "not a table of text"),
    "broken.csv.gz": (b"\x1f\x8b\x08\x00broken", "cannot be unpacked"),
}


def opened(tmp_path: Path, content: bytes, name: str = "orders.csv") -> TextTable:
    path, work = tmp_path / name, tmp_path / "work"
    path.write_bytes(content)
    work.mkdir(exist_ok=True)
    return open_table(path, work)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32", b""),
        ("cp1252", b""),
        ("latin-1", b""),
    ],
)
def test_every_encoding_of_a_spreadsheet_gives_the_same_text(encoding: str, mark: bytes, tmp_path: Path) -> None:
    table = opened(tmp_path, mark + TEXT.encode(encoding))
    assert table.head == RECORDS
    assert table.delimiter == ";"
    text = table.path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    assert text.replace("\r\n", "\n") == TEXT.replace("\r\n", "\n")


def test_an_euro_sign_and_typographic_marks_of_cp1252_are_read(tmp_path: Path) -> None:
    text = "Name,Price\nCafé “Zoë” – groß,12 €\n"
    assert opened(tmp_path, text.encode("cp1252")).head[1] == ("Café “Zoë” – groß", "12 €")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Заказ;Товар;Цена\nA1;Красная рубашка из хлопка;12,50\nA2;Синие джинсы прямого кроя;31,00\n"),
        ("cp932", "注文番号,商品名,価格\nA1,赤いコットンシャツ 長袖,1250\nA2,青いデニムパンツ ストレート,3100\n"),
    ],
)
def test_an_old_encoding_from_elsewhere_is_told_by_its_words(encoding: str, text: str, tmp_path: Path) -> None:
    table = opened(tmp_path, text.encode(encoding))
    assert [list(record) for record in table.head] == [line.split(table.delimiter) for line in text.splitlines()]


def test_one_accent_far_behind_plain_lines_does_not_make_the_file_another_language(tmp_path: Path) -> None:
    text = "Name,Title\n" + "A1,Shirt\n" * 40_000 + "A2,Crème brûlée\n"
    table = opened(tmp_path, text.encode("cp1252"))
    assert table.path.read_text(encoding="utf-8").endswith("A2,Crème brûlée\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", "\x1f", "\x01"])
def test_the_delimiter_is_found(delimiter: str, tmp_path: Path) -> None:
    rows = [("Order", "Title", "Price"), ("A1", "Shirt, red; large", "12"), ("A2", "Socks", "3")]
    text = "".join(delimiter.join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    table = opened(tmp_path, text.encode())
    assert (table.delimiter, table.head) == (delimiter, tuple(rows))


def test_decimal_commas_do_not_pass_for_the_delimiter(tmp_path: Path) -> None:
    text = "Order;Price;Tax\n" + "A1;12,50;1,00\n" * 5
    assert opened(tmp_path, text.encode()).delimiter == ";"


def test_title_lines_above_a_short_table_do_not_hide_its_delimiter(tmp_path: Path) -> None:
    text = "Sales, all shops\nJuly 8, 2025 - July 31, 2025\nNo filter\nOrder;Title;Price\nA1;Shirt;12\n"
    assert opened(tmp_path, text.encode()).delimiter == ";"


def test_a_quoted_line_end_stays_inside_its_cell_and_the_lines_are_counted_physically(tmp_path: Path) -> None:
    table = opened(tmp_path, b'Order,Note\r\nA1,"two\r\nlines, one cell"\r\nA2,x\r\n')
    assert table.head[1:] == (("A1", "two\r\nlines, one cell"), ("A2", "x"))
    assert table.lines == (1, 3, 4)


def test_nul_bytes_anywhere_are_left_out(tmp_path: Path) -> None:
    table = opened(tmp_path, b"Order,Title\n" + b"A1,Shirt\n" * 40_000 + b"A2,So\x00cks\n")
    assert table.path.read_bytes().endswith(b"A2,Socks\n")
    assert table.head[:2] == (("Order", "Title"), ("A1", "Shirt"))


def test_a_cell_larger_than_pythons_own_limit_is_read(tmp_path: Path) -> None:
    body = "x" * 200_000
    assert opened(tmp_path, f'Handle,Body\nshirt,"{body}"\n'.encode()).head[1] == ("shirt", body)


def test_a_compressed_file_is_unpacked(tmp_path: Path) -> None:
    assert opened(tmp_path, gzip.compress(TEXT.encode()), "orders.csv.gz").head == RECORDS


@pytest.mark.parametrize("name", NOT_TABLES)
def test_what_is_no_table_is_refused_by_what_it_is(name: str, tmp_path: Path) -> None:
    content, reason = NOT_TABLES[name]
    with pytest.raises(Refused, match=f"{name.removesuffix('.gz')}.*{reason}"):
        opened(tmp_path, content, name)


def test_a_file_is_described_by_one_reading_of_it(tmp_path: Path) -> None:
    content = b"Order,Title\r\n" + b"A1,Shirt\r\n" * 500_000 + b"A2,So\xc3\x9f\r\n"  # more than one piece
    table = opened(tmp_path, content)
    assert table.sha256 == hashlib.sha256(content).hexdigest()
    assert (table.has_quotes, table.has_broken_cells, table.has_wrapped) == (False, False, False)
    assert table.path == tmp_path / "orders.csv"  # read where it lies


def test_whether_a_record_runs_over_a_line_end_is_known(tmp_path: Path) -> None:
    start = b"Order,Title\n" + b'A1,"Shirt, red"\n' * 300_000
    assert not opened(tmp_path, start).has_broken_cells
    assert opened(tmp_path, start + b'A2,"Shirt\nred"\n').has_broken_cells


@pytest.mark.parametrize("cell", ['="00042"', "'00042", '"=""00042"""', '"\'00042"'])
def test_wrapped_cells_are_noticed_anywhere(cell: str, tmp_path: Path) -> None:
    assert opened(tmp_path, b"Order,Title\n" + b"it's,Men's\n" * 500_000 + f"{cell},1\n".encode()).has_wrapped
    assert not opened(tmp_path, b"Order,Title\nit's,'Twas 5' long\n").has_wrapped


WORDS = {
    "cp1252": [
        "Müller",
        "Café crème",
        "naïve Zoë",
        "“quoted” – dash",
        "Men’s Shirt",
        "12 €",
        "Señor Nuñez",
        "Pokémon™",
        "½ cup",
    ],
    "iso-8859-15": ["12 €", "cœur", "Šaty žluté"],
    "cp1250": ["Koszula błękitna, długa", "Spódnica żółta, wełniana"],
    "cp1251": ["Рубашка", "Кофе", "МОСКВА", "Футболка Nike XL", "A1;Чай;12,50"],
    "cp932": ["東京", "赤いシャツ", "ﾊﾟﾝﾂ", "Tシャツ", "ＡＢＣ商品"],
    "gb18030": ["北京", "红色衬衫", "蓝色牛仔裤 大码", "T恤 L码", "价格：12元"],
}


@pytest.mark.parametrize(("encoding", "text"), [(name, text) for name, texts in WORDS.items() for text in texts])
def test_a_single_word_is_enough_to_tell_a_code_page(encoding: str, text: str, tmp_path: Path) -> None:
    content = f"Order\tTitle\nA1\t{text}\n".encode(encoding)
    assert opened(tmp_path, content).head[1] == ("A1", text)


def test_one_bad_byte_does_not_make_utf_8_another_encoding(tmp_path: Path) -> None:
    content = "Order,Title\nA1,süß\nA2,crème\nA3,Zoë\n".encode() + b"A4,Caf\xe9\nA5,x\n"
    found = cut(written(tmp_path, content))
    assert [row[1] for row in found.rows] == ["Title", "süß", "crème", "Zoë", "x"]
    assert found.set_aside == {5: "the row holds bytes that are not text in this encoding"}


@pytest.mark.parametrize("encoding", ["cp932", "utf-16"])
def test_bytes_that_are_no_text_cost_their_own_line_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    good = "注文,商品\nA1,赤いシャツ\nA2,東京都千代田区\n".encode(encoding)
    bad = (
        b"A3,\x81\x20\n" if encoding == "cp932" else "A3,".encode("utf-16-le") + b"\x00\xdc" + "\n".encode("utf-16-le")
    )
    last = "A4,青い\n".encode(encoding.replace("utf-16", "utf-16-le"))
    found = cut(written(tmp_path, good + bad + last))
    assert [row[0] for row in found.rows] == ["注文", "A1", "A2", "A4"] and list(found.set_aside) == [4]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"no file orders\.csv"):
        open_table(tmp_path / "orders.csv", tmp_path)
