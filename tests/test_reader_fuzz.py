"""Random tables written by Python's csv in random dialects and encodings are read back equal, cell by cell."""

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as some

from analytics.errors import Refused
from cutting import Rows, cut, written

ANY = (
    "Shirt",
    "12,50",
    "1.234,5",
    "a;b",
    'say "hi"',
    '"all of it"',
    "two\nlines",
    " edge ",
    "",
    "00042",
    "tab\tin",
    "p|pe",
)
ODD = (
    "N/A",
    "--",
    'C:\\"dir"',
    '5" frame',
    "it's",
    "'",
    '"',
    '""',
    ",",
    "\n",
    "=1+1",
    "#",
    "\\",
    "5.37518E+12",
    "true",
)
WORDS = {
    "utf-8": ("süß", "名前", "Größe", "рубашка", "🙂", "a\u2028b", "e\u0301", "\u00a0x"),
    "utf-8-sig": ("süß", "名前"),
    "utf-16": ("süß", "名前", "🙂"),
    "utf-16-le": ("süß", "Straße"),
    "utf-16-be": ("süß", "crème"),
    "cp1252": ("süß", "Größe", "crème brûlée", "Men’s", "12 €", "–"),
    "cp1251": ("красная рубашка", "джинсы", "Москва"),
    "cp932": ("赤いシャツ", "東京都千代田区", "青いデニムパンツ"),
    "gb18030": ("红色衬衫", "上海市浦东新区", "蓝色牛仔裤"),
}
NOT_KNOWN = ("", " ", "--", " --", "-- ", "N/A", "n/a", "#N/A", "NULL", "null")


@some.composite
def files(draw: some.DrawFn) -> tuple[bytes, list[list[str]], str]:
    """A file's bytes, the cells it was written from, and how, in words."""
    encoding = draw(some.sampled_from(sorted(WORDS)))
    delimiter, end = draw(some.sampled_from(",;\t|")), draw(some.sampled_from(["\n", "\r\n", "\r"]))
    quoting = draw(some.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    if (
        end == "\r"
    ):  # a line feed inside a cell is then not quoted by Python, and nobody could tell it from a line's end
        quoting = csv.QUOTE_ALL
    width = draw(some.integers(3, 7))
    cells = some.sampled_from(ANY + ODD + WORDS[encoding] * 3)
    rows = draw(some.lists(some.lists(cells, min_size=width, max_size=width), min_size=3, max_size=25))
    # a word in the language of the encoding is there, or there would be nothing to tell it from
    rows = [[f"Column {at}" for at in range(width)], *rows, [*WORDS[encoding][:1], *"x" * (width - 1)]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue().encode(encoding), rows, f"{encoding} {delimiter!r} {end!r}"


def expected(rows: list[list[str]]) -> Rows:
    """What the importer makes of those cells: what stands for nothing is nothing, and a line end is one kind."""
    return [tuple(None if cell in NOT_KNOWN else cell for cell in row) for row in rows]


@settings(max_examples=40, deadline=None)
@given(files())
def test_a_table_comes_back_as_it_was_written(file: tuple[bytes, list[list[str]], str]) -> None:
    content, rows, how = file
    with tempfile.TemporaryDirectory() as folder:
        found = cut(written(Path(folder), content))
    read = [tuple(cell and cell.replace("\r\n", "\n") for cell in row) for row in found.rows]
    assert (read, found.set_aside) == (expected(rows), {}), how


@settings(max_examples=40, deadline=None)
@given(files(), some.data())
def test_a_damaged_table_is_accounted_for_line_by_line(
    file: tuple[bytes, list[list[str]], str], data: some.DataObject
) -> None:
    content = bytearray(file[0])
    for _ in range(data.draw(some.integers(1, 4))):
        at = data.draw(some.integers(0, len(content) - 1))
        content[at : at + 1] = data.draw(
            some.sampled_from([b"", b'"', b"\n", b"\r", b",", b"\xff", b"\x00", b"''", b"\\"])
        )
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = cut(written(Path(folder), bytes(content)), len(file[1][0]))
        except Refused:
            return
    # cut() checks that rows = read + set aside; each row that was read must also be found again in the file
    assert all(found.lines) and found.lines == sorted(found.lines)
    assert not set(found.lines) & set(found.set_aside)
