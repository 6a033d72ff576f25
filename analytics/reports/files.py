"""A report as a file: HTML, PDF or Excel. The libraries that make it are opened only when one is made."""

from dataclasses import dataclass

from analytics.reports.parts import Report, Table, View, tables
from analytics.workbook import Sheet, of_sheets


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name in words, its ending and its media type."""

    name: str
    ending: str
    media: str


KINDS = {
    "pdf": Kind("PDF", "pdf", "application/pdf"),
    "html": Kind("HTML", "html", "text/html"),
    "excel": Kind("Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def made(report: Report, kind: str) -> bytes:
    """The report as a file of one of KINDS."""
    if kind == "pdf":
        from analytics.reports import pdf

        return pdf.of(report)
    if kind == "html":
        from analytics.reports import html

        return html.of(report).encode()
    return _excel(report)


def name(title: str, kind: str) -> str:
    """A file's name for a title: small letters, no signs that a disk could take amiss."""
    words = "".join(each if each.isalnum() else " " for each in title.lower()).split()
    return f"{'_'.join(words)[:80] or 'report'}.{KINDS[kind].ending}"


def _excel(report: Report) -> bytes:
    """A sheet a table, and one that says what they are of."""
    sheets = [_sheet(table) for view in report.views for table in tables(view.parts)]
    about = [line for view in report.views for line in _about(view)]
    return of_sheets(sheets, about)


def _sheet(table: Table) -> Sheet:
    labels = {each.name: each.label for each in table.columns}
    frame = table.frame[[*labels]].set_axis([*labels.values()], axis=1)
    return Sheet(table.name, frame, tuple(each.kind for each in table.columns))


def _about(view: View) -> list[tuple[str, str]]:
    named = ", ".join(dict.fromkeys(table.name for table in tables(view.parts)))
    return [("View", view.title), *(view.about or (("Of", view.scope),)), *([("Tables", named)] if named else [])]
