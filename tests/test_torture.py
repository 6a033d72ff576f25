"""Published torture cases of CSV (csv-spectrum, Papa Parse, DuckDB's rejects, Pollock), written out here with what each must
give: nothing crashes, and every record is either read or set aside by its line."""

from pathlib import Path

import pytest

from analytics.errors import Refused
from cutting import Rows, cut, written

ABC = ("a", "b", "c")
# csv-spectrum, its twelve files: the content and the records
SPECTRUM: dict[str, tuple[bytes, Rows]] = {
    "comma_in_quotes": (
        b'first,last,address,city,zip\nJohn,Doe,120 any st.,"Anytown, WW",08123\n',
        [("first", "last", "address", "city", "zip"), ("John", "Doe", "120 any st.", "Anytown, WW", "08123")],
    ),
    "empty": (b'a,b,c\n1,"",""\n2,3,4', [ABC, ("1", None, None), ("2", "3", "4")]),
    "empty_crlf": (b'a,b,c\r\n1,"",""\r\n2,3,4', [ABC, ("1", None, None), ("2", "3", "4")]),
    "escaped_quotes": (b'a,b\n1,"ha ""ha"" ha"\n3,4\n', [("a", "b"), ("1", 'ha "ha" ha'), ("3", "4")]),
    "json": (
        b'key,val\n1,"{""type"": ""Point"", ""coordinates"": [102.0, 0.5]}"\n',
        [("key", "val"), ("1", '{"type": "Point", "coordinates": [102.0, 0.5]}')],
    ),
    "location_coordinates": (
        b"Phone,Location,Cities,Counties\n2095257564,37\xef\xbf\xbd36'37.8\"N 121\xef\xbf\xbd2'17.9\"W,Modesto,Stanislaus",
        [
            ("Phone", "Location", "Cities", "Counties"),
            ("2095257564", "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W", "Modesto", "Stanislaus"),
        ],
    ),
    "newlines": (
        b'a,b,c\n1,2,3\n"Once upon \na time",5,6\n7,8,9\n',
        [ABC, ("1", "2", "3"), ("Once upon \na time", "5", "6"), ("7", "8", "9")],
    ),
    "newlines_crlf": (
        b'a,b,c\r\n1,2,3\r\n"Once upon \r\na time",5,6\r\n7,8,9\r\n',
        [ABC, ("1", "2", "3"), ("Once upon \r\na time", "5", "6"), ("7", "8", "9")],
    ),
    "quotes_and_newlines": (
        b'a,b\n1,"ha \n""ha"" \nha"\n3,4\n',
        [("a", "b"), ("1", 'ha \n"ha" \nha'), ("3", "4")],
    ),
    "simple": (b"a,b,c\n1,2,3\n", [ABC, ("1", "2", "3")]),
    "simple_crlf": (b"a,b,c\r\n1,2,3\r\n", [ABC, ("1", "2", "3")]),
    "utf8": ("a,b,c\n1,2,3\n4,5,ʤ\n".encode(), [ABC, ("1", "2", "3"), ("4", "5", "ʤ")]),
}
# Papa Parse's core and "parse" cases that name no setting of their own: the content, and the records
PAPA: dict[str, tuple[str, Rows]] = {
    "one row": ("A,b,c", [("A", "b", "c")]),
    "two rows": ("A,b,c\nd,E,f", [("A", "b", "c"), ("d", "E", "f")]),
    "whitespace at the edges of an unquoted cell": ("a,\tb ,c", [("a", "\tb ", "c")]),
    "quoted field": ('A,"B",C', [("A", "B", "C")]),
    "quoted field with extra whitespace on edges": ('A," B  ",C', [("A", " B  ", "C")]),
    "quoted field with delimiter": ('A,"B,B",C', [("A", "B,B", "C")]),
    "quoted field with line break": ('A,"B\nB",C', [("A", "B\nB", "C")]),
    "quoted fields with line breaks": ('A,"B\nB","C\nC\nC"', [("A", "B\nB", "C\nC\nC")]),
    "quoted fields at the end of a row with delimiter and line break": (
        'a,b,"c,c\nc"\nd,e,f',
        [("a", "b", "c,c\nc"), ("d", "e", "f")],
    ),
    "quoted field with escaped quotes": ('A,"B""B""B",C', [("A", 'B"B"B', "C")]),
    "quoted field with escaped quotes at the boundaries": ('A,"""B""",C', [("A", '"B"', "C")]),
    "unquoted field with quotes at the end": ('A,B",C', [("A", 'B"', "C")]),
    "unquoted field in the middle with a quote": ('A,B"B,C\nD,E"E,F', [("A", 'B"B', "C"), ("D", 'E"E', "F")]),
    "empty quoted cells": ('"","",x\n1,2,3', [(None, None, "x"), ("1", "2", "3")]),
    "blank rows between": ("a,b,c\n\nd,e,f\n\n\n", [ABC, ("d", "e", "f")]),
    "row with too few fields": ("a,b,c\nd,e\nf,g,h", [ABC, ("d", "e", None), ("f", "g", "h")]),
    "row with enough fields but blank": ("A,B,C\n,,\nd,e,f", [("A", "B", "C"), (None, None, None), ("d", "e", "f")]),
    "tab": ("a\tb\tc\nd\te\tf", [ABC, ("d", "e", "f")]),
    "pipe": ("a|b|c\nd|e|f", [ABC, ("d", "e", "f")]),
    "ASCII 31": ("a\x1fb\x1fc\nd\x1fe\x1ff", [ABC, ("d", "e", "f")]),
    "carriage returns": ("a,b,c\rd,e,f\rg,h,i", [ABC, ("d", "e", "f"), ("g", "h", "i")]),
    "windows line ends": ("a,b,c\r\nd,e,f\r\n", [ABC, ("d", "e", "f")]),
    "quoted field with carriage return, rows by line feed": (
        'a,"b\rb",c\nd,e,f',
        [("a", "b\nb", "c"), ("d", "e", "f")],
    ),
    "quoted field with line feed, rows by both": ('a,"b\nb",c\r\nd,e,f\r\n', [("a", "b\nb", "c"), ("d", "e", "f")]),
    "semicolons with commas inside": ("a;b\n1,5;2\n3,5;4\n", [("a", "b"), ("1,5", "2"), ("3,5", "4")]),
    "said delimiter": ("sep=;\na;b,c,d\ne;f,g,h", [("sep=", None), ("a", "b,c,d"), ("e", "f,g,h")]),
    "mark": ("\ufeffa,b\n1,2\n", [("a", "b"), ("1", "2")]),
}
# DuckDB's own broken files and Pollock's kinds of damage: the content, the records read, and the lines set aside
BROKEN: dict[str, tuple[bytes, Rows, list[int]]] = {
    "a row too long": (b"a,b,c\n1,2,3\n4,5,6,7\n8,9,0\n", [ABC, ("1", "2", "3"), ("8", "9", "0")], [3]),
    "many rows too long": (b"a,b\n1,2,3\n4,5\n6,7,8\n9,0\n", [("a", "b"), ("4", "5"), ("9", "0")], [2, 4]),
    "rows too short": (b"a,b,c\n1\n2,3\n4,5,6\n", [ABC, ("1", None, None), ("2", "3", None), ("4", "5", "6")], []),
    "an empty cell too many": (b"a,b\n1,2,\n3,4\n", [("a", "b"), ("1", "2"), ("3", "4")], []),
    "text behind a quotation mark": (b'a,b\n"1"x,2\n3,4\n', [("a", "b"), ("3", "4")], [2]),
    "a quotation mark never closed": (b'a,b\n1,"2\n3,4\n5,6\n', [("a", "b"), ("3", "4"), ("5", "6")], [2]),
    "a quotation mark never closed on the last line": (b'a,b\n1,2\n3,"4', [("a", "b"), ("1", "2")], [3]),
    "a mark never closed on the last line, in a file with an even number of them": (
        b'a,b\n1" x,2\n3,"4',
        [("a", "b"), ('1" x', "2")],
        [3],
    ),
    "bytes of another encoding": (
        "a,b\né,1\nè,2\n".encode() + b"\xe9,3\n" + "ü,4\n".encode(),
        [("a", "b"), ("é", "1"), ("è", "2"), ("ü", "4")],
        [4],
    ),
    "three faults on three lines": (
        "a,b\né,1\n2,3,4\n".encode() + b'\xff,5\n"6"7,8\n9,0\n' + "ü,4\n".encode(),
        [("a", "b"), ("é", "1"), ("9", "0"), ("ü", "4")],
        [3, 4, 5],
    ),
    "a row of another delimiter": (
        b"a,b,c\n1,2,3\n4;5;6\n7,8,9\n",
        [ABC, ("1", "2", "3"), ("4;5;6", None, None), ("7", "8", "9")],
        [],
    ),
    "a row delimiter missing": (b"a,b\n1,2\n3,4 5,6\n7,8\n", [("a", "b"), ("1", "2"), ("7", "8")], [3]),
    "an extra quotation mark": (b'a,b\n1,"2""\n3,"4"\n5,6\n', [("a", "b"), ("3", "4"), ("5", "6")], [2]),
    "NUL": (b"a,b\n1,2\x00\n\x003,4\n", [("a", "b"), ("1", "2"), ("3", "4")], []),
    "three kinds of line end": (b"a,b\r\n1,2\n3,4\r5,6\r\n", [("a", "b"), ("1", "2"), ("3", "4"), ("5", "6")], []),
    "no line end at the end": (b"a,b\n1,2", [("a", "b"), ("1", "2")], []),
    "backslash before a mark": (
        b'a,b\n1,"say \\"so\\" twice"\n2,"x"\n',
        [("a", "b"), ("1", 'say "so" twice'), ("2", "x")],
        [],
    ),
    "apostrophes around cells": (b"a,b\n'1','x, y'\n'2','z'\n", [("a", "b"), ("1", "x, y"), ("2", "z")], []),
    "apostrophes around cells that hold quotation marks": (
        b"'a','b'\n'24\" lamp','x, y'\n'Men''s','z'\n",
        [("a", "b"), ('24" lamp', "x, y"), ("Men's", "z")],
        [],
    ),
    "spaces behind delimiters": (b'a, b\n1, "2"\n', [("a", " b"), ("1", "2")], []),
    "a table of one column": (b"a\n1\n2\n", [("a",), ("1",), ("2",)], []),
    "a header twice": (b"a,a\n1,2\n", [("a", "a"), ("1", "2")], []),
    "tabs and inch marks, quoting off": (
        b'sku\ttitle\tsize\nA\t"Best" lamp\t24" x 36"\nB\t"Oak\t5"\n',
        [("sku", "title", "size"), ("A", '"Best" lamp', '24" x 36"'), ("B", '"Oak', '5"')],
        [],
    ),
    "tabs, quoting on": (
        b'sku\ttitle\nA\t"Lamp ""Best"""\nB\t"two\nlines"\nC\tfive\n',
        [("sku", "title"), ("A", 'Lamp "Best"'), ("B", "two\nlines"), ("C", "five")],
        [],
    ),
}


