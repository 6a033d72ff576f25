"""Mails of digests: put together by the standard library, sent by the SMTP server that the environment names.

ANALYTICS_SMTP_URL is smtp://user:password@host:587 (upgraded to TLS where the server offers it, always before a password) or
smtps://…:465; ANALYTICS_MAIL_FROM is the address that sends, and whom to ask. Neither is ever repeated in a message or a log.
"""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.utils import formatdate
from hashlib import sha256
from urllib.parse import quote, unquote, urlencode, urlsplit

from analytics.errors import Refused
from analytics.reports import files, text
from analytics.reports.digests import Digest, addresses
from analytics.reports.parts import Cards, Report, Table, View, Words

WAIT = 30.0
PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Server:
    """Where mails are handed in, and who sends them."""

    host: str
    port: int
    is_tls: bool
    user: str
    password: str
    sender: str


def server() -> Server:
    """The mail server of the environment. Raises Refused, saying what to write, if it is not told or not right."""
    given, sender = (os.environ.get(name, "").strip() for name in ("ANALYTICS_SMTP_URL", "ANALYTICS_MAIL_FROM"))
    how = "Write it as smtp://user:password@host:587 or smtps://user:password@host:465."
    if not given or not sender:
        missing = "ANALYTICS_MAIL_FROM" if given else "ANALYTICS_SMTP_URL"
        raise Refused(
            f"Digests cannot be mailed: {missing} is not set. ANALYTICS_SMTP_URL names the mail server. {how}"
        )
    try:
        parts = urlsplit(given)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        host, port = "", 0
    if not host or not port or parts.scheme not in PORTS:
        # the value is not repeated: it may hold a password
        raise Refused(f"ANALYTICS_SMTP_URL is not the address of a mail server. {how}")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(host, port, parts.scheme == "smtps", user, password, addresses([sender])[0])


@contextmanager
def opened(to: Server) -> Iterator[smtplib.SMTP]:
    """A session with the mail server. Raises OSError or SMTPException if it does not answer or does not want us."""
    safe = ssl.create_default_context()
    session = (
        smtplib.SMTP_SSL(to.host, to.port, timeout=WAIT, context=safe)
        if to.is_tls
        else smtplib.SMTP(to.host, to.port, timeout=WAIT)
    )
    with session:
        session.ehlo()
        if not to.is_tls and session.has_extn("starttls"):
            session.starttls(context=safe)
            session.ehlo()
        elif not to.is_tls and to.user:
            raise smtplib.SMTPException("the server offers no TLS, and a password is not sent without it")
        if to.user:
            session.login(to.user, to.password)
        yield session


def message(digest: Digest, period: date, view: View, to: tuple[Server, str]) -> EmailMessage:
    """The mail to one address: text, HTML, and the PDF if it is wanted."""
    sent_by, email = to
    report = Report(f"{digest.name}, {view.scope}", (view,))
    mail = EmailMessage()
    mail["Subject"] = " ".join(f"{digest.name}: {view.scope}".split())
    mail["From"], mail["To"] = sent_by.sender, email
    mail["Date"] = formatdate(localtime=False)
    # the same mail, should it ever be sent twice, has the same name
    name = sha256(f"{digest.digest_id}/{period}/{email}".encode()).hexdigest()[:32]
    mail["Message-ID"] = f"<{name}@{sent_by.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_in_words(digest, view, sent_by))
    mail.add_alternative(files.made(report, "html").decode(), subtype="html")
    if digest.has_pdf:
        pdf = files.made(report, "pdf")
        mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=files.name(digest.name, "pdf"))
    return mail


def why_not(error: Exception) -> str:
    """Why a mail did not leave, without anything secret: what a server answers may repeat what it was told."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "the mail server does not take the user and password of ANALYTICS_SMTP_URL"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = ", ".join(str(code) for code, _ in error.recipients.values())
        return f"the mail server does not take this address ({codes})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the mail server answered {error.smtp_code}"
    if isinstance(error, smtplib.SMTPException):
        return f"the mail server did not take it: {type(error).__name__}"
    return f"the mail server cannot be reached: {type(error).__name__}"


def _in_words(digest: Digest, view: View, sent_by: Server) -> str:
    lines = [view.scope, ""]
    for part in view.parts:
        if isinstance(part, Cards):
            lines += [
                f"{card.label}: {card.value} {_changed(card.change, card.change_is)}".rstrip() for card in part.cards
            ]
        elif isinstance(part, Words):
            lines += ["", text.plain(part.text)] if part.kind == "heading" else [text.plain(part.text)]
        elif isinstance(part, Table):
            lines.append(f"{len(part.frame):,} rows: in the HTML part of this mail.")
    if address := _address(digest, view):
        lines += ["", f"In the app: {address}"]
    lines += [
        "",
        f"You get this {digest.every}ly mail because somebody entered your address. To end it, ask {sent_by.sender}.",
    ]
    return "\n".join(lines).replace("dayly", "daily")


def _changed(change: str, what: str) -> str:
    return f"({change} {what})" if change else ""


def _address(digest: Digest, view: View) -> str:
    base = os.environ.get("ANALYTICS_URL", "").strip().rstrip("/")
    if not base:
        return ""
    asked = [("store", digest.store), *view.about]
    return f"{base}/{'' if digest.every == 'day' else 'sales'}?{urlencode(asked, quote_via=quote)}"
