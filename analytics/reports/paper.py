"""The paper of a PDF: A4 pages with the view above, numbers below, and fonts that have every letter."""

from typing import Any

from fpdf import FPDF

from analytics.reports import fonts

MARGIN, LINE = 14.0, 4.6
INK, QUIET, PALE, GROUND, ACCENT = (22, 33, 31), (91, 102, 100), (217, 223, 222), (243, 245, 245), (11, 110, 110)
FAMILY, EAST_ASIAN = "dejavu", "eastasian"
# what stands for a letter that no font here has, and what only joins letters and has no shape
NO_LETTER = "\u25af"
SHAPELESS = {*range(0xFE00, 0xFE10), 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}
LONGEST_HEADER = 130


class Paper(FPDF):
    """`said` is the view that is being printed; its first page has its title in large instead."""

    def __init__(self, made: str) -> None:
        super().__init__(format="A4")
        self.said, self.made, self.is_first = "", made, True
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=16)
        self.add_font(FAMILY, "", fonts.regular())
        self.add_font(FAMILY, "B", fonts.bold())
        self.alias_nb_pages()
        self.c_margin = 0.0
        self.look(9)

    @property
    def room(self) -> float:
        """Millimetres that are left on this page."""
        return float(self.h - self.b_margin - self.get_y())

    def turn(self, orientation: str, is_new: bool = False) -> None:
        """Go on upright (P) or across (L), on a new page where this one is not, or where one `is_new`."""
        if is_new or orientation != self.cur_orientation.value:
            self.add_page(orientation=orientation)

    def look(self, size: float, colour: tuple[int, int, int] = INK, is_bold: bool = False) -> None:
        """How the next words look."""
        self.set_font(FAMILY, "B" if is_bold else "", size)
        self.set_text_color(*colour)

    def letters(self, words: str) -> str:
        """The words as far as there are letters for them; brings in the large font only where one is needed."""
        known = self.fonts[FAMILY].cmap
        if all(ord(each) in known for each in words):
            return words
        return "".join(self._letter(each, known) for each in words if ord(each) not in SHAPELESS)

    def _letter(self, letter: str, known: Any) -> str:
        if ord(letter) in known or letter in "\n\t":
            return letter
        if EAST_ASIAN not in self.fonts:
            self.add_font(EAST_ASIAN, "", fonts.east_asian())
            self.set_fallback_fonts([EAST_ASIAN], exact_match=False)
        return letter if ord(letter) in self.fonts[EAST_ASIAN].cmap else NO_LETTER

    def paragraph(self, words: str, height: float = LINE, **more: Any) -> None:
        """A paragraph over the whole width."""
        self.multi_cell(0, height, self.letters(words), new_x="LMARGIN", new_y="NEXT", align="L", **more)

    def header(self) -> None:
        """The view's name and what it is of, on all but its first page."""
        if self.is_first:
            self.is_first = False
            return
        self.look(7.5, QUIET)
        said = self.said if len(self.said) <= LONGEST_HEADER else f"{self.said[:LONGEST_HEADER]}…"
        self.cell(0, LINE, said, new_x="LMARGIN", new_y="NEXT")
        self.ln(2)

    def footer(self) -> None:
        """When it was made, and the page's number."""
        self.set_y(-11)
        self.look(7.5, QUIET)
        self.cell(0, LINE, f"Storeledger, {self.made}")
        self.set_x(self.l_margin)
        self.cell(0, LINE, f"{self.page_no()} / {{nb}}", align="R")