@pytest.mark.parametrize("name", SPECTRUM)
def test_csv_spectrum_is_read_as_its_authors_say(name: str, tmp_path: Path) -> None:
    content, rows = SPECTRUM[name]
    found = cut(written(tmp_path, content))
    assert (found.rows, found.set_aside) == (rows, {})


@pytest.mark.parametrize("name", PAPA)
def test_papa_parses_cases_are_read_as_its_authors_say(name: str, tmp_path: Path) -> None:
    content, rows = PAPA[name]
    found = cut(written(tmp_path, content))
    assert (found.rows, found.set_aside) == (rows, {})


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_loses_no_record_in_silence(name: str, tmp_path: Path) -> None:
    content, rows, aside = BROKEN[name]
    found = cut(written(tmp_path, content))
    assert (found.rows, sorted(found.set_aside)) == (rows, aside)


def test_more_columns_than_can_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"has 20,001 columns, more than the 2,000 that can be read"):
        cut(written(tmp_path, b"," * 20_000 + b"\n"))


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("at", range(6))
def test_a_file_cut_off_anywhere_is_read_or_refused(name: str, at: int, tmp_path: Path) -> None:
    content = BROKEN[name][0]
    try:
        found = cut(written(tmp_path, content[: len(content) * at // 6]))
    except Refused as refused:
        assert str(refused).endswith(".")
    else:
        assert len(found.lines) == len(found.rows) and all(found.lines)
