"""Reports say what the screen says, in files that people print and hand on; digests reach people once."""

import io
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from aiosmtpd.controller import Controller
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from analytics import actor, daily, db
from analytics.errors import NotAllowed, Refused
from analytics.reports import digests, files, mail
from analytics.reports.digests import Digest
from analytics.reports.parts import Card, Cards, Chart, Column, Folded, Report, Table, View, Words
from imported import take
from screens import OVERVIEW, SALES, cards, come_in, open_page

ORDERS = (
    "order,date,product,quantity,price,currency\n"
    + "".join(
        f"{1000 + at},2026-11-{1 + at % 20:02d},Lämpchen 灯 {at % 3},{1 + at % 4},{19 + at}.35,EUR\n"
        for at in range(60)
    )
).encode()
LONG = "Übergröße „Straße“ €uro 中文产品名称 " * 13


class Inbox:
    """A mail server that keeps what it gets, and refuses an address if told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address == self.refused:
            return "550 secret words"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


class Asks(HTMLParser):
    """What a file would ask of anybody, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "link", "iframe", "object", "image", "use"):
            self.asked.append(tag)
        self.asked += [
            value or "" for name, value in attrs if name.endswith(("src", "href")) and not (value or "").startswith("#")
        ]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture
def inbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    """A real mail server on this machine, named by the environment."""
    kept = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setenv("ANALYTICS_SMTP_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("ANALYTICS_MAIL_FROM", "shop@example.com")
    monkeypatch.setenv("ANALYTICS_URL", "https://shop.example.com")
    yield kept
    server.stop()


@pytest.fixture
def shop(emptied: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty orders of three products."""
    file = tmp_path / "orders.csv"
    file.write_bytes(ORDERS)
    take(file, store="My shop")
    come_in(monkeypatch)


def _of_letters(count: int) -> Report:
    frame = pd.DataFrame(
        {
            "name": [LONG if at == 7 else f"=cmd {at}" for at in range(count)],
            "amount": [1234.5 + at for at in range(count)],
            "share": [0.12345] * count,
            "day": [date(2026, 11, 3)] * count,
        }
    )
    columns = (
        Column("name", "Product"),
        Column("amount", "Net sales, EUR", "money", "%,.2f"),
        Column("share", "Share", "percent", "percent"),
        Column("day", "Day", "day"),
    )
    spec = {
        "data": {"values": [{"a": "Ä 灯", "b": 3}, {"a": "B", "b": 5}]},
        "mark": "bar",
        "encoding": {"y": {"field": "a", "type": "nominal"}, "x": {"field": "b", "type": "quantitative"}},
    }
    parts = (
        Cards((Card("Net sales, EUR", "1,234.50", "+4.2 %", "on last year", "a note"),)),
        Words("**A finding** of 5 <b>&\\*", "text"),
        Chart(spec, "bars"),
        Words("By product", "heading"),
        Table("By product", frame, columns),
        Folded("as a table", (Table("By product", frame.head(2), columns),)),
    )
    return Report(
        "Lämpchen", (View("Sales", "Shop · 1 – 3 Nov 2026", parts), View("Stock", "Shop", (Words("Nothing"),)))
    )


def test_a_report_prints_every_letter_and_repeats_headers() -> None:
    read = PdfReader(io.BytesIO(files.made(_of_letters(240), "pdf")))
    pages = [page.extract_text() for page in read.pages]
    with_rows = [page for page in pages if "=cmd" in page]
    assert len(with_rows) > 3 and all("Net sales, EUR" in page for page in with_rows)
    # a letter of the second font comes with a NUL before it
    whole = "".join(pages).replace("\x00", "")
    for said in ("1,234.50", "+4.2 % on last year", "12.35%", "1,473.50", "2026-11-03", "Übergröße „Straße“ €uro"):
        assert said in whole.replace("\n", " "), said
    assert whole.count("中文产品名称") + whole.count("中文产品") >= 13
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages, start=1))
    assert "Shop · 1 – 3 Nov 2026" in pages[1]
    used = [font.get_object() for page in read.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    inside = [each["/DescendantFonts"][0].get_object()["/FontDescriptor"] for each in used]
    assert all({"/FontFile2", "/FontFile3"} & set(each) for each in inside)
    picture = read.pages[0].images[0].image
    assert picture is not None and picture.width >= 182 / 25.4 * 200


def test_an_html_report_asks_for_nothing_and_a_workbook_is_typed() -> None:
    report = _of_letters(5)
    found = Asks()
    html = files.made(report, "html").decode()
    found.feed(html)
    assert found.asked == [] and "<svg" in html and "<b>&amp;" not in html and "default-src 'none'" in html
    assert "Ä 灯" in "".join(found.words) and "1,235.50" in found.words and "12.35%" in found.words
    book = CalamineWorkbook.from_filelike(io.BytesIO(files.made(report, "excel")))
    assert book.sheet_names == ["By product", "By product (2)", "About"]
    rows = book.get_sheet_by_name("By product").to_python()
    assert rows[0] == ["Product", "Net sales, EUR", "Share", "Day"]
    assert rows[1] == ["'=cmd 0", 1234.5, 0.12345, date(2026, 11, 3)]


def test_a_view_says_in_a_report_what_it_says_on_the_screen(shop: None) -> None:
    screen = open_page(SALES, {"days": ["2026-11-01", "2026-11-20"]})
    view = screen.session_state["record_of_page"].view()
    assert view.title == "Sales" and "1 – 20 Nov 2026" in view.scope
    said = {card.label: card.value for part in view.parts if isinstance(part, Cards) for card in part.cards}
    sold = cards(screen)["Net sales, EUR"]
    assert sold is not None and said["Net sales, EUR"] == f"{sold:,.2f}"
    assert {"Chart", "Table", "Folded", "Words"} <= {type(part).__name__ for part in view.parts}
    table = next(part for part in view.parts if isinstance(part, Table))
    whole = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(files.made(Report("x", (view,)), "pdf"))).pages
    )
    assert next(iter(table.cells()))[1] in whole and said["Net sales, EUR"] in whole and "Copy link" not in whole


def test_a_digest_reaches_each_address_once(shop: None, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    digests.save(
        Digest(
            "Mörning", "My shop", has_pdf=True, recipients=("a@example.com", "b@example.com"), paused=("c@example.com",)
        )
    )
    inbox.refused = "b@example.com"
    first = daily.run()
    assert [each["to_count"] for each in first["sent"]] == [1]
    assert first["failed"][0]["to"] == "b@example.com" and "secret" not in str(first["failed"])
    inbox.refused = ""
    assert [each["to_count"] for each in daily.run()["sent"]] == [1] and daily.run()["sent"] == []
    assert [mailed["To"] for mailed in inbox.mails] == ["a@example.com", "b@example.com"]
    mailed = inbox.mails[0]
    assert mailed["Subject"].startswith("Mörning: My shop · ") and "Nov 2026" in mailed["Subject"]
    words = mailed.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    monkeypatch.delenv("ANALYTICS_URL")  # this screen is at the machine
    on_screen = open_page(OVERVIEW).session_state["record_of_page"].view()
    shown = {card.label: card.value for part in on_screen.parts if isinstance(part, Cards) for card in part.cards}
    for label in ("Net sales, EUR", "Orders", "Reversals, EUR"):
        assert f"{label}: {shown[label]}" in words
    assert "https://shop.example.com/?store=My%20shop&day=2026-11-20" in words and "ask shop@example.com" in words
    (pdf,) = mailed.iter_attachments()
    assert shown["Net sales, EUR"] in PdfReader(io.BytesIO(pdf.get_content())).pages[0].extract_text()
    with db.transaction() as cursor:
        cursor.execute("select details from audit_log where action = 'report sent'")
        assert [row[0]["to_count"] for row in cursor.fetchall()] == [1, 1]


def test_a_mail_in_doubt_is_told_and_not_sent_again(shop: None, inbox: Inbox) -> None:
    digests.save(Digest("Morning", "My shop", recipients=("a@example.com",)))
    (digest,) = digests.all_digests()
    assert digests.begin(digest, digests.period(digest), "a@example.com")  # and the run is ended here
    done = daily.run()
    assert done["sent"][0] == {
        "digest": "Morning",
        "period": digests.period(digest),
        "to_count": 0,
        "in_doubt": ["a@example.com"],
    }
    assert inbox.mails == []


def test_of_two_daily_runs_at_once_one_does_nothing(shop: None, inbox: Inbox) -> None:
    digests.save(Digest("Morning", "My shop", recipients=("a@example.com",)))
    command = [sys.executable, "-m", "analytics", "daily", "--json"]
    with db.transaction() as cursor:  # a run that is at it
        db.run(cursor, "load/try_lock", lock=db.DAILY_LOCK)
        held = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ), check=False)
    assert held.returncode == 0 and '"ran": false' in held.stdout, held.stderr
    with ThreadPoolExecutor() as both:
        done = list(both.map(lambda _: daily.run(), range(2)))
    assert len(inbox.mails) == 1 and sum(len(each["sent"]) for each in done) == 1


def test_only_an_owner_keeps_digests_and_no_odd_address_gets_in(shop: None, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = (
        "a@example.com\nBcc: b@example.com",
        "a b@example.com",
        "@example.com",
        "a@b",
        "Name <a@example.com>",
        "a@b.cc,b@b.cc",
    )
    for each in odd:
        with pytest.raises(Refused, match="is not an e-mail address"):
            digests.save(Digest("x", "My shop", recipients=(each,)))
    with actor.acting(actor.Actor("x@example.com", "analyst")), pytest.raises(NotAllowed):
        digests.save(Digest("x", "My shop"))
    monkeypatch.setenv("ANALYTICS_SMTP_URL", "smtp://me:hush@")
    monkeypatch.setenv("ANALYTICS_MAIL_FROM", "shop@example.com")
    with pytest.raises(Refused) as refused:
        mail.server()
    assert "hush" not in str(refused.value)
