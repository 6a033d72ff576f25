"""A report as a PDF for paper: each view on pages of its own, its charts fine enough for print, its tables in full."""

from collections.abc import Sequence
from io import BytesIO

from analytics.reports import drawing, pdf_tables, text
from analytics.reports.paper import ACCENT, INK, LINE, PALE, QUIET, Paper
from analytics.reports.parts import Card, Cards, Chart, Part, Report, Table, Words

ABREAST, GAP, INSIDE = 3, 4.0, 2.5
# type sizes of a card: its label, its number, what stands under it
LABEL, NUMBER, NOTE = 7.5, 14.0, 7.5
TALLEST = 225.0
# what has to fit under a heading, in millimetres, so that it does not end a page
UNDER_HEADING = 30.0


def of(report: Report) -> bytes:
    """The whole file."""
    paper = Paper(report.made)
    paper.set_title(report.title)
    for view in report.views:
        paper.said, paper.is_first = paper.letters(f"{view.title} · {view.scope}"), True
        paper.add_page(orientation="P")
        paper.start_section(paper.letters(view.title))
        paper.look(16, is_bold=True)
        paper.paragraph(view.title, 8)
        paper.look(8, QUIET)
        paper.paragraph(view.scope)
        paper.ln(3)
        _parts(paper, view.parts)
    return bytes(paper.output())


def _parts(paper: Paper, parts: Sequence[Part]) -> None:
    drawn = {at: BytesIO(drawing.png(part)) for at, part in enumerate(parts) if isinstance(part, Chart)}
    tables = {at: pdf_tables.plan(paper, part) for at, part in enumerate(parts) if isinstance(part, Table)}
    for at, part in enumerate(parts):
        if isinstance(part, Words):
            if part.kind == "heading" or part.text.startswith("**"):
                following = next((other for other in range(at, len(parts)) if not isinstance(parts[other], Words)), at)
                _before_heading(paper, drawn.get(following), tables.get(following))
            _words(paper, part)
        elif isinstance(part, Cards):
            _cards(paper, part)
        elif isinstance(part, Chart):
            _picture(paper, drawn[at], part.alt)
        elif isinstance(part, Table):
            pdf_tables.draw(paper, tables[at])


def _before_heading(paper: Paper, chart: BytesIO | None, table: pdf_tables.Plan | None) -> None:
    """A heading stands on the page of what it is of."""
    paper.turn(table.orientation if table else "P")
    needed = UNDER_HEADING if chart is None else _size(paper, chart)[1] + 4 * LINE
    if needed > paper.room:
        paper.turn(paper.cur_orientation.value, is_new=True)


def _words(paper: Paper, words: Words) -> None:
    if words.kind == "heading":
        paper.ln(3)
        paper.look(12, is_bold=True)
        paper.paragraph(text.plain(words.text), 6)
    elif words.kind == "notice":
        _notice(paper, words)
    else:
        _runs(paper, words.text, *((8, QUIET) if words.kind == "caption" else (9, INK)))
        paper.ln(1)


def _runs(paper: Paper, markdown: str, size: float, colour: tuple[int, int, int]) -> None:
    for line in text.lines(markdown):
        for run in line:
            paper.look(size, colour, run.is_bold)
            paper.write(LINE, paper.letters(run.text))
        paper.ln(LINE)


def _notice(paper: Paper, words: Words) -> None:
    paper.ln(1)
    page, top = paper.page, paper.get_y()
    paper.set_left_margin(paper.l_margin + 4)
    paper.set_x(paper.l_margin)
    if words.title:
        paper.look(9, is_bold=True)
        paper.paragraph(text.plain(words.title))
    _runs(paper, words.text, 9, INK)
    paper.set_left_margin(paper.l_margin - 4)
    paper.set_x(paper.l_margin)
    if paper.page == page:
        paper.set_draw_color(*ACCENT)
        paper.set_line_width(0.8)
        paper.line(paper.l_margin + 1, top, paper.l_margin + 1, paper.get_y())
        paper.set_line_width(0.2)
    paper.ln(2)


def _cards(paper: Paper, cards: Cards) -> None:
    paper.turn("P")
    for first in range(0, len(cards.cards), ABREAST):
        _row_of_cards(paper, cards.cards[first : first + ABREAST])
    paper.ln(1)


def _row_of_cards(paper: Paper, cards: Sequence[Card]) -> None:
    width = (paper.epw - GAP * (ABREAST - 1)) / ABREAST
    lines = [_lines(card) for card in cards]
    height = max(_tall(paper, each, width - 2 * INSIDE) for each in lines) + 2 * INSIDE
    if height > paper.room:
        paper.turn("P", is_new=True)
    top, left = paper.get_y(), paper.l_margin
    paper.set_draw_color(*PALE)
    for each in lines:
        paper.rect(left, top, width, height)
        paper.set_xy(left + INSIDE, top + INSIDE)
        for words, size, colour, is_bold in each:
            paper.look(size, colour, is_bold)
            paper.set_x(left + INSIDE)
            paper.multi_cell(
                width - 2 * INSIDE, size * 0.5, paper.letters(words), align="L", new_x="LEFT", new_y="NEXT"
            )
        left += width + GAP
    paper.set_xy(paper.l_margin, top + height + GAP)


Line = tuple[str, float, tuple[int, int, int], bool]


def _lines(card: Card) -> list[Line]:
    """What a card says, each with its size, colour and weight."""
    said: list[Line] = [(text.plain(card.label), LABEL, QUIET, False), (card.value, NUMBER, INK, True)]
    if card.change:
        said.append((f"{card.change} {card.change_is}".strip(), NOTE, INK, False))
    if card.note:
        said.append((text.plain(card.note), NOTE, QUIET, False))
    return said


def _tall(paper: Paper, lines: Sequence[Line], width: float) -> float:
    height = 0.0
    for words, size, colour, is_bold in lines:
        paper.look(size, colour, is_bold)
        height += paper.multi_cell(width, size * 0.5, paper.letters(words), align="L", dry_run=True, output="HEIGHT")
    return height


def _picture(paper: Paper, drawn: BytesIO, alt: str) -> None:
    paper.turn("P")
    width, height = _size(paper, drawn)
    if height > paper.room:
        paper.turn("P", is_new=True)
    paper.image(drawn, w=width, h=height, alt_text=alt)
    paper.ln(3)


def _size(paper: Paper, drawn: BytesIO) -> tuple[float, float]:
    """As wide as the page, or as high as one."""
    from PIL import Image

    drawn.seek(0)
    with Image.open(drawn) as picture:
        wide, high = picture.size
    drawn.seek(0)
    height = min(paper.epw * high / wide, TALLEST)
    return height * wide / high, height
